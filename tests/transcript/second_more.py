import torch
import torch.nn.functional as F


def bits(t):
    return ["%.9g" % v if t.dtype == torch.float32 else v.hex() for v in t.reshape(-1).tolist()]


def show(name, y, *leaves):
    """The gradients of a loss, with what comes back to it, too: each with the node that made it."""
    d = torch.linspace(0.5, 1.5, y.numel(), dtype=y.dtype).reshape(y.shape).requires_grad_()
    first = torch.autograd.grad(y, leaves, d * 2, create_graph=True)
    z = sum((g * torch.linspace(-1, 2, g.numel(), dtype=g.dtype).reshape(g.shape)).sum()
            for g in first)
    second = torch.autograd.grad(z, leaves + (d,), allow_unused=True)
    print(name, [g.grad_fn.name() for g in first])
    for g in first + second:
        print(g if g is None else bits(g))


def third(name, f, x):
    g = x
    for order in range(3):
        y = f(x) if order == 0 else g
        g, = torch.autograd.grad((y * y).sum(), x, create_graph=True)
        print(name, order + 1, g.grad_fn.name(), bits(g))


for dtype in (torch.float32, torch.float64):
    torch.manual_seed(4)

    def leaf(*shape):
        return torch.randn(*shape).to(dtype).requires_grad_()

    x, b, m, v, w = leaf(3, 5), leaf(3, 5), leaf(5, 4), leaf(5), leaf(4)
    p = (torch.rand(3, 5) * 0.8 + 0.1).to(dtype).requires_grad_()
    t = torch.rand(3, 5).to(dtype)
    show("dist", torch.dist(x, b), x, b)
    show("dist of order 3", torch.dist(x, v, 3), x, v)
    show("addmm", torch.addmm(w, x, m, beta=0.3, alpha=0.7), w, x, m)
    show("linear of columns", F.linear(b.T, x.T), x, b)
    show("repeat", x.repeat(2, 1), x)
    show("repeat in front", v.repeat(2, 1), v)
    show("tile", v.tile(3), v)
    show("amax", x.amax(1), x)
    show("amin of all", x.amin(), x)
    show("repeat once", v.repeat(1), v)
    show("diag", torch.diag(v), v)
    show("diag of a matrix", torch.diag(x), x)
    show("cumsum", x.cumsum(1), x)
    show("split", x.split(2, 1)[1], x)
    show("unbind", x.unbind(0)[1], x)
    show("index_select", x.index_select(0, torch.tensor([2, 0])), x)
    show("embedding", F.embedding(torch.tensor([1, 0, 1]), m), m)
    show("sub", torch.sub(x, b, alpha=2), x, b)
    for reduction in ("mean", "none"):
        show("binary_cross_entropy", F.binary_cross_entropy(p, t, reduction=reduction), p)
    third("cube", lambda x: x ** 3 - 2 * x, x)
    third("exp", torch.exp, x)
    third("tanh", torch.tanh, x)
    third("sigmoid", torch.sigmoid, x)
    third("softplus", F.softplus, x)
    third("softmax", lambda x: F.softmax(x, 1), x)
    third("log_softmax", lambda x: F.log_softmax(x, 1), x)
    third("cross_entropy", lambda x: F.cross_entropy(x, torch.tensor([0, 3, 1])), x)
