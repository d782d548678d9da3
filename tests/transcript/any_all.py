import torch

a = torch.tensor([[1.0, 0.0], [2.0, float("nan")]])
print((a > 1).any(), (a > 1).all(), a.any(), a.all(), torch.any(a > 5), torch.all(a[1]))
print(torch.tensor([0, 0]).any(), torch.tensor([1, 2]).all(), torch.zeros(0).any(), torch.zeros(0).all())
print(torch.tensor(True).all(), torch.tensor([False]).any().item(), bool((a[0] >= 0).all()))
if (a != a).any():
    print("a nan")
w = torch.ones(2, requires_grad=True)
print((w * 2).any(), (w > 0).all().dtype)
