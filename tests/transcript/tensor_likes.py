import torch

# tensors made after the pattern of others
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64, requires_grad=True)
print(x.new_zeros(2), x.new_ones(1, 2), x.new_full((2,), 0.5), x.new_tensor([1, 2]))
print(x.new_zeros(2, dtype=torch.long), x.new_ones((2, 1), requires_grad=True))
flat = torch.arange(4.0)
print(flat.view_as(x), flat.reshape_as(x).shape, torch.arange(3).type_as(x), x.ndimension())
y = x.view_as(flat)
y.sum().backward()
print(x.grad)
a = torch.as_tensor([1.0, 2.0])
print(a, torch.as_tensor(a) is a, torch.as_tensor(a, dtype=torch.float64), torch.as_tensor([1, 2], dtype=torch.float32))
