import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
print(x[0], x[-1], x[0][1], x[1, 2], x[1, 2].item(), sep="\n")
y = torch.tensor([2])
p = torch.tensor([0.2, 0.3, 0.5])
print(p[1], p[y], p[y[0]], p[y.item()])
rows = torch.arange(2)
labels = torch.tensor([2, 0])
print(x[rows, labels])
picked = x[rows, labels].sum() + x[1].sum() * 10 + x[0, 1] ** 2
picked.backward()
print(picked.item(), x.grad)
