# The name of the operation that made a tensor
import torch
import torch.nn.functional as F

x = torch.tensor([[1.0, -2.0, 0.5]], requires_grad=True)
w = torch.tensor([[0.5, 1.0, -1.0], [0.25, 0.0, 2.0]], requires_grad=True)
b = torch.zeros(2, requires_grad=True)
print(x + 1, x - 1, 1 - x, x * 2, x / 4, 2 / x, sep="\n")
print(-x, x ** 2, x @ w.T, F.linear(x, w, b), sep="\n")
print(x.exp(), torch.log(x * x), x.sum(), x.mean(), x.max(), sep="\n")
print(x.sum(dim=1), x.mean(dim=0), sep="\n")
print(w.T, x.view(3), x.unsqueeze(0), x.squeeze(0), x[0], x[0, 1], x.clone(), sep="\n")
print(F.relu(x), F.leaky_relu(x, 0.1), torch.sigmoid(x), torch.tanh(x), sep="\n")
print(F.softmax(x, dim=1), F.log_softmax(x, dim=1), sep="\n")
y = torch.tensor([2])
print(F.cross_entropy(x, y), F.nll_loss(F.log_softmax(x, dim=1), y), sep="\n")
print(F.mse_loss(x, torch.zeros(1, 3)))
