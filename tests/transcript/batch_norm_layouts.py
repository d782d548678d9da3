"""BatchNorm1d of what does not stand one number behind the other: sums follow the memory."""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(9)
cube = 2 * torch.randn(20, 7, 12)

views = {
    "transpose": cube.transpose(1, 2),
    "permuted": cube.permute(1, 0, 2),
    "turned": cube.permute(2, 1, 0),
    "steps": cube[:, :, ::2],
    "few channels": cube[:, 2:5],
    "transposed matrix": cube[0].t(),
    "long transposed matrix": cube.reshape(20, 84).t(),
    "columns": cube.reshape(20, 84)[:, 3:50],
    "column": cube[:, 0, :1],
    "plane": cube[:, :, 5],
}

for dtype in torch.float32, torch.float64:
    for name, view in views.items():
        if name == "turned" and dtype == torch.float64:
            continue  # there the order of the last bits is not followed
        x = view.to(dtype).detach().requires_grad_()
        norm = nn.BatchNorm1d(x.shape[1], dtype=dtype)
        for weigh in lambda y: y.pow(3).sum(), lambda y: y.sum(), lambda y: (y.transpose(0, 1).sin() * 0.3).mean():
            x.grad = None
            norm.zero_grad()
            y = norm(x)
            weigh(y).backward()
            print(name, y.flatten()[-4:].tolist(), x.grad.flatten()[-4:].tolist())
            print(norm.weight.grad[-4:].tolist(), norm.bias.grad[-4:].tolist())
        print(norm.running_mean[-3:].tolist(), norm.running_var[-3:].tolist())
        norm.eval()
        y = norm(x)
        y.sin().sum().backward()
        print(y.flatten()[-4:].tolist(), x.grad.flatten()[-4:].tolist(), norm.weight.grad[-4:].tolist())

# --- where the gradient alone is a view ---
layer, norm = nn.Linear(12, 9), nn.BatchNorm1d(9)
y = norm(layer(cube[:, 0]))
(y.t() * torch.randn(9, 20)).sum().backward()
print(layer.weight.grad[0].tolist(), norm.weight.grad.tolist(), norm.bias.grad.tolist())
