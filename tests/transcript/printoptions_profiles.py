import torch

x = torch.arange(0, 40) / 3
y = torch.tensor([0.00002, 1.0])
print(x)
print(y)
torch.set_printoptions(profile="short")
print(x)
print(y)
print(torch.ones(1001) / 7)
torch.set_printoptions(profile="full", linewidth=320)
print(torch.arange(1010))
print(y)
torch.set_printoptions(profile="default")
print(torch.arange(1010))
print(y)
torch.set_printoptions(profile="full", precision=1)
print(x)
