# torch.autograd.function in torch.autograd.function: once_differentiable
import functools

import torch


# Hands on what it is given; its own gradient is refused.
class Error(torch.autograd.Function):
    node = 'Error'

    @staticmethod
    def forward(ctx, x, *inputs):
        return x.detach()

    @staticmethod
    def backward(ctx, grad):
        raise RuntimeError('trying to differentiate twice a function that was marked with '
                           '@once_differentiable')


def once_differentiable(fn):
    @functools.wraps(fn)
    def wrapper(ctx, *args):
        with torch.no_grad():
            outputs = fn(ctx, *args)
        inputs = [a for a in args if isinstance(a, torch.Tensor) and a.requires_grad]
        if not torch.is_grad_enabled() or not inputs:
            return outputs
        if not isinstance(outputs, tuple):
            return Error.apply(outputs, *inputs[:1])
        return tuple(Error.apply(o, *inputs[:1]) if isinstance(o, torch.Tensor) else o
                     for o in outputs)
    return wrapper
