"""Fixtures of tests/kernels/test_sigmoid.c."""

import torch

from fixtures import elementwise

elementwise("sigmoid", __file__, torch.sigmoid)
