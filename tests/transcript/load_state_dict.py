import torch
import torch.nn as nn

torch.manual_seed(3)
net = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
clone = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
x = torch.tensor([[1.0, 2.0]])
print(net(x), clone(x))
weight = clone[0].weight
print(clone.load_state_dict(net.state_dict()))
print(net(x), clone(x))
print(weight is clone[0].weight, weight.requires_grad, weight)
opt = torch.optim.SGD(clone.parameters(), lr=0.5)
clone(x).sum().backward()
opt.step()
print(net[0].weight)
print(clone[0].weight)

fc = nn.Linear(2, 1)
result = fc.load_state_dict({"weight": torch.tensor([[1, 2]]), "bias": torch.tensor([0.5])})
print(result, result.missing_keys, result.unexpected_keys)
print(fc.weight, fc.bias)
print(fc.load_state_dict({"weight": torch.tensor([[3.0, 4.0]]), "other": torch.tensor([0.5])}, strict=False))
print(fc.state_dict())
state = fc.state_dict()
state["bias"] = torch.tensor([7.0])
fc.load_state_dict(state)
print(fc(x))
