# Less its largest value first, so that exp does not overflow
import torch


def softmax(z):
    z = z - z.max(dim=1, keepdim=True)[0]
    e = z.exp()
    return e / e.sum(dim=1, keepdim=True)


def cross_entropy(p, y):
    n = p.shape[0]
    return -p[torch.arange(n), y].log().mean()


z = torch.tensor([[1000.0, 1001.0, 999.0], [-2.0, 0.5, 0.25]], requires_grad=True)
y = torch.tensor([1, 2])
p = softmax(z)
print(p)
loss = cross_entropy(p, y)
print(loss)
print(f"{loss.item()}")
loss.backward()
print(z.grad)
print(torch.softmax(z, dim=1))
