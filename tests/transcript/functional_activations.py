import torch
import torch.nn.functional as F

x = torch.tensor([[-1.5, 0.0, 0.25], [2.0, -0.125, 3.0]], requires_grad=True)
print(F.relu(x))
print(F.leaky_relu(x))
print(F.leaky_relu(x, negative_slope=0.2))
print(F.softmax(x, dim=1), F.softmax(x, dim=0), F.softmax(x, -1), sep="\n")
print(F.log_softmax(x, dim=1), F.log_softmax(x, dim=0), sep="\n")
out = F.softmax(F.leaky_relu(F.relu(x) - 1, 0.1), dim=1)[0, 2]
print(out.item())
out.backward()
print(x.grad)
