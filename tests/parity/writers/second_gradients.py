"""Gradients of gradients, Jacobians, Hessians."""

FUNCTIONS = """(x ** «2|3|4»).sum()
(x * y).sum() «+ (x ** 2).sum()|* x.sum()»
(x.«exp()|sin()|cos()|tanh()|sigmoid()|log1p()|sqrt()|log()|reciprocal()|softmax(0)|log_softmax(0)|square()|rsqrt()|erf()|cumsum(0)|cumprod(0)|expm1()|atan()» * y).sum()
x.«prod()|norm()|std()|var()|logsumexp(0)|mean() * x.max()|pow(3).mean()»
(x / y).sum()
(x ** y).sum()
torch.«dot(x, y)|dot(x, x)|outer(x, y).sum()|einsum('i,i', x, x * y)» ** 2
(x @ m @ x) * «1|0.5|x.sum()»
((m @ x).«tanh()|relu()|sigmoid()|pow(2)» @ y)
F.«softplus|silu|gelu|elu|mish|logsigmoid|celu|selu|hardtanh|leaky_relu|softsign|relu|tanh»(x * 2).pow(2).sum()
F.«mse_loss|huber_loss|smooth_l1_loss|l1_loss»(x * x, y)
F.cross_entropy(torch.stack([x, x * 2]), torch.tensor([0, 2])«|, label_smoothing=0.1»)
F.binary_cross_entropy«(x.sigmoid(), y.sigmoid().detach())|_with_logits(x, y.sigmoid().detach())»
F.kl_div(x.log_softmax(0), y.softmax(0)«|, reduction='sum'»)
F.nll_loss(x.log_softmax(0)[None], torch.tensor([1])) * x[0]
torch.«where(x > y, x * x, y * x)|maximum(x, y) * x|clamp(x, 0.3, 1.5) * x|cat([x, y]) ** 3|stack([x, y]).prod(0)|atan2(x, y)|hypot(x, y)».sum()
x[«0|1:|[0, 2]|x > 0.5»].pow(3).sum() * x[1]
(x[None] - x[:, None]).pow(2).«sum(1).prod()|mean()|sum(0).max()»
net(x[None]).«sum()|pow(2).sum()|mean()»
(lambda t: (t * t.t()).sum())(torch.outer(x, y))
x.«clone()|view(3, 1)|expand(2, 3)|flip(0)|roll(1)|gather(0, torch.tensor([0, 0, 2]))|sort()[0]|topk(2)[0]|unsqueeze(0)|diag()».pow(3).sum()""".split("\n")

USES = """g, = torch.autograd.grad(f, x, create_graph=True); print(g); print(torch.autograd.grad(g«.sum()|[0]|.pow(2).sum()», x«|, retain_graph=True»))
g = torch.autograd.grad(f, [x, y], create_graph=True, allow_unused=True); print(g); (sum(t.pow(2).sum() for t in g if t is not None)).backward(); print(x.grad, y.grad)
f.backward(create_graph=True); print(x.grad); x.grad.«sum()|pow(2).sum()».backward(); print(x.grad)
g, = torch.autograd.grad(f, x, create_graph=True); h = [torch.autograd.grad(g[i], x, retain_graph=True)[0] for i in range(3)]; print(torch.stack(h))
g, = torch.autograd.grad(f, x, create_graph=True); (f + g.norm()).backward(); print(x.grad)
g, = torch.autograd.grad(f, x, create_graph=True); v = torch.tensor($l(3)); print(torch.autograd.grad(g, x, «grad_outputs=v|v»))
g, = torch.autograd.grad(f, x, create_graph=True); k, = torch.autograd.grad(g.sum(), x, create_graph=True); print(k); k.sum().backward() if k.requires_grad else None; print(x.grad)
print(torch.autograd.functional.«hessian|jacobian»(lambda t: (t «* y).pow(2).sum()|.exp() * t).sum()|** 3).sum()», x))
print(torch.autograd.grad(f, x«|, retain_graph=True|, allow_unused=True»))
p = list(net.parameters()); g = torch.autograd.grad(net(x[None]).pow(2).sum(), p, create_graph=True); sum(t.pow(2).sum() for t in g).backward(); print(p[0].grad)""".split("\n")


def write(page):
    page.add("import torch\nfrom torch import nn\nimport torch.nn.functional as F\ntorch.manual_seed($n)")
    page.add("x = torch.tensor([$p, $p, $p], requires_grad=True)\ny = torch.tensor([$p, $p, $p]«|, requires_grad=True»)")
    page.add("m = torch.tensor($l(3,3))\nnet = nn.Sequential(nn.Linear(3, 2), nn.«Tanh|Sigmoid|Softplus|ReLU|GELU»(), nn.Linear(2, 1))")
    for use in page.r.sample(USES, page.r.randint(1, 3)):
        page.add("f = " + page.r.choice(FUNCTIONS))
        page.add("print(f)")
        page.add(use)
        page.add("x.grad = y.grad = None")
