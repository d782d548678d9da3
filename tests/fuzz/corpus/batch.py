# A batch of three through Sequential, a sigmoid and a squared error, in float64
import torch
from torch import nn, optim

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
net = nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 1))
optimizer = optim.SGD(net.parameters(), lr=0.5)
criterion = nn.MSELoss()

x = torch.tensor([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
target = torch.tensor([[1.0], [1.0], [0.0]])
prediction = net(x)
error = criterion(prediction, target)

optimizer.zero_grad()
error.backward()
optimizer.step()
