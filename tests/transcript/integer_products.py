import torch
import torch.nn.functional as F

# Products, limits and extremes of integers stay integers.
x = torch.arange(6).reshape(2, 3)
v = torch.tensor([1, -2, 3])
print(x @ x.T, x @ v, v @ x.T, torch.mm(x, x.T), torch.mv(x, v), torch.dot(v, v), x.matmul(x.t()))
print(torch.bmm(x[None], x.T[None]), x[None] @ x.T, torch.outer(v, v), torch.addmm(x @ x.T, x, x.T))
print(torch.einsum("ij,kj->ik", x, x), torch.einsum("ij,ij->i", x, x), torch.einsum("i,i->", v, v))
print(x.int() @ x.int().T, (x * 50).byte() @ x.byte().T, x.char() @ v.char(), v.int() @ v.int(), (v * 2**40) @ (v * 2**40))
for product in (lambda: x @ x, lambda: x.int() @ x.T, lambda: x @ x.T.float(), lambda: torch.dot(v, v.float())):
    try:
        print(product())
    except RuntimeError as e:
        print(e)

print(v.clamp(2), v.clamp(min=0), v.clamp(max=1), v.clamp(0, 2), torch.clamp(v, -1, 1), v.clip(max=0), torch.clip(v, 0, 2))
print(v.clamp_min(0), v.clamp_max(1), torch.clamp_min(v, 2), v.clamp(3, 1), v.clamp(True), v.clamp(-(2**40), 2**40))
print(v.clamp(0.5), v.clamp(0, 2.5), v.clamp_max(0.5), v.clamp(float("inf")), v.bool().clamp(0, 1), v.double().clamp(0, 1))
print(v.int().clamp(0, 2), v.int().clamp(1.5), v.byte().clamp(2, 200), v.byte().clamp(-1), v.char().clamp(-1, 1))
w = v.clone()
print(w.clamp_(min=0), w.clamp_max_(2), w.clip_(1, 2), w.clamp_min_(2), torch.clamp_max_(w, 1), w)
try:
    v.int().clamp(0, 2**31)
except RuntimeError as e:
    print(e)
labels = (torch.tensor([0.4, 3.7, 9.2]) * 0.75).long().clamp(max=2)
print(labels, F.one_hot(labels, 3), F.cross_entropy(torch.zeros(3, 3), labels))

print(torch.maximum(v, x), torch.minimum(v.int(), x), torch.max(v, -v), torch.min(v.byte(), v.byte()), torch.fmax(v, v.int()), torch.fmin(v, -v))
print(torch.maximum(v, torch.tensor([0.5])), torch.maximum(v.char(), v.byte()), torch.max(v.int(), torch.tensor(2)))
print(F.relu(v), torch.relu(v.int()), torch.nn.ReLU()(x - 2), v.relu(), F.relu(v.byte()), (x - 2).relu_())
try:
    F.relu(v.bool())
except RuntimeError as e:
    print(e)
