import torch
import torch.nn.functional as F
from torch import nn

scores = torch.tensor([[0.3, -1.2], [2.5, 0.0], [-40.0, 200.0]], requires_grad=True)
target = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
weight = torch.tensor([0.5, 2.0])
for loss_fn in [nn.BCEWithLogitsLoss(), nn.BCEWithLogitsLoss(reduction="sum"),
                nn.BCEWithLogitsLoss(weight=weight), nn.BCEWithLogitsLoss(pos_weight=weight),
                nn.BCEWithLogitsLoss(weight, pos_weight=torch.tensor(3.0))]:
    scores.grad = None
    loss = loss_fn(scores, target)
    loss.backward()
    print(loss_fn, loss, loss.item())
    print(scores.grad)
print(nn.BCEWithLogitsLoss(reduction="none")(scores, target))
print(F.binary_cross_entropy_with_logits(scores, target, pos_weight=weight, reduction="sum"))

for loss_fn in [nn.BCELoss(), nn.BCELoss(reduction="sum"), nn.BCELoss(weight=weight)]:
    scores.grad = None
    loss = loss_fn(torch.sigmoid(scores), target)
    loss.backward()
    print(loss_fn, loss, loss.item())
    print(scores.grad)
p = torch.tensor([0.0, 1.0, 0.25, 1.0])
y = torch.tensor([0.0, 0.0, 1.0, 1.0])
print(nn.BCELoss(reduction="none")(p, y), F.binary_cross_entropy(p, y), F.binary_cross_entropy(p, y, reduction="sum"))
print(F.binary_cross_entropy(p, y, weight=torch.tensor([1.0, 0.1, 2.0, 3.0])).item())

torch.manual_seed(1)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1), nn.Sigmoid())
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
t = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
criterion = nn.BCELoss()
for epoch in range(3):
    optimizer.zero_grad()
    loss = criterion(net(x), t)
    loss.backward()
    optimizer.step()
    print(epoch, loss.item(), net[2].weight.grad)
