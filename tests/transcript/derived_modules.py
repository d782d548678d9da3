# Classes that derive from a class of torch.nn: its __init__, forward, text and parameters are theirs.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(1)
x = torch.tensor([[1.0, 2.0]])


class Twice(nn.CrossEntropyLoss):
    def forward(self, scores, target):
        return super().forward(scores, target) * 2


loss = Twice(weight=torch.tensor([1.0, 3.0]), reduction="sum")
print(loss, loss(x, torch.tensor([1])), loss.reduction, loss.weight, loss.label_smoothing)
print(isinstance(loss, nn.CrossEntropyLoss), isinstance(loss, nn.Module), isinstance(loss, nn.MSELoss))
print(type(loss), type(loss) == Twice, type(loss) == nn.CrossEntropyLoss)


class Rectified(nn.Linear):
    def __init__(self, width):
        super().__init__(2, width)
        self.act = nn.ReLU()
        self.width = width

    def forward(self, x):
        return self.act(super().forward(x))


net = Rectified(3)
print(net, net(x), net.weight, net.bias, net.width, net.in_features)
print(type(net.act) == nn.ReLU, len(list(net.modules())))
for name, p in net.named_parameters():
    print(name, p.shape)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
net(x).sum().backward()
optimizer.step()
print(net.weight, net.weight.grad, list(net.state_dict().keys()))


class Plain(nn.Linear):
    pass


class Fixed(Plain):
    def __init__(self):
        super().__init__(2, 2)
        self.weight.data = torch.ones(2, 2)

    def extra_repr(self):
        return super().extra_repr() + ", fixed"


fixed = Fixed()
print(Plain(2, 3, bias=False), fixed, fixed(x), super(Fixed, fixed).forward(x))
print(isinstance(fixed, Plain), isinstance(fixed, nn.Linear), isinstance(fixed, nn.Dropout))


class Halves(nn.Linear):
    def reset_parameters(self):
        nn.init.constant_(self.weight, 0.5)
        nn.init.zeros_(self.bias)


class Unbiased(nn.Linear):
    def reset_parameters(self):
        super().reset_parameters()
        self.bias.data.zero_()


print(Halves(2, 1).weight, Unbiased(2, 1).weight, Unbiased(2, 1).bias)
plain = nn.Linear(2, 1)
print(plain.reset_parameters(), plain.weight, plain.bias, plain.extra_repr())


class Net(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))

    def forward(self, x):
        return super().forward(x) * 2


net = Net()
print(net, net(x), len(net), net[-1], net.forward(x))
print(net.append(nn.ReLU())(x))


class Chain(nn.ModuleList):
    def forward(self, x):
        for module in self:
            x = module(x)
        return x


print(Chain([nn.Linear(2, 2), nn.ReLU()]), Chain([nn.Identity()])(x))


class Quiet(nn.Dropout):
    def __init__(self):
        self.p = 0.1
        super().__init__(0.5)

    def train(self, mode=True):
        print("train", mode)
        return super().train(mode)


quiet = Quiet()
print(quiet, quiet.p, quiet.eval()(x), quiet.training)
around = nn.Sequential(quiet)
print(around.train().training, quiet.training)


class Weighted(nn.MSELoss):
    def __init__(self, weight):
        super().__init__(reduction="none")
        self.factor = weight

    def forward(self, y, t):
        return (super().forward(y, t) * self.factor).sum()


print(Weighted(2.0)(x, x + 1), Weighted(1))


class Added(nn.Linear):
    def forward(self, x, y=0):
        return F.linear(x, self.weight, self.bias) + y


added = Added(2, 2)
print(added(x, 1), added.forward(x, y=2), added(x))
