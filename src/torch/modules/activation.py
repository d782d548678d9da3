# torch.nn.modules.activation in torch.nn: Softmax2d RReLU
from torch import nn
from torch.nn import functional


class Softmax2d(nn.Module):
    def forward(self, input):
        assert input.dim() == 4 or input.dim() == 3, 'Softmax2d requires a 3D or 4D tensor as input'
        return functional.softmax(input, -3)


class RReLU(nn.Module):
    def __init__(self, lower=1. / 8, upper=1. / 3, inplace=False):
        super().__init__()
        if inplace:
            refuse('RReLU in place is outside the subset: leave inplace out')
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input):
        return functional.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self):
        return f'lower={self.lower}, upper={self.upper}'
