"""Schedules of the learning rate."""

SCHEDULES = """StepLR(o, «1|2|3»«|, gamma=0.5»)
MultiStepLR(o, milestones=«[1, 3]|[2]|[1, 1, 4]», gamma=«0.1|0.5»)
ExponentialLR(o, «0.9|0.5|gamma=1.1»)
LambdaLR(o, «lambda e: 0.95 ** e|lambda epoch: 1 / (epoch + 1)|lr_lambda=lambda e: min(1, (e + 1) / 3)»)
MultiplicativeLR(o, lambda e: «0.9|1 - e / 20»)
ConstantLR(o«|, factor=0.5|, factor=0.25, total_iters=2»)
LinearLR(o«|, start_factor=0.5|, start_factor=0.1, end_factor=0.8, total_iters=4»)
PolynomialLR(o, total_iters=«3|6»«|, power=2.0|, power=0.5»)
CosineAnnealingLR(o, «T_max=4|5|T_max=3»«|, eta_min=0.01»)
CosineAnnealingWarmRestarts(o, «2|3»«|, T_mult=2|, eta_min=0.01»)
OneCycleLR(o, max_lr=«0.5|1.0», «total_steps=8|steps_per_epoch=4, epochs=2»«|, pct_start=0.5|, anneal_strategy='linear'|, three_phase=True»)
CyclicLR(o, base_lr=0.01, max_lr=«0.1|0.5»«|, step_size_up=2|, step_size_up=2, mode='triangular2'|, step_size_up=3, mode='exp_range', gamma=0.9|, step_size_up=1, step_size_down=3»)
ReduceLROnPlateau(o«|, 'max'|, factor=0.5|, patience=0|, patience=1, cooldown=1|, threshold=0.1, threshold_mode='abs', patience=0|, min_lr=0.05, patience=0»)
SequentialLR(o, [S.ConstantLR(o, factor=0.1, total_iters=2), S.ExponentialLR(o, gamma=0.9)], milestones=[«2|3»])
ChainedScheduler([S.ConstantLR(o, factor=0.1, total_iters=2), S.«ExponentialLR(o, gamma=0.9)|StepLR(o, 2)»])""".split("\n")

AFTER = """print(s.get_last_lr())
print(s.state_dict())
print(o.param_groups[0]['lr'], o.param_groups[-1].get('initial_lr'))
t = s.state_dict(); s.load_state_dict(t)
print(s.last_epoch, s.base_lrs)
print(type(s).__name__, isinstance(s, S._LRScheduler))
o.param_groups[0]['lr'] = 0.3
print(o)""".split("\n")


def write(page):
    page.add("import torch\nfrom torch import nn, optim\nimport torch.optim.lr_scheduler as S")
    page.add("w = torch.tensor($l(2), requires_grad=True)\nv = torch.tensor($f, requires_grad=True)")
    groups = "[{'params': [w], 'lr': 0.4}, {'params': [v]}]"
    page.add(f"o = optim.«SGD|SGD|Adam»(«[w, v]|{groups}», lr=«0.1|1.0|0.05»)")
    template = page.r.choice(SCHEDULES)
    if template.startswith("CyclicLR"):
        page.lines.pop()
        page.add("o = optim.SGD([w, v], lr=«0.1|0.05», momentum=«0.9|0.5»)")
    page.add("s = S." + template)
    plateau = template.startswith("ReduceLR")
    with page.block("for epoch in range(«3|5|7»):"):
        if page.chance(0.7):
            page.add("o.zero_grad()\nloss = (w ** 2).sum() «+ v ** 2|+ v|* v»\nloss.backward()")
        page.add("o.step()")
        if plateau:
            page.add("s.step(«epoch|1.0|(w ** 2).sum()|loss_of(epoch)|[3, 2, 2, 2.5, 1, 1, 1][epoch]»)")
        else:
            page.add("s.step()")
        page.add("print(epoch, o.param_groups[0]['lr'])" if page.chance(0.7) or plateau else "print(s.get_last_lr())")
    page.lines = [line.replace("loss_of(epoch)", "float(epoch % 2)") for line in page.lines]
    if plateau:
        page.add("print(s.best, s.num_bad_epochs)")
    else:
        page.add_some(AFTER, 1, 4)
    page.add("print(w, v)")
