# torch.autograd.gradcheck in torch.autograd: gradgradcheck
import torch


def _tuple(x):
    return (x,) if isinstance(x, torch.Tensor) else tuple(x)


# gradcheck of the gradients, by the inputs and by what they are multiplied with.
def gradgradcheck(func, inputs, grad_outputs=None, *, eps=1e-6, atol=1e-5, rtol=1e-3,
                  raise_exception=True):
    inputs = _tuple(inputs)
    if grad_outputs is None:
        outputs = [o for o in _tuple(func(*inputs)) if o.requires_grad]
        drawn = [torch.rand(o.shape, dtype=o.dtype) for o in outputs]
        grad_outputs = tuple((1 * r + -1 * (1 - r)).requires_grad_() for r in drawn)
    else:
        grad_outputs = _tuple(grad_outputs)
    count = len(grad_outputs)

    def gradients(*args):
        outputs = [o for o in _tuple(func(*args[:-count])) if o.requires_grad]
        of = tuple(x for x in args[:-count] if x.requires_grad)
        found = torch.autograd.grad(outputs, of, args[-count:], create_graph=True,
                                    allow_unused=True)
        return tuple(g for g in found if g is not None)

    return torch.autograd.gradcheck(gradients, inputs + grad_outputs, eps=eps, atol=atol,
                                    rtol=rtol, raise_exception=raise_exception)
