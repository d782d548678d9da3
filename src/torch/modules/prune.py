# torch.nn.utils.prune in torch.nn.utils.prune: l1_unstructured random_unstructured ln_structured custom_from_mask identity global_unstructured L1Unstructured RandomUnstructured remove is_pruned
import torch
from torch import nn


# A parameter under its mask: name_orig times name_mask.
class _Pruned:
    def __init__(self, name):
        self.name = name

    def weight(self, module):
        orig = getattr(module, self.name + '_orig')
        return getattr(module, self.name + '_mask').to(orig.dtype) * orig

    def __call__(self, module, inputs):
        setattr(module, self.name, self.weight(module))


_pruned = []


def _find(module, name):
    for i, (of, pruned, _) in enumerate(_pruned):
        if of is module and name in (None, pruned.name):
            return i
    return None


def _count(amount, size):
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or amount < 0:
        refuse(f'amount={amount} must be a number of connections, or their share, from 0 to 1')
    if isinstance(amount, float) and amount > 1:
        refuse(f'amount={amount} must be between 0 and 1')
    count = amount if isinstance(amount, int) else round(amount * size)
    if count > size:
        raise ValueError(f'amount={count} should be smaller than the number of parameters to '
                         f'prune={size}')
    return count


def _smallest(scores, amount):
    mask, count = torch.ones_like(scores), _count(amount, scores.numel())
    if count:
        mask.view(-1)[torch.topk(torch.abs(scores).view(-1), count, largest=False).indices] = 0
    return mask


def _drawn(scores, amount):
    mask, count = torch.ones_like(scores), _count(amount, scores.numel())
    if count:
        mask.view(-1)[torch.topk(torch.rand_like(scores).view(-1), count).indices] = 0
    return mask


def _rows(scores, amount, n, dim):
    dim = dim % scores.dim()
    size = scores.shape[dim]
    count = _count(amount, size)
    norm = torch.norm(scores, p=n, dim=1 - dim)
    kept = torch.topk(norm, size - count, largest=True).indices
    mask = torch.zeros_like(scores)
    if dim == 0:
        mask[kept] = 1
    else:
        mask[:, kept] = 1
    return mask if count else torch.ones_like(scores)


class L1Unstructured:
    pass


class RandomUnstructured:
    pass


def _put(module, name, mask):
    setattr(module, name + '_mask', mask)
    at = _find(module, name)
    setattr(module, name, _pruned[at][1].weight(module))
    return module


def _begin(module, name):
    if _find(module, name) is None:
        orig = getattr(module, name)
        if not isinstance(orig, nn.Parameter):
            refuse(f"'{name}' is no parameter of the module: it cannot be pruned")
        delattr(module, name)
        module.register_parameter(name + '_orig', orig)
        module.register_buffer(name + '_mask', torch.ones_like(orig.data))
        pruned = _Pruned(name)
        setattr(module, name, pruned.weight(module))
        _pruned.append((module, pruned, module.register_forward_pre_hook(pruned)))
    return getattr(module, name + '_orig').detach(), getattr(module, name + '_mask')


# Of what earlier masks have left.
def _prune(module, name, compute, scores=None):
    orig, mask = _begin(module, name)
    scores = orig if scores is None else scores.detach()
    left = mask == 1
    new = mask.clone()
    new[left] = compute(scores[left])
    return _put(module, name, new)


def l1_unstructured(module, name, amount, importance_scores=None):
    return _prune(module, name, lambda t: _smallest(t, amount), importance_scores)


def random_unstructured(module, name, amount):
    return _prune(module, name, lambda t: _drawn(t, amount))


def ln_structured(module, name, amount, n, dim, importance_scores=None):
    orig, mask = _begin(module, name)
    if orig.dim() != 2 or importance_scores is not None or not bool((mask == 1).all()):
        refuse('ln_structured() is supported of a matrix that was not pruned before, without '
               'importance_scores')
    return _put(module, name, _rows(orig, amount, n, dim))


def custom_from_mask(module, name, mask):
    _, before = _begin(module, name)
    return _put(module, name, before * mask.to(before.dtype))


def identity(module, name):
    _begin(module, name)
    return module


def global_unstructured(parameters, pruning_method, importance_scores=None, **options):
    if importance_scores is not None or list(options) != ['amount']:
        refuse('global_unstructured() is supported with pruning_method and amount')
    found = [_begin(module, name) for module, name in parameters]
    scores = torch.cat([orig.reshape(-1) for orig, _ in found])
    mask = torch.cat([before.reshape(-1) for _, before in found])
    left = mask == 1
    compute = _smallest if pruning_method is L1Unstructured else _drawn
    mask[left] = compute(scores[left], options['amount'])
    at = 0
    for (module, name), (orig, _) in zip(parameters, found):
        _put(module, name, mask[at:at + orig.numel()].view(orig.shape))
        at += orig.numel()


def remove(module, name):
    at = _find(module, name)
    if at is None:
        raise ValueError(f"Parameter '{name}' of module {module} has to be pruned before pruning can "
                         'be removed')
    _, pruned, handle = _pruned[at]
    weight, orig = pruned.weight(module), getattr(module, name + '_orig')
    for suffix in ('', '_orig', '_mask'):
        delattr(module, name + suffix)
    orig.data = weight.data
    setattr(module, name, orig)
    handle.remove()
    del _pruned[at]
    return module


def is_pruned(module):
    return any([_find(part, None) is not None for part in module.modules()])
