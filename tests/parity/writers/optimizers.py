"""Optimizers with all their options: groups, states, closures, clipped gradients."""

OPTIONS = {
    "SGD": ["momentum=«0.9|0.5»", "weight_decay=«0.01|0.1»", "maximize=True"],
    "Adam": ["betas=«(0.8, 0.99)|(0.0, 0.5)»", "eps=«1e-3|1e-8»", "weight_decay=0.01", "amsgrad=True",
             "maximize=True"],
    "AdamW": ["betas=(0.8, 0.99)", "eps=1e-4", "weight_decay=«0.1|0»", "amsgrad=True", "maximize=True"],
    "RMSprop": ["alpha=«0.9|0.5»", "eps=1e-4", "weight_decay=0.01", "momentum=«0.9|0.3»",
                "centered=True"],
    "Adagrad": ["lr_decay=0.1", "weight_decay=0.01", "initial_accumulator_value=«0.5|1»", "eps=1e-6",
                "maximize=True"],
    "Adamax": ["betas=(0.8, 0.99)", "eps=1e-4", "weight_decay=0.01", "maximize=True"],
    "Adadelta": ["rho=«0.5|0.95»", "eps=1e-3", "weight_decay=0.01", "maximize=True"],
    "RAdam": ["betas=(0.8, 0.99)", "eps=1e-4", "weight_decay=0.01"],
    "Rprop": ["etas=(0.4, 1.3)", "step_sizes=(1e-3, 2)"],
}

AFTER = """print(o)
print(o.param_groups[0]['lr'], len(o.param_groups), sorted(o.param_groups[0])[:3])
print(o.state_dict()['param_groups'][0]['params'])
print([sorted(s) for s in o.state_dict()['state'].values()])
print({k: v.tolist() if torch.is_tensor(v) else v for k, v in o.state_dict()['state'].get(0, {}).items()})
print(len(o.state), [list(v) for v in o.state.values()][:1])
print(o.defaults['lr'], type(o).__name__, isinstance(o, torch.optim.Optimizer))
for group in o.param_groups: group['lr'] «*= 0.5|= 0.01»
o.param_groups[0]['«lr|weight_decay»'] = 0.02
o.zero_grad(«|set_to_none=True|set_to_none=False»); print(next(net.parameters()).grad)
print(nn.utils.clip_grad_norm_(net.parameters(), «1.0|0.1|100.0»«|, norm_type=1|, norm_type=float('inf')»))
nn.utils.clip_grad_value_(net.parameters(), «0.1|0.01»)
sd = o.state_dict(); o.load_state_dict(sd)
extra = nn.Parameter(torch.tensor($l(2))); o.add_param_group({'params': [extra]«|, 'lr': 0.3»}); extra.grad = torch.tensor($l(2))
net[0].weight.requires_grad_(False)
net[0].bias.grad = None""".split("\n")

CLOSURE = """
def closure():
    o.zero_grad()
    loss = «F.mse_loss(net(x), y)|((net(x) - y) ** 2).sum()»
    loss.backward()
    return loss
print(o.step(closure))
""".strip()


def options(page, kind):
    chosen = [f"lr={page.r.choice(['0.1', '0.01', '0.5', '1'])}"]
    chosen += [option for option in OPTIONS[kind] if page.chance(0.4)]
    if kind == "SGD" and any(option.startswith("momentum") for option in chosen) and page.chance(0.5):
        chosen.append(page.r.choice(["nesterov=True", "dampening=0.3"]))
    return ", ".join(chosen)


def write(page):
    kind = page.r.choice(list(OPTIONS))
    page.add("import copy\nimport torch\nfrom torch import nn, optim\nimport torch.nn.functional as F")
    if page.chance(0.25):
        page.add("torch.set_default_dtype(torch.float64)")
    page.add("torch.manual_seed($n)")
    page.add("net = nn.Sequential(nn.Linear(2, 3), nn.«Tanh|ReLU|Sigmoid»(), nn.Linear(3, 1))")
    page.add("x, y = torch.tensor($l(4,2)), torch.tensor($l(4,1))")
    groups = "[{'params': net[0].parameters()«|, 'lr': 0.2|, 'weight_decay': 0.1»}, {'params': net[2].parameters()}]"
    page.add(f"o = optim.{kind}(«net.parameters()|net.parameters()|{groups}|[net[0].weight, net[2].bias]», "
             f"{options(page, kind)})")
    if page.chance(0.3):
        page.add(CLOSURE)
    with page.block("for step in range(«1|2|3|5»):"):
        page.add("o.zero_grad()" if page.chance(0.8) else "net.zero_grad()")
        page.add("loss = «F.mse_loss(net(x), y)|(net(x) - y).abs().mean()|F.huber_loss(net(x), y)|net(x).pow(2).sum()»")
        page.add("loss.backward()")
        page.add_some(AFTER[-7:], 0, 1)
        page.add("o.step()")
        page.add("print(step, loss.item())")
    page.add_some(AFTER, 1, 4)
    page.add("print(o.state_dict() if len(str(o.state_dict())) < 3000 else net[0].weight)" if page.chance(0.5) else
             "o.step()")
    page.add("for p in net.parameters(): print(p.data)")
