import torch

print(torch.arange(2, end=4), torch.arange(2, end=9, step=3), torch.arange(start=1, end=3))
