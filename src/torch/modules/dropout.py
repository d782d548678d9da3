# torch.nn.modules.dropout in torch.nn: AlphaDropout FeatureAlphaDropout Dropout1d Dropout2d Dropout3d
from torch import nn
from torch.nn import functional


class _Dropout(nn.Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError(f'dropout probability has to be between 0 and 1, but got {p}')
        self.p = p
        self.inplace = inplace

    def extra_repr(self):
        return f'p={self.p}, inplace={self.inplace}'


class AlphaDropout(_Dropout):
    def forward(self, input):
        return functional.alpha_dropout(input, self.p, self.training)


class FeatureAlphaDropout(_Dropout):
    def forward(self, input):
        return functional.feature_alpha_dropout(input, self.p, self.training)


class Dropout1d(_Dropout):
    def forward(self, input):
        return functional.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Dropout):
    def forward(self, input):
        return functional.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Dropout):
    def forward(self, input):
        return functional.dropout3d(input, self.p, self.training, self.inplace)
