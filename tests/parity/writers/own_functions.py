"""torch.autograd.Function: what is saved, several inputs, gradients of gradients; and checks."""

FUNCTIONS = """
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return «x.clamp(min=0)|x ** 3|x.exp() - 1|x * x.sigmoid()|x.abs() + x»
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * «(x > 0)|3 * x ** 2|x.exp()|x.sigmoid() * (1 + x * (1 - x.sigmoid()))|(x.sign() + 1)»
call = «Fn.apply|lambda t: Fn.apply(t)|lambda t: Fn.apply(Fn.apply(t))»
---
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k«|, power=2»):
        ctx.k = k
        ctx.save_for_backward(x, x * k)
        return x «* k|+ k|.pow(2) * k»
    @staticmethod
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        print('backward', g.shape, ctx.needs_input_grad)
        return g * ctx.k, None«|, None»
call = lambda t: Fn.apply(t, «2.5|3»«|, 4»)
---
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b «|+ a|- b»
    @staticmethod
    def backward(ctx, g):
        a, b = ctx.saved_tensors
        ga = gb = None
        if ctx.needs_input_grad[0]: ga = g * b«| + g»
        if ctx.needs_input_grad[1]: gb = g * a«| - g»
        return ga, gb
call = lambda t: Fn.apply(t, «w|t|w.detach()|t * 2»)
---
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w, b):
        ctx.save_for_backward(x, w, b)
        return x @ w.t() + b
    @staticmethod
    def backward(ctx, g):
        x, w, b = ctx.saved_tensors
        return g @ w, g.t() @ x, «g.sum(0)|g.sum(dim=0)|None»
call = lambda t: Fn.apply(t, torch.ones(2, 3) * w[0, 0], torch.zeros(2) + w[0, 1])
---
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.«round()|sign()|clone()|floor()»
    @staticmethod
    def backward(ctx, g):
        return «g|-g|g.clamp(-1, 1)|g * 2|g.clone()»
call = Fn.apply
---
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x.«tanh()|sigmoid()|exp()»
        ctx.save_for_backward(y)
        return y
    @staticmethod
    def backward(ctx, g):
        y, = ctx.saved_tensors
        return g * «(1 - y * y)|y * (1 - y)|y»
call = Fn.apply
---
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        «ctx.set_materialize_grads(True)|shown = a > b; ctx.mark_non_differentiable(shown)|ctx.unit = 1»
        return a * b, «a + b|a - b|a.sum()|(a > b)»
    @staticmethod
    «@torch.autograd.function.once_differentiable|»
    def backward(ctx, g, «h|*more»):
        «print(g)|print(ctx.needs_input_grad)|»
        a, b = ctx.saved_tensors
        return g * b«|*more»«| + h», g * a
call = lambda t: Fn.apply(t, w)«[0]|[0]|[1]»
---
class Fn(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a):
        a.«mul_(2)|add_(1)|neg_()»
        «ctx.mark_dirty(a)|ctx.mark_dirty(a)|»
        return a
    @staticmethod
    def backward(ctx, g):
        return g«* 2||.neg()»
call = lambda t: Fn.apply(t «* 1|* 1|+ w|»)
""".strip().replace("        ctx.mark_«non_differentiable()|dirty()» if False else None\n", "").split("\n---\n")

USES = """y = call(x); print(y); y.sum().backward(); print(x.grad, w.grad)
y = call(x).«mean()|sum()|pow(2).sum()|max()»; print(y, y.grad_fn is None); y.backward(); print(x.grad)
g, = torch.autograd.grad(call(x).sum(), x); print(g)
g, = torch.autograd.grad(call(x).sum(), x, create_graph=True); print(g, g.requires_grad)
g, = torch.autograd.grad(call(x).pow(2).sum(), x, create_graph=True); g.«sum()|pow(2).sum()».backward(); print(x.grad)
y = call(x * «2|w»); y.backward(torch.«ones_like(y)|full_like(y, 0.5)»); print(x.grad, w.grad)
with torch.no_grad(): print(call(x).requires_grad)
print(call(x.detach()).requires_grad, call(x).shape)
z = call(x).sum() + call(x * 2).sum(); z.backward(); print(x.grad)
print(torch.autograd.functional.jacobian(lambda t: call(t).sum(), x))
d = torch.tensor($l(2,3), dtype=torch.float64, requires_grad=True); print(call(d).dtype)
x.grad = None; w.grad = None
call(x).sum().backward(retain_graph=True); print(x.grad)
print(type(call(x).grad_fn).__name__, Fn.__name__)
h = call(x); h.retain_grad(); (h * h).sum().backward(); print(h.grad)""".split("\n")


def write(page):
    page.add("import torch")
    page.add(page.r.choice(FUNCTIONS))
    page.add("x = torch.tensor($l(2,3), requires_grad=True)\nw = torch.tensor($l(2,3), requires_grad=True)")
    page.add_some(USES, 2, 6)
