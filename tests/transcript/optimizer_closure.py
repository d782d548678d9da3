# optimizer.step(closure) computes the loss once more, updates, and returns what the closure does.
import torch

w = torch.tensor([1.0, -2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)


def closure():
    optimizer.zero_grad()
    loss = (w * w).sum()
    loss.backward()
    print("closure", loss.item(), torch.is_grad_enabled())
    return loss


print(optimizer.step(closure), w)
with torch.no_grad():
    print(optimizer.step(closure=closure).item())
print(w, optimizer.step(), optimizer.step(None), w)

adam = torch.optim.Adam([w], lr=0.1)


class Fit:
    def __init__(self, rate):
        self.rate = rate

    def close(self):
        adam.zero_grad()
        adam.param_groups[0]["lr"] = self.rate
        (w * w).sum().backward()
        return "done"


print(adam.step(Fit(0.5).close), w)
group = adam.param_groups[0]
print(list(group.keys()), len(group), "lr" in group, group["lr"])
for key in group:
    print(key)
for key, value in group.items():
    print(key, value)
print(list(group.values())[1:], group.get("lr"), group.get("none", 3))
print(optimizer.param_groups[0].keys(), len(optimizer.param_groups[0].keys()))
print(optimizer.param_groups, "lr" in optimizer.param_groups[0].keys())
