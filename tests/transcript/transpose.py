import torch

x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(x.T)
print(x.T.shape, x.T.T)
print(x @ x.T)
print(x.T @ x)
w = torch.tensor([[1.0, -1.0], [0.5, 2.0]], requires_grad=True)
loss = (w.T * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum()
print(w.T, loss)
loss.backward()
print(w.grad)
