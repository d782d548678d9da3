import torch

x = torch.tensor([1.0, 2.0])
w = torch.tensor([0.5, -0.25], requires_grad=True)
y = torch.sigmoid(w @ x)
y.backward()
