import torch
import torch.nn as nn
import torch.nn.functional as F


def bits(t):
    return ["%.9g" % v if t.dtype == torch.float32 else v.hex() for v in t.reshape(-1).tolist()]


def both(name, y, leaves):
    """Gradients with a history, and the gradients of the sum of their squares."""
    first = torch.autograd.grad((y * y * y).sum(), leaves, create_graph=True)
    second = torch.autograd.grad(sum((g * g).sum() for g in first), leaves)
    print(name, [g.grad_fn.name() for g in first])
    for g, h in zip(first, second):
        print(g.tolist() if g.numel() < 3 else bits(g), bits(h))


def leaves(dtype, *shapes):
    return [torch.randn(s).to(dtype).requires_grad_() for s in shapes]


for dtype in (torch.float32, torch.float64):
    torch.manual_seed(5)
    x, w, b = leaves(dtype, (4, 5), 5, 5)
    both("layer_norm", F.layer_norm(x, (5,), w, b), [x, w, b])
    both("layer_norm of tanh", F.layer_norm(torch.tanh(x), (5,), w), [x, w])
    both("batch_norm", F.batch_norm(x, None, None, w, b, True), [x, w, b])
    both("batch_norm of tanh", F.batch_norm(torch.tanh(x), None, None, w, b, True), [x, w, b])
    mean, var = torch.randn(5).to(dtype), torch.rand(5).to(dtype) + 0.5
    both("batch_norm, kept", F.batch_norm(x, mean, var, w, b, False), [x, w, b])
    z, u, v = leaves(dtype, (2, 3, 4), 3, (3, 4))
    both("layer_norm of matrices", F.layer_norm(z, (3, 4), v, None), [z, v])
    both("batch_norm of signals", F.batch_norm(z, None, None, u, None, True), [z, u])
    both("cumprod", torch.cumprod(x, 1), [x])
    both("cumprod down", x.cumprod(0), [x])
    both("median", x.median(), [x])
    both("median of rows", x.median(1).values, [x])
    slope = torch.tensor([0.3], dtype=dtype)
    both("prelu", F.prelu(x, slope), [x])

# A penalty on the gradient of a critic
torch.manual_seed(1)
for norm in (nn.BatchNorm1d(6), nn.LayerNorm(6), nn.BatchNorm1d(6).eval()):
    critic = nn.Sequential(nn.Linear(3, 6), norm, nn.PReLU(), nn.Linear(6, 1))
    data = torch.rand(5, 3, requires_grad=True)
    out = critic(data)
    grad, = torch.autograd.grad(out, data, torch.ones_like(out), create_graph=True)
    print(grad)
    loss = out.mean() + 10 * ((grad.norm(2, dim=1) - 1) ** 2).mean()
    loss.backward()
    print(loss)
    for name, p in critic.named_parameters():
        print(name, p.grad)

# There is no gradient of x in what the bias receives
x = torch.rand(3, 2, requires_grad=True)
w = torch.rand(2, requires_grad=True)
b = torch.zeros(2, requires_grad=True)
y = F.layer_norm(x, (2,), w, b)
g, = torch.autograd.grad(y, b, torch.ones(3, 2), create_graph=True)
print(g, torch.autograd.grad(g.sum(), x, allow_unused=True, retain_graph=True))
m = torch.rand(2, 2, requires_grad=True)
y = F.batch_norm(m, torch.zeros(2), torch.ones(2), w, b)
g, = torch.autograd.grad(y, m, torch.ones(2, 2), create_graph=True)
print(g, torch.autograd.grad(g.sum(), [m, w], allow_unused=True))
