import torch
from torch import optim

lr = optim.lr_scheduler


def high(x):
    return 0.5**x


def make(kind, w):
    optimizer = optim.SGD([w], lr=0.5, momentum=0.9)
    if kind == 'cyclic':
        return optimizer, lr.CyclicLR(optimizer, 0.1, 1.0, 3, scale_fn=high, scale_mode='iterations')
    return optimizer, lr.OneCycleLR(optimizer, 1.0, 12, anneal_strategy=kind)


def go(optimizer, schedule, steps):
    for _ in range(steps):
        optimizer.step()
        schedule.step()
        group = optimizer.param_groups[0]
        print('%.9f %.9f' % (group['lr'], group['momentum']))


for kind in ('cos', 'linear', 'cyclic'):
    w = torch.zeros(2, requires_grad=True)
    first = make(kind, w)
    go(*first, 5)
    state = first[1].state_dict()
    print([k for k in state if k not in ('anneal_func', '_anneal_func_type', '_scale_fn_custom', '_scale_fn_ref', 'use_beta1', 'verbose')])
    print(state['last_epoch'], state['_step_count'], round(state['_last_lr'][0], 9), state.get('_schedule_phases'))
    optimizer, schedule = make(kind, w)
    optimizer.load_state_dict(first[0].state_dict())
    schedule.load_state_dict(state)
    go(optimizer, schedule, 5)
    go(*first, 5)
# Of another way to anneal.
optimizer, schedule = make('cos', w)
schedule.load_state_dict(make('linear', w)[1].state_dict())
go(optimizer, schedule, 2)
