# Epochs that step() is given, closed forms, get_lr(), resumed schedules, and schedules of the script.
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler as schedules

warnings.filterwarnings("ignore")


def sgd():
    return optim.SGD([torch.ones(2, requires_grad=True)], lr=0.1)


def shown(rates):
    return ["%.12f" % rate for rate in rates]


for make in (
    lambda o: schedules.StepLR(o, 2),
    lambda o: schedules.MultiStepLR(o, [1, 3]),
    lambda o: schedules.ExponentialLR(o, 0.9),
    lambda o: schedules.LambdaLR(o, lambda e: 0.9**e),
    lambda o: schedules.MultiplicativeLR(o, lambda e: 0.9),
    lambda o: schedules.ConstantLR(o),
    lambda o: schedules.LinearLR(o),
    lambda o: schedules.PolynomialLR(o),
    lambda o: schedules.CosineAnnealingLR(o, 4),
    lambda o: schedules.CosineAnnealingWarmRestarts(o, 3, 2),
):
    scheduler = make(sgd())
    print(type(scheduler).__name__)
    for epoch in range(6):
        scheduler.step(epoch)
        print(shown(scheduler.get_last_lr()), scheduler.last_epoch, shown(scheduler.get_lr()))
    for _ in range(2):
        scheduler.step()
        print(shown(scheduler.get_last_lr()))
    scheduler.step(17)
    print(shown(scheduler.get_last_lr()), scheduler.last_epoch)
warm = schedules.CosineAnnealingWarmRestarts(sgd(), 2)
for i in range(8):
    warm.step(i / 4)
    print(shown(warm.get_last_lr()), warm.T_cur, warm.last_epoch)

optimizer = sgd()
scheduler = schedules.CosineAnnealingLR(optimizer, 7)
for _ in range(4):
    scheduler.step()
resumed = schedules.CosineAnnealingLR(optimizer, 7, last_epoch=3)
print(shown(resumed.get_last_lr()), resumed.last_epoch)
for make in (
    lambda o: schedules.StepLR(o, 2, last_epoch=3),
    lambda o: schedules.ExponentialLR(o, 0.9, last_epoch=3),
    lambda o: schedules.MultiplicativeLR(o, lambda e: 0.9, last_epoch=2),
    lambda o: schedules.LinearLR(o, last_epoch=2),
    lambda o: schedules.PolynomialLR(o, last_epoch=2),
):
    scheduler = make(optimizer)
    print(shown(scheduler.get_last_lr()))
    scheduler.step()
    print(shown(scheduler.get_last_lr()), scheduler.last_epoch)


class Warm(schedules._LRScheduler):
    def __init__(self, optimizer, steps, last_epoch=-1):
        self.steps = steps
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        if self.last_epoch >= self.steps:
            return [group["lr"] * 0.5 for group in self.optimizer.param_groups]
        return [rate * min(1, (self.last_epoch + 1) / self.steps) for rate in self.base_lrs]


class Slow(schedules.StepLR):
    def __init__(self, optimizer):
        super().__init__(optimizer, 2, gamma=0.5)

    def step(self, epoch=None):
        super().step(epoch)
        print("step", self.last_epoch)

    def get_lr(self):
        return [rate * 0.75 for rate in super().get_lr()]


for make in (lambda o: Warm(o, 4), Slow):
    optimizer = sgd()
    scheduler = make(optimizer)
    for _ in range(6):
        optimizer.step()
        scheduler.step()
        print(scheduler.get_last_lr(), optimizer.param_groups[0]["lr"], scheduler._step_count)
    print(scheduler.state_dict(), type(scheduler).__name__)
    scheduler.load_state_dict(scheduler.state_dict())
    print([isinstance(scheduler, c) for c in (Warm, schedules.StepLR, schedules._LRScheduler)])

optimizer = sgd()
scheduler = schedules.StepLR(optimizer, 2, verbose=True)
for _ in range(5):
    scheduler.step()
scheduler.step(3)
