import math
import torch
import torch.nn.functional as F

nan = float("nan")
a = torch.tensor([1.0, 2.0])
print(torch.equal(a, a.clone()), a.equal(a + 1), torch.equal(a, a.view(1, 2)))
print(torch.equal(torch.tensor([nan]), torch.tensor([nan])), torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2])))
print(torch.equal(torch.tensor([True]), torch.tensor([False])), torch.equal(torch.zeros(0), torch.zeros(0)))
print(torch.allclose(a, a + 1e-6), torch.allclose(a, a + 1e-3), torch.allclose(a, a + 1e-3, atol=1e-2))
print(torch.allclose(a, a * 1.001, rtol=1e-2), a.allclose(a * 1.001, 1e-4, 0.0), torch.allclose(a, torch.tensor(1.0)))
print(torch.allclose(torch.tensor([1.0, nan]), torch.tensor([1.0, nan])))
print(torch.allclose(torch.tensor([1.0, nan]), torch.tensor([1.0, nan]), equal_nan=True))
inf = torch.tensor([float("inf"), 1.0])
print(torch.allclose(inf, inf), torch.allclose(inf, -inf), torch.allclose(inf, torch.tensor([1.0, 1.0])))
print(torch.allclose(torch.tensor([10000, 2]), torch.tensor([10000, 2])), torch.allclose(torch.tensor([100000]), torch.tensor([100001])), torch.allclose(torch.tensor([1000]), torch.tensor([1001])))
b = torch.ones(3, 2)
print(torch.allclose(b, torch.ones(2)), torch.allclose(torch.ones(3, 1), b), torch.allclose(b, torch.tensor([1.0, 2.0])))
for i in range(12):
    d = torch.tensor([1.0 + i * 2.0 ** -19])
    print(torch.allclose(torch.ones(1), d), torch.allclose(d, torch.ones(1), atol=0.0), torch.allclose(torch.ones(1).double(), d.double()))

labels = torch.tensor([0, 2, 1])
print(F.one_hot(labels), F.one_hot(labels, num_classes=4), F.one_hot(labels, 3).float())
print(F.one_hot(torch.tensor([[1, 0], [0, 0]])), F.one_hot(torch.tensor(2)), F.one_hot(labels).dtype)

w = torch.tensor([1.0, 2.0], requires_grad=True)
y = (w * 3).sum()
print(w.grad_fn, a.grad_fn, y.grad_fn is None, y.grad_fn is not None, y.detach().grad_fn is None)
print(y.grad_fn.name(), (w + 1).grad_fn.name(), y.grad_fn is y.grad_fn, y.grad_fn == (w + 1).grad_fn)
if y.grad_fn:
    print("has a graph")
with torch.no_grad():
    print((w * 2).grad_fn)

print(a.type(), a.double().type(), labels.type(), (a > 1).type(), a.type(torch.int64), labels.type(torch.FloatTensor))
print(labels.type("torch.DoubleTensor"), a.type(torch.float32) is a, torch.is_tensor(a), torch.is_tensor([1.0]))
print(torch.numel(b), b.numel(), math.factorial(0), math.factorial(5), math.factorial(20))
