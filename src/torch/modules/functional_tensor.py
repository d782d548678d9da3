# torch.functional in torch: cross vander diag_embed isposinf isneginf
import math

import torch


def _checked(x, name):
    if not isinstance(x, torch.Tensor):
        raise TypeError(f"{name}(): argument 'input' (position 1) must be Tensor, not "
                        + type(x).__name__)


def _dim(dim, ndim):
    if not -ndim <= dim < ndim:
        raise IndexError('Dimension out of range (expected to be in range of '
                         f'[{-ndim}, {ndim - 1}], but got {dim})')
    return dim + ndim if dim < 0 else dim


# Each is one product that is not rounded before another one is subtracted.
def _product(a, b, dim):
    return torch.addcmul(-(a.roll(-2, dim) * b.roll(-1, dim)), a.roll(-1, dim), b.roll(-2, dim))


class LinalgCross(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b, dim):
        ctx.save_for_backward(a, b)
        ctx.dim = dim
        return _product(a, b, dim)

    @staticmethod
    def backward(ctx, grad):
        a, b = ctx.saved_tensors
        of_a = LinalgCross.apply(b, grad, ctx.dim) if ctx.needs_input_grad[0] else None
        of_b = LinalgCross.apply(grad, a, ctx.dim) if ctx.needs_input_grad[1] else None
        return of_a, of_b, None


# Along the first dimension of size 3 where none is named.
def cross(input, other, dim=None):
    _checked(input, 'cross')
    if input.dim() != other.dim():
        raise RuntimeError('linalg.cross: inputs must have the same number of dimensions.')
    a, b = torch.broadcast_tensors(input, other)
    if dim is None:
        found = [d for d in range(a.dim()) if a.shape[d] == 3]
        if not found:
            raise RuntimeError('no dimension of size 3 in input')
        dim = found[0]
    dim = _dim(dim, a.dim())
    if a.shape[dim] != 3:
        raise RuntimeError(f'linalg.cross: inputs dimension {dim} must have length 3. Got '
                           f'{input.shape[dim]} and {other.shape[dim]}')
    if a.dtype != b.dtype:
        refuse('cross() takes tensors of one dtype')
    if not a.is_floating_point():
        return a.roll(-1, dim) * b.roll(-2, dim) - a.roll(-2, dim) * b.roll(-1, dim)
    return LinalgCross.apply(a, b, dim)


def vander(x, N=None, increasing=False):
    if x.dim() != 1:
        raise RuntimeError('x must be a one-dimensional tensor.')
    x = x.long() if x.dtype == torch.bool else x
    count = len(x) if N is None else N
    if count < 0:
        raise RuntimeError('N must be non-negative.')
    if count > 1 and x.requires_grad and torch.is_grad_enabled():
        refuse('PyTorch has no gradient of vander(): write .detach() behind the tensor, or its '
               'powers one by one')
    powers = torch.ones((len(x), min(count, 1)), dtype=x.dtype)
    if count > 1:
        powers = torch.cat([powers, x.unsqueeze(-1).expand(-1, count - 1).cumprod(-1)], -1)
    return powers if increasing else powers.flip(-1)


class DiagEmbed(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, offset, dim1, dim2):
        ctx.where = offset, dim1, dim2
        size = x.shape[-1] + abs(offset)
        shape = list(x.shape[:-1])
        for dim in sorted((dim1, dim2)):
            shape.insert(dim, size)
        result = torch.zeros(shape, dtype=x.dtype)
        result.diagonal(offset, dim1, dim2).copy_(x)
        return result

    @staticmethod
    def backward(ctx, grad):
        return grad.diagonal(*ctx.where), None, None, None


# The last dimension on the diagonal of two new ones.
def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    _checked(input, 'diag_embed')
    if input.dim() == 0:
        refuse('diag_embed() takes a tensor of a dimension or more')
    dim1, dim2 = _dim(dim1, input.dim() + 1), _dim(dim2, input.dim() + 1)
    if dim1 == dim2:
        raise RuntimeError(f'diagonal dimensions cannot be identical {dim1}, {dim2}')
    return DiagEmbed.apply(input, offset, dim1, dim2)


def isposinf(input):
    _checked(input, 'isposinf')
    return input.detach() == math.inf


def isneginf(input):
    _checked(input, 'isneginf')
    return input.detach() == -math.inf
