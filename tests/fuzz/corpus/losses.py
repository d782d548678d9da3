import torch
from torch import nn
from torch.nn import functional as F
x = torch.tensor([[1.0, 2.0], [0.5, -1.0]], requires_grad=True)
w = torch.tensor([0.3, 0.7])
a = nn.CrossEntropyLoss(weight=w, ignore_index=0, label_smoothing=0.1)(x, torch.tensor([0, 1]))
b = nn.CrossEntropyLoss(reduction='none')(x, torch.tensor([[0.1, 0.9], [1.0, 0.0]]))
c = nn.NLLLoss(weight=w, reduction='sum')(F.log_softmax(x, dim=-1), torch.tensor([0, 1]))
d = nn.MSELoss()(F.tanh(F.sigmoid(F.leaky_relu(x, 0.2))), torch.zeros(2, 2))
a.backward()
b.backward(torch.ones(2))
c.backward(retain_graph=True)
d.backward()
