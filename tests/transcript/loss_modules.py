import torch
from torch import nn

logits = torch.tensor([[1.0, -0.5, 0.25], [0.1, 0.2, 0.3]], requires_grad=True)
labels = torch.tensor([2, 1])
weight = torch.tensor([1.0, 0.5, 2.0])
for loss_fn in [nn.CrossEntropyLoss(), nn.CrossEntropyLoss(reduction="sum"),
                nn.CrossEntropyLoss(weight=weight), nn.CrossEntropyLoss(label_smoothing=0.2),
                nn.CrossEntropyLoss(ignore_index=1), nn.NLLLoss(), nn.NLLLoss(weight)]:
    loss = loss_fn(logits, labels)
    logits.grad = None
    loss.backward()
    print(loss.item(), loss)
    print(logits.grad)
print(nn.CrossEntropyLoss(reduction="none")(logits, labels))
one_hot = torch.tensor([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
print(nn.CrossEntropyLoss()(logits, one_hot).item())
mse = nn.MSELoss(reduction="sum")
logits.grad = None
mse(torch.softmax(logits, dim=1), one_hot).backward()
print(logits.grad)
