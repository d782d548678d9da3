# An integer tensor of one element serves wherever Python asks for a whole number.
import itertools
import math
import operator

import torch

torch.manual_seed(0)
one = torch.tensor(1)
scores = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]])
names = ['cat', 'dog', 'owl']


def show(ask):
    try:
        print(repr(ask()))
    except (TypeError, IndexError, ValueError) as error:
        print(type(error).__name__, error)


# elements
print(names[scores[0].argmax()], [names[i] for i in scores.argmax(1)])
print('abc'[one], (4, 5, 6)[one], range(5, 9)[one], b'xy'[one], torch.Size([7, 8])[one])
print(names[torch.tensor([2])], names[torch.tensor(True)], names[-one], 'ab'[torch.tensor([[1]])])
print(names[torch.tensor(1, dtype=torch.uint8)], names[torch.tensor(1, dtype=torch.int32)])
show(lambda: names[torch.tensor(3)])
for wrong in (torch.tensor(1.0), torch.tensor([0, 1]), torch.tensor([True, False])):
    show(lambda: names[wrong])
    show(lambda: 'abc'[wrong])
    show(lambda: names[wrong:])
    show(lambda: torch.arange(6)[wrong:])
    show(lambda: range(wrong))
    show(lambda: [0] * wrong)
    show(lambda: wrong * 'ab')
    show(lambda: hex(wrong))
    show(lambda: chr(wrong))
    show(lambda: wrong.__index__())

# slices
print(names[torch.tensor(0):torch.tensor(2)], names[::torch.tensor(2)], 'abcd'[one:], 'abcd'[::-one])
print(range(9)[one:torch.tensor(6):torch.tensor(2)], slice(0, one).indices(3))
print(torch.arange(6)[torch.tensor(1):torch.tensor(3)])

# changes
changed = ['a', 'b', 'c', 'd']
changed[one] = 'z'
del changed[torch.tensor(0)]
changed[torch.tensor(0):one] = [7, 8]
changed.insert(one, 9)
print(changed, changed.pop(one), changed.index(8, one))
changed *= torch.tensor(2)
print(changed)

# counts
print(range(torch.tensor(3)), list(range(scores[0].argmax() + 2)), range(one, torch.tensor(8), one * 3))
print([0] * torch.tensor(2), torch.tensor(2) * [0], 'ab' * torch.tensor(2), (1, 2) * one)
print(hex(torch.tensor(255)), bin(torch.tensor(5)), oct(one), chr(torch.tensor(65)), round(2.567, one))
print(bytes([one]), 'x'.center(torch.tensor(3)), int('11', torch.tensor(2)), one.__index__())
print(operator.index(one), math.comb(torch.tensor(4), 2), math.factorial(torch.tensor(4)))
print(list(itertools.islice(names, one)), list(enumerate(names, one)))

# sizes and dimensions
two = torch.tensor(2)
print(torch.zeros(two, 3), torch.zeros((two, 3)), torch.ones([one, one]), torch.zeros(two))
print(torch.zeros(3, two).shape, torch.randn(two, 2).shape, torch.rand((two, one)).shape)
print(torch.empty(one, 2).shape, torch.full((one, 2), 1.0), torch.eye(two), torch.eye(two, 3))
print(torch.arange(torch.tensor(3)), torch.linspace(0, 1, torch.tensor(3)))
print(torch.arange(3).view(torch.tensor(3)), torch.arange(6).reshape(torch.tensor(3), 2))
print(torch.arange(6).reshape((torch.tensor(3), -1)), torch.arange(6).view(-1, two))
print(torch.arange(6).expand(two, 6).shape, torch.arange(6).repeat(one, 2))
print(torch.arange(6).narrow(0, one, 2), torch.arange(6).split(two), torch.chunk(torch.arange(6), two))
print(torch.topk(torch.arange(6), two).values, torch.arange(6).select(0, one), scores.argmax(one))
print(torch.nn.functional.one_hot(torch.tensor([0, 1]), torch.tensor(3)), torch.arange(2).unsqueeze(one))

# those of numpy
array = torch.tensor([3, 9, 2]).numpy()
print(names[array.argmax()], [names[i] for i in torch.tensor([2, 0]).numpy()], range(array[2]))
print([0] * 1, names[array[2]:], torch.zeros(array[2], 1).shape, hex(array[0]))
show(lambda: names[array])
