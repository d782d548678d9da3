# Four decimals, and columns as wide as their widest number
import torch

print(torch.tensor([0.1, 0.25, 0.33333]))
print(torch.tensor([1.5, -2.25, 100.125]))
print(torch.tensor([[0.05, 0.1], [-12.5, 3.0]]))
print(torch.tensor([0.99999, 0.00004]))
print(torch.tensor([0.00005, 0.5]))
print(torch.tensor([999.99995, 1.0]))
print(torch.tensor([-0.0, 0.0]), torch.tensor([-0.0, 0.5]))
print(torch.tensor([0.5]), torch.tensor([[0.5]]), torch.tensor([[[0.5]]]))
print(torch.tensor([1.23456789, 2.3456789, 3.456789]))
print(torch.tensor([0.12345, 0.12355, 0.00015, 0.00025]))
print("beside text:", torch.tensor([[1.5, 2.0], [3.0, 4.5]]), "and after")
