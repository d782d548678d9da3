# Floats that are all whole numbers have a point and no decimals
import torch

print(torch.tensor([1.0, 2.0, 3.0]))
print(torch.tensor([1.0, -20.0, 300.0]))
print(torch.tensor([[0.0, 1.0], [10.0, 100.0]]))
print(torch.zeros(2, 3), torch.ones(2), torch.eye(3))
print(torch.tensor([1.0, 2.5]))
print(torch.tensor([99999999.0]), torch.tensor([100000000.0]), torch.tensor([1.0, 123456792.0]))
print(torch.tensor([0.0, 1001.0]), torch.tensor([1.0, 99999.0]))
print(torch.tensor([1, -20, 300]))
print(torch.tensor([[1, 2], [3, 4]]))
print(torch.tensor([9223372036854775807, -1]))
print(torch.tensor([1234567, 8]), torch.tensor(7), torch.tensor(-7.0))
