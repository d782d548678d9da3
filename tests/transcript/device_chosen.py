import torch

if torch.cuda.is_available():
    device = torch.device("cuda")
elif torch.backends.mps.is_available() and torch.backends.mps.is_built():
    device = torch.device("mps")
else:
    device = torch.device("cpu")
if device.type == "cuda":
    print(torch.cuda.device_count(), "cards")
print(device.type, device.index, torch.ones(1).device.type, torch.cuda.device_count())
print(hasattr(torch.backends, "mps"))
