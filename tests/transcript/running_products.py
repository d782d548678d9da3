import torch

x = torch.tensor([[1., 2., 3.], [4., 5., 6.]], requires_grad=True)
for y in (x.cumsum(1), torch.cumprod(x, dim=0), x.prod(), torch.prod(x, 1, keepdim=True), x.prod(axis=0)):
    print(y, y.grad_fn.name())
    (y * y).sum().backward()
    print(x.grad)
    x.grad = None
print(x.sum(axis=0, keepdims=True), x.std(0, keepdims=True), x.argmax(axis=1), x.max(axis=1, keepdims=True))

# where there are zeros
for numbers in ([1., 0., 3., 2.], [0., 0., 3., 2.], [2., 3., 0., 5., 0., 7.], [0.], [-0., 2.]):
    z = torch.tensor(numbers, requires_grad=True)
    for y in (z.cumprod(0), z.cumsum(0), z.prod() + z * 0, z.prod(0) + z * 0):
        y.backward(torch.arange(1., len(numbers) + 1) * 0.3 - 1)
        print(y, z.grad)
        z.grad = None

# the order of many factors
torch.manual_seed(1)
torch.set_printoptions(precision=9)
for n in (31, 33, 70):
    w = (torch.rand(n) * 0.6 + 0.7).requires_grad_()
    y = w.prod()
    y.backward()
    print(y, w.grad.sum(), w.cumprod(0)[-2:].detach(), w.cumsum(0)[-2:].detach())
print((torch.rand(40, 3) * 0.6 + 0.7).prod(0))

# whole numbers and bools
print(torch.tensor([1, 2, 3]).prod(), torch.tensor([True, False]).prod(), torch.tensor([True, True]).cumsum(0))
print(torch.tensor([[1, 2], [3, 4]]).cumprod(1), torch.tensor([[1, 2], [3, 4]]).cumsum(-2), torch.tensor([2**62, 4]).prod())
print(torch.tensor([1, 2]).cumsum(0, dtype=torch.float32), torch.prod(torch.ones(2, 2), dtype=torch.float64))
print(torch.ones(0).prod(), torch.ones(0).cumsum(0), torch.ones(2, 0).prod(1), torch.tensor(3.).cumsum(0), torch.tensor(3.).prod(0))
