import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


def derive(loss, *inputs):
    for x in inputs:
        x.grad = None
    (loss * loss).sum().backward()
    print(loss, *[x.grad for x in inputs])


x = torch.randn(9, requires_grad=True)
t = torch.tensor([1, -1, 1, 1, -1, -1, 1, -1, 1])
for reduction in ('mean', 'sum', 'none'):
    derive(nn.SoftMarginLoss(reduction=reduction)(x, t.float()), x)
print(F.soft_margin_loss(x, t), nn.SoftMarginLoss())

x = torch.randn(5, 4, requires_grad=True)
t, w = torch.tensor([0, 3, 1, 1, 2]), torch.tensor([0.5, 1.0, 2.0, 0.25])
for options in (dict(), dict(p=2), dict(margin=0.3, weight=w), dict(p=2, margin=2, weight=w)):
    for reduction in ('mean', 'sum', 'none'):
        derive(nn.MultiMarginLoss(reduction=reduction, **options)(x, t), x)
print(F.multi_margin_loss(x, t), nn.MultiMarginLoss(weight=w), nn.MultiMarginLoss(weight=w).state_dict())
for wrong in (dict(p=3), dict(weight=torch.ones(1, 1))):
    try:
        F.multi_margin_loss(x, t, **wrong)
    except ValueError as e:
        print(e)

t = torch.tensor([[0.0, 1, 1, 0]] * 4 + [[1.0, 0, 0, 0]])
for options in (dict(), dict(weight=w), dict(reduction='sum'), dict(reduction='none')):
    derive(nn.MultiLabelSoftMarginLoss(**options)(x, t), x)
print(F.multilabel_soft_margin_loss(x, t), nn.MultiLabelSoftMarginLoss())

a, p, n = (torch.randn(4, 5, requires_grad=True) for _ in range(3))
for options in (dict(), dict(margin=0.5, swap=True), dict(reduction='sum'),
                dict(distance_function=lambda x, y: 1 - F.cosine_similarity(x, y)),
                dict(distance_function=nn.PairwiseDistance(p=1), reduction='none')):
    derive(nn.TripletMarginWithDistanceLoss(**options)(a, p, n), a, p, n)
    print(F.triplet_margin_with_distance_loss(a, p, n, **options))
print(nn.TripletMarginWithDistanceLoss())
