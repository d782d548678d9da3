# ReduceLROnPlateau: all its options, its attributes, what it says and what it refuses.
import torch
from torch import optim
from torch.optim.lr_scheduler import ReduceLROnPlateau

losses = [1.0, 0.9, 0.95, 0.99, 1.5, 0.2, 0.2, 0.3, 0.2, 0.2, 0.2, 0.2]
for make in (
    lambda o: ReduceLROnPlateau(o, patience=1, factor=0.5),
    lambda o: ReduceLROnPlateau(o, "max", 0.3, 0, threshold=0.01, threshold_mode="abs", cooldown=2, min_lr=0.001, verbose=True),
    lambda o: ReduceLROnPlateau(o, mode="max", patience=0, eps=0.02),
    lambda o: ReduceLROnPlateau(o, "min", 0.5, 0, 0.1, "abs", min_lr=[0.02]),
):
    w = torch.ones(2, requires_grad=True)
    optimizer = optim.SGD([w], lr=0.1)
    scheduler = make(optimizer)
    for loss in losses:
        optimizer.zero_grad()
        (w**2).sum().backward()
        optimizer.step()
        scheduler.step(loss)
        print(optimizer.param_groups[0]["lr"], scheduler.num_bad_epochs, scheduler.best, scheduler.in_cooldown)
    print(scheduler._last_lr, scheduler.last_epoch, scheduler.state_dict())
    again = make(optim.SGD([w], lr=1.0))
    again.load_state_dict(scheduler.state_dict())
    again.step(torch.tensor(0.5))
    print(w, again.best, again.num_bad_epochs, type(again).__name__)

w = torch.ones(2, requires_grad=True)
two = optim.SGD([{"params": [w]}, {"params": [torch.ones(1, requires_grad=True)], "lr": 1.0}], lr=0.1)
scheduler = ReduceLROnPlateau(two, patience=0, min_lr=[0.05, 0.5])
for loss in (1.0, float("nan"), 2.0, 0.99995):
    scheduler.step(loss)
    print([group["lr"] for group in two.param_groups])

for make in (
    lambda: ReduceLROnPlateau(two, factor=1.5),
    lambda: ReduceLROnPlateau(two, "foo"),
    lambda: ReduceLROnPlateau(two, threshold_mode="x"),
    lambda: ReduceLROnPlateau(two, min_lr=[1, 2, 3]),
    lambda: ReduceLROnPlateau(w),
    lambda: ReduceLROnPlateau(two).get_last_lr(),
):
    try:
        make()
    except (ValueError, TypeError, AttributeError) as e:
        print(type(e).__name__, e)
