# LogSoftmax and NLLLoss, which together are CrossEntropyLoss
import torch
from torch import nn

torch.manual_seed(9)
net = nn.Sequential(nn.Linear(3, 4), nn.Sigmoid(), nn.Linear(4, 3), nn.LogSoftmax(dim=1))
criterion = nn.NLLLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.5, momentum=0.5, dampening=0.1)
inputs = [[0.0, 1.0, 2.0], [1.0, -1.0, 0.0], [0.5, 0.5, -2.0]]
targets = [2, 0, 1]
for epoch in range(3):
    running_loss = 0.0
    for features, target in zip(inputs, targets):
        x = torch.tensor(features).unsqueeze(0)
        y = torch.tensor([target])
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
    print("epoch", epoch + 1, "mean loss", running_loss / len(inputs))
net.eval()
with torch.no_grad():
    log_p = net(torch.tensor(inputs))
print(log_p, log_p.exp().sum(dim=1), sep="\n")
print(log_p.argmax(dim=1).tolist() == targets)
