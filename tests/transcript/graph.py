# The graph that stands behind a tensor, as people walk it.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


def walk(fn, depth=0):
    if fn is None:
        return
    print("  " * depth + type(fn).__name__)
    for next_fn, _ in fn.next_functions:
        walk(next_fn, depth + 1)


def tree(fn):
    if fn is None:
        return "None"
    inner = ", ".join(f"{tree(f)}:{i}" for f, i in fn.next_functions)
    return f"{fn.name()}({inner})".replace("torch::autograd::", "")


model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
loss = F.mse_loss(model(torch.ones(4, 2)), torch.zeros(4, 1))
walk(loss.grad_fn)

a = torch.tensor([[0.1, 0.2], [0.3, 0.4]], requires_grad=True)
b = torch.tensor([[0.5, 0.6], [0.7, 0.8]], requires_grad=True)
v = torch.tensor([0.3, 0.9], requires_grad=True)
k = torch.ones(2, 2)
i = torch.tensor([1, 0])
t = torch.arange(12.0).reshape(2, 3, 2).requires_grad_()

print((a * 3).grad_fn.next_functions[0][0].variable is a)
print((a * 3).grad_fn.next_functions[0][0].variable)
print((a * 3).grad_fn.next_functions[1])
y = a * a
first, second = y.grad_fn.next_functions
print(first[0] is second[0], first[0] == second[0], y.grad_fn is y.grad_fn)
print(hasattr(first[0], "variable"), hasattr(y.grad_fn, "variable"))
print(y.grad_fn.name(), first[0].name(), len(first[0].next_functions))
seen = set()
stack = [((y + a).exp() * y).grad_fn]
while stack:
    fn = stack.pop()
    if fn in seen:
        continue
    seen.add(fn)
    print(fn.name())
    stack.extend(f for f, _ in fn.next_functions if f is not None)

for result in (a + b, a + 2, 2 - a, a - v, k * a, a / 2, 2 / a, a**2, 2**a, -a, a @ b, a @ v, v @ a,
               v @ v, t @ a, torch.addmm(a, a, b), torch.outer(v, v), a.mean(), a.sum(0), a.std(),
               a.max(), a.max(0)[0], a.norm(), a.logsumexp(1), a.clamp(0, 1), a.softmax(1).log(),
               F.softsign(a), F.tanhshrink(a), F.gelu(a), F.layer_norm(a, [2]),
               F.layer_norm(a, [2], v, v), F.mse_loss(a, k), F.l1_loss(a, k), F.cross_entropy(a, i),
               F.binary_cross_entropy(a, k), F.binary_cross_entropy_with_logits(a, k)):
    print(tree(result.grad_fn))
for result in (a.t(), a.view(4), a.t().reshape(4), a.unsqueeze(0), v.expand(3, 2), a.repeat(2, 1),
               a[0], a[0, 1], a[:, 0], a[0:1], a[i], a[a > 0.2], a[:, None], t[:, :, 0], t[0, :, 1],
               a.gather(1, i.view(2, 1)), torch.where(a > 0.2, a, k), torch.cat([a, k, b], 1),
               torch.stack([v, v]), a.split(1)[1], a.unbind()[1], list(a)[1], a.flip(0), a.clone(),
               a.double(), a.clone().add_(b), a.clone().zero_(), a.detach() * b):
    print(tree(result.grad_fn))
for layer, x in ((nn.Linear(2, 2), k), (nn.Linear(2, 2, bias=False), a), (nn.Linear(2, 2), t),
                 (nn.Linear(2, 2), v), (nn.Linear(2, 2, bias=False), v), (nn.Linear(2, 2, bias=False), t),
                 (nn.BatchNorm1d(2), a), (nn.Dropout(0.5), a), (nn.PReLU(), a),
                 (nn.Embedding(3, 2), i)):
    print(tree(layer(x).grad_fn))


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, scale):
        ctx.save_for_backward(x)
        return scale * x**3

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return 3 * x**2 * grad, None


cube = Cube.apply(a.exp(), 2.0)
walk(cube.grad_fn)
z = torch.zeros(2, 2)
z[0] = v * 2
print(tree(z.grad_fn))
