import torch
import torch.nn as nn
from torch.nn.utils import spectral_norm

torch.manual_seed(0)
layer = spectral_norm(nn.Linear(3, 2))
x = torch.randn(4, 3)
print(layer, layer(x))
layer(x).sum().backward()
print(layer.weight_orig.grad, layer.weight, layer.weight_u, list(layer.state_dict()))
opt = torch.optim.SGD(layer.parameters(), lr=0.1)
for _ in range(3):
    opt.zero_grad()
    loss = (layer(x) ** 2).mean()
    loss.backward()
    opt.step()
    print(loss.item())
layer.eval()
print(layer(x), [n for n, _ in layer.named_parameters()], [n for n, _ in layer.named_buffers()])
nn.utils.remove_spectral_norm(layer)
print(list(layer.state_dict()), layer.weight)
try:
    nn.utils.remove_spectral_norm(layer)
except ValueError as e:
    print(e)

critic = nn.Sequential(spectral_norm(nn.Linear(3, 8), n_power_iterations=3), nn.LeakyReLU(0.2),
                       spectral_norm(nn.Linear(8, 1)))
loss = critic(x).mean() - critic(2 * x).mean()
loss.backward()
print(critic, loss, critic[0].weight_orig.grad)
try:
    spectral_norm(nn.Linear(2, 2), n_power_iterations=0)
except ValueError as e:
    print(e)
