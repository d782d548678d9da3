# PReLU: one slope for all, or one for each channel, and their gradients.
import torch
import torch.nn as nn
import torch.nn.functional as F

layer, wide = nn.PReLU(), nn.PReLU(3, init=0.1)
print(layer, wide, layer.weight, wide.state_dict())
for dtype in (torch.float32, torch.float64):
    for shape in ((2, 3), (4, 3, 2), (2, 3, 2, 2), (6,), ()):
        count = 1
        for size in shape:
            count = count * size
        values = torch.linspace(-2.7, 1.9, count, dtype=dtype) if count > 1 else torch.full((1,), -0.7, dtype=dtype)
        x = values.reshape(shape).clone().requires_grad_(True)
        for w in ([0.25], [0.1, 0.3, -0.7]):
            if len(w) > 1 and len(shape) < 2:
                continue
            weight = torch.tensor(w, dtype=dtype, requires_grad=True)
            x.grad = None
            y = F.prelu(x, weight)
            y.backward(torch.linspace(0.3, 1.1, count, dtype=dtype).reshape(shape))
            print(shape, y, x.grad, weight.grad)
            if dtype == torch.float32:
                print(y.tolist(), x.grad.tolist(), weight.grad.tolist())

# the kink belongs to the weight's side
x = torch.tensor([0.0, -0.0, float("nan"), -1.0], requires_grad=True)
weight = torch.tensor(0.5, requires_grad=True)
y = torch.prelu(x, weight)
y[:2].sum().backward()
print(y, x.grad, weight.grad, x.prelu(weight))

# in a network
torch.manual_seed(3)
net = nn.Sequential(nn.Linear(2, 4), nn.PReLU(4), nn.Linear(4, 1), nn.PReLU())
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
inputs, target = torch.randn(5, 2), torch.randn(5, 1)
for _ in range(3):
    optimizer.zero_grad()
    loss = F.mse_loss(net(inputs), target)
    loss.backward()
    optimizer.step()
    print(loss.item())
print(net, [p.tolist() for p in net.parameters()])
print(nn.PReLU(2, dtype=torch.float64).weight, nn.PReLU(num_parameters=2, init=1).weight.tolist())
