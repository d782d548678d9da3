"""Gradients made smaller, by their norm and one by one, and parameters as one vector."""
import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_, parameters_to_vector, vector_to_parameters

torch.set_printoptions(precision=8)
for dtype in (torch.float32, torch.float64):
    torch.manual_seed(3)
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)).to(dtype)
    unused = nn.Parameter(torch.ones(2))
    x = torch.randn(5, 3).to(dtype)
    for norm_type in (2, 1.0, float('inf'), 'inf'):
        for max_norm in (0.25, 3, 1000.0):
            net.zero_grad()
            (net(x) ** 2).sum().backward()
            total = clip_grad_norm_([*net.parameters(), unused], max_norm, norm_type=norm_type)
            print(norm_type, max_norm, total, total.requires_grad)
            for p in net.parameters():
                print(p.grad)
    print(unused.grad, nn.utils.clip_grad_value_(net.parameters(), 0.5))
    print(net[0].weight.grad)
    vector = parameters_to_vector(net.parameters())
    print(vector)
    vector_to_parameters(vector.detach() * 2, net.parameters())
    print(net[2].weight, net[2].bias)

print(clip_grad_norm_([], 1.0), clip_grad_norm_(unused, 1.0))
w = torch.tensor([float('inf'), 1.0], requires_grad=True)
(w * w).sum().backward()
for p in (1, 2.0, 'inf'):
    try:
        clip_grad_norm_(w, 1.0, p, error_if_nonfinite=True)
    except RuntimeError as error:
        print(error)
print(clip_grad_norm_(w, 1.0), w.grad)
shared = torch.tensor([3.0, 4.0])
w.grad = shared
print(clip_grad_norm_((p for p in [w, w]), 1.0), shared)
w.grad = torch.tensor([float('nan'), 5.0])
nn.utils.clip_grad_value_(w, 2)
print(w.grad, clip_grad_norm_(w, 1.0, float('inf')))
