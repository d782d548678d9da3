import torch


class MySGD:
    """Momentum by hand."""

    def __init__(self, params, lr=0.1, momentum=0.9):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.buffers = [torch.zeros(2, 3), torch.zeros(2)]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                self.buffers[i] = self.momentum * self.buffers[i] + p.grad
                p -= self.lr * self.buffers[i]

    def zero_grad(self):
        for p in self.params:
            p.grad = None


class Nesterov(MySGD):
    def __init__(self, params, lr):
        super().__init__(params, lr, momentum=0.5)
        self.steps = 0

    def step(self):
        super().step()
        self.steps += 1


class Counter(object):
    def __init__(self):
        super(Counter, self).__init__()
        self.count = 0

    def add(self, n=1):
        self.count += n
        return self


class Empty:
    pass


torch.manual_seed(0)
net = torch.nn.Linear(3, 2)
x = torch.tensor([[1.0, 2.0, 3.0]])
for opt in (MySGD(net.parameters()), Nesterov(net.parameters(), lr=0.05)):
    for i in range(2):
        opt.zero_grad()
        loss = net(x).pow(2).sum()
        loss.backward()
        opt.step()
        print(loss.item())
print(opt.steps, opt.lr, opt.momentum, net.weight)
c = Counter()
c.add().add(3)
c.other = c
print(c.count, c.other is c, c == Counter(), type(c) is Counter, type(c).__name__)
print(isinstance(opt, MySGD), isinstance(c, MySGD), isinstance(opt, torch.nn.Module), bool(Empty()))
e = Empty()
e.x = [1]
e.x[0] += 1
print(e.x, Counter)
