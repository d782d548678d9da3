"""Fixtures of tests/kernels/test_relu.c."""

import torch

from fixtures import elementwise

elementwise("relu", __file__, torch.relu)
