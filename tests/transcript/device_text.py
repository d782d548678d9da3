import torch

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print(device, [device], f"{device} {device!r}", "Using " + str(device), repr(device))
print(torch.ones(1).device, "%s {}".format(device) % device)
