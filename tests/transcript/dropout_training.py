import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 6)
        self.fc2 = nn.Linear(6, 2)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.dropout(x, p=0.5, training=self.training)
        return self.fc2(x)


torch.manual_seed(8)
net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
x = torch.tensor([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([0, 1, 1])
for epoch in range(4):
    net.train()
    optimizer.zero_grad()
    loss = F.cross_entropy(net(x), y)
    loss.backward()
    optimizer.step()
    net.eval()
    with torch.no_grad():
        print(epoch, loss.item(), F.cross_entropy(net(x), y).item())
print(net(x).argmax(dim=1).tolist())
