import copy

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.optim.swa_utils import SWALR, AveragedModel, update_bn

torch.manual_seed(0)
x, t = torch.randn(8, 3), torch.randn(8, 1)
net = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
mean = AveragedModel(net)
ema = torch.optim.swa_utils.AveragedModel(net, avg_fn=lambda a, p, n: 0.9 * a + 0.1 * p)
print(mean)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
schedule = SWALR(opt, swa_lr=0.02, anneal_epochs=3, anneal_strategy='linear')
for epoch in range(6):
    opt.zero_grad()
    loss = F.mse_loss(net(x), t)
    loss.backward()
    opt.step()
    ema.update_parameters(net)
    if epoch >= 2:
        mean.update_parameters(net)
        schedule.step()
    print(loss.item(), schedule.get_last_lr(), opt.param_groups[0]['swa_lr'])
print(mean.n_averaged, mean.module[0].weight, ema.n_averaged.item(), ema.module[0].weight)
update_bn([x[:4], x[4:]], mean)
print(mean.module[1].running_mean, mean.module[1].num_batches_tracked, mean.training, mean.module[1].momentum)
mean.eval()
print(mean(x), list(mean.state_dict()))
whole = AveragedModel(net, use_buffers=True)
whole.update_parameters(net)
whole.update_parameters(net)
print(whole.module[1].running_var, copy.deepcopy(whole).n_averaged)
for wrong in (dict(swa_lr=0.1, anneal_strategy='x'), dict(swa_lr=[0.1, 2]), dict(swa_lr=0.1, anneal_epochs=-1)):
    try:
        SWALR(opt, **wrong)
    except ValueError as e:
        print(e)
w = torch.nn.Parameter(torch.ones(1))
for options in (dict(swa_lr=0.5), dict(swa_lr=0.5, anneal_epochs=0), dict(swa_lr=[0.25], anneal_epochs=2)):
    opt = torch.optim.SGD([w], lr=1.0)
    schedule = SWALR(opt, **options)
    for _ in range(3):
        opt.step()
        schedule.step()
        print('%.6f' % schedule.get_last_lr()[0])
