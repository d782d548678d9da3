# torch in torch: _behind_a_node
import torch


# Tensors once more, behind one node that calls the hook with their gradients, together.
class BackwardHookFunction(torch.autograd.Function):
    node = 'BackwardHookFunctionBackward'

    @staticmethod
    def forward(ctx, hook, takes_none, *tensors):
        ctx.hook = hook
        ctx.set_materialize_grads(not takes_none)
        ctx.mark_non_differentiable(*[t for t in tensors if not t.requires_grad])
        return tensors

    @staticmethod
    def backward(ctx, *gradients):
        return (None, None) + ctx.hook(gradients)


def _behind_a_node(hook, takes_none, *tensors):
    return BackwardHookFunction.apply(hook, takes_none, *tensors)
