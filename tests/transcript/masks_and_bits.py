# Masks that are joined, bits, and what is true of each element.
import torch

x = torch.tensor([1.25, -2.5, float("nan"), float("inf"), 0.0])
n = torch.tensor([1, -2, 3, 12, 0])
inside = (x > -3) & (x < 2)
outside = ~inside | (n > 10)
print(inside, outside, inside ^ outside)
print(x[inside & (n > 0)], n[(n > 0) & (n < 10)])
print(n & 6, n | 1, n ^ n, ~n, 5 & n, n & inside, inside & True, inside | 2)
print(torch.bitwise_and(n, 3), n.bitwise_or(8), torch.bitwise_xor(inside, outside))
print(torch.bitwise_not(inside), n.bitwise_not())
print(torch.logical_and(x, n), x.logical_or(inside), torch.logical_xor(x, n))
print(x.logical_not(), torch.logical_not(inside))
print(x.isnan(), torch.isinf(x), x.isfinite(), n.isnan())
print(torch.isclose(x, x), x.isclose(x + 1e-6, equal_nan=True), n.isclose(n + 1, rtol=0.5))
print(torch.isclose(n, torch.tensor([[0], [3]])), x.double().isclose(x.double(), 0.0, 0.0))

# In place.
m = inside.clone()
m &= outside
m |= True
m ^= inside
print(m, m.logical_not_(), m.bitwise_or_(inside), m)
k = n.clone()
k &= 6
k |= inside
print(k, k.bitwise_xor_(n), k.logical_and_(n), x.clone().logical_not_())

# Of what has a gradient, which goes round them.
w = torch.tensor([0.5, -1.5, 2.5], requires_grad=True)
keep = (w > 0) & w.isfinite()
print(keep, torch.isclose(w, w.detach()).all())
(w * keep).sum().backward()
print(w.grad)
