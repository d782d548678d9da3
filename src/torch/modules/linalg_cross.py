# torch.linalg in torch.linalg: cross
import torch


def cross(input, other, *, dim=-1):
    return torch.cross(input, other, dim)
