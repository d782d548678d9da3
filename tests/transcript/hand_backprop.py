# Forward and backward of a small network without autograd
import torch

x = torch.tensor([[0.05], [0.10]])
W1 = torch.tensor([[0.15, 0.20], [0.25, 0.30]])
W2 = torch.tensor([[0.40, 0.45], [0.50, 0.55]])
t = torch.tensor([[0.01], [0.99]])
lr = 0.5


def sigmoid(z):
    return 1 / (1 + torch.exp(-z))


for epoch in range(3):
    h = sigmoid(W1 @ x + 0.35)
    o = sigmoid(W2 @ h + 0.60)
    loss = 0.5 * ((t - o) ** 2).sum()
    delta2 = (o - t) * o * (1 - o)
    delta1 = (W2.T @ delta2) * h * (1 - h)
    W2 -= lr * delta2 @ h.T
    W1 -= lr * delta1 @ x.T
    print(epoch, loss.item())
print(h.T, o.T)
print(W1, W2, sep="\n")
