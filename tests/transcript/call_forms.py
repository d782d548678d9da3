import torch

x = torch.tensor([[1.0, 2.0], [3.0, 5.0]], requires_grad=True)
print(torch.zeros(size=(1, 2)), torch.ones(size=[2]), torch.empty(size=(2, 0)), torch.zeros(()))
print(torch.full(size=(2,), fill_value=3), torch.full((), 1.5), torch.empty(size=x.shape).shape)
torch.manual_seed(0)
print(torch.rand(size=(2,)), torch.randn(size=(2, 1)), torch.randint(5, size=(3,)))
print(torch.randint(3, high=5, size=(2,)), torch.randint(low=2, high=4, size=(2,), dtype=torch.float32))
print(x.sum(()), x.sum((), True), x.mean(()), x.sum(dim=None, keepdim=True), x.mean(None, True))
print(x.std(False), x.var(unbiased=False), x.std(0), x.std(0, False), x.var(1, keepdim=True))
print(x.std(0, correction=0), x.var((0, 1), correction=1, keepdim=True), x.std(None), x.std((0, 1), True, True))
print(torch.std(x, dim=1, correction=None), torch.var(x, False))
print(x.max(), x.max(1), torch.max(x, x + 1), torch.min(x, other=x.detach()), x.min(dim=0, keepdim=True))
