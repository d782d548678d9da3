import torch

x = torch.tensor([0.5, 1.0, 2.0, 10.0], requires_grad=True)
print(x.exp(), x.log(), torch.exp(-x), torch.log(1 + x), sep="\n")
print(torch.exp(torch.tensor(1.0)).item(), torch.log(torch.tensor(10.0)).item())
print(torch.tensor([0.0, -1.0]).exp(), torch.tensor([1.0, 0.0, -1.0]).log())
(x.exp() + x.log()).sum().backward()
print(x.grad)
print(x.exp().log())
print(torch.tensor([1, 2]).exp(), torch.log(torch.tensor([1, 10])))
