# Leaves made anew by detach() in every step, and changed in place.
import torch

w = torch.tensor([2.0, 3.0], requires_grad=True)
for i in range(3):
    loss = (w * w).sum()
    loss.backward()
    w = (w - 0.1 * w.grad).detach().requires_grad_()
    with torch.no_grad():
        w += 1
        w *= 2
        w.copy_(w - 1)
    print(i, w, loss.item())
