import torch

g = torch.Generator().manual_seed(2147483647)
C = torch.randn((27, 2), generator=g)
print(C[:3], C.sum())
print(torch.randint(0, 27, (8,), generator=g), torch.randint(5, (3,), generator=g))
print(torch.rand(3, generator=g), torch.randperm(7, generator=g))
print(torch.rand((2, 2), dtype=torch.float64, generator=g, requires_grad=True))
print(torch.empty(3).normal_(generator=g), torch.empty(3).uniform_(-1, 1, generator=g))
print(torch.empty(3).bernoulli_(0.4, generator=g))
print(torch.bernoulli(torch.full((5,), 0.3), generator=g))

# two streams do not disturb each other, nor that of torch.manual_seed
torch.manual_seed(3)
a = torch.Generator()
b = torch.Generator(device='cpu').manual_seed(3)
print(a.initial_seed(), b.initial_seed(), torch.initial_seed(), a.device)
print(torch.randn(2, generator=a), torch.randn(2, generator=b), torch.randn(2))
print(torch.randn(1, generator=a), torch.randn(1, generator=b), torch.randn(1))
print(a.manual_seed(-1) is a, a.initial_seed(), isinstance(a, torch.Generator), type(a))

# the generator that draws where none is named
print(torch.manual_seed(4) is torch.default_generator, torch.rand(2, generator=None))
print(torch.rand(2, generator=torch.default_generator), torch.rand(2))
state = torch.get_rng_state()
print(torch.randn(3))
torch.set_rng_state(state)
print(torch.randn(3))
state = b.get_state()
print(torch.rand(2, generator=b), b.set_state(state) is b, torch.rand(2, generator=b))
