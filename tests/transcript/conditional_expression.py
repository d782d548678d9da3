import torch

loss = torch.tensor(0.3)
best = 1.0
best = loss.item() if loss.item() < best else best
print(f"{best:.2f}")
for n in range(3):
    print(n, "even" if n % 2 == 0 else "odd")
p = torch.tensor([0.2, 0.8])
print("yes" if p[1] > 0.5 else "no", 1 if p[0] > 0.5 else 0)
