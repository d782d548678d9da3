# The gradients of a batch derived by hand, beside those of autograd
import torch

X = torch.tensor([[0.0, 1.0], [1.0, 0.5], [-1.0, 2.0]])
T = torch.tensor([[1.0], [0.0], [1.0]])
W = torch.tensor([[0.2, -0.3]], requires_grad=True)
b = torch.tensor([0.1], requires_grad=True)
Z = X @ W.T + b
P = 1 / (1 + torch.exp(-Z))
loss = -(T * torch.log(P) + (1 - T) * torch.log(1 - P)).mean()
print(Z, P, sep="\n")
print("loss", loss.item())
loss.backward()
dZ = (P.detach() - T) / X.shape[0]
print("by hand:", dZ.T @ X, dZ.sum(dim=0))
print("autograd:", W.grad, b.grad)
W.data -= 0.5 * W.grad
b.data -= 0.5 * b.grad
print(W, b)
