import torch

x = torch.tensor([[0.3, -1.7, 2.5], [1.1, 0.0, -0.9]])
index = torch.tensor([[0, 1, 1, 1], [2, 0, 0, 2]])
src = torch.tensor([[0.1, 0.7, 1.3, -0.2], [1.9, 0.6, -1.1, 0.35]])
for dtype in (torch.float32, torch.float64):
    a, b = x.to(dtype), src.to(dtype)
    for reduce in ("add", "multiply"):
        y = torch.scatter(a, 1, index, b, reduce=reduce)
        print(["%.17g" % v for v in y.view(-1).tolist()])
        print(a.clone().scatter_(1, index, b, reduce=reduce) - y)
        print(a.clone().scatter_(-1, index[:, :2], 2.5, reduce=reduce))
        print(a.scatter(0, torch.tensor([[1, 0], [1, 1]]), b, reduce=reduce))
print(torch.tensor([1, 2, 3]).scatter_(0, torch.tensor([0, 0]), torch.tensor([4, 5]), reduce="multiply"))
counts = torch.zeros(4).scatter_(0, torch.tensor([1, 1, 3]), 1.0, reduce="add")
print(counts, counts._version)
try:
    x.scatter(1, index, src, reduce="mean")
except RuntimeError as error:
    print(error)
