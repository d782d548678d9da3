import torch
from contextlib import contextmanager, nullcontext
@contextmanager
def frozen(model):
    flags = [p.requires_grad for p in model.parameters()]
    for p in model.parameters():
        p.requires_grad_(False)
    try:
        yield model
    finally:
        for p, f in zip(model.parameters(), flags):
            p.requires_grad_(f)
@contextmanager
def evaluating(model):
    was = model.training
    model.eval()
    with torch.no_grad():
        yield
    model.train(was)
torch.manual_seed(0)
m = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Dropout(0.5))
x = torch.ones(1, 2)
with frozen(m) as f:
    print(f(x).requires_grad, [p.requires_grad for p in m.parameters()])
print([p.requires_grad for p in m.parameters()])
with evaluating(m):
    print(m.training, m(x), torch.is_grad_enabled())
print(m.training, torch.is_grad_enabled())
for train in (True, False):
    with nullcontext() if train else torch.no_grad():
        print(m(x).requires_grad)
with torch.no_grad(), evaluating(m):
    print(torch.is_grad_enabled())
try:
    with evaluating(m):
        raise ValueError('stop')
except ValueError as e:
    print(e, torch.is_grad_enabled(), m.training)
