# What nn.Linear starts from
import torch
from torch import nn

for seed in range(3):
    torch.manual_seed(seed)
    layer = nn.Linear(2, 1)
    print(seed, layer.weight.data, layer.bias.data)
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Linear(4, 3, bias=False))
print(net.state_dict())
print(net[0].weight.sum().item(), net[2].weight[0, 0].item())
