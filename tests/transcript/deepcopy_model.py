import copy, torch
import torch.nn as nn
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(3, 4)
        self.act = nn.Tanh()
        self.seq = nn.Sequential(nn.Linear(4, 2), nn.ReLU())
        self.register_buffer('b', torch.ones(2))
        self.hist = []
    def forward(self, x):
        self.hist.append(1)
        return self.seq(self.act(self.l1(x))) + self.b
net = Net()
x = torch.randn(5, 3)
net(x).sum().backward()
net2 = copy.deepcopy(net)
print(net2, net2.hist, net2.l1.weight.grad, net2.b, net2.training)
print(torch.equal(net(x), net2(x)), net2.l1.weight is net.l1.weight, net2.l1.weight.requires_grad, net2.l1.weight.is_leaf, type(net2.l1.weight))
opt = torch.optim.SGD(net2.parameters(), lr=0.1)
net2(x).pow(2).sum().backward(); opt.step()
print(torch.equal(net.l1.weight, net2.l1.weight), net.l1.weight.grad.sum(), net2.l1.weight, [n for n, _ in net2.named_parameters()])
best = copy.deepcopy(net2.state_dict())
opt.step()
print(torch.equal(best['l1.weight'], net2.l1.weight), type(best), list(best))
net2.load_state_dict(best); print(torch.equal(best['l1.weight'], net2.l1.weight), best['seq.0.bias'])
os_ = copy.deepcopy(opt.state_dict()); print(os_['param_groups'][0]['lr'])
