# torch in torch: _scattered_by
import torch


# One place after the other along dim, so that no element is changed twice at a time: in PyTorch's
# order. Returns a new tensor.
def _scattered_by(self, dim, index, src, reduce):
    x = self.clone()
    if index.numel() == 0:
        return x
    if index.dim() == 0:
        refuse('reduce= is supported of tensors of a dimension or more')
    src = src[tuple(slice(size) for size in index.shape)]
    for k in range(index.shape[dim]):
        at, part, old = index.narrow(dim, k, 1), src.narrow(dim, k, 1), None
        old = x.gather(dim, at)
        x.scatter_(dim, at, old * part if reduce == 'multiply' else old + part)
    return x
