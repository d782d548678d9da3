"""Products made of others, and parts and sizes of tensors."""
import torch

x = torch.tensor([[1.5, -2.25, 0.7], [0.3, 4.1, -1.2]], requires_grad=True)
m = torch.tensor([[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.3, -1.0, 2.0]])
v = torch.tensor([0.5, -1.5, 2.0, 0.25])
a = torch.arange(24.0).reshape(2, 3, 4)

print(torch.tensordot(x, m, dims=1))
print(torch.tensordot(a, torch.arange(12.0).reshape(4, 3), dims=([1, 2], [1, 0])))
print(torch.tensordot(v, v, 0).shape, torch.tensordot(a, a, 3))
print(torch.inner(v, v), torch.inner(x, m), x.inner(torch.tensor(2.0)))
print(torch.kron(torch.eye(2), x), torch.kron(v, torch.tensor([1, 10])))
print(torch.linalg.multi_dot([x, m, m]), torch.linalg.multi_dot((v[:2], x, v[1:])))
print(torch.matrix_power(m, 3), m.matrix_power(0))

print(v.tensor_split(3), torch.tensor_split(x, (1,), dim=1))
print(torch.hsplit(v, 2), x.vsplit(2), a.dsplit([1, 3])[1].shape)
print(v.unflatten(0, (2, -1)), torch.atleast_2d(v), torch.atleast_1d(x.sum(), v)[0])
print(torch.atleast_3d(v).shape, torch.atleast_3d(m).shape, torch.atleast_2d([v, m])[1].shape)
print(x.ravel(), m.t().ravel(), torch.ravel(torch.tensor(3)))
print(torch.broadcast_tensors(v.view(4, 1), m[0]))
print(torch.rot90(x), x.rot90(2), torch.rot90(m, -1, [0, 1]))

weight = torch.arange(6.0).view(3, 2)
(torch.rot90(x) * weight).sum().backward()
torch.tensordot(x, m, dims=1).sum().backward()
torch.kron(x, v).sum().backward()
x.hsplit(3)[1].sum().backward()
print(x.grad)

flat = m.ravel()
flat[0] = 9
print(m[0], flat.shape)
for wrong in (lambda: torch.tensordot(x, m, ([0], [0])), lambda: torch.hsplit(v, 3),
              lambda: torch.vsplit(v, 2), lambda: torch.rot90(v)):
    try:
        wrong()
    except RuntimeError as error:
        print(error)
