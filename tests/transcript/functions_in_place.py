# Functions that give their tensor the result, by the name with an underscore.
import torch
import torch.nn.functional as F

x = torch.tensor([0.5, 1.0, 1.5], requires_grad=True)


def derive(y):
    x.grad = None
    y.sum().backward()
    print(y, x.grad.tolist())


derive((x * 1).sin_())
derive((x * 1).cos_())
derive((x * 1).log1p_())
derive((x * 1).expm1_())
derive((x * 1).erf_())
derive((x * 1).rsqrt_())
derive((x * 1).square_())
derive((x * 1).pow_(3))
derive((x * 1).exp_())
derive((x * 1).log_())
derive((x * 1).sqrt_())
derive((x * -1).abs_())
derive((x * 1).neg_())
derive((x * 1).reciprocal_())
derive((x * 1).round_())
derive((x * 1).round_(decimals=1))
derive((x * 1).sign_())
derive((x * 1).floor_())
derive((x * 1).ceil_())
derive((x * 1).clamp_(0.7, 1.2))
derive((x * 1).clamp_min_(0.7))
derive((x * 1).clamp_max_(0.7))
derive((x * 1).sigmoid_())
derive((x * 1).tanh_())
derive((x - 1).relu_())
derive(torch.sin_(x * 1))
derive(torch.relu_(x - 1))
derive(F.relu_(x - 1))
derive(F.leaky_relu_(x - 1, 0.1))
derive(F.elu_(x - 1, 0.5))

# Of a leaf, a part of a tensor, and what shares its numbers.
with torch.no_grad():
    x.neg_()
print(x)
x.data.abs_()
print(x)
m = torch.tensor([[0.0, 1.0], [4.0, 9.0]])
m[1].sqrt_()
m.T[0].cos_()
print(m)
print(m.sin_() is m, m)
n = torch.tensor([3, -4])
print(n.square_(), n.neg_().abs_(), n.sign_())
