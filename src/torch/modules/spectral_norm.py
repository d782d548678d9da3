# torch.nn.utils.spectral_norm in torch.nn.utils: spectral_norm remove_spectral_norm
import torch
from torch import nn


def _normal(x, eps):
    return nn.functional.normalize(x, dim=0, eps=eps)


# The weight divided by its largest singular value, u^T W v, by power iteration: u and v are kept.
class _SpectralNorm:
    def __init__(self, name, n_power_iterations, eps):
        self.name, self.n, self.eps = name, n_power_iterations, eps

    def weight(self, module, iterates):
        weight = getattr(module, self.name + '_orig')
        u, v = getattr(module, self.name + '_u'), getattr(module, self.name + '_v')
        if iterates:
            with torch.no_grad():
                for _ in range(self.n):
                    v.copy_(_normal(torch.mv(weight.t(), u), self.eps))
                    u.copy_(_normal(torch.mv(weight, v), self.eps))
                u, v = u.clone(), v.clone()
        return weight / torch.dot(u, torch.mv(weight, v))

    def __call__(self, module, inputs):
        setattr(module, self.name, self.weight(module, module.training))


_norms = []


def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    if dim not in (None, 0):
        refuse('dim of spectral_norm() is supported as 0 only')
    if n_power_iterations <= 0:
        raise ValueError('Expected n_power_iterations to be positive, but got n_power_iterations='
                         f'{n_power_iterations}')
    weight = getattr(module, name)
    if not isinstance(weight, nn.Parameter) or weight.dim() != 2:
        refuse('spectral_norm() takes a module whose weight is a parameter of 2 dimensions')
    norm = _SpectralNorm(name, n_power_iterations, eps)
    with torch.no_grad():
        u = _normal(weight.new_empty(weight.shape[0]).normal_(0, 1), eps)
        v = _normal(weight.new_empty(weight.shape[1]).normal_(0, 1), eps)
    delattr(module, name)
    module.register_parameter(name + '_orig', weight)
    setattr(module, name, weight.data)
    module.register_buffer(name + '_u', u)
    module.register_buffer(name + '_v', v)
    _norms.append((module, norm, module.register_forward_pre_hook(norm)))
    return module


def remove_spectral_norm(module, name='weight'):
    for i, (of, norm, handle) in enumerate(_norms):
        if of is module and norm.name == name:
            with torch.no_grad():
                weight = norm.weight(module, False)
            for suffix in ('', '_u', '_v', '_orig'):
                delattr(module, name + suffix)
            module.register_parameter(name, nn.Parameter(weight.detach()))
            handle.remove()
            del _norms[i]
            return module
    raise ValueError(f"spectral_norm of '{name}' not found in {module}")
