# Every module by itself
import torch
from torch import nn

print(nn.Linear(2, 3))
print(nn.Linear(in_features=4, out_features=1, bias=False))
print(nn.ReLU(), nn.ReLU(inplace=True))
print(nn.LeakyReLU(), nn.LeakyReLU(negative_slope=0.2))
print(nn.Sigmoid(), nn.Tanh())
print(nn.Softmax(dim=1), nn.LogSoftmax(dim=-1))
print(nn.Dropout(), nn.Dropout(p=0.1), nn.Dropout(0.2, inplace=True))
print(nn.CrossEntropyLoss(), nn.NLLLoss(), nn.MSELoss())
print(nn.CrossEntropyLoss(label_smoothing=0.1), nn.MSELoss(reduction="sum"))
print(nn.Sequential(nn.Linear(1, 1), nn.Sigmoid()))
print(nn.Sequential(nn.Sequential(nn.ReLU()), nn.Sequential()))
