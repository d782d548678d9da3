import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
for mode in ('sum', 'mean', 'max'):
    bag = nn.EmbeddingBag(10, 3, mode=mode)
    for shape in ((2, 3), (5, 7), (1, 1)):
        x = torch.randint(0, 10, shape)
        y = bag(x)
        bag.zero_grad()
        (y * y).sum().backward()
        print(y.tolist(), bag.weight.grad.tolist())
    x = torch.randint(0, 10, (12,))
    y = bag(x, torch.tensor([0, 4, 4, 9]))
    bag.zero_grad()
    (y * torch.randn(4, 3)).sum().backward()
    print(y, bag.weight.grad)
    print(F.embedding_bag(x, bag.weight, torch.tensor([0, 4, 12]), mode=mode, include_last_offset=True))
fixed = nn.EmbeddingBag.from_pretrained(torch.ones(3, 2), mode='sum')
print(fixed.weight.requires_grad, fixed(torch.tensor([[0, 1]])))


class TextModel(nn.Module):
    def __init__(self, words, size, classes):
        super().__init__()
        self.embedding = nn.EmbeddingBag(words, size, sparse=False)
        self.fc = nn.Linear(size, classes)

    def forward(self, text, offsets):
        return self.fc(self.embedding(text, offsets))


model = TextModel(20, 4, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.5)
text, offsets, label = torch.randint(0, 20, (9,)), torch.tensor([0, 3, 5]), torch.tensor([0, 1, 1])
for _ in range(4):
    opt.zero_grad()
    loss = F.cross_entropy(model(text, offsets), label)
    loss.backward()
    opt.step()
    print(loss.item())
print(model.embedding.weight)
try:
    F.embedding_bag(text, model.embedding.weight, offsets, mode='most')
except ValueError as e:
    print(e)
