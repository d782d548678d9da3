# torch in Tensor: geometric_ cauchy_ log_normal_
import math

import torch


def _filled(self, numbers):
    with torch.no_grad():
        return self.copy_(torch.tensor(numbers, dtype=torch.float64).reshape(self.shape))


def _check(self, name, *numbers):
    for number in numbers:
        if not isinstance(number, (int, float)):
            raise TypeError(f'{name}() takes numbers, not {type(number).__name__}')
    if self.requires_grad and torch.is_grad_enabled() and self.is_leaf:
        raise RuntimeError('a leaf Variable that requires grad is being used in an in-place '
                           'operation.')
    if self.requires_grad and torch.is_grad_enabled():
        refuse(f'{name}() of a tensor with a history is not supported: write '
               f'torch.empty_like(x).{name}()')
    if not self.dtype.is_floating_point:
        refuse(f'{name}() is supported of floats: write .float() behind the tensor')


def _uniform(self, generator):
    return torch.rand(self.numel(), dtype=torch.float64, generator=generator).tolist()


def geometric_(self, p, *, generator=None):
    _check(self, 'geometric_', p)
    if not 0 < p < 1:
        raise RuntimeError(f'geometric_ expects p to be in (0, 1), but got p={p}')
    return _filled(self, [math.ceil(math.log(u) / math.log1p(-p))
                          for u in _uniform(self, generator)])


def cauchy_(self, median=0, sigma=1, *, generator=None):
    _check(self, 'cauchy_', median, sigma)
    if self.dtype != torch.float32:
        refuse('cauchy_() is supported of float32, and not of float64')
    return _filled(self, [median + sigma * math.tan(math.pi * (u - 0.5))
                          for u in _uniform(self, generator)])


# One number at a time, of which the generator keeps every other for the next.
def log_normal_(self, mean=1, std=2, *, generator=None):
    _check(self, 'log_normal_', mean, std)
    if std <= 0:
        raise RuntimeError(f'log_normal_ expects std > 0.0, but found std={std}')
    one = torch.empty(1, dtype=torch.float64)
    return _filled(self, [math.exp(one.normal_(mean, std, generator=generator).item())
                          for _ in range(self.numel())])
