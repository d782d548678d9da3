# torch in Tensor: scatter_reduce index_reduce scatter_reduce_ index_reduce_
import torch


def scatter_reduce(self, dim, index, src, reduce, *, include_self=True):
    return torch.scatter_reduce(self, dim, index, src, reduce, include_self=include_self)


def index_reduce(self, dim, index, source, reduce, *, include_self=True):
    return torch.index_reduce(self, dim, index, source, reduce, include_self=include_self)


def _put(self, result, name):
    if result.requires_grad or (self.requires_grad and torch.is_grad_enabled()):
        refuse(f'{name}() of tensors that require grad is not supported: write what has no _ at its '
               'end')
    return self.copy_(result)


def scatter_reduce_(self, dim, index, src, reduce, *, include_self=True):
    result = torch.scatter_reduce(self, dim, index, src, reduce, include_self=include_self)
    return _put(self, result, 'scatter_reduce_')


def index_reduce_(self, dim, index, source, reduce, *, include_self=True):
    result = torch.index_reduce(self, dim, index, source, reduce, include_self=include_self)
    return _put(self, result, 'index_reduce_')
