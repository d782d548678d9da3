# A penalty on the size of a gradient, and a step of learning to learn.
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(0)
critic = nn.Sequential(nn.Linear(2, 3), nn.LeakyReLU(0.2), nn.Linear(3, 1))
x = torch.tensor([[0.5, -1.0], [1.5, 0.25]], requires_grad=True)
scores = critic(x)
grads = torch.autograd.grad(outputs=scores, inputs=x, grad_outputs=torch.ones_like(scores), create_graph=True, retain_graph=True, only_inputs=True)[0]
norms = grads.norm(2, dim=1)
penalty = ((norms - 1) ** 2).mean()
loss = scores.mean() + 10 * penalty
loss.backward()
print(grads)
print(norms, penalty, loss)
for name, p in critic.named_parameters():
    print(name, p.grad)
W = torch.tensor([[0.1, 0.2], [0.3, 0.4]], requires_grad=True)
b = torch.zeros(2, requires_grad=True)
data = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
labels = torch.tensor([0, 1])
inner = F.cross_entropy(data @ W + b, labels)
gW, gb = torch.autograd.grad(inner, [W, b], create_graph=True)
fast_W = W - 0.5 * gW
fast_b = b - 0.5 * gb
outer = F.cross_entropy(data[[1, 0]] @ fast_W + fast_b, labels)
outer.backward()
print(gW, gb)
print(inner, outer)
print(W.grad)
print(b.grad)
