import torch

x = torch.arange(6.0).view(2, 3).clone()
a, b, c, d = x.t(), torch.t(x), x.transpose(0, 1), torch.select(x, 0, 1)
e = x.t().contiguous()
f = x[1].contiguous()
x += 1
print(a, b, c, d)
print(e, f)
e[0, 0] = 9
f[0] = 7
a[2, 1] = -1
print(x, e, f)
w = torch.ones(2, 3, requires_grad=True)
print(w.t(), w.transpose(0, 1), w.select(1, 0), w.t().contiguous(), w.contiguous() is w)
