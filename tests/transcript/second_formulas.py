import torch
import torch.nn.functional as F


def bits(t):
    return ["%.9g" % v if t.dtype == torch.float32 else v.hex() for v in t.reshape(-1).tolist()]


def show(name, y, *leaves):
    """Gradients with a history, what node made them, and theirs, of weights that are all different."""
    k = torch.linspace(0.5, 1.5, y.numel(), dtype=y.dtype).reshape(y.shape)
    first = torch.autograd.grad(y, leaves, k, create_graph=True)
    z = sum((g * torch.linspace(-1, 2, g.numel(), dtype=g.dtype).reshape(g.shape)).sum() + (g * g).sum()
            for g in first)
    second = torch.autograd.grad(z, leaves, create_graph=True)
    print(name)
    for g, h in zip(first, second):
        print(g.grad_fn.name(), bits(g), h.grad_fn.name(), bits(h))


for dtype in (torch.float32, torch.float64):
    torch.manual_seed(3)

    def leaf(*shape):
        return torch.randn(*shape).to(dtype).requires_grad_()

    x, b, m, v, w, u = leaf(3, 5), leaf(3, 5), leaf(5, 4), leaf(5), leaf(5), leaf(3)
    s = (torch.rand(3, 5) + 0.5).to(dtype).requires_grad_()
    e = (torch.rand(5) + 0.5).to(dtype).requires_grad_()
    p = (torch.rand(3, 5) * 0.8 + 0.1).to(dtype).requires_grad_()
    t = torch.rand(3, 5).to(dtype)
    show("x / v", x / v, x, v)
    show("x / u", x / u[:, None], x, u)
    show("s ** e", s ** e, s, e)
    show("atan2", torch.atan2(x, v), x, v)
    show("addcdiv", torch.addcdiv(b, x, s, value=0.3), x, s)
    show("std", x.std(), x)
    show("var", x.var(), x)
    show("norm", x.norm(), x)
    show("norm of columns", x.norm(dim=0), x)
    show("normalize", F.normalize(x), x)
    show("cosine_similarity", torch.cosine_similarity(x, b), x, b)
    show("pairwise_distance", F.pairwise_distance(x, b), x, b)
    show("outer", torch.outer(u, v), u, v)
    show("einsum", torch.einsum("ij,kj->ik", x, b), x, b)
    show("addmm", torch.addmm(u[:, None], x, m), x, m)
    show("bmm", torch.bmm(x[None], m[None]), x, m)
    show("trace", torch.trace(x * x), x)
    show("gelu", F.gelu(x), x)
    show("glu", F.glu(x[:, 1:]), x)
    show("hardswish", F.hardswish(x), x)
    show("softplus", F.softplus(x, beta=2), x)
    show("logit", torch.logit(p), p)
    show("acosh", torch.acosh(s + 1), s)
    show("exp2", torch.exp2(x), x)
    show("diag", torch.diag(v) ** 2, v)
    show("binary_cross_entropy", F.binary_cross_entropy(p, t), p)
    show("cross_entropy", F.cross_entropy(x, torch.tensor([1, 0, 4])), x)
print(torch.autograd.grad(torch.deg2rad(v).sum(), v, create_graph=True))
