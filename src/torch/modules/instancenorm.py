# torch.nn.modules.instancenorm in torch.nn: InstanceNorm1d
import torch
from torch import nn
from torch.nn import functional


class InstanceNorm1d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False,
                 device=None, dtype=None):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        made = torch.empty(num_features, dtype=dtype)
        self.register_parameter('weight', nn.Parameter(torch.ones_like(made)) if affine else None)
        self.register_parameter('bias', nn.Parameter(torch.zeros_like(made)) if affine else None)
        if affine:
            nn.init.ones_(self.weight)
            nn.init.zeros_(self.bias)
        tracks = track_running_stats
        self.register_buffer('running_mean', torch.zeros_like(made) if tracks else None)
        self.register_buffer('running_var', torch.ones_like(made) if tracks else None)
        self.register_buffer('num_batches_tracked', torch.tensor(0) if tracks else None)
        self.reset_running_stats()

    def reset_running_stats(self):
        if self.track_running_stats:
            self.running_mean.zero_()
            self.running_var.fill_(1)
            self.num_batches_tracked.zero_()

    def reset_parameters(self):
        self.reset_running_stats()
        if self.affine:
            nn.init.ones_(self.weight)
            nn.init.zeros_(self.bias)

    def extra_repr(self):
        return (f'{self.num_features}, eps={self.eps}, momentum={self.momentum}, '
                f'affine={self.affine}, track_running_stats={self.track_running_stats}')

    def _normalised(self, input):
        return functional.instance_norm(
            input, self.running_mean, self.running_var, self.weight, self.bias,
            self.training or not self.track_running_stats, self.momentum, self.eps)

    def forward(self, input):
        if input.dim() not in (2, 3):
            raise ValueError(f'expected 2D or 3D input (got {input.dim()}D input)')
        if input.dim() == 2:
            return self._normalised(input.unsqueeze(0)).squeeze(0)
        return self._normalised(input)
