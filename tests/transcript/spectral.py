"""Matrices taken to pieces: eigenvalues, singular values, Q and R, pseudoinverses, determinants."""
import torch

x = torch.tensor([[1.5, -2.25, 0.7], [0.3, 4.1, -1.2]])
m = torch.tensor([[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.3, -1.0, 2.0]])
s = m @ m.T

print(torch.linalg.eigh(s))
values, vectors = torch.linalg.eigh(s.double(), UPLO="U")
print(values, (vectors @ torch.diag(values) @ vectors.T - s).abs().max() < 1e-4)
print(torch.linalg.eigvalsh(torch.tensor([[2.0, 1.0], [1.0, 3.0]])))
print(torch.linalg.svdvals(m), torch.linalg.svdvals(x.T))
print(torch.linalg.norm(x, 2), torch.linalg.matrix_norm(x, "nuc"), torch.linalg.norm(m, -2))
print(torch.linalg.cond(m), torch.linalg.matrix_rank(m), torch.linalg.matrix_rank(torch.ones(3, 3)))
print(torch.linalg.qr(m))
q, r = torch.linalg.qr(x.T)
print(q, r, q.T @ q - torch.eye(2) < 1e-6)
print(torch.linalg.pinv(x), torch.pinverse(x.T))
print(torch.linalg.slogdet(m), torch.slogdet(-m)[0], m.logdet())
points = torch.tensor([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0], [3.0, 1.0]])
found = torch.linalg.lstsq(points, torch.tensor([[1.0], [3.25], [4.75], [7.5]]))
print(found.solution, found.rank)

weight = torch.arange(1.0, 4.0)
for of in (lambda a: (torch.linalg.eigvalsh(a @ a.T) * weight).sum(),
           lambda a: (torch.linalg.svdvals(a) * weight).sum(), lambda a: torch.logdet(a),
           lambda a: torch.linalg.norm(a, 2), lambda a: torch.linalg.slogdet(a).logabsdet,
           lambda a: (torch.linalg.pinv(a[:, :2]) * weight).sum(),
           lambda a: (torch.linalg.pinv(a[:2]) * weight[:2]).sum()):
    a = m.clone().requires_grad_()
    y = of(a)
    y.backward()
    print(y, a.grad)
