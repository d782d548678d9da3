import torch

g = torch.Generator().manual_seed(2147483647)
p = torch.rand(3, generator=g); p = p / p.sum()
print(p, torch.multinomial(p, num_samples=20, replacement=True, generator=g))
for k in range(10): print(torch.multinomial(p, num_samples=1, replacement=True, generator=g).item(), end=' ')
print(torch.multinomial(p, 2, generator=g), p.multinomial(3, generator=g))

torch.manual_seed(5)
for n in (2, 5, 17, 27, 40):
    for dt in (torch.float32, torch.float64):
        w = torch.rand(n, dtype=dt); W = torch.rand(3, n, dtype=dt)
        for r in (True, False):
            print(torch.multinomial(w, 1, r), torch.multinomial(w, n // 2, r), torch.multinomial(w, n, replacement=r), torch.multinomial(W, 2, r))
        print(W.multinomial(1), torch.rand(1))
print(torch.multinomial(torch.tensor([0., 0., 1., 1.]), 2), torch.multinomial(torch.tensor([0., 1., 0.]), 5, True))
print(torch.rand(4, 3).t().multinomial(2))

torch.manual_seed(1)
print(torch.normal(0, 1, (2, 2)), torch.normal(mean=0., std=0.5, size=(20,)), torch.normal(2., 1., (3,), dtype=torch.float64, requires_grad=True))
m = torch.arange(3.); s = torch.tensor([0.1, 1., 10.])
print(torch.normal(m, s), torch.normal(m, 0.5), torch.normal(m), torch.normal(1.5, s), torch.normal(mean=m, std=s))
M = torch.arange(20.); print(torch.normal(M, 0.1 + M), torch.normal(M, 2.), torch.normal(0., M))
print(torch.normal(m, s, generator=torch.Generator().manual_seed(3)))

torch.manual_seed(2)
print(torch.ones(3).random_(), torch.ones(3).random_(5), torch.ones(3).random_(2, 5), torch.ones(3).random_(2, None), torch.ones(3).random_(to=4))
print(torch.ones(3, dtype=torch.long).random_(), torch.ones(2, dtype=torch.float64).random_(), torch.ones(5, dtype=torch.bool).random_(), torch.ones(3, dtype=torch.long).random_(-4, 4), torch.zeros(3, dtype=torch.long).random_(10))
print(torch.randint_like(torch.ones(3), 5), torch.randint_like(torch.ones(2, 2), 2, 5), torch.randint_like(torch.ones(2), 2, 5, dtype=torch.long), torch.randint_like(torch.tensor([1, 2]), 9))
print(torch.ones(5).exponential_(), torch.ones(3).exponential_(2.0), torch.ones(2, dtype=torch.float64).exponential_(lambd=0.5), torch.ones(3).exponential_(generator=torch.Generator().manual_seed(1)))
x = torch.full((4,), 0.4)
print(torch.bernoulli(x), x.bernoulli(), torch.bernoulli(x, 0.5), x.bernoulli(0.9), x.bernoulli(p=0.2), torch.bernoulli(x, p=0.1), torch.bernoulli(x.double()))
print(torch.zeros(4).bernoulli_(x), torch.zeros(4, dtype=torch.long).bernoulli_(0.5), torch.zeros(4).bernoulli_(0.3, generator=torch.Generator().manual_seed(1)), torch.zeros(4, dtype=torch.long).bernoulli_(x), torch.zeros(4, dtype=torch.bool).bernoulli_())
print(torch.bernoulli(torch.tensor([1, 2]), 0.5), torch.rand(1))
