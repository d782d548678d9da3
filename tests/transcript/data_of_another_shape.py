import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
with torch.no_grad():
    print(w * 2)
w.data = torch.tensor([[0.25]])
y = (w**2).sum()
y.backward()
print(w, w.grad)
w.grad = None
w.data = torch.tensor([[0.5]], dtype=torch.float64)
(w**2).sum().backward()
print(w, w.grad)
x = torch.ones(3)
z = x * 2
x.data = torch.zeros(2)
print(x, z)
