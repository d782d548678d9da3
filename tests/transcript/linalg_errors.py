import torch
from torch.autograd import gradcheck

singular = torch.tensor([[1.0, 2.0], [2.0, 4.0]])
for f in [torch.linalg.inv, torch.inverse, torch.linalg.cholesky]:
    try:
        f(singular)
    except torch.linalg.LinAlgError as error:
        print(type(error).__name__, isinstance(error, RuntimeError), error)
try:
    torch.linalg.solve(singular, torch.ones(2))
except RuntimeError as error:
    print(type(error), repr(error))
try:
    torch.linalg.inv(torch.ones(3))
except RuntimeError as error:
    print(type(error).__name__, isinstance(error, torch.linalg.LinAlgError))
print(torch.linalg.LinAlgError, torch.linalg.LinAlgError.__name__)


class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return 2 * x

    @staticmethod
    def backward(ctx, g):
        return g


x = torch.ones(2, dtype=torch.float64, requires_grad=True)
try:
    gradcheck(Double.apply, (x,))
except RuntimeError as error:
    print(type(error).__name__, isinstance(error, ValueError))
try:
    gradcheck(Double.apply, (x.detach(),))
except ValueError as error:
    print(type(error).__name__, error)
