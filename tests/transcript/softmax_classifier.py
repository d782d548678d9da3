# A classifier by Sequential, one step shown in full
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
x = torch.randn(3, 4)
y = torch.tensor([0, 2, 1])
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
logits = model(x)
loss = criterion(logits, y)
print(x)
print(logits)
print(loss, loss.item())
loss.backward()
for name, p in model.named_parameters():
    print(name, p.grad)
optimizer.step()
print(criterion(model(x), y).item())
print(torch.softmax(model(x), dim=1).max(dim=1))
