import torch

# The last numbers are computed one by one, the others in pairs of 8 or of 4.
for n in (7, 8, 9, 15, 16, 24, 33, 56):
    print(n, torch.arange(1.5, 1.5 + 0.7 * (n - 0.5), 0.7).tolist())
print(torch.arange(0, 2, 1 / 12, dtype=torch.float64).tolist())
print(torch.arange(5, 0.2, -0.3, dtype=torch.float64).tolist())
