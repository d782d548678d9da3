import torch
from torch.optim.optimizer import Optimizer, required


class Momentum(Optimizer):
    def __init__(self, params, lr=required, mu=0.9):
        if lr is not required and lr < 0.0:
            raise ValueError(f'Invalid learning rate: {lr}')
        super().__init__(params, dict(lr=lr, mu=mu))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is None:
                    continue
                state = self.state[p]
                if len(state) == 0:
                    state['step'] = 0
                    state['buf'] = torch.zeros_like(p, memory_format=torch.preserve_format)
                state['step'] += 1
                state['buf'].mul_(group['mu']).add_(p.grad)
                p.add_(state['buf'], alpha=-group['lr'])


w = torch.tensor([1.0, -2.0], requires_grad=True)
opt = Momentum([w], lr=0.1)
print(opt)
for _ in range(3):
    opt.zero_grad()
    (w ** 2).sum().backward()
    opt.step()
    print(w, opt.state[w])
print(required, required is required, torch.preserve_format)
for options in [{}, {'lr': -1}]:
    try:
        Momentum([w], **options)
    except ValueError as e:
        print(e)
print(Momentum([{'params': [w], 'lr': 0.5}]))

for options in [{'lr': float('nan')}, {'lr': 0.1, 'weight_decay': float('nan')}]:
    w = torch.tensor([1.0, -2.0], requires_grad=True)
    opt = torch.optim.SGD([w], **options)
    (w ** 2).sum().backward()
    opt.step()
    print(w)
