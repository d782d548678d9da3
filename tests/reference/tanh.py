"""Fixtures of tests/kernels/test_tanh.c."""

import torch

from fixtures import elementwise

elementwise("tanh", __file__, torch.tanh)
