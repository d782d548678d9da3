# A row that is longer than 80 columns goes on in the next line
import torch

print(torch.arange(30))
print(torch.arange(12.0) / 7)
print(torch.arange(40).view(2, 20) * 1000)
print(torch.ones(2, 24) / 3)
print("prefix:", torch.arange(25))
print(torch.tensor([0.001 + 100000] * 15))
print(torch.arange(48.0).view(2, 2, 12) / 10)
