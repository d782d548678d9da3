# torch.autograd.functional: the derivatives of a whole function, and their products with vectors.
import torch
import torch.autograd.functional as AF
from torch.autograd.functional import hessian, hvp, jacobian, jvp, vhp, vjp

def f(x): return (x**3).sum()
x=torch.tensor([1.,2.])
print(jacobian(f,x))
print(hessian(f,x))
print(jacobian(lambda x: x**2, x, create_graph=True))
print(hessian(f,x,create_graph=True))
print(jacobian(lambda x,y: x*y, (x,x+1)))
print(hessian(lambda x,y: (x*y).sum(), (x,x+1)))
x.requires_grad_()
j=jacobian(lambda x: x**3, x, create_graph=True)
print(j)
j.sum().backward()
print(x.grad)

x=torch.tensor([1.,2.])
v=torch.ones(2)
print(vjp(f,x))
print(jvp(f,x, v))
print(hvp(f,x, v))
print(vhp(f,x, v))
print(vjp(lambda x: x**2,x,v,create_graph=True))
print(jvp(lambda x: x**2,x,v,create_graph=True))
print(vjp(lambda x,y: x*y,(x, v), v))
print(hvp(lambda x,y: (x*y).sum(),(x, v),(v, v)))
print(vhp(lambda x,y: (x*y).sum(),(x, v),(v, v)))
print(jvp(lambda x,y: x*y,(x, v),(v,x)))
print(vjp(f,x,strict=True))
y=x.clone().requires_grad_()
out,g=vjp(lambda x: x**3,y,v,create_graph=True)
print(out,g)
g.sum().backward()
print(y.grad)
out,h=hvp(f,y,v,create_graph=True)
print(out,h)
h.sum().backward()
print(y.grad)
print(jvp(lambda x: x*2, x, v))
print(hvp(lambda x: x.sum(), x, v))
print(vhp(lambda x: x.sum(), x, v))
print(jvp(lambda x: torch.ones(3), x, v))
print(vjp(lambda x: torch.ones(3), x, torch.ones(3)))
W=torch.tensor([[1.,2.],[3.,4.],[5.,6.]])
print(jvp(lambda x: torch.tanh(W@x), x, v))
print(vjp(lambda x: torch.tanh(W@x), x, torch.ones(3)))
print(hvp(lambda x: torch.tanh(W@x).sum(), x, v))
print(vhp(lambda x: torch.sigmoid(W @ x).sum(), x, v))
print(jvp(lambda x: x.exp(), torch.tensor([0.5])))

v=torch.ones(2)
for f in (
    lambda: AF.vjp(lambda x: x**2, v),
    lambda: AF.jvp(lambda x: x**2, v, torch.ones(3)),
    lambda: AF.hvp(lambda x: x**2, v, v),
    lambda: AF.vhp(lambda x: x**2, v, v),
    lambda: AF.hvp(lambda x: x.sum(), v),
    lambda: AF.jvp(lambda x,y: x*y, (v, v), (v,)),
    lambda: AF.jvp(lambda x,y: x*y, (v, v), (v,torch.ones(1))),
    lambda: AF.vjp(lambda x: torch.ones(2), v, v, strict=True),
    lambda: AF.jacobian(lambda x: torch.ones(2), v, strict=True),
    lambda: hessian(lambda x: x**2, v),
):
    try:
        print(f())
    except RuntimeError as e:
        print(e)
with torch.no_grad():
    print(AF.vjp(lambda x: x**2, v, v))
    print(AF.jacobian(lambda x: x**2, v))
