# torch.nn.utils.weight_norm in torch.nn.utils: weight_norm remove_weight_norm
import torch
from torch import nn


# The sum of a b over each row, in the lanes of a vector, and these by halves: PyTorch's order, in
# which each product is added by one rounding.
def _dots(a, b):
    n, lanes = a.shape[1], 8 if a.dtype == torch.float32 else 4
    if n < lanes:
        parts = a * b
    else:
        parts = a[:, :lanes] * b[:, :lanes]
        for k in range(lanes, n, lanes):
            width = min(lanes, n - k)
            sums = torch.addcmul(parts[:, :width], a[:, k:k + width], b[:, k:k + width])
            parts = torch.cat([sums, parts[:, width:]], 1)
    if n < lanes or lanes == 4:
        total = parts[:, :1]
        for k in range(1, parts.shape[1]):
            total = total + parts[:, k:k + 1]
        return total
    parts = parts[:, :4] + parts[:, 4:]
    parts = parts[:, :2] + parts[:, 2:]
    return parts[:, :1] + parts[:, 1:]


# w = v (g / |v|), |v| the norm of each row
class WeightNormInterface(torch.autograd.Function):
    @staticmethod
    def forward(ctx, v, g):
        norm = _dots(v, v).sqrt()
        ctx.save_for_backward(v, g, norm)
        return v * (g / norm)

    @staticmethod
    def backward(ctx, dw):
        v, g, norm = ctx.saved_tensors
        dg = _dots(dw, v) / norm
        a = g / norm
        b = a * dg / norm
        return torch.addcmul(a * dw, v, b.expand_as(v), value=-1), dg


class _WeightNorm:
    def __init__(self, name):
        self.name = name

    def weight(self, module):
        return WeightNormInterface.apply(getattr(module, self.name + '_v'),
                                         getattr(module, self.name + '_g'))

    def __call__(self, module, inputs):
        setattr(module, self.name, self.weight(module))


_norms = []


def weight_norm(module, name='weight', dim=0):
    if dim != 0:
        refuse('dim of weight_norm() is supported as 0 only')
    weight = getattr(module, name)
    if not isinstance(weight, nn.Parameter) or weight.dim() != 2:
        refuse('weight_norm() takes a module whose weight is a parameter of 2 dimensions')
    norm = _WeightNorm(name)
    with torch.no_grad():
        g = weight.norm(2, 1).view(-1, 1)
    delattr(module, name)
    module.register_parameter(name + '_g', nn.Parameter(g.data))
    module.register_parameter(name + '_v', nn.Parameter(weight.data))
    setattr(module, name, norm.weight(module))
    _norms.append((module, norm, module.register_forward_pre_hook(norm)))
    return module


def remove_weight_norm(module, name='weight'):
    for i, (of, norm, handle) in enumerate(_norms):
        if of is module and norm.name == name:
            weight = norm.weight(module)
            for suffix in ('', '_g', '_v'):
                delattr(module, name + suffix)
            setattr(module, name, nn.Parameter(weight.data))
            handle.remove()
            del _norms[i]
            return module
    raise ValueError(f"weight_norm of '{name}' not found in {module}")
