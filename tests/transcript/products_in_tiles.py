# Products so large that OpenBLAS adds their terms in several orders, by where an element stands.
# What is printed is the sum of all last bits: a single one that is another changes it.
import torch
import torch.nn.functional as F


def bits(x):
    return (x.double() * 2 ** 30).long().sum().item()


def show(y, a, b):
    y.backward(torch.randn(y.shape))
    print(list(y.shape), bits(y), bits(a.grad), bits(b.grad))


torch.manual_seed(12)
for m, k, n in [(4, 8, 8), (12, 9, 16), (13, 17, 25), (23, 19, 40), (30, 23, 57), (9, 8, 330),
                (22, 9, 700), (11, 640, 17), (5, 333, 9), (340, 5, 13)]:
    a = torch.randn(m, k, requires_grad=True)
    b = torch.randn(k, n, requires_grad=True)
    y = a @ b
    show(y, a, b)

# A matrix that is a transpose: so lies its gradient.
a = torch.randn(17, 26, requires_grad=True)
b = torch.randn(41, 17, requires_grad=True)
y = a.t() @ b.t()
show(y, a, b)
y = torch.mm(torch.tanh(a.t()), b.t().contiguous())
a.grad, b.grad = None, None
show(y, a, b)

# The sums are added to a bias, or it to them.
for shape in [(340,), (13, 340), (2, 9, 340), (2, 3, 5, 340)]:
    x = torch.randn(shape, requires_grad=True)
    w = torch.randn(18, 340, requires_grad=True)
    c = torch.randn(18, requires_grad=True)
    y = F.linear(x, w, c)
    show(y, x, w)
x = torch.randn(14, 21, requires_grad=True)
w = torch.randn(14, 33, requires_grad=True)
y = F.linear(x.t(), w.t())
show(y, x, w)

# A vector, a batch of matrices, a batch times one matrix.
for a, b in [((340,), (340, 9)), ((2, 13, 17), (2, 17, 25)), ((3, 13, 17), (17, 25)),
             ((2, 7, 7), (2, 7, 8))]:
    a = torch.randn(a, requires_grad=True)
    b = torch.randn(b, requires_grad=True)
    y = a @ b
    show(y, a, b)

# Long vectors.
for m in [1, 3, 7, 4109]:
    a = torch.randn(m, 4101 if m < 10 else 6, requires_grad=True)
    b = torch.randn(a.shape[1], requires_grad=True)
    show(a @ b, a, b)
    c = torch.randn(m, requires_grad=True)
    show(a.t() @ c, a, c)
