import torch
import torch.nn as nn

torch.manual_seed(0)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(3, 2)
        self.out = nn.Linear(2, 2, bias=False)

    def forward(self, x):
        return self.out(torch.tanh(self.hidden(x)))


net = Net().to(device)
weight = net.hidden.weight
before = net.state_dict()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x = torch.tensor([[1.0, 2.0, 3.0], [0.5, -1.0, 0.25]]).to(device)
net(x).sum().backward()
print(weight.grad)
print(net.double() is net)
print(weight.dtype, weight is net.hidden.weight, weight.requires_grad, weight.is_leaf)
print(net.hidden.weight)
print(weight.grad)
print(before["hidden.weight"].dtype)
before["hidden.weight"].zero_()
print(before["hidden.weight"])
print(weight)
opt.zero_grad()
y = net(x.double())
print(y)
y.pow(2).sum().backward()
opt.step()
print(net.out.weight, net.out.weight.grad)
net.to(torch.float32)
print(net.out.weight)
print(net.to("cpu", torch.float64).out.weight)
print(net.to(x).out.weight.dtype, net.cpu().out.weight.dtype, net.float().out.weight.dtype)
print(net.to(dtype=torch.float64)(x.double()))

for p in net.requires_grad_(False).parameters():
    print(p.requires_grad)
net.out.requires_grad_()
print(net.hidden.weight.requires_grad, net.hidden.bias.requires_grad, net.out.weight.requires_grad)
print(net(x.double()))

loss = nn.CrossEntropyLoss(weight=torch.tensor([0.25, 0.75])).double()
print(loss.weight)
print(loss(net(x.double()), torch.tensor([0, 1])))
