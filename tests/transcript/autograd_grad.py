# Gradients of any tensors, which leave .grad as it is, and backward() of several.
import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w = torch.tensor(2.0, requires_grad=True)
z = torch.tensor(1.0, requires_grad=True)
y = w * x ** 2
s = y.sum()
print(torch.autograd.grad(s, x))
y = w * x ** 2
s = y.sum()
print(torch.autograd.grad(s, [x, y, w, x], retain_graph=True))
print(torch.autograd.grad(s, s, retain_graph=True))
print(torch.autograd.grad(s, [x, z], retain_graph=True, allow_unused=True))
print(torch.autograd.grad([y, s], x, [torch.ones(3), None], retain_graph=True))
print(torch.autograd.grad(x, x, torch.ones(3)))
print(torch.autograd.grad([s, s], x, retain_graph=True))
print(x.grad)
x.grad = None
y = x * 2
torch.autograd.backward(y.sum())
print(x.grad)
y = x * 2
torch.autograd.backward([y, y.sum()], [torch.ones(3), None])
print(x.grad)
y = x * 2
q = y * w
q.sum().backward(inputs=[w])
print(x.grad, w.grad)
from torch.autograd import Variable
print(Variable(torch.ones(2), requires_grad=True))
from torch.autograd.variable import Variable as Old
print(isinstance(x, Variable), isinstance(x, Old), isinstance(3, Variable))
