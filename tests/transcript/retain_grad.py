import torch

x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
w = torch.tensor([0.5, 1.5, -1.0])
h = x * w
h.retain_grad()
p = torch.tanh(h)
loss = (p ** 2).sum()
loss.backward(retain_graph=True)
print(h.grad)
print(x.grad, x.grad is x.grad)
loss.backward()
print(h.grad, x.grad)
g = x.grad
x.grad.zero_()
print(g)
x.grad = None
print(x.grad, g)
