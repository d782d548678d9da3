import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
e = nn.Embedding(5, 3)
print(e, e.weight, e.padding_idx, e.max_norm, e.num_embeddings, e.embedding_dim)
i = torch.tensor([[1, 2, 1], [4, 0, 1]])
y = e(i)
print(y)
print(e(torch.tensor(2)), e(torch.tensor([], dtype=torch.int64)).shape)
(y * torch.arange(18.0).view(2, 3, 3)).sum().backward()
print(e.weight.grad)
print(F.embedding(i, e.weight).shape, F.embedding(i[0], torch.eye(5)))
try:
    e(torch.tensor([5]))
except IndexError as error:
    print(error)
try:
    e(torch.tensor([-1]))
except IndexError as error:
    print(error)

d = nn.Embedding(4, 2, dtype=torch.float64)
print(d.weight.dtype, list(d.state_dict()))


class Bigram(nn.Module):
    def __init__(self, words, size):
        super().__init__()
        self.table = nn.Embedding(words, size)
        self.out = nn.Linear(2 * size, words)

    def forward(self, x):
        return self.out(torch.tanh(self.table(x).flatten(1)))


net = Bigram(7, 4)
print(net)
x = torch.randint(7, (20, 2))
t = torch.randint(7, (20,))
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
for step in range(4):
    loss = F.cross_entropy(net(x), t)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
print(net.table.weight.grad)
net.table.weight.data = torch.ones(7, 4)
print(net(x[:1]))

p = nn.Embedding(4, 2, padding_idx=-1)
print(p, p.padding_idx, p.weight)
y = p(torch.tensor([[0, 3], [3, 1]]))
print(y)
(y * y + y).sum().backward()
print(p.weight.grad)
w = torch.ones(4, 2, requires_grad=True)
F.embedding(torch.tensor([1, 2, 2]), w, padding_idx=2).sum().backward()
print(w.grad)

# Of given numbers, frozen or not, and drawn anew.
given = torch.arange(6.0).reshape(3, 2)
frozen = nn.Embedding.from_pretrained(given)
print(frozen, frozen.weight, list(frozen.state_dict()), frozen(torch.tensor([2])))
padded = nn.Embedding.from_pretrained(given, freeze=False, padding_idx=2)
padded(torch.tensor([1, 2, 2])).sum().backward()
print(padded, padded.weight.grad, given)
print(nn.Embedding(3, 2, _weight=given).weight)
for make in (lambda: nn.Embedding(2, 2, _weight=given), lambda: nn.Embedding.from_pretrained(given[0])):
    try:
        make()
    except AssertionError as error:
        print(error)
torch.manual_seed(3)
padded.reset_parameters()
print(padded.weight)

# A gradient that is differentiated itself.
table = nn.Embedding(3, 2)
(g,) = torch.autograd.grad((table(torch.tensor([1, 2, 1])) ** 3).sum(), table.weight, create_graph=True)
print(g)
(g**2).sum().backward()
print(table.weight.grad)
try:
    table(torch.tensor([0.5]))
except RuntimeError as error:
    print(error)
