# torch.nn.functional in torch.nn.functional: rrelu gumbel_softmax
import torch


# A slope for each number that is not above 0: drawn in double, one by one.
class RreluWithNoise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input, lower, upper, training):
        noise = torch.ones_like(input)
        low = input <= 0 if training else ~(input > 0)
        count = int(low.sum())
        if count and training:
            drawn = torch.rand(count, dtype=torch.float64) * (upper - lower) + lower
            noise[low] = drawn.to(input.dtype)
        elif count:
            noise[low] = (lower + upper) / 2
        ctx.save_for_backward(noise)
        return input * noise

    @staticmethod
    def backward(ctx, grad):
        noise, = ctx.saved_tensors
        return grad * noise, None, None, None


def rrelu(input, lower=1. / 8, upper=1. / 3, training=False, inplace=False):
    if inplace:
        refuse('rrelu() in place is outside the subset: leave inplace out')
    if not isinstance(input, torch.Tensor):
        raise TypeError("rrelu(): argument 'input' (position 1) must be Tensor, not "
                        + type(input).__name__)
    if lower > upper:
        raise RuntimeError('Lower bound should be less than or equal to the upper bound')
    return RreluWithNoise.apply(input, lower, upper, training)


# A draw from the categories, or its likelihoods; hard: as 0 and 1, with the gradient of these.
def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    noise = -torch.empty_like(logits).exponential_().log()
    soft = ((logits + noise) / tau).softmax(dim)
    if not hard:
        return soft
    index = soft.max(dim, keepdim=True)[1]
    return torch.zeros_like(logits).scatter_(dim, index, 1.0) - soft.detach() + soft
