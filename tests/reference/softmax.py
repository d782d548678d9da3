"""Fixtures of tests/kernels/test_softmax.c."""

import torch

from fixtures import classes

classes("softmax", __file__, torch.softmax)
