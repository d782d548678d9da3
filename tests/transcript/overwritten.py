# A computed tensor whose numbers change behind the back of autograd keeps its history.
import torch
import torch.nn.functional as F

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
y.data.zero_()
print(y)
y.sum().backward()
print(x.grad)

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
y.data.mul_(3)
print(y)
z=(y*y).sum()
z.backward()
print(x.grad)

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
y.data[0]=5.
print(y)
y.sum().backward()
print(x.grad)

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
y.data.copy_(torch.tensor([7.,8.]))
print(y)
(y**2).sum().backward()
print(x.grad)

x=torch.tensor([1.,2.],requires_grad=True)
y=x.exp()
d=y.detach()
d.zero_()
print(y, d)
try:
    y.sum().backward()
except RuntimeError as e:
    print(e)

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
d=y.detach()
d.add_(1)
print(y,d)
y.sum().backward()
print(x.grad)

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
y.retain_grad()
y.data.clamp_(max=3)
z=(y*y).sum()
z.backward()
print(x.grad,y.grad,y.is_leaf,y.requires_grad,y._version)
print(y.grad_fn.name(), z)

x=torch.tensor([1.,2.],requires_grad=True)
y=x.tanh()
y.detach().mul_(2)
try:
    y.sum().backward()
except RuntimeError as e:
    print(e)

x=torch.tensor([[1.,2.],[3.,4.]],requires_grad=True)
w=torch.ones(2,2,requires_grad=True)
h=x@w
h.data[0]=0
h.data[:,1]*=3
out=(h+1).sum()
out.backward()
print(h, x.grad, w.grad)
v=h[0]
print(v)
h.data.add_(1)
print(v, h[1])
h.detach().fill_(7)
print(h, h.view(-1))

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
with torch.no_grad():
    y.data.add_(5)
    print(y)
    y.mul_(2)
print(y)

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
with torch.no_grad():
    y.mul_(2)
    y[0]=9
    y+=1
print(y, y._version)
(y*y).sum().backward()
print(x.grad)

x=torch.tensor([1.,2.],requires_grad=True)
y=x.exp()
with torch.no_grad():
    y.zero_()
print(y)
try:
    y.sum().backward()
except RuntimeError as e:
    print(e)

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
with torch.no_grad():
    y.clamp_(max=3)
    y[1:].fill_(7.)
    y.copy_(y*2)
    F.relu(y,inplace=True)
    print(y.requires_grad, y)
print(y, y.requires_grad, y.is_leaf)
y.sum().backward()
print(x.grad)

x=torch.tensor([[1.,2.]],requires_grad=True)
y=x*2
v=y[0]
with torch.no_grad():
    y.mul_(3)
    print(v,y)
    v.add_(1)
print(y)

x=torch.tensor([[1.,2.]],requires_grad=True)
y=x*2
y.retain_grad()
with torch.no_grad():
    y.mul_(3)
(y**2).sum().backward()
print(y.grad,x.grad)
y.register_hook(lambda g: print('h',g))

x=torch.tensor([1.,2.],requires_grad=True)
y=x*2
with torch.no_grad():
    torch.nn.init.zeros_(y)
print(y)
torch.nn.init.ones_(y)
print(y)
with torch.no_grad():
    y.add_(x)
    y.sub_(torch.ones(2))
    y.normal_(generator=torch.Generator().manual_seed(0))
print(y)
