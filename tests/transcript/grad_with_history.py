import warnings
import torch

warnings.filterwarnings("ignore")

def case(name, f, two=False):
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = torch.tensor([1.5, 2.0, -1.0], requires_grad=True)
    f(x, y).backward(create_graph=True)
    print(name, x.grad, y.grad)
    if two:
        f(x, y).backward()
        print(name, x.grad, y.grad)
case("square", lambda x, y: (x ** 2).sum(), True)
case("mul", lambda x, y: (x * y).sum(), True)
case("linear", lambda x, y: (x * 3).sum(), True)
case("sum", lambda x, y: x.sum(), True)
case("cube", lambda x, y: (x ** 3).sum() + y.sum(), True)
case("mean", lambda x, y: x.mean(), True)
case("exp", lambda x, y: x.exp().sum())
case("twice", lambda x, y: (x * x + x).sum())
case("relu", lambda x, y: x.relu().sum())
case("view", lambda x, y: (x.view(3, 1) * y).sum())
case("dot", lambda x, y: torch.dot(x, y))
case("index", lambda x, y: (x[1] * y[0]))
case("cat", lambda x, y: torch.cat([x, y]).pow(2).sum())
case("expand", lambda x, y: (x.expand(2, 3) * y).sum())
case("softmax", lambda x, y: (x.softmax(0) * y).sum())
case("matmul", lambda x, y: (x[None] @ y[:, None]).sum())
case("norm", lambda x, y: x.norm())
case("clone", lambda x, y: (x.clone() * y).sum())
case("t", lambda x, y: (x.view(1, 3).t() * y).sum())
x = torch.tensor([1.0, 2.0], requires_grad=True)
(x ** 3).sum().backward(create_graph=True)
g = x.grad
print(g is x.grad, g)
g.sum().backward(retain_graph=True)
print(g is x.grad, g, x.grad.requires_grad, x.grad.is_leaf)
(x * 5).sum().backward()
print(g)
print(torch.autograd.grad((g * g).sum(), x))
(x ** 3).sum().backward(create_graph=True)
print(g is x.grad, g, x.grad)
x.grad = None
p = torch.tensor([3.0, 4.0], requires_grad=True)
x.grad = p
(x * 2).sum().backward()
print(p, x.grad, x.grad is p)
(p * p).sum().backward()
print(p.grad)
q = p * 2
x.grad = q
(x * 2).sum().backward()
print(q, x.grad is q)
q.sum().backward()
print(p.grad, x.grad)
opt = torch.optim.SGD([x], lr=0.1)
x.grad = None
(x ** 2).sum().backward(create_graph=True)
x.grad.pow(2).sum().backward()
opt.step()
print(x, x.grad)
opt.zero_grad()
print(x.grad)
