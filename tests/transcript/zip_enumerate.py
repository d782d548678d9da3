import torch

names = ["a", "b", "c"]
values = [0.5, 1.0, 2.0]
for name, value in zip(names, values):
    print(name, value)
for i, name in enumerate(names):
    print(i, name)
for i, name in enumerate(names, 1):
    print(f"{i}. {name}")
for i, (name, value) in enumerate(zip(names, values)):
    print(i, name, value)
X = torch.tensor([[0.0, 1.0], [1.0, 0.0]])
Y = torch.tensor([1, 0])
for x, y in zip(X, Y):
    print(x, y, x[y].item())
for a, b in zip([1, 2, 3], (4, 5)):
    print(a + b)
