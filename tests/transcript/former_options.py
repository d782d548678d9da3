import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

# Options that few scripts have, and names of before, of which PyTorch warns.
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    m = nn.Hardtanh(-0.5, 0.3, min_value=-0.4)
    n = nn.Hardtanh(max_value=2)
    for warning in caught:
        print(warning.category.__name__, warning.message)
torch.manual_seed(0)
x = torch.randn(3, 4, requires_grad=True)
print(m, m.min_val, hasattr(m, 'min_value'), n, nn.Hardtanh(min_val=-2, max_val=2, inplace=True))
y = m(x)
print(y)
y.square().sum().backward()
print(x.grad)


def show(y):
    x.grad = None
    print(y, y.dtype)
    y.square().sum().backward()
    print(x.grad)


show(F.softmin(x, 1, dtype=torch.float64))
show(F.softmin(x, dim=0, _stacklevel=3, dtype=None))
show(torch.norm(x, 2, dtype=torch.float64))
show(torch.norm(x, p=1, dim=0, keepdim=True, dtype=torch.double))
show(x.norm(3, 1, True, torch.float64))
show(x.norm(p=float('inf'), dtype=torch.float64))
show(x.double().norm(2, dtype=torch.float32))
print(torch.tensor([3, 4]).norm(2, dtype=torch.float32))
for norm in (lambda: x.norm(dtype=torch.float64), lambda: torch.norm(x, 'nuc', dtype=torch.float64),
             lambda: x.norm(1, dtype=torch.int64)):
    try:
        norm()
    except (ValueError, RuntimeError) as error:
        print(error)
rows = nn.Embedding.from_pretrained(torch.ones(2, 3), freeze=False, padding_idx=1, max_norm=1.0,
                                    norm_type=1.0, scale_grad_by_freq=True)
print(rows, rows(torch.tensor([1, 0])), rows.weight)

linear = nn.Linear(3, 2)
linear(torch.randn(4, 3)).square().sum().backward()
print(nn.utils.clip_grad_norm_(linear.parameters(), torch.tensor(0.5)), linear.weight.grad)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(nn.utils.clip_grad_norm(linear.parameters(), 0.1, norm_type=1), linear.bias.grad)
    print(caught[0].message)
