# PyTorch draws in the order of memory, which is not how a transposed tensor reads.
import torch

torch.manual_seed(3)
x = torch.ones(2, 3)
print(torch.rand_like(x.T), torch.randn_like(x.T), torch.rand_like(x), torch.rand_like(x[:, 0:2]))
print(torch.nn.functional.dropout(x.T, 0.5), torch.nn.Dropout(0.5)(x.T + 1))
y = x.T.clone()
print(y.normal_(), y.uniform_(), y.bernoulli_(0.5))
print(torch.nn.init.xavier_uniform_(y), torch.nn.init.normal_(y))
z = torch.ones(20, 3).T.clone()
print(z.uniform_())
print(torch.ones_like(z).uniform_(), torch.rand_like(x.unsqueeze(0).transpose(0, 2)))
print(torch.zeros_like(x.T).T.view(-1), torch.full_like(x.T, 2.0).t().view(6))
