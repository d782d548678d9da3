# What a script imports out of habit, and does not use.
import argparse
import os
import time

import matplotlib.pyplot as plt
import torch
import torch.backends.cudnn as cudnn
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
import torch.utils.data
import torch.utils.data as data
from torch.autograd import Variable
from torch.cuda.amp import GradScaler, autocast
from torch.nn import LSTM, Conv2d
from torch.nn.modules.conv import Conv1d
from torch.nn.utils.rnn import pad_sequence
from torch.optim import SparseAdam
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split


def batches(rows: Dataset, size: int = 2, sampler: data.Sampler = None) -> DataLoader:
    for i in range(0, len(rows), size):
        yield rows[i:i + size]


def encoder(kind: str) -> nn.Module:
    if kind == "lstm":
        return LSTM(2, 3)
    return nn.Linear(2, 3)


try:
    from torch.utils.data import DataLoader as Loader
except ImportError:
    Loader = None

torch.manual_seed(1)
net = encoder("linear")
for x in batches(torch.arange(6.0).reshape(3, 2)):
    print(net(x).sum().item())
