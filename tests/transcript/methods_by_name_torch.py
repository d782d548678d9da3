# The methods that Python calls by itself, called by name, of tensors and modules.
import torch
from torch import nn

t = torch.tensor([1., 2.])
print(t.__class__.__name__, t.__len__(), t.__add__(1), t.__radd__(1), t.__mul__(t), t.__rsub__(1))
print(t.__getitem__(0), t.__neg__(), t.__eq__(t), t.__lt__(2), t.__pow__(2), t.__truediv__(2))
print(t.__matmul__(t), t.__repr__(), t.__abs__(), getattr(t, '__add__')(1))
t.__setitem__(0, 5.)
print(t, t.__iadd__(1), t, [x for x in t.__iter__()], t.__str__())
print(torch.tensor(2.).__float__(), torch.tensor(2).__int__(), torch.tensor(2.).__bool__())
print(torch.tensor(2).__index__(), torch.tensor(2.).__format__('.2f'))
x = torch.tensor([3.], requires_grad=True)
y = x.__mul__(x).__add__(x.__rtruediv__(6))
y.backward()
print(y, x.grad)


class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(1, 1)

    def __repr__(self):
        return 'M:' + super().__repr__()

    def __setattr__(self, name, value):
        super().__setattr__(name, value)

    def __call__(self, x):
        return super().__call__(x) * 2

    def forward(self, x):
        return x + 1


m = M()
print(m, m(torch.ones(1)), m.__call__(torch.ones(1)), m.__class__.__name__)


class S(nn.Sequential):
    def __len__(self):
        return super().__len__() + 1

    def __getitem__(self, i):
        return super().__getitem__(i)


s = S(nn.ReLU(), nn.Tanh())
print(len(s), s[0], s.__len__())
l = nn.Linear(2, 1)
print(hasattr(l, '__len__'), hasattr(l, '__call__'), hasattr(s, '__len__'), hasattr(l, 'forward'))
print(hasattr(l, '__getitem__'), hasattr(t, '__len__'), hasattr(torch.tensor(1.), '__len__'))


class Empty(nn.Module):
    pass


try:
    Empty()(3)
except NotImplementedError as e:
    print(e)
try:
    nn.MSELoss()(t, t, 3)
except TypeError as e:
    print(e)
