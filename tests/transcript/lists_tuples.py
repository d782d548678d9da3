# Lists and tuples print the repr of what they hold
import torch

print([], (), [[]], ((),))
print([1, 2, 3], (1, 2, 3), (1,))
print([1.5, "text", True, None])
print([[1, 2], [3, 4]], [(1, "a"), (2, "b")])
layers = [2, 8, 1]
print(layers, layers[0], layers[-1], len(layers))
pair = 3, 4
a, b = pair
print(pair, a, b)
print([1, 2] + [3], (1,) + (2, 3), [0] * 4)
a, b = b, a
print("swapped:", a, b)
print([torch.tensor(1.5), torch.tensor([1, 2])])
print((torch.zeros(2), "and", torch.ones(1)))
print([torch.tensor([[1.0, 2.0], [3.0, 4.0]])])
print([1, 2] == [1, 2], (1, 2) == (1, 3))
