# A step, whose gradient PyTorch does not have.
import torch
x = torch.tensor([1.0, -1.0, 0.0], requires_grad=True)
h = torch.heaviside(x, torch.tensor([0.5]))
print(h)
try: (h * x).sum().backward()
except RuntimeError as e: print(e)
y = torch.heaviside(x.detach(), torch.tensor([0.5]))
print(y, (y*x).sum())
