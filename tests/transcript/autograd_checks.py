# A function checked against differences, and differentiated as a whole.
import torch
from torch.autograd import gradcheck, Function
from torch.autograd.functional import jacobian, hessian
x = torch.tensor([0.5, 1.5], dtype=torch.double, requires_grad=True)
w = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.double, requires_grad=True)
print(gradcheck(lambda a: a ** 3, (x,), eps=1e-6, atol=1e-4))
print(gradcheck(lambda a, b: a @ b, (w, x)))
print(gradcheck(torch.sigmoid, x))

class Bad(Function):

    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, g):
        return g * 3
try:
    gradcheck(Bad.apply, (x,))
except RuntimeError as error:
    print(error)
print(gradcheck(Bad.apply, (x,), raise_exception=False))
print(x.grad, torch.is_grad_enabled())
f = torch.tensor([0.5, 1.5], requires_grad=True)
print(jacobian(lambda a: a ** 2, f))
print(jacobian(lambda a: (a ** 2).sum(), f))
print(jacobian(lambda a, b: b @ a, (f, w.float())))
print(jacobian(lambda a: torch.ones(2), f))
print(jacobian(lambda a: a ** 2, f, create_graph=True))
print(hessian(lambda a: (a ** 3).sum(), f))
print(hessian(lambda a, b: (a * b).pow(2).sum(), (f, f * 2)))
print(hessian(lambda a: (a * 2).sum(), f))
with torch.autograd.set_detect_anomaly(True):
    (f * f).sum().backward()
torch.autograd.set_detect_anomaly(False)
print(f.grad)
with torch.autograd.no_grad():
    print((f * 2).requires_grad)
with torch.inference_mode():
    y = f * 2
print(y, y.requires_grad, torch.is_grad_enabled())

@torch.inference_mode()
def predict(a):
    return a * 3
print(predict(f))
