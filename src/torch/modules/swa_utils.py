# torch.optim.swa_utils in torch.optim.swa_utils: AveragedModel SWALR update_bn
import copy
import math

import torch


def _tensors(model, with_buffers):
    return [*model.parameters(), *model.buffers()] if with_buffers else list(model.parameters())


# A copy of a model whose parameters are averages of those of the model.
class AveragedModel(torch.nn.Module):
    def __init__(self, model, device=None, avg_fn=None, use_buffers=False):
        super().__init__()
        self.module = copy.deepcopy(model)
        self.register_buffer('n_averaged', torch.tensor(0))
        self.avg_fn = avg_fn
        self.use_buffers = use_buffers

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def update_parameters(self, model):
        averages = _tensors(self.module, self.use_buffers)
        for average, given in zip(averages, _tensors(model, self.use_buffers)):
            average, given = average.detach(), given.detach()
            if self.n_averaged == 0:
                average.copy_(given)
            elif self.avg_fn is None:
                average.copy_(average + (given - average) / (self.n_averaged + 1))
            else:
                average.copy_(self.avg_fn(average, given, self.n_averaged))
        self.n_averaged += 1


# The running statistics of the batches, anew.
@torch.no_grad()
def update_bn(loader, model, device=None):
    norms = [m for m in model.modules() if isinstance(m, torch.nn.BatchNorm1d)]
    if not norms:
        return
    before = [m.momentum for m in norms]
    was_training = model.training
    model.train()
    for m in norms:
        m.reset_running_stats()
        m.momentum = None
    for batch in loader:
        model(batch[0] if isinstance(batch, (list, tuple)) else batch)
    for m, momentum in zip(norms, before):
        m.momentum = momentum
    model.train(was_training)


def _way(strategy, at):
    return at if strategy == 'linear' else (1 - math.cos(math.pi * at)) / 2


# From the rate of the optimizer to swa_lr, in so many steps.
class SWALR(torch.optim.lr_scheduler._LRScheduler):
    def __init__(self, optimizer, swa_lr, anneal_epochs=10, anneal_strategy='cos', last_epoch=-1):
        groups = optimizer.param_groups
        rates = swa_lr if isinstance(swa_lr, (list, tuple)) else [swa_lr] * len(groups)
        if len(rates) != len(groups):
            raise ValueError('swa_lr must have the same length as optimizer.param_groups: swa_lr has '
                             f'{len(rates)}, optimizer.param_groups has {len(groups)}')
        for group, rate in zip(groups, rates):
            group['swa_lr'] = rate
        if anneal_strategy not in ['cos', 'linear']:
            raise ValueError("anneal_strategy must by one of 'cos' or 'linear', instead got "
                             f'{anneal_strategy}')
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:
            raise ValueError(f'anneal_epochs must be equal or greater than 0, got {anneal_epochs}')
        self._strategy = anneal_strategy
        self.anneal_epochs = anneal_epochs
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        step, epochs = self._step_count - 1, max(1, self.anneal_epochs)
        if self.anneal_epochs == 0:
            step = max(1, step)
        before = _way(self._strategy, max(0, min(1, (step - 1) / epochs)))
        now = _way(self._strategy, max(0, min(1, step / epochs)))
        rates = []
        for group in self.optimizer.param_groups:
            rate, last = group['lr'], group['swa_lr']
            first = last if before == 1 else (rate - before * last) / (1 - before)
            rates.append(last * now + first * (1 - now))
        return rates
