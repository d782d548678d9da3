# In evaluation Dropout returns its input itself, which an in-place change shows.
import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.ones(3)
dropout = nn.Dropout(0.5).eval()
y = dropout(x)
y += 1
z = F.dropout(x, 0.5, training=False)
z *= 3
print(x, y, z)
x -= 1
print(x, y, z)

net = nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.5), nn.ReLU(inplace=True), nn.Linear(3, 1))
for p in net.parameters():
    nn.init.constant_(p, 0.5)
net.eval()
out = net(torch.ones(1, 2)).sum()
out.backward()
print(out, net[0].weight.grad)
