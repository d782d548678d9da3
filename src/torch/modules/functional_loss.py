# torch.nn.functional in torch.nn.functional: soft_margin_loss multi_margin_loss multilabel_soft_margin_loss triplet_margin_with_distance_loss
import torch
from torch.nn import functional as F


def _check(size_average, reduce, reduction):
    if size_average is not None or reduce is not None:
        refuse('size_average and reduce were replaced by reduction: write that')
    if reduction not in ('mean', 'sum', 'none'):
        raise ValueError(f'{reduction} is not a valid value for reduction')


def _joined(losses, reduction):
    return losses.mean() if reduction == 'mean' else losses.sum() if reduction == 'sum' else losses


# log(1 + exp(-target input))
class SoftMarginLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, target, reduction):
        ctx.save_for_backward(input, target)
        ctx.reduction = reduction
        return _joined((-input).mul_(target).exp_().add_(1).log_(), reduction)

    @staticmethod
    def backward(ctx, grad):
        input, target = ctx.saved_tensors
        z = torch.exp(-target * input)
        norm = 1 / input.numel() if ctx.reduction == 'mean' else 1
        return (target * z).mul_(-norm).div_(z + 1).mul_(grad), None, None


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    _check(size_average, reduce, reduction)
    if input.shape != target.shape:
        raise RuntimeError('The size of tensor a must match the size of tensor b')
    return SoftMarginLoss.apply(input, target, reduction)


# The columns one after the other: in that order they are added up.
def _each_margin(input, target, of):
    own = input.gather(1, target.unsqueeze(1)).squeeze(1)
    for i in range(input.shape[1]):
        z = of.margin - own + input[:, i]
        h = torch.where((z > 0) & (target != i), z, torch.zeros_like(z))
        yield i, h


class _Margin:
    def __init__(self, p, margin, reduction):
        self.p, self.margin, self.reduction = p, margin, reduction


# The sum of max(0, margin - x[target] + x[i])^p over the other classes i, by their number.
class MultiMarginLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, target, weight, of):
        ctx.save_for_backward(input, target, weight)
        ctx.of = of
        losses = torch.zeros(input.shape[0], dtype=input.dtype)
        for _, h in _each_margin(input, target, of):
            h = h if of.p == 1 else h * h
            losses += h if weight is None else h * weight[target]
        losses /= input.shape[1]
        if of.reduction == 'none':
            return losses
        total = losses.double().sum()
        return (total / len(losses) if of.reduction == 'mean' else total).to(input.dtype)

    @staticmethod
    def backward(ctx, grad):
        input, target, weight = ctx.saved_tensors
        of, (samples, classes) = ctx.of, input.shape
        g = 1 / (samples * classes) if of.reduction == 'mean' else 1 / classes
        own, columns = torch.zeros(samples, dtype=input.dtype), []
        for i, h in _each_margin(input, target, of):
            h = (h > 0).to(input.dtype) * g if of.p == 1 else 2 * g * h
            h = h if weight is None else h * weight[target]
            own -= h
            columns.append(h)
        dx = torch.stack(columns, 1).scatter_(1, target.unsqueeze(1), own.unsqueeze(1))
        return dx * (grad.unsqueeze(1) if of.reduction == 'none' else grad), None, None, None


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None,
                      reduction='mean'):
    _check(size_average, reduce, reduction)
    if p != 1 and p != 2:
        raise ValueError('only p == 1 and p == 2 supported')
    if weight is not None and weight.dim() != 1:
        raise ValueError('weight must be one-dimensional')
    if input.dim() != 2 or target.dim() != 1 or len(target) != len(input) or input.numel() == 0:
        refuse('multi_margin_loss() takes an input of (samples, classes), and a class for each sample')
    if target.min() < 0 or target.max() >= input.shape[1]:
        raise RuntimeError('target out of range')
    return MultiMarginLoss.apply(input, target, weight, _Margin(p, margin, reduction))


def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None,
                                reduction='mean'):
    _check(size_average, reduce, 'none')
    losses = -(target * F.logsigmoid(input) + (1 - target) * F.logsigmoid(-input))
    if weight is not None:
        losses = losses * weight
    if reduction not in ('mean', 'sum', 'none'):
        raise ValueError(reduction + ' is not valid')
    return _joined(losses.sum(dim=input.dim() - 1) / input.size(input.dim() - 1), reduction)


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None,
                                      margin=1.0, swap=False, reduction='mean'):
    _check(None, None, reduction)
    distance = F.pairwise_distance if distance_function is None else distance_function
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = torch.min(far, distance(positive, negative))
    return _joined(torch.clamp(near - far + margin, min=0.0), reduction)
