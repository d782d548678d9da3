# autograd.Function with several results, and what its ctx marks.
import torch
from torch.autograd import Function, gradcheck, gradgradcheck
from torch.autograd.function import once_differentiable

a = torch.tensor([1.0, 2.0], requires_grad=True)
b = torch.tensor([3.0, 4.0], requires_grad=True)


def gradients():
    print(a.grad, b.grad)
    a.grad = b.grad = None


class ProductAndSum(Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y, x + y

    @staticmethod
    def backward(ctx, of_product, of_sum):
        x, y = ctx.saved_tensors
        print("backward", of_product, of_sum, ctx.needs_input_grad)
        return of_product * y + of_sum, of_product * x + of_sum


p, q = ProductAndSum.apply(a, b)
print(p, q, p.grad_fn is q.grad_fn, p.output_nr, q.output_nr, type(ProductAndSum.apply(a, b)))
(p * q).sum().backward()
gradients()
ProductAndSum.apply(a, b)[1].sum().backward()
gradients()
ProductAndSum.apply(a, b.detach())[0].sum().backward()
gradients()
(g,) = torch.autograd.grad(ProductAndSum.apply(a, b)[0].pow(2).sum(), a, create_graph=True)
g.sum().backward()
gradients()
p, q = ProductAndSum.apply(a, b)
q.register_hook(lambda grad: grad * 10)
p.retain_grad()
(p.sum() + q.exp().sum()).backward()
print(p.grad)
gradients()
with torch.no_grad():
    print(ProductAndSum.apply(a, b))
p, q = ProductAndSum.apply(a, b)
p.sum().backward()
try:
    q.sum().backward()
except RuntimeError as error:
    print(str(error)[:47])


class Sorted(Function):
    @staticmethod
    def forward(ctx, x):
        values, order = x.sort(descending=True)
        ctx.mark_non_differentiable(order)
        ctx.save_for_backward(order)
        return values, order, len(x), None

    @staticmethod
    def backward(ctx, *grads):
        print(grads)
        (order,) = ctx.saved_tensors
        return torch.zeros(len(order)).scatter_(0, order, grads[0])


a.grad = None
values, order, count, nothing = Sorted.apply(a)
print(values, order, count, nothing, order.requires_grad)
(values * torch.tensor([1.0, 5.0])).sum().backward()
gradients()


class Split(Function):
    @staticmethod
    def forward(ctx, x, fills):
        ctx.set_materialize_grads(fills)
        half, shown = x / 2, x * 100
        ctx.mark_non_differentiable(shown)
        return half, shown, x * 3

    @staticmethod
    def backward(ctx, of_half, of_shown, of_triple):
        print(of_half, of_shown, of_triple)
        return (0 if of_half is None else of_half / 2) + (0 if of_triple is None else 3 * of_triple), None


for fills in (True, False):
    half, shown, triple = Split.apply(a, fills)
    print(shown.requires_grad, triple)
    triple.sum().backward()
    gradients()
    Split.apply(a, fills)[0].sum().backward()
    gradients()


class Double(Function):
    @staticmethod
    def forward(ctx, x):
        x.mul_(2)
        ctx.mark_dirty(x)
        return x

    @staticmethod
    def backward(ctx, grad):
        return grad * 2


x = a * 3
y = Double.apply(x)
print(y is x, x, x._version, x.grad_fn.name())
(x * y).sum().backward()
gradients()
try:
    Double.apply(a)
except RuntimeError as error:
    print(error)


class Forgets(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        return x + 1

    @staticmethod
    def backward(ctx, grad):
        return grad


try:
    Forgets.apply(b * 1)
except RuntimeError as error:
    print(error)


class Square(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    @once_differentiable
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return 2 * x * grad


with torch.no_grad():
    a.copy_(torch.tensor([1.0, 2.0]))
(g,) = torch.autograd.grad(Square.apply(a).sum(), a, create_graph=True)
print(g, g.requires_grad, Square.backward.__name__)
(g,) = torch.autograd.grad(Square.apply(a).pow(2).sum(), a, create_graph=True)
print(g)
try:
    g.sum().backward()
except RuntimeError as error:
    print(error)


class Wrong(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2, x**3

    @staticmethod
    def backward(ctx, of_square, of_cube):
        (x,) = ctx.saved_tensors
        return 2 * x * of_square + 2 * x * of_cube


class Alone(Function):
    @staticmethod
    def forward(ctx, x):
        return 5 if x is a else [x * 2]

    @staticmethod
    def backward(ctx, grad):
        return grad


print(Alone.apply(a), Alone.apply(b))
c = torch.tensor([0.5, 1.5], dtype=torch.float64, requires_grad=True)
d = torch.tensor([2.0, 0.25], dtype=torch.float64, requires_grad=True)
torch.manual_seed(0)
print(gradcheck(lambda x, y: (x * y, x + y.exp()), (c, d)), gradcheck(torch.sin, c, nondet_tol=1e-9))
print(gradgradcheck(lambda x, y: (x * y, x.exp()), (c, d)), torch.rand(1))
print(gradgradcheck(torch.sin, (c,), d), gradcheck(Wrong.apply, (c,), raise_exception=False))
try:
    gradcheck(Wrong.apply, (c,))
except RuntimeError as error:
    print(error)
