# squeeze_() and unsqueeze_(), and changes by .data, which autograd does not notice.
import torch

w = torch.ones(1, 2, 1, requires_grad=True)
h = w * 2
print(h.squeeze_(), h.unsqueeze_(0), h.squeeze_(0), h.unsqueeze_(-1))
h.sum().backward()
print(w.grad)
a = torch.ones(2, 3)
b = a[:]
b.data.zero_()
a.requires_grad_()
(a**2).sum().backward()
print(a, b, a.grad)
c = a[0]
c.data += 1
print(c, c * 1)
c.detach().add_(1)
print(c)
d = torch.ones(3)
e = d[...]
e.data = e
d[0] = 5
print(d, e)
d[d > 1] = d[1]
print(d)
base = torch.arange(6.0)
view = base.view(2, 3)
row = view[0]
view.requires_grad_()
print(row, view.requires_grad, base.requires_grad)
row += 1
print(view, base)
with torch.no_grad():
    print(view[0], view[0].requires_grad)
