import torch

x = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.25, 0.25], [0.2, 0.2, 0.6]])
print(x.argmax(), x.argmax(dim=1), x.argmax(0), x.argmax(-1))
print(x.argmax(dim=1, keepdim=True))
print(x.argmax().item(), x[1].argmax().item())
print(torch.argmax(x, dim=1).tolist())
print(torch.tensor([1, 3, 3]).argmax(), torch.tensor([0.0, float("nan"), 1.0]).argmax())
for row in x:
    print(row, "->", row.argmax().item())
classes = ["cat", "dog", "bird"]
print(classes[x[2].argmax().item()])
