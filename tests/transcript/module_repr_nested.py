import torch.nn as nn


class Block(nn.Module):
    def __init__(self, n_in, n_out, p=0.5):
        super().__init__()
        self.linear = nn.Linear(n_in, n_out)
        self.act = nn.LeakyReLU(0.1)
        self.drop = nn.Dropout(p)

    def forward(self, x):
        return self.drop(self.act(self.linear(x)))


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.body = nn.Sequential(Block(4, 3), Block(3, 3, p=0.25))
        self.head = nn.Linear(3, 2, bias=False)

    def forward(self, x):
        return self.head(self.body(x))


class Empty(nn.Module):
    def forward(self, x):
        return x


net = Net()
print(net)
print(net.body[0])
print(net.head)
print(Empty())
print("model:", Empty(), net.body[1].act, nn.Sequential())
print(f"{net.head}")
print([nn.ReLU(), nn.Tanh()])
