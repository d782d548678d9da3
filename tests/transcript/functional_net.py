# No modules: weights in a list, and a function for the network
import torch
import torch.nn.functional as F

torch.manual_seed(5)
sizes = [3, 4, 2]
params = []
for n_in, n_out in zip(sizes[:-1], sizes[1:]):
    w = (torch.randn(n_out, n_in) / n_in ** 0.5).requires_grad_()
    b = torch.zeros(n_out, requires_grad=True)
    params += [w, b]


def net(x):
    w1, b1, w2, b2 = params
    return F.log_softmax(F.linear(torch.tanh(F.linear(x, w1, b1)), w2, b2), dim=1)


x = torch.tensor([[1.0, 0.0, -1.0], [0.5, 0.5, 0.5]])
y = torch.tensor([1, 0])
for epoch in range(3):
    loss = F.nll_loss(net(x), y)
    loss.backward()
    with torch.no_grad():
        for p in params:
            p -= 0.3 * p.grad
            p.grad = None
    print(epoch, loss.item())
print(params[0], params[3], sep="\n")
print(net(x).exp())
