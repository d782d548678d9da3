"""Hooks of tensors and modules."""

TENSOR_HOOKS = """h = x.register_hook(lambda g: «print('x', g)|g * 2|None|g.clamp(-1, 1)|-g»)
h2 = y.register_hook(lambda g: «g * 0.5|print('y', g.shape)|g + 1»)
def double(g): return «g * 2|None»
x.register_hook(double); x.register_hook(double)
seen = []; y.register_hook(seen.append); z.register_hook(lambda g: seen.append(g.sum().item()))
y.retain_grad()
z.register_hook(lambda g: torch.«zeros_like|ones_like»(g))
w.register_hook(lambda g: «g / g.norm()|g.sign()|print('w', g)»)""".split("\n")

MODULE_HOOKS = """net[0].register_forward_hook(lambda m, i, o: print(type(m).__name__, i[0].shape, o.shape))
net[1].register_forward_hook(lambda m, i, o: «o * 2|None|o + 1»)
net.register_forward_hook(lambda m, i, o: print('net', o))
net[0].register_forward_pre_hook(lambda m, i: «print('pre', i[0])|(i[0] * 2,)|i[0] + 1|None»)
net[«0|1|2»].register_full_backward_hook(lambda m, gi, go: print(type(m).__name__, gi[0] if gi[0] is None else gi[0].shape, go[0]))
net[2].register_full_backward_hook(lambda m, gi, go: «(gi[0] * 2,)|None»)
kept = {}; net[1].register_forward_hook(lambda m, i, o: kept.update(out=o.detach()))
def named(name):
    def hook(m, i, o): acts[name] = o.detach().mean().item()
    return hook
acts = {}
for name, m in net.named_children(): m.register_forward_hook(named(name))
handles = [m.register_forward_hook(lambda m, i, o: print(m)) for m in net.children()]
h3 = net.register_forward_pre_hook(lambda m, i: print('before')); h3.remove()
for p in net.parameters(): p.register_hook(lambda g: «g * 0.1|g.clamp(-0.1, 0.1)|print(g.shape)»)
for n, p in net.named_parameters(): p.register_hook(lambda g, n=n: print(n, g.abs().sum().item()))""".split("\n")


def joined(lines):
    """A def, what belongs to it, and the two lines behind are one."""
    first = next(i for i, line in enumerate(lines) if line.startswith("def named"))
    return lines[:first] + ["\n".join(lines[first:first + 5])] + lines[first + 5:]


def write(page):
    page.add("import torch\nfrom torch import nn\ntorch.manual_seed($n)")
    if page.chance(0.5):
        page.add("x = torch.tensor($l(3), requires_grad=True)\nw = torch.tensor($l(3), requires_grad=True)")
        page.add("y = x «* w|+ w|* w + x»\nz = y «** 2|.tanh()|* y»\nseen = []")
        page.add_some([hook for hook in TENSOR_HOOKS if not hook.startswith(("def", "x.register_hook(d"))], 1, 4)
        page.add("z.«sum()|mean()».backward(«|retain_graph=True»)\nprint(x.grad, w.grad, seen)")
        page.add_in_order(["print(y.is_leaf)", "(x * w).sum().backward(); print(x.grad, w.grad)"], 0.5)
        return
    page.add("net = nn.Sequential(nn.Linear(2, 3), nn.«Tanh()|Sigmoid()|ReLU()|LayerNorm(3)», nn.Linear(3, «1|2»))")
    page.add_some(joined(MODULE_HOOKS), 1, 4)
    page.add("x = torch.tensor($l(2,2)«|, requires_grad=True»)")
    page.add("out = net(x)\nprint(out)\nout.«sum()|pow(2).mean()».backward()")
    page.add("print(net[0].weight.grad, x.grad)")
    if "\nacts = {}" in "\n".join(page.lines):
        page.add("print(acts)")
    if page.chance(0.5):
        page.add("net(x * 2).sum().backward(); print(net[2].bias.grad)")
