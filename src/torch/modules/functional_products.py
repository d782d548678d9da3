# torch in torch: addbmm baddbmm
import torch


def _times(grad, factor):
    return grad if factor == 1 else grad * factor


def _checked(name, batch1, batch2):
    if batch1.dim() != 3 or batch2.dim() != 3 or batch1.shape[0] != batch2.shape[0] or batch1.shape[2] != batch2.shape[1]:
        refuse(f'{name}() takes batches of as many matrices, (b, n, m) and (b, m, p)')


# Products of few terms are added one by one to what they begin from, others as addmm does.
class Baddbmm(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, batch1, batch2, beta, alpha):
        ctx.save_for_backward(batch1, batch2)
        ctx.factors = beta, alpha
        n, m, p = *batch1.shape[1:], batch2.shape[2]
        if n * m * p >= 400:
            return torch.stack([torch.addmm(x, a, b, beta=beta, alpha=alpha)
                                for x, a, b in zip(input, batch1, batch2)])
        y = input.clone() if beta == 1 else input * beta
        for k in range(m):
            a = batch1[:, :, k:k + 1]
            y = y + (a if alpha == 1 else a * alpha) * batch2[:, k:k + 1]
        return y

    @staticmethod
    def backward(ctx, grad):
        batch1, batch2 = ctx.saved_tensors
        beta, alpha = ctx.factors
        needs = ctx.needs_input_grad
        return (_times(grad, beta) if needs[0] else None,
                _times(grad.bmm(batch2.transpose(1, 2)), alpha) if needs[1] else None,
                _times(batch1.transpose(1, 2).bmm(grad), alpha) if needs[2] else None, None, None)


def baddbmm(input, batch1, batch2, *, beta=1, alpha=1):
    _checked('baddbmm', batch1, batch2)
    if beta == 0 or not input.is_floating_point():
        refuse('baddbmm() is supported of floating-point tensors, and not with beta=0: write '
               'torch.bmm')
    shape = batch1.shape[0], batch1.shape[1], batch2.shape[2]
    return Baddbmm.apply(input.expand(shape), batch1, batch2, beta, alpha)


# One product after the other is added.
class Addbmm(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, batch1, batch2, beta, alpha):
        ctx.save_for_backward(batch1, batch2)
        ctx.factors = beta, alpha
        y = input
        for a, b in zip(batch1, batch2):
            y = torch.addmm(y, a, b, beta=beta, alpha=alpha)
            beta = 1
        return y

    @staticmethod
    def backward(ctx, grad):
        batch1, batch2 = ctx.saved_tensors
        beta, alpha = ctx.factors
        needs = ctx.needs_input_grad
        all = grad.unsqueeze(0).expand(batch1.shape[0], *grad.shape)
        return (_times(grad, beta) if needs[0] else None,
                _times(all.bmm(batch2.transpose(1, 2)), alpha) if needs[1] else None,
                _times(batch1.transpose(1, 2).bmm(all), alpha) if needs[2] else None, None, None)


def addbmm(input, batch1, batch2, *, beta=1, alpha=1):
    _checked('addbmm', batch1, batch2)
    if beta == 0 or batch1.shape[0] == 0:
        refuse('addbmm() is supported of a matrix or more, and not with beta=0')
    shape = batch1.shape[1], batch2.shape[2]
    return Addbmm.apply(input.expand(shape), batch1, batch2, beta, alpha)
