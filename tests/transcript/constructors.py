import torch

print(torch.tensor([1, 2, 3]), torch.tensor([1, 2.0]), torch.tensor([True, False]))
print(torch.tensor([[1, 2], [3, 4]]), torch.tensor((1.5, 2.5)))
print(torch.Tensor([1, 2]), torch.Tensor([[1.5], [2]]))
print(torch.zeros(3), torch.zeros(2, 2), torch.zeros((1, 3)))
print(torch.ones(2), torch.ones([2, 1]))
print(torch.full((2, 3), 7.5), torch.full((2,), 3), torch.full([2], 1.0))
print(torch.eye(2), torch.eye(2, 3))
print(torch.zeros(2, dtype=torch.long), torch.ones(2, dtype=torch.float64))
print(torch.zeros(2, requires_grad=True))
print(torch.eye(3).sum())
