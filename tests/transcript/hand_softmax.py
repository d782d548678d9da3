# Softmax and cross entropy as the formula has them
import torch
import torch.nn.functional as F

o = torch.tensor([2.0, 1.0, 0.1], requires_grad=True)
y = 0
p = torch.exp(o) / torch.exp(o).sum()
print(p, p.sum().item())
loss = -torch.log(p[y])
print(loss, loss.item())
loss.backward()
print(o.grad)
one_hot = torch.tensor([1.0, 0.0, 0.0])
print(p.detach() - one_hot)
o.grad = None
reference = F.cross_entropy(o.unsqueeze(0), torch.tensor([y]))
reference.backward()
print(reference.item(), o.grad)
