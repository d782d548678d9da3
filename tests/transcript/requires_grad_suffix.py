import torch

x = torch.tensor([1.0, 2.0], requires_grad=True)
print(x)
print(x.requires_grad, x.grad)
y = x * 3
print(y, y.requires_grad)
print(y.detach(), y.data, y.detach().requires_grad)
with torch.no_grad():
    print(x * 3)
    print(x)
print(torch.zeros(2, 2, requires_grad=True))
print(torch.tensor(0.5, requires_grad=True), torch.tensor([], requires_grad=True))
print(torch.arange(14.0).requires_grad_() / 3)
print((torch.arange(16.0) / 3).requires_grad_())
