# Other names of @
import torch

A = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
v = torch.tensor([0.5, -1.0])
print(torch.matmul(A, v), A.matmul(A))
print(torch.mm(A, A.t()), A.mm(A))
print(torch.dot(v, v), v.dot(v))
