# clamp(), clamp_min() and clamp_max() by tensors, with gradients of the limits.
import torch

x = torch.tensor([-2.0, 0.5, 1.5, 3.0, float("nan")], requires_grad=True)
low = torch.tensor(-1.0, requires_grad=True)
high = torch.tensor([1.0, 1.0, 1.0, -2.0, 1.0], requires_grad=True)


def gradients(y):
    print(y)
    y.backward(torch.arange(1.0, 6.0))
    print(x.grad, low.grad, high.grad)
    x.grad = low.grad = high.grad = None


gradients(torch.clamp(x, low, high))
gradients(x.clip(low, max=high))
gradients(torch.clamp(x, max=high))
gradients(x.clamp(min=low))
gradients(torch.clamp_min(x, low))
gradients(x.clamp_max(high))
gradients((x * 2).clamp_(low, high))
gradients((x * 2).clamp_max_(high))
print(torch.clamp(x, low.detach(), 1), torch.clamp(torch.arange(5), torch.tensor(1), torch.tensor([3])))
print(torch.clamp(torch.arange(3), torch.tensor(1.5)), torch.arange(3).clamp_max(torch.tensor([0.5])))
print(torch.clamp(torch.ones(2, 3) * 5, torch.zeros(3), torch.tensor([[1.0], [2.0]])))
print(torch.clamp(torch.arange(12.0), torch.tensor(float("nan")), torch.tensor(5.0)))
(g,) = torch.autograd.grad(torch.clamp(x * x, low, high).sum(), x, create_graph=True)
print(g)
g.sum().backward()
print(x.grad)
for attempt in (
    lambda: torch.zeros(1).clamp_(torch.ones(3)),
    lambda: torch.arange(3).clamp_(torch.tensor(1.5)),
    lambda: torch.zeros(2).lerp_(torch.ones(3, 2), 0.5),
    lambda: torch.clamp(x, torch.zeros(3)),
    lambda: torch.clamp(x),
):
    try:
        print(attempt())
    except RuntimeError as error:
        print(error)
