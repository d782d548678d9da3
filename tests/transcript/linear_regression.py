# y = 2 x + 1, found again
import torch
from torch import nn

x = torch.tensor([1.0, 2.0, 3.0, 4.0]).view(-1, 1)
y = 2 * x + 1
model = nn.Linear(1, 1)
nn.init.zeros_(model.weight)
nn.init.zeros_(model.bias)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
loss_fn = nn.MSELoss()
for epoch in range(1, 101):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 20 == 0 or epoch == 1:
        print("epoch {:3d}: w = {:.3f}, b = {:.3f}, loss = {:.8f}".format(
            epoch, model.weight.item(), model.bias.item(), loss.item()))
print("prediction for 5:", model(torch.tensor([[5.0]])).item())
