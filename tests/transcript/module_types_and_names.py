import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
m = nn.Linear(2,2)
print(m._get_name(), nn.Sequential(m)._get_name())
class N(nn.Linear): pass
print(N(1,1)._get_name(), isinstance(m, nn.Module))
h = m.register_forward_hook(lambda m,i,o: print('fw', type(i), o.shape)); print(type(h), type(h).__name__); m(torch.ones(1,2)); h.remove(); m(torch.ones(1,2))
from torch.utils.hooks import RemovableHandle
print(isinstance(h, RemovableHandle))
w = torch.ones(2, requires_grad=True); print(type(w.register_hook(lambda g: g)))
m = nn.Linear(2,2); print(m.type(torch.float64).weight.dtype, m.type(torch.float32) is m, m.type('torch.DoubleTensor').bias)
m = nn.Linear(2,2); print(m.state_dict(prefix='q.').keys(), m.state_dict(keep_vars=True)['weight'].requires_grad, m.state_dict(keep_vars=True)['weight'] is m.weight, m.state_dict()['weight'].requires_grad)
d = {}; r = m.state_dict(destination=d, prefix='a.'); print(r is d, list(d)); n = nn.BatchNorm1d(2).state_dict(prefix='n.', keep_vars=False); print(n)
x = torch.randn(2,3,requires_grad=True)
y = F.softmax(x, -1, dtype=torch.float64); print(y); (y**2).sum().backward(); print(x.grad)
print(F.softmax(x, 1, 3, torch.float64).dtype, x.softmax(dim=1, dtype=torch.float64), torch.softmax(x, 0, torch.float64), F.log_softmax(x, dim=0, dtype=torch.float64), torch.log_softmax(x, dim=1, dtype=torch.float32), x.log_softmax(-1), x.double().softmax(0, dtype=torch.float32))
print(F.softmax(torch.tensor([1,2,3]), dim=0, dtype=torch.float32), F.softmax(x, dim=1, _stacklevel=5), torch.special.softmax(x, 1, dtype=torch.float64))
