# The XOR network that everyone starts with
import torch
import torch.nn as nn
import torch.optim as optim


class XOR(nn.Module):
    def __init__(self):
        super(XOR, self).__init__()
        self.fc1 = nn.Linear(2, 4)
        self.fc2 = nn.Linear(4, 1)

    def forward(self, x):
        x = torch.tanh(self.fc1(x))
        return torch.sigmoid(self.fc2(x))


torch.manual_seed(42)
X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float32)
y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float32)
model = XOR()
criterion = nn.MSELoss()
optimizer = optim.SGD(model.parameters(), lr=2.0)
for epoch in range(300):
    output = model(X)
    loss = criterion(output, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if (epoch + 1) % 50 == 0:
        print(f"Epoch [{epoch + 1}/300], Loss: {loss.item():.4f}")
with torch.no_grad():
    print(model(X))
    print((model(X) > 0.5) == (y > 0.5))
