# What autograd counts and keeps of a tensor.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
a=torch.ones(3)
a.add_(1)
a.mul_(2)
print(a._version)
a[0]=1
print(a._version)
b=a[1:]
b.zero_()
print(a._version,b._version)
c=a.detach()
c.add_(1)
print(a._version,c._version)
d=a.data
d.add_(1)
print(a._version)
e=a.clone()
print(e._version)
e.fill_(2)
e.zero_()
print(e._version)
e+=1
e-=a
e*=2
e/=2
e**=2
print(e._version)
e.copy_(a)
e.clamp_(0,1)
e.uniform_()
e.normal_()
print(e._version)
e[e>0]=0
print(e._version)
e[0:2]+=1
print(e._version)
m=nn.Linear(2,2)
print(m.weight._version,m.bias._version)
o=torch.optim.SGD(m.parameters(),.1,momentum=.9)
m(torch.ones(1,2)).sum().backward()
o.step()
print(m.weight._version, m.weight.grad._version)
o.step()
print(m.weight._version)
o=torch.optim.Adam(m.parameters())
o.step()
print(m.weight._version)
o.zero_grad(set_to_none=False)
print(m.weight.grad._version)
with torch.no_grad(): m.weight-=1
print(m.weight._version)
x=torch.ones(2,requires_grad=True)
y=x*2
y.add_(1)
print(x._version,y._version)
z=y.view(2,1)
z.mul_(2)
print(y._version,z._version)
F.relu_(y)
print(y._version)
F.relu(y,inplace=True)
print(y._version)
nn.init.zeros_(m.weight)
print(m.weight._version)
x.requires_grad_(False)
print(x._version)
x.grad=torch.ones(2)
print(x.grad._version)

x=torch.ones(2,requires_grad=True)
y=x*2
print(x.retains_grad,y.retains_grad, y.output_nr, x.output_nr)
y.retain_grad()
print(y.retains_grad)
x.retain_grad()
print(x.retains_grad)
a,b=x.unbind()
print(a.output_nr,b.output_nr)
c,d=torch.ones(4,requires_grad=True).split(2)
print(d.output_nr)
print(torch.ones(2).retains_grad)
print(x.detach().retains_grad)
with torch.inference_mode():
    z=x*2
    print(z.is_inference(), torch.is_inference_mode_enabled())
print(z.is_inference(), x.is_inference(), torch.is_inference_mode_enabled())
