# Extremes with a shared gradient, covariances, differences, areas, quantiles, distances.
import torch

torch.set_printoptions(precision=7)
x = torch.tensor([[1.5, -0.25, 3.0], [0.5, 3.0, -2.0]], requires_grad=True)
v = torch.tensor([0.3, -1.2, 2.5, 0.7, 2.5], requires_grad=True)
for y in (x.amax(), x.amax(1), x.amin(0, keepdim=True), torch.amax(x, (0, 1)), torch.amin(v, dim=0)):
    print(y)
(x.amax(1).sum() + v.amax() + x.amin((0, 1))).backward()
print(x.grad, v.grad, torch.tensor([3, 1]).amax())


def derive(y, *leaves):
    for leaf in leaves:
        leaf.grad = None
    y.sum().backward()
    print(y, [leaf.grad for leaf in leaves])


derive(torch.cov(x), x)
derive(x.cov(correction=0), x)
derive(torch.cov(v), v)
derive(torch.corrcoef(x)[0], x)
print(torch.corrcoef(v.detach()))
derive(torch.diff(v), v)
derive(x.diff(dim=0), x)
derive(v.diff(n=2), v)
print(torch.diff(torch.tensor([3, 5, 2])), torch.diff(torch.tensor([True, False, False])))

grid = torch.tensor([0.0, 0.5, 0.75, 2.0, 2.5])
derive(torch.trapz(v), v)
derive(torch.trapz(v, grid), v)
derive(torch.trapezoid(v, dx=0.1), v)
derive(torch.trapezoid(x, torch.tensor([0.0, 1.0, 3.0]), dim=1), x)
derive(torch.cumulative_trapezoid(v), v)
derive(torch.cumulative_trapezoid(v, grid), v)

derive(torch.quantile(v, 0.3), v)
derive(torch.quantile(x, 0.5, dim=1), x)
q = torch.tensor([0.1, 0.5, 0.9])
print(torch.quantile(v.detach(), q), torch.quantile(x.detach(), q, dim=0), x.detach().quantile(0.25))

a = torch.tensor([[0.0, 1.0], [2.0, -1.0], [0.5, 0.5]], requires_grad=True)
b = torch.tensor([[1.0, 1.0], [2.0, -1.0]], requires_grad=True)
derive(torch.cdist(a, b), a, b)
derive(torch.cdist(a, b, p=1), a, b)
derive(torch.dist(v, grid), v)
torch.manual_seed(0)
many, centers = torch.randn(40, 2), torch.randn(3, 2)
print(torch.cdist(many, centers)[:4], torch.cdist(many, centers).argmin(1))
wide = torch.randn(3, 19)
print(torch.cdist(wide, wide + 1), torch.msort(wide[:, :3]))
