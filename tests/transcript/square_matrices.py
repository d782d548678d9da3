# Systems, inverses, determinants: in float64, since LAPACK's last digits are its own.
import torch

torch.set_default_dtype(torch.float64)
A = torch.tensor([[2.0, -1.0, 0.5], [0.3, 1.5, -2.0], [1.0, 0.2, 3.0]], requires_grad=True)
b = torch.tensor([1.0, -2.0, 0.5], requires_grad=True)
x = torch.linalg.solve(A, b)
x.sum().backward()
print(x, A.grad, b.grad)
A.grad = None
X = torch.linalg.solve(A, torch.tensor([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]))
(X**2).sum().backward()
print(X, A.grad)
A.grad = None
i = torch.linalg.inv(A)
i[0].sum().backward()
print(i, A.grad, torch.inverse(A).detach(), A.inverse().shape)
A.grad = None
d = torch.det(A)
d.backward()
print(d, A.grad, torch.linalg.det(A).item() > 0, A.detach().det())
A.grad = None
t = torch.trace(A @ A)
t.backward()
print(t, A.grad, A.detach().trace(), torch.trace(torch.arange(6).reshape(2, 3)))
S = (A @ A.t()).detach()
print(torch.linalg.cholesky(S))
g, = torch.autograd.grad(torch.linalg.solve(A, b).sum(), b, create_graph=True)
g.sum().backward()
print(g.detach(), A.grad)
for f in (lambda: torch.linalg.solve(torch.zeros(2, 2), torch.ones(2)),
          lambda: torch.linalg.inv(torch.zeros(2, 2)), lambda: torch.linalg.cholesky(-S)):
    try:
        f()
    except RuntimeError as e:
        print(e)
print(torch.det(torch.zeros(2, 2)), torch.linalg.inv(torch.eye(2)))
