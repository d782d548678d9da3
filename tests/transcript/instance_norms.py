import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
for options in (dict(), dict(affine=True), dict(track_running_stats=True),
                dict(affine=True, track_running_stats=True, momentum=0.3, eps=1e-3)):
    norm = nn.InstanceNorm1d(3, **options)
    print(norm)
    for shape in ((2, 3, 5), (4, 3, 17)):
        x = torch.randn(shape, requires_grad=True)
        y = norm(x)
        (y ** 3).sum().backward()
        print(y.tolist(), x.grad.tolist())
    print(norm.state_dict(), None if norm.weight is None else (norm.weight.grad, norm.bias.grad))
    norm.eval()
    print(norm(x).tolist(), norm(x[0]).shape)
for wrong in (torch.randn(2, 3, 1), torch.randn(2)):
    try:
        nn.InstanceNorm1d(3)(wrong)
    except ValueError as e:
        print(e)
print(F.instance_norm(torch.randn(2, 2, 2, 3)))
norm.reset_parameters()
print(norm.running_mean, norm.running_var, norm.num_batches_tracked, norm.weight)
