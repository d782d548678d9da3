import torch
from torch import optim


def run(make, **options):
    torch.manual_seed(0)
    w = torch.randn(3, 5).requires_grad_()
    v = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
    optimizer = make([w, v], **options)
    print(optimizer)
    for _ in range(3):
        optimizer.zero_grad()
        ((w**3).sum() + (v**2).sum()).backward()
        optimizer.step()
    print(w, v)
    print(list(optimizer.state_dict()['param_groups'][0].items()))


for foreach in (None, False, True):
    run(optim.SGD, lr=0.1, momentum=0.9, weight_decay=0.1, foreach=foreach)
    run(optim.SGD, lr=0.1, nesterov=True, momentum=0.9, maximize=True, foreach=foreach)
    run(optim.Adam, foreach=foreach)
    run(optim.Adam, amsgrad=True, weight_decay=0.1, maximize=True, foreach=foreach)
    run(optim.AdamW, amsgrad=True, foreach=foreach)
    run(optim.RMSprop, centered=True, momentum=0.9, foreach=foreach)
    run(optim.Adadelta, foreach=foreach)
    run(optim.Adamax, foreach=foreach)
    run(optim.Rprop, foreach=foreach)
    run(optim.ASGD, lr=0.1, foreach=foreach)
for foreach in (None, False):
    run(optim.Adagrad, foreach=foreach)
    run(optim.RAdam, foreach=foreach)
    run(optim.NAdam, foreach=foreach)
run(optim.SGD, lr=0.1, differentiable=False)
run(optim.Adam, capturable=False, differentiable=False, fused=False)
run(optim.Adam, fused=None)
run(optim.AdamW, capturable=False)
run(optim.RMSprop, differentiable=False)
w = torch.ones(2, requires_grad=True)
v = torch.ones(2, requires_grad=True)
optimizer = optim.SGD([{'params': [w], 'foreach': True}, {'params': v, 'lr': 0.5}], lr=0.1)
(w.sum() + v.sum()).backward()
optimizer.step()
print(optimizer, w, v)
