"""Pairs, combinations, the places of triangles, and what is made of several."""
import torch

v = torch.tensor([0.5, -1.5, 2.0], requires_grad=True)
x = torch.tensor([[1.5, -2.25], [0.25, 4.0]])

print(torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4, 5])))
print(torch.cartesian_prod(v, x[0]), torch.cartesian_prod(x[0]))
print(torch.combinations(v), torch.combinations(torch.tensor([1, 2]), with_replacement=True))
print(torch.combinations(x[0], 3).shape)
rows, columns = torch.triu_indices(3, 3, offset=1)
print(rows, columns, torch.tril_indices(2, 3), torch.tril_indices(3, 2, -1))
print(torch.isin(torch.tensor([[1, 2], [3, 4]]), torch.tensor([2, 4, 6])))
print(torch.isin(x, 4.0), torch.isin(x, x[0], invert=True))
print(torch.block_diag(x, v, torch.tensor(7.0)))
(torch.combinations(v).prod(1).sum() + torch.cartesian_prod(v, v)[:, 0].sum()).backward()
torch.block_diag(v, x)[0].sum().backward()
print(v.grad)
