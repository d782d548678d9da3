"""The k-th smallest, what occurs most often, and the largest and smallest so far."""
import torch

x = torch.tensor([[1.5, -2.25, 0.7, 1.5], [0.3, 4.1, -1.2, 0.3]], requires_grad=True)
labels = torch.tensor([[2, 0, 1, 1, 0], [3, 3, 3, 1, 1]])

print(torch.kthvalue(x, 2))
print(labels.kthvalue(3, dim=0 if labels.shape[0] > 2 else 1, keepdim=True))
print(torch.mode(labels), torch.mode(labels, 0).values)
print(x.mode(1).values, x.detach().mode(dim=0, keepdim=True).indices)
print(torch.cummax(x, 1))
print(torch.cummin(x, dim=0).values, labels.cummax(1).indices)
nan = torch.tensor([1.0, float("nan"), 3.0])
print(nan.cummax(0), nan.cummin(0).values, nan.kthvalue(3).indices)

weight = torch.arange(1.0, 5.0)
(x.kthvalue(1, dim=1).values.sum() + x.mode(1).values.sum()).backward()
((x.cummax(1).values + x.cummin(1).values) * weight).sum().backward()
print(x.grad)
first, = torch.autograd.grad((x.cummax(1).values ** 2 * weight).sum(), x, create_graph=True)
print(first)
(first ** 2).sum().backward()
print(x.grad)
for wrong in (lambda: x.kthvalue(0), lambda: torch.kthvalue(x, 5, 1)):
    try:
        wrong()
    except RuntimeError as error:
        print(error)
