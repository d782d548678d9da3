import torch

a = torch.tensor([1.0, 2.0, 3.0])
b = torch.tensor([3.0, 2.0, 1.0])
print(a < b, a <= b, a > b, a >= b, a == b, a != b)
print(a > 1.5, 2 >= a, a == 2)
print((a > 1.5).sum(), (a > 1.5).sum().item(), (a == b).dtype)
m = torch.tensor([[1, 2], [3, 4]])
print(m == m.T, m != 1)
if (a > 0).sum() == 3:
    print("all above 0")
print((a > b) * 1.0, (a > b) * a)
w = torch.tensor([0.5, -0.5], requires_grad=True)
print(w > 0, (w > 0).requires_grad)
