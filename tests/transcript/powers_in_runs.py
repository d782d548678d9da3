# Powers of what was broadcast, and of views with gaps: PyTorch computes along the innermost
# dimension, by whole vectors where it can, and otherwise what is left
import torch

torch.manual_seed(4)
column = torch.rand(30, 1) * 4 + 0.1
row = torch.rand(18) * 3
matrix = torch.rand(30, 18)
block = torch.rand(2, 5, 3, 7)


def show(t):
    print(t.shape, [f"{v:.9g}" for v in t.reshape(-1).tolist()[::3]])


show(column ** torch.tensor([1, 2, 3]))
show(column ** row)
for exponent in (row, column):
    w = matrix.clone().requires_grad_()
    y = w ** exponent
    show(y)
    y.sum().backward()
    show(w.grad)
show(matrix[:, :17] ** 1.7)
show(matrix[:, 3] ** 1.7)
show(matrix[::2] ** 2.5)
show(1.7 ** matrix[:, 1:])
show(1.7 ** matrix[:, 2])
show(matrix[:, :17] ** matrix[:, 1:])
show(block ** torch.rand(5, 1, 1))
show(block ** torch.rand(3, 7))
show(block[:, 1:] ** torch.rand(3, 1))
show(torch.rand(1, 1, 33) ** torch.rand(2, 1, 1))
