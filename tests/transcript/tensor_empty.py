import torch

print(torch.tensor([]))
print(torch.zeros(0), torch.zeros(0, 3), torch.ones(2, 0))
print(torch.tensor([[]]), torch.tensor([[], []]))
print(torch.zeros(0, dtype=torch.int64))
empty = torch.tensor([])
print(empty.shape, empty.numel(), empty.dim(), empty.tolist())
print(empty.sum(), empty + 1)
