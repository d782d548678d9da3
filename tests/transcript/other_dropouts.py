import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.randn(4, 6, requires_grad=True)
act = nn.AlphaDropout(0.3)
y = act(x)
y.sum().backward()
print(act, y, x.grad, act.eval()(x) is x)
print(F.alpha_dropout(x, 0.5, training=True), F.alpha_dropout(x, 0.5) is x)
print(nn.AlphaDropout(1.0)(x), nn.AlphaDropout(0.0)(x) is x)
net = nn.Sequential(nn.Linear(6, 8), nn.SELU(), nn.AlphaDropout(p=0.1), nn.Linear(8, 2))
y = net(x)
print(net, y)
y.sum().backward()
print(net[0].weight.grad)
net.eval()
print(net(x), net[2].training, net[2].p, isinstance(net[2], nn.AlphaDropout), type(net[2]))
for p in (-1, 2):
    try:
        nn.AlphaDropout(p)
    except ValueError as e:
        print(e)

x = torch.randn(2, 3, 4, requires_grad=True)
for act in (nn.Dropout1d(0.5), nn.FeatureAlphaDropout(0.3), nn.Dropout1d(), nn.Dropout1d(0)):
    print(act, act(x))
print(F.dropout1d(x[0], 0.5), F.feature_alpha_dropout(x, 0.5, True))
h = x * 1
F.dropout1d(h, 0.5, True, True).sum().backward()
print(h, x.grad)
z = torch.randn(2, 3, 2, 2)
print(nn.Dropout2d(0.4)(z), F.dropout2d(z, 0.5, False) is z, nn.Dropout3d())
