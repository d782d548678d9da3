# torch.nn.functional in torch.nn.functional: instance_norm
import torch


def _repeated(x, n):
    return x if x is None else x.repeat(n)


# Each channel of each sample for itself: a batch norm of samples times channels.
def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None,
                  use_input_stats=True, momentum=0.1, eps=1e-5):
    if input.dim() < 3:
        refuse('instance_norm() takes an input of (samples, channels, positions ...)')
    n, channels = input.shape[:2]
    if use_input_stats and input.numel() == n * channels:
        raise ValueError('Expected more than 1 spatial element when training, got input size '
                         f'{input.size()}')
    mean, var = _repeated(running_mean, n), _repeated(running_var, n)
    y = torch.nn.functional.batch_norm(
        input.reshape(1, n * channels, *input.shape[2:]), mean, var, _repeated(weight, n),
        _repeated(bias, n), use_input_stats, momentum, eps)
    if running_mean is not None:
        running_mean.copy_(mean.view(n, channels).mean(0))
    if running_var is not None:
        running_var.copy_(var.view(n, channels).mean(0))
    return y.view(input.size())
