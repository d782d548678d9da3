"""Fixtures of tests/kernels/test_log_softmax.c."""

import torch

from fixtures import classes

classes("log_softmax", __file__, torch.log_softmax)
