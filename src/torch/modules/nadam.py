# torch.optim.nadam in torch.optim: NAdam
import torch


# Adam with the momentum of Nesterov, by T. Dozat.
class NAdam(torch.optim.Optimizer):
    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0,
                 momentum_decay=4e-3, *, foreach=None):
        if foreach:
            refuse('foreach=True of NAdam, which gives other last digits, is not supported: leave it '
                   'out')
        for name, number in (('learning rate', lr), ('epsilon value', eps)):
            if not 0.0 <= number:
                raise ValueError(f'Invalid {name}: {number}')
        for i in range(2):
            if not 0.0 <= betas[i] < 1.0:
                raise ValueError(f'Invalid beta parameter at index {i}: {betas[i]}')
        for name, number in (('weight_decay', weight_decay), ('momentum_decay', momentum_decay)):
            if not 0.0 <= number:
                raise ValueError(f'Invalid {name} value: {number}')
        defaults = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay,
                        momentum_decay=momentum_decay)
        if not torch.__version__.startswith('1.'):
            defaults.update(decoupled_weight_decay=False, maximize=False)
        defaults.update(foreach=foreach)
        if not torch.__version__.startswith('1.'):
            defaults.update(capturable=False, differentiable=False)
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
    if len(state) == 0:
        state['step'] = torch.tensor(0.)
        state['mu_product'] = torch.tensor(1.)
        state['exp_avg'] = torch.zeros_like(p)
        state['exp_avg_sq'] = torch.zeros_like(p)
    (beta1, beta2), lr, decay = group['betas'], group['lr'], group['momentum_decay']
    grad, m, v = p.grad, state['exp_avg'], state['exp_avg_sq']
    state['step'] += 1
    step = state['step'].item()
    if group['weight_decay'] != 0:
        grad = grad.add(p, alpha=group['weight_decay'])
    mu = beta1 * (1. - 0.5 * (0.96 ** (step * decay)))
    mu_next = beta1 * (1. - 0.5 * (0.96 ** ((step + 1) * decay)))
    product = state['mu_product']
    product *= mu
    if torch.__version__.startswith('1.'):
        product_next = (product * mu * mu_next).item()
        m.mul_(beta1).add_(grad, alpha=1 - beta1)
    else:
        product_next = product.item() * mu_next
        m.lerp_(grad, 1 - beta1)
    v.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
    below = v.div(1 - beta2 ** step).sqrt().add_(group['eps'])
    p.addcdiv_(grad, below, value=-lr * (1. - mu) / (1. - product.item()))
    p.addcdiv_(m, below, value=-lr * mu_next / (1. - product_next))
