# F.pad with a constant, which also cuts off; and the other names of functions.
import torch
import torch.nn.functional as F

x = torch.arange(6.0).view(2, 3)
print(F.pad(x, (1, 2)))
print(F.pad(x, (1, 0), value=1.0))
print(F.pad(x, [0, 1, 2, 0], "constant", -1))
print(F.pad(x, (-1, 1)))
print(F.pad(x, pad=(-1, -1, 0, 1), mode="constant", value=0.5))
print(F.pad(x, (0, 0)), F.pad(x, ()))
print(F.pad(torch.tensor([1, 2]), (1, 1), value=7))
print(F.pad(torch.tensor([True, False]), (1, 1)))
print(F.pad(torch.tensor([True, False]), (1, 1), value=True))
print(F.pad(x.double(), (0, 1, 0, 1)))
print(F.pad(torch.ones(2, 1, 2), (0, 1, 1, 0, 0, 1), value=2).shape)
print(F.pad(x.t(), (1, 0)))

w = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
biased = F.pad(w, (1, 0), value=1.0)
print(biased)
(biased ** 2).sum().backward()
print(w.grad)
w.grad = None
y = F.pad(w, (-1, 1, 1, -1), value=3.0)
print(y)
(y * torch.arange(6.0).view(2, 3)).sum().backward()
print(w.grad)
g, = torch.autograd.grad((F.pad(w, (0, 1)) ** 3).sum(), w, create_graph=True)
print(torch.autograd.grad(g.sum(), w))

print(F.pad(x, (0, 0, -1, -1)), F.pad(torch.ones(0, 2), (0, 1, 0, 1)))
for pad in (1,), (1, 1, 1, 1, 1, 1), (-1, -2, 0, 1):
    try:
        F.pad(x, pad)
    except RuntimeError as e:
        print(e)

print(torch.concatenate([x, x]), torch.concatenate((x, x), dim=1).shape)
print(torch.special.expit(x), torch.special.logsumexp(x, dim=1))
print(torch.special.softmax(x, dim=1), torch.special.log_softmax(x, 1))
print(torch.special.erf(x), torch.special.log1p(x), torch.special.expm1(x), torch.special.exp2(x))
print(torch.special.xlogy(x, x + 1), torch.special.logit(x / 8), torch.special.round(x / 2))
print(torch.selu(x - 2), torch.celu(x - 2), torch.celu(x - 2, 0.5))
print(torch.threshold(x, 1, 20))
n = torch.tensor([[1.0, float("nan"), 3.0], [float("nan"), float("nan"), float("nan")]],
                 requires_grad=True)
print(torch.nansum(n), n.nansum(dim=1), torch.nansum(n, 0, keepdim=True))
print(torch.nanmean(n), n.nanmean(dim=1), torch.nanmean(n, 0, keepdim=True))
n.nansum().backward()
print(n.grad)
n.grad = None
(torch.nanmean(n, dim=1)[0] * 6).backward()
print(n.grad)
print(torch.typename(x), torch.typename(torch.tensor(1)), x.is_cuda, x.is_sparse)
print(x.storage_offset(), x[1].storage_offset(), x[:, 1:].storage_offset())
print(x.data_ptr() == x.view(-1).data_ptr(), x.data_ptr() == x.clone().data_ptr())
print(x.t().data_ptr() == x.data_ptr(), x[0].data_ptr() == x.data_ptr())
print(x[1].data_ptr() == x.data_ptr(), x.detach().data_ptr() == x.data_ptr())
