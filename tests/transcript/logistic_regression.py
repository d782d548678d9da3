import torch

torch.manual_seed(0)
X = torch.tensor([[0.5, 1.0], [1.5, -0.5], [-1.0, 2.0], [2.0, 1.0], [-0.5, -1.5]])
y = torch.tensor([0.0, 1.0, 0.0, 1.0, 1.0])
w = torch.zeros(2, 1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(5):
    p = torch.sigmoid(X @ w + b).squeeze(1)
    loss = -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.5 * w.grad
        b -= 0.5 * b.grad
    w.grad.zero_()
    b.grad.zero_()
    accuracy = ((p > 0.5) == (y > 0.5)).sum().item() / y.numel()
    print("epoch %d  loss %.6f  accuracy %.2f" % (epoch, loss.item(), accuracy))
print(w, b)
