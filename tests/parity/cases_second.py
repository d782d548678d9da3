"""Cases: gradients of gradients, by torch.autograd.grad, of random functions of random tensors."""

from cases import operation

# What they are functions of: x and s have one shape, and x can be multiplied by m.
FUNCTIONS = {
    "xs": ["x + s", "x - s", "x * s", "x / s", "torch.maximum(x, s)", "torch.cat([x, s])",
           "F.glu(torch.cat([x, s], 1))", "torch.dist(x, s)", "torch.dist(x, s, 3)",
           "torch.cosine_similarity(x, s)", "x / s[0]", "torch.atan2(x, s[:1])",
           "F.mse_loss(x, s)", "F.huber_loss(x, s)", "F.smooth_l1_loss(x, s)"],
    "xm": ["x @ m", "x.T @ x @ m",
           "torch.addmm(torch.ones(1, dtype=x.dtype), x, m, alpha=0.3)"],
    "s": ["2 / s", "s ** 2", "s ** 3", "s ** -1", "s ** 0.5", "s.exp()", "s.log()", "s.sqrt()"],
    "x": ["2 - x", "-x", "x.abs()", "x.sin()", "x.cos()", "x.sigmoid()", "x.tanh()", "x.relu()",
          "x.clamp(-0.5, 0.5)", "x.sum(0)", "x.sum(1, keepdim=True)", "x.mean(1)", "x.var(0)",
          "x.logsumexp(1)", "x.cumsum(0)", "x[1:]", "x[:, 0]", "x.T", "x.reshape(-1)",
          "x[[0, 0]]", "F.leaky_relu(x, 0.1)", "F.elu(x)", "F.selu(x)", "F.celu(x, 0.7)", "F.silu(x)", "F.softplus(x)",
          "F.mish(x)", "F.logsigmoid(x)", "F.softshrink(x)", "F.hardshrink(x)", "x.prod()",
          "F.threshold(x, 0.1, 2.0)", "x.prod(1)", "x.prod(0, keepdim=True)",
          "F.layer_norm(x, x.shape[1:])", "F.batch_norm(x, None, None, training=True)",
          "x.cumprod(1)", "x.cumprod(0)", "x.median()", "x.median(1).values", "x.norm()",
          "x.norm(dim=1)", "x.std()", "x.amax(0)", "x.repeat(2, 1)", "F.normalize(x)", "F.gelu(x)",
          "F.hardswish(x)", "torch.trace(x.T @ x)",
          "F.gelu(x, approximate='tanh')", "F.softmax(x, 1)", "F.log_softmax(x, 1)",
          "F.binary_cross_entropy_with_logits(x, s.detach())",
          "F.cross_entropy(x, torch.zeros(x.shape[0], dtype=torch.long))"],
}


@operation("second derivatives", weight=12)
def second(g):
    rows, columns = g.r.randint(2, 5), g.r.randint(2, 5)
    dtype = g.dtype(floating=True)
    g.tensor("x", (rows, columns), dtype, True)
    g.tensor("s", (rows, columns), dtype, True, positive=True)
    g.tensor("m", (columns, g.r.randint(1, 4)), dtype, True)
    of, function = g.next_of([(of, f) for of, fs in FUNCTIONS.items() for f in fs])
    leaves = ", ".join(of)
    g.line("import torch.nn.functional as F")
    g.line(f"y = {function}")
    g.line("v = torch.linspace(0.5, 1.5, y.numel(), dtype=y.dtype).reshape(y.shape)")
    g.line(f"gs = torch.autograd.grad(y, [{leaves}], v, create_graph=True)")
    g.line("z = sum([(k * k).sum() for k in gs])")
    for i in range(len(of)):
        g.line(f'show("first derivatives", gs[{i}])')
    g.line("if z.requires_grad:")
    g.line(f"    for h in torch.autograd.grad(z, [{leaves}], allow_unused=True):")
    g.line("        if h is not None:")
    g.line('            show("second derivatives", h + 0)')
