import torch

a = torch.tensor([[0.3, -1.7, 2.5], [1.1, 0.4, -0.9]], requires_grad=True)
b = torch.tensor([[0.7, 0.2], [-0.6, 1.3], [2.1, -0.8]], requires_grad=True)
c = torch.einsum(a, [0, 1], b, [1, 2], [0, 2])
print(c, torch.equal(c, torch.einsum("ij,jk->ik", a, b)))
c.sum().backward()
print(a.grad, b.grad)
print(torch.einsum(a, [0, 1]), torch.einsum(a, [1, 0]), torch.einsum(a, [0, 1], [1]), torch.einsum(a, [0, 1], []))
print(torch.einsum(a, [0, ...], [..., 0]), torch.einsum(a, [5, 51], b, [51, 5]), torch.einsum(b, [0, 1], a, [2, 0]))
for wrong in (lambda: torch.einsum(a, [0, 60]), lambda: torch.einsum(a, [0, 0, 1])):
    try:
        wrong()
    except (ValueError, RuntimeError) as error:
        print(type(error).__name__, error)
