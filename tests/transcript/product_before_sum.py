# The gradient of a sum is one number in memory: PyTorch multiplies by it in a loop of its own.
import torch
torch.manual_seed(5)
W = torch.randn(9, 12, requires_grad=True)
x = torch.randn(12, requires_grad=True)
b = torch.randn(9, requires_grad=True)
(W @ x).sum().backward()
print(x.grad.tolist())
x.grad = None
(1.37 * (b + W @ x).sum()).backward()
print(x.grad.tolist())
x.grad = None
(W @ x).sum(0, keepdim=True).sum().backward()
print(x.grad.tolist())
x.grad = None
(W @ x).mean().backward()
print(x.grad.tolist())
x.grad = None
y = W @ x
(y.sum() + y[0]).backward()
print(x.grad.tolist())
x.grad = None
(W @ x - b).sum().backward()
print(x.grad.tolist())
x.grad = None
(W @ x).reshape(3, 3).sum().backward()
print(x.grad.tolist())
