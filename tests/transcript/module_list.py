import torch
import torch.nn as nn

torch.manual_seed(1)


class Net(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList()
        for i in range(len(sizes) - 1):
            self.layers.append(nn.Linear(sizes[i], sizes[i + 1]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.tanh(layer(x))
        return self.layers[-1](x)


net = Net([2, 3, 2])
print(net)
for name, p in net.named_parameters():
    print(name, p.shape)
x = torch.tensor([[1.0, -1.0]])
y = net(x)
print(y)
y.sum().backward()
print(net.layers[0].weight.grad)
print(len(net.layers), len(nn.ModuleList()), nn.ModuleList())

acts = nn.ModuleList([nn.ReLU(), nn.Tanh()])
print(acts.append(nn.Sigmoid()) is acts)
acts.extend([nn.LeakyReLU(0.2)])
for i, act in enumerate(acts):
    print(i, act, act(torch.tensor([-1.0, 2.0])))
print(acts[1:], acts[-2], isinstance(acts, nn.ModuleList))
acts[0] = nn.Tanh()
print(acts)

seq = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
print(seq[1:])
print(seq[:2](x))
seq.append(nn.Sigmoid())
seq[1] = nn.Tanh()
print(seq, seq(x))
