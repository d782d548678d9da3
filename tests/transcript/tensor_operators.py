import torch

a = torch.tensor([1.0, -2.0, 3.0])
b = torch.tensor([0.5, 4.0, -1.5])
print(a + b, a - b, a * b, a / b)
print(a + 1, 1 + a, a - 0.5, 0.5 - a, a * 2, 2 * a, a / 3, 3 / a)
print(-a, +a, a ** 2, b ** 3, 2 ** a, (a * a) ** 0.5, a ** -1)
print(a @ b, (a * b).sum())
print(-a ** 2, (-a) ** 2, a + b * 2, (a + b) * 2)
i = torch.tensor([1, 2, 3])
print(i + 1, i * 2, i - i, i / 2, i ** 2, i + 0.5, i * a)
print(1 / torch.tensor([3.0, 7.0]))
print((torch.tensor([0.1, 0.2, 0.3]) + 0.1).tolist())
print((torch.tensor([0.1, 0.2, 0.3]) * 3).tolist(), (torch.tensor([1.0, 2.0]) / 3).tolist())
