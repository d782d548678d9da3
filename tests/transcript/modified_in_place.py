"""What backward needs was changed in place since: PyTorch's words, which a script can catch."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def attempt(loss):
    try:
        loss.backward()
        print("no error")
    except RuntimeError as e:
        print(type(e).__name__, e)


torch.manual_seed(0)
for make in (lambda p: torch.optim.SGD(p, lr=0.1), torch.optim.Adam, torch.optim.AdamW):
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    optimizer = make(model.parameters())
    loss = model(torch.randn(5, 3)).pow(2).mean()
    loss.backward(retain_graph=True)
    optimizer.step()
    attempt(loss)

layer = nn.Linear(3, 4)
x = torch.randn(2, 2, 3, requires_grad=True)
y = layer(x)
with torch.no_grad():
    layer.weight.zero_()
attempt(y.sum())

w = torch.randn(3, 4, requires_grad=True)
x = torch.randn(2, 3, requires_grad=True)
for product in (x @ w, x * x, x @ w[:, 0], x[0] @ w[:, 1], x[0] @ x[1]):
    with torch.no_grad():
        w -= 0.1
        x -= 0.1
    attempt(product.sum())

for step in ("exp_", "sqrt_", "rsqrt_", "reciprocal_", "expm1_", "sigmoid_", "tanh_", "relu_"):
    x = torch.ones(2, 2, dtype=torch.float64, requires_grad=True)
    y = x * 2
    getattr(y, step)()
    y += 1
    attempt(y.sum())
for act in (nn.ReLU(True), nn.LeakyReLU(0.1, True), nn.ELU(1.0, True)):
    x = torch.ones(3, requires_grad=True)
    y = act(x * 2)
    y.mul_(2)
    attempt(y.sum())

for use in (torch.sin, F.silu, F.gelu, torch.sigmoid, torch.std, lambda t: t ** 2, lambda t: 1 / t,
            lambda t: F.softmax(t, -1), lambda t: F.mse_loss(t, torch.zeros(3)), torch.norm):
    y = torch.ones(3, requires_grad=True) * torch.tensor([1.0, 2.0, 3.0])
    z = use(y)
    y.add_(1)
    attempt(z.sum())

x = torch.ones(3, requires_grad=True)
y = x * 2
z = y ** 2
y[0] = 5.0
attempt(z.sum())
y = x * 2
z = y ** 2
y[0] += 5.0
y[1] *= 2
attempt(z.sum())
h = torch.zeros(3)
for i in range(3):
    h[i] = x[i] * 2
z = h * h
h[1] = 3.0
attempt(z.sum())
h = torch.zeros(3)
for i in range(3):
    h[i] = i
z = h * x
h[1] = 3.0
h[2] = 4.0
attempt(z.sum())
y = x * 2
v = y[:2]
z = v * v
y *= 2
attempt(z.sum())
y = x * 2
z = y * y
v = y.detach()
v.zero_()
attempt(z.sum())

scores = torch.ones(2, 3, requires_grad=True)
target = torch.tensor([0, 1])
loss = F.cross_entropy(scores, target)
target[0] = 2
attempt(loss)
mask = scores > 0
chosen = torch.where(mask, scores, scores * 2)
mask[0] = False
attempt(chosen.sum())


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x * x
        ctx.save_for_backward(x, y)
        return y

    @staticmethod
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        return 2 * x * g


a = torch.ones(3, requires_grad=True)
b = a * 2
c = Square.apply(b)
b += 1
attempt(c.sum())
b = a * 2
c = Square.apply(b)
c += 1
attempt(c.sum())

# what is kept for its size alone, in this release
x = torch.ones(2, 3, requires_grad=True)
y = x * 2
m = y.mean(1)
y += 1
attempt(m.sum())
loss = x.mean(0).sum()
loss.backward()
attempt(loss)
loss = x.mean()
loss.backward()
attempt(loss)
for use in (lambda t: t.gather(1, torch.tensor([[0], [1]])),
            lambda t: F.nll_loss(t, torch.tensor([0, 1])),
            lambda t: F.cross_entropy(t, torch.tensor([0, 1]))):
    y = x * 2
    z = use(y)
    y += 1
    attempt(z.sum())
