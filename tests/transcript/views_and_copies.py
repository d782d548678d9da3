# What shares its numbers and what copies them, and the node that each is.
import torch

w = torch.ones(2, 3, requires_grad=True)
h = w * 2
print(h.view(-1), h.reshape(-1), h.flatten(), h.reshape(2, 3), h.view(2, 3), h.reshape(3, 2))
print(h.T.reshape(-1), h.T.flatten(), h.T.reshape(3, 2), h.T.view(1, 3, 2), h.T.view(3, 1, 2))
print(h.T.contiguous(), h.T.clone(), h.T.T.view(-1), (h.T * 2).T.view(-1), h.T.clone().T.view(6))
print(h[:, 0].view(1, 2), h[0:1].view(-1), h[:, 0:1].reshape(-1), h[:, 1:].reshape(4))
print(h.squeeze().reshape(6), h.unsqueeze(0).view(3, 2), h[0].view(1, 3), h[0][0].view(1))
print(h.contiguous() is h, h.T.contiguous() is h, h.flatten(0, 0) is h, h[0].flatten() is h[0])
print(h.float() is h, h.cpu() is h, h.to("cpu") is h, h.to(torch.float32) is h, h.double() is h)

x = torch.zeros(2, 3)
copied = x.t().reshape(-1)
copied[0] = 1
viewed = x.reshape(-1)
viewed[1] = 2
x.T.contiguous()[0] = 9
x.contiguous()[1, 2] = 3
x.T.view(3, 1, 2)[0, 0, 1] = 4
print(x, copied, viewed)
(x.T + x.T).T.view(-1)
(x.T + torch.ones(3, 2)).T.view(-1)
(torch.ones(3, 2) + x.T).view(-1)
(x.t().relu() > 0).T.view(-1)
(x.T @ x).view(-1)
torch.softmax(x.T, 0).view(-1)
x.T[[0, 1]].view(-1)
x.T.sum(0).view(-1)
torch.zeros(3, 0).T.view(0)
e = torch.tensor([[1.0], [2.0]])
print(e.T.view(2), e.t().reshape(-1), e[:, 0].view(-1))
