# Weights of a loss are buffers: state_dict() has them and load_state_dict() takes them, but they are
# no parameters until one is assigned.
import torch
import torch.nn as nn

torch.manual_seed(1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.loss = nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0]))
        self.fc = nn.Linear(2, 1)
        self.scale = nn.Parameter(torch.ones(1))


net = Net()
print(net.state_dict(), len(list(net.parameters())), nn.NLLLoss().state_dict())
print(net.load_state_dict({"loss.weight": torch.tensor([3.0, 4.0])}, strict=False))
print(net.loss.weight, net.fc.bias)
loss = nn.BCEWithLogitsLoss(pos_weight=torch.ones(1))
print(loss.state_dict(), loss.load_state_dict({"pos_weight": torch.zeros(1)}), loss.pos_weight)

x = torch.tensor([[1.0, -2.0], [0.5, 3.0]])
own = nn.CrossEntropyLoss(weight=torch.ones(2))
own.weight = nn.Parameter(torch.tensor([1.0, 3.0]), requires_grad=False)
print(list(own.parameters()), own.state_dict(), own(x, torch.tensor([0, 1])))
own.weight = None
print(list(own.parameters()), own.state_dict(), own(x, torch.tensor([0, 1])))
