# A 2-3-2 MLP: one step of SGD, every number given
import torch
from torch import nn, optim


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1 = nn.Linear(2, 3)
        self.activate = nn.LeakyReLU(negative_slope=0.1)
        self.w2 = nn.Linear(3, 2)
        self.softmax = nn.Softmax(dim=0)

    def forward(self, x):
        h = self.activate(self.w1(x))
        o = self.w2(h)
        y = self.softmax(o)
        return h, o, y


torch.manual_seed(2022)
net = MLP()
net.w1.weight.data = torch.tensor([[0.15, 0.20], [0.25, 0.30], [0.35, 0.40]])
net.w1.bias.data = torch.tensor([0.04, 0.08, 0.12])
net.w2.weight.data = torch.tensor([[0.45, 0.50, 0.55], [0.60, 0.65, 0.70]])
net.w2.bias.data = torch.tensor([0.16, 0.20])

optimizer = optim.SGD(net.parameters(), lr=0.1)
loss = nn.CrossEntropyLoss()

x = torch.tensor([0.05, 0.10], requires_grad=True)
y = torch.tensor([1])
h, o, y_pred = net(x)
o.unsqueeze_(0)  # the loss wants a batch
l = loss(o, y)

optimizer.zero_grad()
l.backward()
optimizer.step()
print(l)
