# torch.nn.modules.loss in torch.nn: SoftMarginLoss MultiMarginLoss MultiLabelSoftMarginLoss TripletMarginWithDistanceLoss
from torch import nn
from torch.nn import functional


def _reduction(size_average, reduce, reduction):
    if size_average is not None or reduce is not None:
        refuse('size_average and reduce were replaced by reduction: write that')
    return reduction


class SoftMarginLoss(nn.Module):
    def __init__(self, size_average=None, reduce=None, reduction='mean'):
        super().__init__()
        self.reduction = _reduction(size_average, reduce, reduction)

    def forward(self, input, target):
        return functional.soft_margin_loss(input, target, reduction=self.reduction)


class MultiMarginLoss(nn.Module):
    def __init__(self, p=1, margin=1., weight=None, size_average=None, reduce=None, reduction='mean'):
        super().__init__()
        if p != 1 and p != 2:
            raise ValueError('only p == 1 and p == 2 supported')
        self.register_buffer('weight', weight)
        self.p = p
        self.margin = margin
        self.reduction = _reduction(size_average, reduce, reduction)

    def forward(self, input, target):
        return functional.multi_margin_loss(input, target, self.p, self.margin, self.weight,
                                            reduction=self.reduction)


class MultiLabelSoftMarginLoss(nn.Module):
    def __init__(self, weight=None, size_average=None, reduce=None, reduction='mean'):
        super().__init__()
        self.register_buffer('weight', weight)
        self.reduction = _reduction(size_average, reduce, reduction)

    def forward(self, input, target):
        return functional.multilabel_soft_margin_loss(input, target, self.weight,
                                                      reduction=self.reduction)


class TripletMarginWithDistanceLoss(nn.Module):
    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction='mean'):
        super().__init__()
        if distance_function is None:
            distance_function = nn.PairwiseDistance()
        self.distance_function = distance_function
        self.margin = margin
        self.swap = swap
        self.reduction = reduction

    def forward(self, anchor, positive, negative):
        return functional.triplet_margin_with_distance_loss(
            anchor, positive, negative, distance_function=self.distance_function,
            margin=self.margin, swap=self.swap, reduction=self.reduction)
