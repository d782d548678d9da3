import torch, torch.nn as nn, torch.nn.functional as F
def t(name, f):
    try:
        f()
        print(name, "NO ERROR")
    except Exception as e:
        print(name, '|', type(e).__name__, '|', e)
a = torch.ones(2, 3)
b = torch.ones(2, 3)
t('matmul', lambda: a @ b)
t('mm', lambda: torch.mm(a, b))
t('matrix and vector', lambda: a @ torch.ones(2))
t('vector and matrix', lambda: torch.ones(3) @ a)
t('dot', lambda: torch.ones(3) @ torch.ones(2))
t('batches', lambda: torch.ones(2, 3, 4) @ torch.ones(2, 3, 4))
t('batch and matrix', lambda: torch.ones(2, 3, 4) @ torch.ones(3, 4))
t('scalar and matrix', lambda: torch.tensor(1.) @ a)
t('linear', lambda: nn.Linear(4, 2)(a))
t('linear of a vector', lambda: nn.Linear(4, 2)(torch.ones(3)))
t('linear of a batch', lambda: nn.Linear(4, 2)(torch.ones(2, 2, 3)))
t('add', lambda: torch.ones(3) + torch.ones(4))
t('mul', lambda: torch.ones(2, 3) * torch.ones(2, 4))
t('sub', lambda: torch.ones(2, 3) - torch.ones(4, 3))
t('view', lambda: torch.ones(6).view(4, 2))
t('reshape', lambda: torch.ones(6).reshape(4, 2))
t('view of -1', lambda: torch.ones(6).view(-1, 4))
t('view of what is transposed', lambda: torch.ones(2, 3).t().view(6))
t('item', lambda: torch.ones(2).item())
t('float', lambda: float(torch.ones(2)))
t('bool', lambda: bool(torch.ones(2)))
def twice():
    x = torch.ones(1, requires_grad=True)
    y = (x * x).sum()
    y.backward()
    y.backward()
t('twice', twice)
t('no grad', lambda: torch.ones(1).sum().backward())
def no_scalar():
    x = torch.ones(2, requires_grad=True)
    (x * 2).backward()
t('no scalar', no_scalar)
def leaf():
    x = torch.ones(2, requires_grad=True)
    x += 1
t('leaf', leaf)
t('class', lambda: F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 5])))
t('negative class', lambda: F.cross_entropy(torch.ones(2, 3), torch.tensor([0, -1])))
t('index', lambda: torch.ones(3)[5])
t('index of two', lambda: torch.ones(3, 2)[0, 4])
t('negative index', lambda: torch.ones(3)[-5])
t('index of a scalar', lambda: torch.tensor(1.)[0])
t('dim', lambda: torch.ones(3).sum(dim=2))
t('dim of softmax', lambda: F.softmax(torch.ones(3), dim=1))
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x * x).sum()
y.backward()
try:
    with torch.no_grad():
        raise ValueError('in no_grad')
except ValueError as e:
    print(e, torch.is_grad_enabled())
@torch.no_grad()
def f():
    return x @ torch.ones(3)
try:
    f()
except RuntimeError as e:
    print(e, torch.is_grad_enabled())
try:
    y.backward()
except RuntimeError:
    print(x.grad)
z = (x * 3).sum()
z.backward()
print(x.grad, z)
