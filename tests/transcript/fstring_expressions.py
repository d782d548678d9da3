# Anything may stand between the braces
import torch

epoch, epochs = 3, 10
name = "fc1"
x = torch.tensor([0.5, -1.25])
loss = torch.tensor(0.1)
print(f"epoch {epoch}/{epochs}")
print(f"epoch {epoch + 1}, {epoch / epochs:.0%} done, {epochs - epoch} to go")
print(f"{name}.weight {name!r} {{braces}}")
print(f"x = {x}, first {x[0].item()}, sum {x.sum().item():.3f}")
print(f"loss {loss} {loss:.4f} {loss.item()} {loss.item():.4f} {loss:>10.3f}")
print(f"{torch.tensor(3)} {torch.tensor(3):4d} {torch.tensor(True)}")
print(f"{x.shape[0]} values, mean {x.mean():.3f}, list {x.tolist()}")
print(f'{"quoted"} and {x.max() > 0}')
print(f"two "
      f"lines {epoch}")
