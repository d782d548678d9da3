from collections import OrderedDict

import torch
import torch.nn as nn

torch.manual_seed(4)
model = nn.Sequential(OrderedDict([
    ("hidden", nn.Linear(2, 2)),
    ("act", nn.Tanh()),
    ("out", nn.Linear(2, 1)),
]))
print(model)
print(model.hidden.weight)
print(model[0], model.out.bias.shape)
print(model(torch.tensor([[1.0, 0.5]])))
for name, parameter in model.named_parameters():
    print(name, parameter.data)
print(model.state_dict())
