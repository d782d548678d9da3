import torch

x = torch.ones(1, requires_grad=True)
print(x.std(), x.var(), x.std(False))
x.var(0).backward()
print(x.grad)
for y in [torch.tensor(2.0, requires_grad=True), torch.tensor([2.0, 2.0], requires_grad=True)]:
    y.var().backward()
    print(y.grad)
    y.std(False).backward()
    print(y.grad)
z = torch.tensor([[1.0, 2.0, 4.0]], requires_grad=True)
(z.std(None, keepdim=True) + z.std(1) + z.var((0, 1))).sum().backward()
print(z.grad)
(z.std(0)).sum().backward()
print(z.grad)
