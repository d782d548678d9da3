import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
a, b, y = torch.randn(4), torch.randn(4), torch.tensor([1.0, -1, 1, -1])
p, q = torch.rand(4), torch.rand(4)
x, c = torch.randn(4, 3), torch.tensor([0, 1, 2, 1])
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(F.margin_ranking_loss(a, b, y, size_average=False), F.margin_ranking_loss(a, b, y, 0.5, None, False))
    print(F.mse_loss(a, b, size_average=False), F.mse_loss(a, b, reduce=False), F.mse_loss(a, b, False, True))
    print(nn.MSELoss(size_average=False), nn.MSELoss(size_average=False).reduction, nn.MSELoss(reduce=False)(a, b))
    print(nn.L1Loss(size_average=True)(a, b), nn.MSELoss(size_average=False)(a, b), F.l1_loss(a, b, size_average=False))
    print(nn.CrossEntropyLoss(None, False)(x, c), nn.CrossEntropyLoss(reduce=False)(x, c))
    print(F.cross_entropy(x, c, size_average=True), F.nll_loss(x, c, size_average=False), nn.NLLLoss(reduce=False)(x, c))
    print(nn.BCELoss(size_average=False)(p, q), F.binary_cross_entropy(p, q, reduce=False))
    print(nn.BCEWithLogitsLoss(size_average=False)(a, q), F.binary_cross_entropy_with_logits(a, q, None, False))
    print(nn.SmoothL1Loss(size_average=False)(a, b), F.smooth_l1_loss(a, b, reduce=False))
    print(F.kl_div(p.log(), q, False), nn.KLDivLoss(size_average=False).reduction)
    print(nn.TripletMarginLoss(size_average=False).reduction, nn.CosineEmbeddingLoss(0.1, False).reduction)
    print(nn.MSELoss(None, None, 'sum').reduction, nn.MSELoss(True, True, 'sum').reduction)
for warning in caught:
    print(warning.message, warning.category)


class Summed(nn.MSELoss):
    def __init__(self):
        super().__init__(size_average=False)


with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    print(Summed()(a, b), Summed().reduction)

# The loss of Poisson, with the term that does not depend on the input.
x = torch.randn(4, 3).requires_grad_()
t = torch.randint(0, 6, (4, 3)).float()
for full in (True, False):
    for log_input in (True, False):
        for reduction in ('mean', 'sum', 'none'):
            loss = F.poisson_nll_loss(x if log_input else x.exp(), t, log_input, full, reduction=reduction)
            x.grad = None
            loss.sum().backward()
            print(loss, x.grad)
loss = nn.PoissonNLLLoss(full=True, eps=1e-3)
print(loss, loss.full, loss(x, t))
