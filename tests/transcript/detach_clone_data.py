import torch

w = torch.tensor([1.0, 2.0], requires_grad=True)
y = w * 2
z = y.detach()
print(y, z, z.requires_grad)
copy = w.clone()
print(copy, w.detach().clone(), w.data)
w.data += 1
print(w, copy)
kept = w.detach()
with torch.no_grad():
    w *= 10
print(kept, w)
w.data = torch.tensor([0.5, 0.25])
print(w, kept)
loss = (w.clone() ** 2).sum() + (w.detach() * 100).sum()
loss.backward()
print(loss, w.grad)
