import torch
import torch.nn as nn
import torch.nn.functional as F


class MLP(nn.Module):
    """Two hidden layers, as many exercises have them."""

    def __init__(self, input_size, hidden_size=5, num_classes=3):
        super().__init__()
        self.fc1 = nn.Linear(input_size, hidden_size)
        self.fc2 = nn.Linear(hidden_size, hidden_size)
        self.out = nn.Linear(hidden_size, num_classes)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.leaky_relu(self.fc2(x), negative_slope=0.1)
        return F.softmax(self.out(x), dim=-1)


torch.manual_seed(1234)
model = MLP(4, num_classes=2)
print(model)
x = torch.rand(2, 4)
target = torch.eye(2)
optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
for epoch in range(1, 4):
    y_pred = model(x)
    loss = F.mse_loss(y_pred, target)
    model.zero_grad()
    loss.backward()
    optimizer.step()
    print('Epoch:', epoch, 'Loss:', loss.item())
print(y_pred)
print("parameters:", model.fc1.weight.numel() + model.fc1.bias.numel())
