# torch.optim.asgd in torch.optim: ASGD
import math

import torch


# SGD that keeps the average of what a parameter was, ax, from step t0 on.
class ASGD(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-2, lambd=1e-4, alpha=0.75, t0=1e6, weight_decay=0, *,
                 foreach=None, maximize=False):
        for name, number in (('learning rate', lr), ('weight_decay value', weight_decay)):
            if not 0.0 <= number:
                raise ValueError(f'Invalid {name}: {number}')
        defaults = dict(lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay,
                        foreach=foreach, maximize=maximize)
        if not torch.__version__.startswith('1.'):
            defaults.update(differentiable=False, capturable=False)
        super().__init__(params, defaults)

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for p in group['params']:
                if p.grad is not None:
                    _update(p, self.state[p], group)
        return loss


def _update(p, state, group):
    lr, lambd = group['lr'], group['lambd']
    if len(state) == 0:
        state['step'] = torch.tensor(0.)
        state['eta'] = torch.tensor(lr)
        state['mu'] = torch.tensor(1.)
        state['ax'] = torch.zeros_like(p)
    grad = -p.grad if group['maximize'] else p.grad
    state['step'] += 1
    step, eta, ax = state['step'].item(), state['eta'].item(), state['ax']
    if group['weight_decay'] != 0:
        grad = grad.add(p, alpha=group['weight_decay'])
    p.mul_(1 - lambd * eta)
    p.add_(grad, alpha=-eta)
    if state['mu'].item() != 1:
        ax.add_(p.sub(ax).mul(state['mu']))
    else:
        ax.copy_(p)
    state['eta'].copy_(torch.tensor(lr / math.pow((1 + lambd * lr * step), group['alpha'])))
    state['mu'].copy_(torch.tensor(1 / max(1, step - group['t0'])))
