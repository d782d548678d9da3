import torch

x = torch.arange(24.0).view(3, 4, 2)
m = torch.arange(12.0).view(3, 4)
labels = torch.tensor([1, 0, 3])
print(m[range(3), labels], m[range(len(labels)), labels].mean(), m[torch.arange(3), labels])
print(m[[0, 2]], m[[0, -1], [1, 2]], m[range(2)], m[[True, False, True]])
print(m[0, [1, 3]], m[[0, 1], 1], m[-1, labels], m[labels[1], [0, 2]], m[labels[:2], labels[0]])
print(m[:, [0, 2]], m[:, labels], m[1:, [0]], m[[0, 1], :], m[[0, 1], 1:3], m[:2, labels])
print(m[m[:, 0] > 1, 2], m[m[:, 0] > 1, :2], m[:, m[0] > 1], m[m > 6])
print(m[[[0, 1], [1, 2]]], m[[[0, 1]]], m[(0, 1)], m[[0, 1],])
print(x[:, [0, 2], 1], x[:, [0, 2]], x[[0, 1], :, [1, 0]], x[0, :, [1, 0]], x[:, 1, [0, 0]])
print(x[:, :, [1]], x[None, [0, 1]].shape, x[[0, 1], None].shape, x[1, [[0, 1], [2, 3]]])
print(m[torch.tensor([[0], [2]]), torch.tensor([1, 3])], m[[0, 1, 2], [1]])
print(m[[]].shape, m[:, []].shape)

w = torch.arange(12.0).view(3, 4).requires_grad_()
for y in (w[range(3), labels], w[:, [0, 2, 0]], w[0, [1, 1]], w[[0, 2], 1], w[1:, labels], w[[0, 1], 1:], w[:, w[0] > 1]):
    print(y)
    (y * y).sum().backward()
    print(w.grad)
    w.grad = None
