# Schedules that go up and down, and schedules made of others.
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler as schedules

warnings.filterwarnings("ignore")
for make in (
    lambda o: schedules.CosineAnnealingWarmRestarts(o, T_0=3, T_mult=2),
    lambda o: schedules.CosineAnnealingWarmRestarts(o, 4, eta_min=0.01),
    lambda o: schedules.OneCycleLR(o, max_lr=1.0, total_steps=15),
    lambda o: schedules.OneCycleLR(o, [0.5], None, 5, 3, 0.4, "linear", False),
    lambda o: schedules.OneCycleLR(o, 0.5, 15, three_phase=True, div_factor=10, final_div_factor=100),
    lambda o: schedules.OneCycleLR(o, 0.5, 15, base_momentum=0.1, max_momentum=[0.2]),
    lambda o: schedules.CyclicLR(o, 0.01, 0.1, step_size_up=3),
    lambda o: schedules.CyclicLR(o, 0.01, [0.1], step_size_up=3, step_size_down=2, mode="triangular2"),
    lambda o: schedules.CyclicLR(o, 0.01, 0.1, 4, mode="exp_range", gamma=0.9, cycle_momentum=False),
    lambda o: schedules.CyclicLR(o, 0.01, 0.1, 4, scale_fn=lambda x: 0.5**x, scale_mode="iterations"),
    lambda o: schedules.PolynomialLR(o, total_iters=5, power=2),
    lambda o: schedules.PolynomialLR(o),
    lambda o: schedules.SequentialLR(
        o,
        schedulers=[schedules.LinearLR(o, start_factor=0.1, total_iters=3), schedules.ExponentialLR(o, gamma=0.9)],
        milestones=[3],
    ),
    lambda o: schedules.SequentialLR(o, [schedules.ConstantLR(o, 0.1, 2), schedules.CosineAnnealingLR(o, 5)], [3]),
    lambda o: schedules.SequentialLR(
        o,
        [
            schedules.ConstantLR(o, 0.1, 2),
            schedules.StepLR(o, 2),
            schedules.LambdaLR(o, lambda e: 0.9**e),
            schedules.MultiStepLR(o, [1, 2]),
        ],
        [3, 6, 9],
    ),
    lambda o: schedules.SequentialLR(
        o,
        [
            schedules.LinearLR(o, 0.1),
            schedules.PolynomialLR(o, 3),
            schedules.MultiplicativeLR(o, lambda e: 0.9),
            schedules.CosineAnnealingWarmRestarts(o, 2),
        ],
        [3, 6, 9],
    ),
    lambda o: schedules.ChainedScheduler(
        [schedules.LinearLR(o, start_factor=0.1, total_iters=3), schedules.ExponentialLR(o, gamma=0.9)]
    ),
):
    for momentum in (0, 0.5):
        w = torch.ones(2, requires_grad=True)
        optimizer = optim.SGD([w], lr=0.1, momentum=momentum)
        scheduler = make(optimizer)
        print(type(scheduler).__name__, isinstance(scheduler, schedules._LRScheduler))
        for _ in range(14):
            optimizer.zero_grad()
            (w**2).sum().backward()
            optimizer.step()
            group = optimizer.param_groups[0]
            print(["%.12f" % rate for rate in scheduler.get_last_lr()], "%.12f" % group["momentum"])
            scheduler.step()
        print(w, list(group))

w = torch.ones(2, requires_grad=True)
adam = optim.Adam([w], lr=0.1)
scheduler = schedules.OneCycleLR(adam, max_lr=1.0, total_steps=5)
for _ in range(7):
    adam.zero_grad()
    (w**2).sum().backward()
    adam.step()
    print(["%.12f" % x for x in scheduler.get_last_lr() + list(adam.param_groups[0]["betas"])])
    try:
        scheduler.step()
    except ValueError as e:
        print(e)

sgd = optim.SGD([w], lr=0.1)
for make in (
    lambda: schedules.SequentialLR(sgd, [schedules.LinearLR(sgd), schedules.StepLR(sgd, 1)], [3]),
    lambda: schedules.ChainedScheduler([schedules.LinearLR(sgd), schedules.StepLR(sgd, 1)]),
    lambda: schedules.PolynomialLR(sgd),
):
    scheduler = make()
    for _ in range(4):
        scheduler.step()
    print(scheduler.state_dict())
    again = make()
    again.load_state_dict(scheduler.state_dict())
    print(again.state_dict() == scheduler.state_dict())
    again.step()
    print(again.get_last_lr())
warm = schedules.CosineAnnealingWarmRestarts(sgd, 3, 2)
print(list(warm.state_dict()), warm.T_cur, warm.T_i)

for make in (
    lambda: schedules.CosineAnnealingWarmRestarts(sgd, 0),
    lambda: schedules.CosineAnnealingWarmRestarts(sgd, 1, 0),
    lambda: schedules.OneCycleLR(sgd, 1),
    lambda: schedules.OneCycleLR(sgd, 1, 0),
    lambda: schedules.OneCycleLR(sgd, 1, 10, pct_start=1.5),
    lambda: schedules.OneCycleLR(sgd, 1, 10, anneal_strategy="x"),
    lambda: schedules.OneCycleLR(sgd, [1, 2], 10),
    lambda: schedules.OneCycleLR(w, 1, 10),
    lambda: schedules.CyclicLR(optim.SGD([w], lr=0.1), 1, 2, mode="x"),
    lambda: schedules.CyclicLR(optim.Adam([w]), 0.1, 1),
    lambda: schedules.SequentialLR(sgd, [schedules.StepLR(sgd, 1)], [1]),
):
    try:
        make()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
