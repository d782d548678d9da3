# Tensors that fill themselves
import torch

torch.manual_seed(3)
x = torch.zeros(2, 3)
x.uniform_()
print(x)
x.uniform_(-1, 1)
print(x)
x.normal_()
print(x)
x.normal_(mean=5, std=0.1)
print(x)
x.bernoulli_(0.5)
print(x)
w = torch.zeros(20).normal_(0, 1)
print(w)
print(torch.zeros(4).bernoulli_(), torch.bernoulli(torch.tensor([0.0, 1.0, 0.5])))
