import torch
from torch import nn
from torch.autograd.gradcheck import GradcheckError

torch.manual_seed(0)
p = torch.tensor([0.1, 0.9, 0.5], requires_grad=True)
y = torch.bernoulli(p)
print(y, y.grad_fn.name(), torch.bernoulli(p, 0.3).requires_grad, p.detach().bernoulli())
(y * 3).sum().backward()
print(p.grad)
with torch.no_grad():
    print(torch.bernoulli(p).requires_grad)
s = torch.tensor(5.0, requires_grad=True)
z = torch.index_select(s, 0, torch.tensor([0]))
z.backward()
print(z, s.grad, s.detach().index_select(0, torch.tensor(0)))
for module in (nn.Embedding(2, 2), nn.Embedding(2, 2, padding_idx=0), nn.LayerNorm(2), nn.BatchNorm1d(2),
               nn.InstanceNorm1d(2, affine=True, track_running_stats=True), nn.Linear(2, 2), nn.PReLU(),
               nn.Embedding.from_pretrained(torch.ones(2, 2))):
    print(type(module).__name__, {name: t._version for name, t in module.state_dict().items()})
print(GradcheckError.__name__, issubclass(GradcheckError, RuntimeError))


class Countdown:
    def __reversed__(self):
        return 5


print(reversed(Countdown()))


def f(*arguments):
    pass


for wrong in (lambda: print(*5), lambda: f(*None), lambda: divmod(7, torch.tensor(2)), lambda: divmod(torch.tensor(7), 2)):
    try:
        wrong()
    except TypeError as error:
        print(error)
