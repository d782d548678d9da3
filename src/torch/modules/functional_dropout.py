# torch.nn.functional in torch.nn.functional: alpha_dropout feature_alpha_dropout dropout1d dropout2d dropout3d
import math

import torch


# What the input is multiplied by: 0 or 1 for each element, or for each channel of each sample.
def _noise(input, p, by_channel):
    if p < 0 or p > 1:
        raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')
    if not by_channel:
        return torch.empty_like(input).bernoulli_(1 - p)
    if input.dim() < 2:
        raise RuntimeError('Feature dropout requires at least 2 dimensions in the input')
    sizes = [size if i < 2 else 1 for i, size in enumerate(input.shape)]
    return input.new_empty(sizes).bernoulli_(1 - p)


def _times(input, noise, inplace):
    return input.mul_(noise) if inplace else input.mul(noise)


def _dropped(input, p, training, inplace, by_channel):
    if p == 0 or not training or input.numel() == 0:
        return input
    if p == 1:
        return _times(input, torch.zeros(()), inplace)
    return _times(input, _noise(input, p, by_channel).div_(1 - p), inplace)


# Mean and variance stay what they are, where these are 0 and 1.
def _alpha_dropped(input, p, training, inplace, by_channel):
    if p == 0 or not training or input.numel() == 0:
        return input
    if p == 1:
        return _times(input, torch.zeros(()), inplace)
    alpha = 1.7580993408473766
    noise = _noise(input, p, by_channel)
    a = 1. / math.sqrt((alpha * alpha * p + 1) * (1 - p))
    b = noise.add(-1).mul_(alpha * a).add_(alpha * a * p)
    return _times(input, noise.mul_(a), inplace).add_(b)


def _check_dims(name, input, dims, batched):
    if input.dim() not in dims:
        refuse(f'{name}() takes an input of {dims[0]} or {dims[1]} dimensions, and with {dims[0]} it '
               'means one sample' if batched else f'{name}() takes an input of {dims[1]} dimensions')


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    return _alpha_dropped(input, p, training, inplace, False)


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    return _alpha_dropped(input, p, training, inplace, True)


def dropout1d(input, p=0.5, training=True, inplace=False):
    _check_dims('dropout1d', input, (2, 3), True)
    if input.dim() == 3:
        return _dropped(input, p, training, inplace, True)
    if inplace:
        refuse('dropout1d() of one sample, in place, is outside the subset: leave inplace out')
    return _dropped(input.unsqueeze(0), p, training, False, True).squeeze(0)


def dropout2d(input, p=0.5, training=True, inplace=False):
    _check_dims('dropout2d', input, (3, 4), False)
    return _dropped(input, p, training, inplace, True)


def dropout3d(input, p=0.5, training=True, inplace=False):
    refuse('dropout3d() takes an input of 5 dimensions, and tensors have 4 at most here')
