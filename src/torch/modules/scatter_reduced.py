# torch in torch: scatter_reduce index_reduce
import torch


# What each place begins with that the tensor's own number has no part in.
def _first(reduce):
    return {'sum': 0, 'mean': 0, 'prod': 1, 'amax': -float('inf'), 'amin': float('inf')}[reduce]


def _joined(old, part, reduce):
    if reduce == 'prod':
        return old * part
    if reduce in ('amax', 'amin'):
        return torch.maximum(old, part) if reduce == 'amax' else torch.minimum(old, part)
    return old + part


def _counts(like, dim, index, include_self):
    counts = torch.ones_like(like) if include_self else torch.zeros_like(like)
    counts = counts.scatter_add(dim, index, torch.ones(index.shape, dtype=like.dtype))
    return counts.masked_fill(counts == 0, 1)


# One place after the other along dim, so that no element is changed twice at a time: in PyTorch's
# order.
def _reduced(self, dim, index, src, reduce, include_self):
    x = self.clone() if include_self else self.scatter(dim, index, _first(reduce))
    src = src[tuple(slice(size) for size in index.shape)]
    for k in range(index.shape[dim]):
        at, part = index.narrow(dim, k, 1), src.narrow(dim, k, 1)
        old = x.gather(dim, at)
        x.scatter_(dim, at, _joined(old, part, reduce))
    return x / _counts(x, dim, index, include_self) if reduce == 'mean' else x


class ScatterReduce(torch.autograd.Function):
    @staticmethod
    def forward(ctx, self, dim, index, src, reduce, include_self):
        result = _reduced(self, dim, index, src, reduce, include_self)
        ctx.save_for_backward(self, src, result, index)
        ctx.dim, ctx.reduce, ctx.include_self = dim, reduce, include_self
        return result

    @staticmethod
    def backward(ctx, grad):
        self, src, result, index = ctx.saved_tensors
        dim = ctx.dim
        if ctx.reduce == 'sum':
            of_self, of_src = grad, grad.gather(dim, index)
        elif ctx.reduce == 'mean':
            counts = _counts(grad, dim, index, ctx.include_self)
            of_self, of_src = grad / counts, grad.gather(dim, index) / counts.gather(dim, index)
        else:
            own = (self == result).to(grad.dtype)
            found = (src == result.gather(dim, index)).to(grad.dtype)
            share = grad / own.scatter_add(dim, index, found)
            of_self, of_src = own * share, found * share.gather(dim, index)
        if not ctx.include_self:
            of_self = of_self.scatter(dim, index, 0)
        return of_self, None, None, of_src, None, None


def _check(name, self, dim, index, src, reduce, reductions):
    for argument, x in (('input', self), ('index', index), ('src', src)):
        if not isinstance(x, torch.Tensor):
            raise TypeError(f"{name}(): argument '{argument}' must be Tensor, not "
                            + type(x).__name__)
    if reduce not in reductions:
        raise RuntimeError(f'reduce argument must be either {", ".join(reductions[:-1])} or '
                           f'{reductions[-1]}, got {reduce}.')
    if not isinstance(dim, int) or not -self.dim() <= dim < self.dim() or index.numel() == 0:
        refuse(f'{name}() takes a dimension of the tensor, and an index that is not empty')
    if not self.dtype.is_floating_point or src.dtype != self.dtype or index.dtype != torch.int64:
        refuse(f'{name}() is supported of floats of one type, with an index of int64')


def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    _check('scatter_reduce', input, dim, index, src, reduce, ['sum', 'prod', 'mean', 'amax', 'amin'])
    needs_grad = torch.is_grad_enabled() and (input.requires_grad or src.requires_grad)
    if not needs_grad:
        return _reduced(input, dim % input.dim(), index, src, reduce, include_self)
    if reduce == 'prod':
        refuse("scatter_reduce() by 'prod' has no gradient here: write .detach() before it")
    if src.shape != index.shape:
        refuse('scatter_reduce() with a gradient takes src in the shape of index: slice src')
    return ScatterReduce.apply(input, dim % input.dim(), index, src, reduce, include_self)


# The slices of source, one after the other, each into the one that index names.
def index_reduce(input, dim, index, source, reduce, *, include_self=True):
    _check('index_reduce', input, dim, index, source, reduce, ['prod', 'mean', 'amax', 'amin'])
    if torch.is_grad_enabled() and (input.requires_grad or source.requires_grad):
        refuse('index_reduce() has no gradient here: write .detach() before it, or scatter_reduce()')
    dim %= input.dim()
    if index.dim() != 1 or source.dim() != input.dim() or source.shape[dim] != len(index):
        refuse('index_reduce() takes one index for each slice of source')
    shape = [-1 if i == dim else 1 for i in range(input.dim())]
    index = index.reshape(shape).expand(source.shape)
    return _reduced(input, dim, index, source, reduce, include_self)
