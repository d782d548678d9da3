# A network without a module: two layers, and an update by hand
import torch

torch.manual_seed(1)
W1 = torch.tensor([[0.1, 0.2], [0.3, -0.4], [-0.5, 0.6]], requires_grad=True)
b1 = torch.zeros(3, requires_grad=True)
W2 = torch.tensor([[0.7, -0.8, 0.9]], requires_grad=True)
b2 = torch.zeros(1, requires_grad=True)
x = torch.tensor([0.5, -1.5])
t = torch.tensor([1.0])
lr = 0.1

for step in range(5):
    h = torch.sigmoid(W1 @ x + b1)
    o = W2 @ h + b2
    loss = ((o - t) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        for p in [W1, b1, W2, b2]:
            p -= lr * p.grad
            p.grad.zero_()
    print(f"step {step}: loss {loss.item()}")
print(W1, b1, W2, b2, sep="\n")
