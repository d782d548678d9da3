# Functions with a backward of their own.
import torch
from torch.autograd import Function

class LegendrePolynomial3(torch.autograd.Function):
    """Half of 5 x^3 - 3 x."""

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return 0.5 * (5 * input ** 3 - 3 * input)

    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        return grad_output * 1.5 * (5 * input ** 2 - 1)

class MyReLU(Function):

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return input.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        grad_input = grad_output.clone()
        grad_input[input < 0] = 0
        return grad_input

class Exp(Function):

    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        result, = ctx.saved_tensors
        print(result)
        return grad_output * result

class Scale(Function):

    @staticmethod
    def forward(ctx, x, factor, other=None):
        ctx.factor = factor
        ctx.shape = x.shape
        return x * factor

    @staticmethod
    def backward(ctx, grad_output):
        print(ctx.needs_input_grad, ctx.factor, ctx.shape)
        return (grad_output * ctx.factor, None, None)

class LinearFunction(Function):

    @staticmethod
    def forward(ctx, input, weight, bias=None):
        ctx.save_for_backward(input, weight, bias)
        output = input.mm(weight.t())
        if bias is not None:
            output += bias.unsqueeze(0).expand_as(output)
        return output

    @staticmethod
    def backward(ctx, grad_output):
        input, weight, bias = ctx.saved_tensors
        grad_input = grad_weight = grad_bias = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output.mm(weight)
        if ctx.needs_input_grad[1]:
            grad_weight = grad_output.t().mm(input)
        if bias is not None and ctx.needs_input_grad[2]:
            grad_bias = grad_output.sum(0)
        return (grad_input, grad_weight, grad_bias)

class GradReverse(Function):

    @staticmethod
    def forward(ctx, x):
        return x.view(x.shape)

    @staticmethod
    def backward(ctx, grad_output):
        return -grad_output
x = torch.tensor([-1.0, 0.5, 2.0], requires_grad=True)
P3 = LegendrePolynomial3.apply
y = P3(x)
print(y)
y.sum().backward()
print(x.grad)
x.grad = None
r = MyReLU.apply(x)
print(r, r.grad_fn.name())
(r * r).sum().backward()
print(x.grad)
x.grad = None
e = Exp.apply(x)
print(e)
e.sum().backward()
print(x.grad)
x.grad = None
s = Scale.apply(x, 3.0)
print(s)
(s.sum() + x.sum()).backward()
print(x.grad)
with torch.no_grad():
    print(Exp.apply(x))
g, = torch.autograd.grad(P3(x).sum(), x, create_graph=True)
print(g)
print(torch.autograd.grad(g.sum(), x))
w = torch.tensor([[1.0, 2.0], [3.0, -4.0], [0.5, 0.25]], requires_grad=True)
b = torch.tensor([0.1, 0.2, 0.3], requires_grad=True)
data = torch.tensor([[1.0, -1.0], [2.0, 0.5]])
out = LinearFunction.apply(data, w, b)
print(out)
out.pow(2).mean().backward()
print(w.grad, b.grad)
z = GradReverse.apply(w)
print(z)
w.grad = None
z.sum().backward()
print(w.grad)

class Fails(Function):

    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, grad_output):
        raise ValueError('no gradient')

class FailsForward(Function):

    @staticmethod
    def forward(ctx, x):
        raise ValueError('no result')
for attempt in range(2):
    try:
        Fails.apply(w).sum().backward()
    except ValueError as error:
        print('caught', error)
    try:
        FailsForward.apply(w)
    except ValueError as error:
        print('caught', error)
print(torch.is_grad_enabled(), (w * 2).requires_grad)
w.grad = None
(Scale.apply(w, 2.0) * w).sum().backward()
print(w.grad)

class NoGradient(Function):

    @staticmethod
    def forward(ctx, x, y):
        return x + y

    @staticmethod
    def backward(ctx, grad_output):
        return (grad_output, None)
w.grad = None
b.grad = None
(NoGradient.apply(b, b).sum() + (b * b).sum()).backward()
print(b.grad)
