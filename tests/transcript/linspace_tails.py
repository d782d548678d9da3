import torch

# The last numbers are computed one by one, the others by vectors, which belong to one half whole.
for n in (2, 7, 9, 16, 18, 31, 33):
    print(n, torch.linspace(-1.242, 2.29, n).tolist())
    print(n, torch.linspace(5, -2, n, dtype=torch.float64).tolist())
x = torch.tensor(1.5, requires_grad=True)
x.var().backward()
print(x.grad)
