"""Norms of vectors and matrices, and spreads with their means."""
import torch

inf = float("inf")
x = torch.tensor([[1.5, -2.25, 0.7], [0.3, 4.1, -1.2]], requires_grad=True)
v = torch.tensor([0.5, -1.5, 2.0, 0.0], dtype=torch.float64)

print(torch.linalg.norm(x), torch.linalg.norm(x, "fro"))
print(torch.linalg.norm(x, 1), torch.linalg.norm(x, ord=-1))
print(torch.linalg.norm(x, ord=inf), torch.linalg.norm(x, -inf, keepdim=True))
print(torch.linalg.norm(x, dim=1), torch.linalg.norm(x, inf, 0, keepdim=True))
print(torch.linalg.norm(v, 1), torch.linalg.norm(v, inf), torch.linalg.norm(v, 0))
print(torch.linalg.norm(x.detach(), dim=0, dtype=torch.float64))
print(torch.linalg.vector_norm(x), torch.linalg.vector_norm(x, ord=1, dim=(0, 1)))
print(torch.linalg.matrix_norm(x), torch.linalg.matrix_norm(x, 1, dim=(1, 0)))
print(x.norm(p=inf), x.norm(p=-inf, dim=1), torch.norm(x, dim=(0, 1)))
print(v.norm(0), torch.norm(v, p=inf), v.norm(p="fro"))

for order in (1, 2, inf):
    x.grad = None
    (torch.linalg.vector_norm(x, order, dim=1) ** 2).sum().backward()
    print(order, x.grad)
for order in (1, "fro", inf):
    x.grad = None
    torch.linalg.matrix_norm(x, order).backward()
    print(order, x.grad)

spread, mean = torch.std_mean(x, dim=1)
print(spread, mean)
x.grad = None
(spread * 2 + mean).sum().backward()
print(x.grad)
print(torch.var_mean(v), torch.std_mean(v, unbiased=False))
print(torch.var_mean(x.detach(), dim=0, keepdim=True, correction=0))
print(torch.aminmax(v))
least, most = torch.aminmax(x.detach(), dim=1)
print(least, most, x.detach().aminmax(dim=0, keepdim=True).max)
for wrong in (lambda: torch.linalg.norm(torch.zeros(2, 2, 2), 1),
              lambda: torch.linalg.matrix_norm(v),
              lambda: torch.linalg.norm(v, 2, dtype=torch.float32),
              lambda: torch.linalg.vector_norm(torch.tensor([1, 2]))):
    try:
        wrong()
    except RuntimeError as error:
        print(error)
