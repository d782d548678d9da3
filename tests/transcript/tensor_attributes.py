import torch

# a gradient by hand, kept beside the tensor that it is of
w = torch.tensor([[0.5, -1.0], [0.25, 2.0]])
x = torch.tensor([1.0, 3.0])
h = w @ x
out = h.sum()
out.g = torch.tensor(1.0)
h.g = out.g * torch.ones(2)
w.g = h.g.unsqueeze(1) * x
x.g = w.t() @ h.g
print(w.g, x.g)
x.note = 'input'
x.g += 1
print(x.note, x.g, hasattr(x, 'g'), hasattr(x, 'other'), getattr(x, 'other', None))
y = x
y.note = 'the same'
print(x.note, x.clone().sum())
v = torch.ones(2, requires_grad=True)
v.buf = torch.zeros(2)
for i in range(3):
    (v * v).sum().backward()
    with torch.no_grad():
        v.buf = 0.9 * v.buf + v.grad
        v -= 0.1 * v.buf
        v.grad = None
print(v, v.buf)
v.T_max = 3
print(v.T_max)
