import torch
import torch.nn.functional as F

logits = torch.tensor([[2.0, 1.0, 0.1], [0.5, 2.5, -1.0]], requires_grad=True)
y = torch.tensor([0, 1])
print(F.cross_entropy(logits, y))
print(F.cross_entropy(logits, y, reduction="none"))
print(F.cross_entropy(logits, y, reduction="sum").item())
print(F.cross_entropy(logits, y, weight=torch.tensor([1.0, 2.0, 0.5])))
print(F.cross_entropy(logits, y, label_smoothing=0.1))
print(F.cross_entropy(logits, torch.tensor([[1.0, 0.0, 0.0], [0.2, 0.8, 0.0]])))
print(F.cross_entropy(logits, torch.tensor([-100, 2])))
logp = F.log_softmax(logits, dim=1)
print(F.nll_loss(logp, y), F.nll_loss(logp, y, reduction="sum"))
a = torch.tensor([0.5, -1.0, 2.0])
b = torch.tensor([0.0, 1.0, 2.5])
print(F.mse_loss(a, b), F.mse_loss(a, b, reduction="sum"), F.mse_loss(a, b, reduction="none"))
F.cross_entropy(logits, y).backward()
print(logits.grad)
