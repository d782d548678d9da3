# Functions that see a gradient, or give another in its place.
import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w = torch.tensor(2.0, requires_grad=True)
z = torch.tensor(1.0, requires_grad=True)
y = w * x ** 2
s = y.sum()

def hx(g):
    print('hx', g)
    return g * 2

def hy(g):
    print('hy', g)
    return g * 10
h = x.register_hook(hx)
h2 = y.register_hook(hy)
print(torch.autograd.grad(s, [x, y], retain_graph=True))
print(torch.autograd.grad(s, [y], retain_graph=True))
print(torch.autograd.grad(s, [w], retain_graph=True))
s.backward(retain_graph=True)
print(x.grad, w.grad)
h2.remove()
h.remove()
x.grad = None
s.backward(retain_graph=True)
print(x.grad)

def g3(g):
    return g * 3

def g1(g):
    return g + 1
y = x * 2
y.retain_grad()
y.register_hook(g3)
y.sum().backward()
print(y.grad)
y = x * 2
y.register_hook(g3)
y.retain_grad()
y.sum().backward()
print(y.grad)
y = x * 2
y.register_hook(g3)
y.register_hook(g1)
y.sum().backward()
print(x.grad)

def hk(g):
    g2 = g.clone()
    g2[0] = 7
    return g2
v = torch.zeros(3, requires_grad=True)
v.register_hook(hk)
(v * 2).sum().backward()
(v * 3).sum().backward()
print(v.grad)

def once(g):
    print('once', g)
v = torch.zeros(3, requires_grad=True)
v.register_hook(once)
((v * 2).sum() + (v * 3).sum()).backward()
print(v.grad)
with torch.no_grad():
    v += 1
(v * 3).sum().backward()

def inpl(g):
    g *= 2
v = torch.zeros(3, requires_grad=True)
t = v * 1
t.register_hook(inpl)
(t * 3).sum().backward()
print(v.grad)
v.register_hook(print)
v.register_hook(lambda g: g + 1)
(v * 3).sum().backward()
print(v.grad)
