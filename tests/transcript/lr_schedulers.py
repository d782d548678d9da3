"""Learning rates that change by a scheduler: each rate, and what it keeps."""
import torch
from torch import nn, optim
from torch.optim import lr_scheduler
from torch.optim.lr_scheduler import CosineAnnealingLR, StepLR

torch.manual_seed(0)
x, t = torch.randn(6, 2), torch.randn(6, 1)


def run(make, epochs=8, exact=True, **options):
    net = nn.Linear(2, 1)
    options = options or {'lr': 0.1}
    opt = optim.SGD(net.parameters(), **options)
    scheduler = make(opt)
    print(type(scheduler).__name__, scheduler.base_lrs, scheduler.last_epoch)
    for epoch in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        scheduler.step()
        if exact:
            print(scheduler.last_epoch, scheduler.get_last_lr(), opt.param_groups[0]['lr'])
        else:
            print(scheduler.last_epoch, '%.9f' % opt.param_groups[0]['lr'])
    print(f'{loss.item():.6f}')
    if not exact:
        return
    print(opt)
    return opt, scheduler


opt, scheduler = run(lambda o: StepLR(o, step_size=3, gamma=0.5))
kept = scheduler.state_dict()
print(kept)
print(isinstance(scheduler, StepLR), scheduler.step_size, scheduler.gamma)
opt, scheduler = run(lambda o: StepLR(o, 2), 7, lr=0.3, momentum=0.9)
scheduler.load_state_dict(kept)
print(scheduler.last_epoch, scheduler.get_last_lr(), scheduler.state_dict() == kept)
opt, scheduler = run(lambda o: lr_scheduler.MultiStepLR(o, milestones=[2, 4, 4, 7], gamma=0.3))
opt, scheduler = run(lambda o: lr_scheduler.MultiStepLR(o, (1, 3)))
opt, scheduler = run(lambda o: optim.lr_scheduler.ExponentialLR(o, gamma=0.9))
print(scheduler.state_dict())
opt, scheduler = run(lambda o: lr_scheduler.LambdaLR(o, lr_lambda=lambda epoch: 0.95 ** epoch))
print(scheduler.state_dict())


def warm_up(epoch):
    return min(1.0, (epoch + 1) / 4)


run(lambda o: lr_scheduler.LambdaLR(o, [warm_up]))
run(lambda o: lr_scheduler.MultiplicativeLR(o, lr_lambda=lambda epoch: 0.95))
run(lambda o: lr_scheduler.ConstantLR(o, factor=0.5, total_iters=4))
run(lambda o: lr_scheduler.ConstantLR(o))
run(lambda o: lr_scheduler.LinearLR(o, start_factor=0.5, total_iters=4))
run(lambda o: lr_scheduler.LinearLR(o))
run(lambda o: lr_scheduler.LinearLR(o, 1.0, 0.1, 6), lr=1)
# a cosine is the C library's
run(lambda o: CosineAnnealingLR(o, T_max=5), 12, exact=False)
run(lambda o: CosineAnnealingLR(o, T_max=10, eta_min=0.001), exact=False)

# by hand between two steps of the schedule
opt = optim.Adam([torch.ones(1, requires_grad=True)], lr=1e-2)
scheduler = StepLR(opt, 2, 0.1)
opt.step()
scheduler.step()
opt.param_groups[0]['lr'] = 0.7
scheduler.step()
print(scheduler.get_last_lr(), opt.param_groups[0]['initial_lr'])
again = lr_scheduler.ExponentialLR(opt, 0.5)
opt.step()
again.step()
print(again.base_lrs, again.get_last_lr(), scheduler.get_last_lr())
for make in (lambda: lr_scheduler.LinearLR(opt, 2.0), lambda: lr_scheduler.ConstantLR(opt, -1),
             lambda: lr_scheduler.LambdaLR(opt, [warm_up, warm_up])):
    try:
        make()
    except ValueError as error:
        print(error)
