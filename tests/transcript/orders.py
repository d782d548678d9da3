import torch

losses = torch.tensor([3., 1., 2., 2., 5.], requires_grad=True)
v, i = losses.sort()
print(v, i, i.argsort())
v.backward(torch.arange(5.))
print(losses.grad)
losses.grad = None
r = torch.sort(losses, descending=True)
print(r, len(r), r.values is r[0], r[0].grad_fn.name())
print(losses.sort(stable=True)[0], torch.sort(losses, stable=True, descending=True, dim=0)[1])
r = losses.topk(2)
print(r)
r.values.sum().backward()
print(losses.grad)
losses.grad = None
print(losses.median(), losses.median(0))
losses.median().backward()
losses.median(0)[0].backward()
print(losses.grad)
X = torch.tensor([[3., 1., 2.], [0., 5., 4.]], requires_grad=True)
for d in (0, 1):
    for v, i in (X.sort(d), X.topk(2, d), torch.median(X, dim=d, keepdim=True), X.topk(1, dim=d, largest=False)):
        print(v, i)
        (v * v.detach()).sum().backward()
        print(X.grad)
        X.grad = None
    print(X.argsort(d), X.argsort(dim=d, descending=True), torch.argsort(X, d))

# equal ones, nan and zeros of both signs
n, f = float('nan'), float('inf')
x = torch.tensor([1., n, 3., -0., 0., n, f, -f])
print(x.sort(), x.sort(descending=True), x.topk(3), x.topk(3, largest=False), x.median(), x.median(0))
torch.manual_seed(0)
for size in (16, 17, 100, 200):
    t = torch.randint(0, 4, (size,))
    print(t.sort()[1][:20].tolist(), t.sort(stable=True)[1][:20].tolist(), t.topk(7)[1].tolist())
    print(t.topk(2, largest=False)[1].tolist(), t.topk(5, sorted=False)[1].tolist(), t.median(0), t.double().median())

# of none and of one
print(torch.zeros(0).median())
print(torch.tensor(3.).sort(), torch.tensor(3.).topk(1), torch.tensor(3.).median(0), torch.tensor(3.).argsort())
print(torch.zeros(0).sort(), torch.zeros(2, 3).topk(0), torch.tensor([2**62, -2**62, 2**62 + 1]).sort())
