# What is drawn from distributions, its log-probability, and what comes back of it.
import torch
from torch.distributions import Bernoulli, Categorical, Normal, kl_divergence

torch.manual_seed(0)
theta = torch.tensor([0.1, 0.5, -0.3, 0.2], requires_grad=True)
d = Categorical(logits=theta)
print(d)
a = d.sample()
print(a, d.log_prob(a), d.entropy(), d.probs, d.logits, d)
(-d.log_prob(a) * 2.0 + 0.01 * d.entropy()).backward()
print(theta.grad)
p = Categorical(torch.tensor([[0.2, 0.3, 0.5], [0.6, 0.2, 0.2]]))
s = p.sample()
print(s, p.log_prob(s), p.entropy(), p.sample((4,)), p.sample((2, 2)).shape, p)
print(Categorical(probs=torch.tensor([1.0, 2.0, 1.0])).probs)

mu = torch.tensor([0.1, -0.2], requires_grad=True)
sd = torch.tensor([0.5, 1.5], requires_grad=True)
n = Normal(mu, sd)
x = n.rsample()
print(x, n.sample(), n.sample((3,)), n.sample(torch.Size([2])), n.log_prob(x), n.entropy())
print(n.mean, n.stddev, n.variance, n.loc, n.scale)
(n.log_prob(torch.tensor([0.3, 0.4])).sum() + x.sum()).backward()
print(mu.grad, sd.grad)
unit = Normal(0.0, 1.0)
print(unit, n, unit.sample(), unit.log_prob(torch.tensor([0.5])), kl_divergence(n, unit))
print(kl_divergence(n, Normal(torch.zeros(2), 2.0)).sum(), Normal(torch.zeros(2), 1.0).log_prob(torch.tensor(0.3)))

w = torch.tensor([0.1, -0.2, 0.7], requires_grad=True)
c = Bernoulli(logits=w)
y = c.sample()
print(y, c.log_prob(y), c.entropy(), c.probs, c.mean)
c.log_prob(y).sum().backward()
print(w.grad)
f = Bernoulli(torch.tensor([0.3, 0.6]))
print(f.sample(), f.sample((2,)), f.log_prob(torch.tensor([1.0, 0.0])), f.entropy(), f.logits, f.variance, f)
try:
    Categorical()
except ValueError as e:
    print(e)
