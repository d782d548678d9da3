import torch

mask = torch.tensor([True, False, True])
print(mask)
print(torch.tensor([[True], [False]]), torch.tensor(True))
print(torch.tensor([1, 2, 3]) > 1)
print(torch.tensor([0.5, 1.5]) == torch.tensor([0.5, 2.5]))
print(mask.sum(), mask.tolist(), mask[0].item())
labels = torch.tensor([0, 2, 1])
print(labels, labels.dtype, mask.dtype)
print(labels + 1, labels * 2, -labels, labels * 0.5)
print(torch.tensor([True, False]) == torch.tensor([1, 0]))
print(torch.tensor([10, -5, 0]) / 4)
