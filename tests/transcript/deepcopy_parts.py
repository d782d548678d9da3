import copy, torch
import torch.nn as nn
torch.manual_seed(1)
a = nn.Linear(2, 2); b = nn.Linear(2, 2); b.weight = a.weight
m = nn.ModuleList([a, b]); c = copy.deepcopy(m); print(c[0].weight is c[1].weight, len(c), c)
calls = []
a.register_forward_hook(lambda mod, i, o: calls.append(mod))
e = copy.deepcopy(a); e(torch.ones(2)); print(len(calls), calls[0] is e)
models = [copy.deepcopy(a) for _ in range(3)]
with torch.no_grad():
    for i, k in enumerate(models): k.weight.mul_(i)
for k in models: print(k.weight)
ce = nn.CrossEntropyLoss(weight=torch.tensor([1., 2.])); ce2 = copy.deepcopy(ce); print(ce2.weight, ce2.weight is ce.weight)
layers = nn.ModuleList([copy.deepcopy(nn.Linear(2, 1)) for _ in range(2)]); print(layers)
ema = copy.deepcopy(a)
for p in ema.parameters(): p.requires_grad_(False)
with torch.no_grad():
    for pe, p in zip(ema.parameters(), a.parameters()): pe.mul_(0.9).add_(p, alpha=0.1)
print(ema.weight, ema.bias)
sched = torch.optim.lr_scheduler.StepLR(torch.optim.SGD(a.parameters(), lr=1.), 1); print(copy.deepcopy(sched.state_dict())['gamma'])
