import torch

x = torch.tensor([[3.0, -4.0, 0.5], [0.1, 0.2, 12.0]], requires_grad=True)
print(x.norm().item(), torch.norm(x).item(), x.norm(p=2).item(), x.norm(1).item())
print(x.detach().norm(dim=1), torch.norm(x.detach(), dim=0, keepdim=True), x.detach().norm(2, -1))
print(torch.norm(x.detach(), p=1, dim=1), x.detach().norm(p=2, dim=(0, 1)))
x.norm().backward()
print(x.grad, x.grad.norm())
x.grad = None
unit = x / x.norm(dim=1, keepdim=True)
(unit * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
print(unit.detach(), x.grad)

# How large the gradient of a layer is, and weight decay by hand.
torch.manual_seed(0)
layer = torch.nn.Linear(3, 2)
loss = layer(torch.ones(1, 3)).pow(2).sum()
for p in layer.parameters():
    loss = loss + 0.01 * p.norm() ** 2
loss.backward()
for name, p in layer.named_parameters():
    print(f"{name}: {p.grad.norm():.6f} {p.grad.norm(1).item()}")
