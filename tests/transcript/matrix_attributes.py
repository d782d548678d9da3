"""Bools added and multiplied, equal numbers of two types, mT and H, dstack and index_put."""
import torch

x = torch.tensor([[1.5, -2.0], [0.25, 4.0]], requires_grad=True)
places = (torch.tensor([0, 0, 1]), torch.tensor([1, 1, 0]))
values = torch.tensor([10.0, 20.0, 30.0], requires_grad=True)
a, b = torch.tensor([True, False, True]), torch.tensor([True, True, False])

print(a + b, a * b, a + True, False + a, a * False, torch.add(a, b), b.mul(a))
a += b
print(a, (a + b).dtype)
print(torch.equal(b.int(), b.float()), torch.equal(torch.ones(2).int(), torch.ones(2).long()))
print(torch.equal(x.detach(), x.double()), torch.equal(x.int(), x), torch.equal(b, torch.ones(3)))
print(torch.equal(torch.tensor([16777217]), torch.tensor([16777216.0])))
print(torch.equal(torch.tensor([16777217]), torch.tensor([16777216.0]).double()))
print(x.mT, x.H, x.mH, x.detach().mT.shape)
print(torch.arange(12).view(2, 2, 3).mT, torch.zeros(1, 2, 3, 4).mH.shape)
print(torch.dstack([x, x * 2]), torch.dstack((values, values)), torch.dstack([torch.tensor(1)]))
print(torch.dstack([x[None, :, :, None], x[None, :, :, None]]).shape)
print(x.index_put(places, values, accumulate=True))
print(x.index_put((places[0][1:], places[1][1:]), values[1:]))
print(x.index_put((torch.tensor([1]),), torch.tensor(7.0)))
print(torch.zeros(2, 2, dtype=torch.int).index_put(
    places, torch.tensor(1, dtype=torch.int), accumulate=True))
(x.index_put(places, values, accumulate=True) ** 2).sum().backward()
(x.mT.index_put((torch.tensor([1]),), values[:2]) * x.H).sum().backward()
torch.dstack([x, x.mT])[0].sum().backward()
print(x.grad, values.grad, x)
for wrong in (lambda: values.mT, lambda: values.H, lambda: x[None].H):
    try:
        wrong()
    except RuntimeError as e:
        print(e)
