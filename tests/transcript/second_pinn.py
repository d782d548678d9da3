# A network that solves a differential equation: its loss has second derivatives of its output.
import torch
import torch.nn as nn
torch.manual_seed(3)
net = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 4), nn.Tanh(), nn.Linear(4, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
x = torch.linspace(0, 1, 5).reshape(-1, 1).requires_grad_(True)
for epoch in range(3):
    opt.zero_grad()
    u = net(x)
    u_x = torch.autograd.grad(u, x, grad_outputs=torch.ones_like(u), create_graph=True)[0]
    u_xx = torch.autograd.grad(u_x, x, torch.ones_like(u_x), create_graph=True, retain_graph=True)[0]
    residual = u_xx + u
    loss = (residual ** 2).mean() + (net(torch.zeros(1, 1)) - 1).pow(2).sum()
    loss.backward()
    opt.step()
    print(epoch, loss.item())
print(u_x)
print(u_xx)
print(net[0].weight.grad)
