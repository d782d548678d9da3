import torch

for x in [torch.tensor(1.0), torch.zeros(3), torch.zeros(2, 3), torch.zeros(4, 1, 2)]:
    print(x.shape, x.size(), x.numel(), x.dim())
x = torch.zeros(5, 2)
print(x.size(0), x.size(1), x.size(-1), x.size(dim=0), x.shape[-1])
print(x.size(0) * x.size(1) == x.numel())
n, d = x.size()
print("batch of %d with %d features" % (n, d))
print(torch.ones(n, d).sum().item() / n)
