import torch
torch.manual_seed(3)
def show(*ts):
    for t in ts: print(['%.17g' % v for v in t.detach().reshape(-1).tolist()][:40])
for trial, (B, n, m, p) in enumerate([(1,2,3,2),(2,3,5,4),(3,1,8,2),(2,8,9,7),(1,12,5,9),(2,4,10,10),(3,20,3,9),(2,7,9,7)]):
    for dtype in (torch.float32, torch.float64):
        a = torch.rand(B, n, m).to(dtype).sub_(0.5).requires_grad_()
        b = torch.rand(B, m, p).to(dtype).sub_(0.5).requires_grad_()
        c = torch.rand(B, n, p).to(dtype).sub_(0.5).requires_grad_()
        d = torch.rand(n, p).to(dtype).sub_(0.5).requires_grad_()
        for f in ({}, {'beta': 0.3, 'alpha': -1.7}):
            y = torch.baddbmm(c, a, b, **f)
            z = torch.addbmm(d, a, b, **f)
            show(y, z)
            w = torch.linspace(-1, 1, y.numel()).to(dtype).reshape(y.shape)
            (y * w).sum().backward()
            show(a.grad, b.grad, c.grad); a.grad = b.grad = c.grad = None
            (z * w[0]).sum().backward()
            show(a.grad, b.grad, d.grad); a.grad = b.grad = d.grad = None
c = torch.ones(2, 2)
print(torch.baddbmm(c, torch.ones(3, 2, 2), torch.ones(3, 2, 2)), c.addbmm(torch.ones(3, 2, 2), torch.ones(3, 2, 2)))
print(torch.baddbmm(c, torch.ones(3, 2, 2, requires_grad=True), torch.ones(3, 2, 2)).grad_fn.name())
print(torch.ones(3, 2, 2).baddbmm_(torch.ones(3, 2, 2), torch.ones(3, 2, 2), alpha=2), c.addbmm_(torch.ones(3, 2, 2), torch.ones(3, 2, 2)), c._version)
