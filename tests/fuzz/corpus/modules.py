import torch
import torch.nn as nn
torch.manual_seed(-3)
class Block(nn.Module):
    """text"""
    def __init__(self, n, p=0.5):
        super(Block, self).__init__()
        self.fc = nn.Linear(n, n, bias=False)
        self.fc.weight = nn.Parameter(torch.rand(n, n))
        self.act, self.drop = nn.ReLU(inplace=True), nn.Dropout(p=p)
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.drop(self.act(self.fc(x)))
class Net(Block):
    def __init__(self): super().__init__(2); self.b = Block(n=2)
    def forward(self, x):
        y = x = self.b(x)
        return (y, nn.Sequential(nn.Softmax(dim=1), nn.Tanh())(x))
net = Net()
net.eval()
net.train(mode=True)
(p, q) = net(torch.ones(3, 2))
opt = torch.optim.SGD(net.parameters(), lr=1e-1, momentum=0.9, nesterov=True, weight_decay=.1, maximize=True)
l = nn.MSELoss(reduction='sum')(q, torch.zeros((3, 2)))
l.backward()
opt.step(); opt.zero_grad(set_to_none=True)
