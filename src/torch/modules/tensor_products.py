# torch in Tensor: addbmm addbmm_ baddbmm baddbmm_
import torch


def addbmm(self, batch1, batch2, *, beta=1, alpha=1):
    return torch.addbmm(self, batch1, batch2, beta=beta, alpha=alpha)


def baddbmm(self, batch1, batch2, *, beta=1, alpha=1):
    return torch.baddbmm(self, batch1, batch2, beta=beta, alpha=alpha)


def _put(self, result, name):
    if result.requires_grad:
        refuse(f'{name}() of tensors that require grad is not supported: write what has no _ at '
               'its end')
    return self.copy_(result)


def addbmm_(self, batch1, batch2, *, beta=1, alpha=1):
    return _put(self, torch.addbmm(self, batch1, batch2, beta=beta, alpha=alpha), 'addbmm_')


def baddbmm_(self, batch1, batch2, *, beta=1, alpha=1):
    return _put(self, torch.baddbmm(self, batch1, batch2, beta=beta, alpha=alpha), 'baddbmm_')
