import torch
from torch.backends import cudnn

print(torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark, cudnn.enabled)
torch.backends.cudnn.deterministic = True
torch.backends.cudnn.benchmark = torch.backends.cudnn.deterministic
cudnn.enabled = False
torch.backends.cudnn.allow_tf32 = False
torch.backends.cuda.matmul.allow_tf32 = not torch.backends.cuda.matmul.allow_tf32
print(cudnn.deterministic, cudnn.benchmark, torch.backends.cudnn.enabled, cudnn.allow_tf32)
print(torch.backends.cuda.matmul.allow_tf32)
if not torch.backends.cudnn.benchmark:
    print("never")
cudnn.benchmark = False
print(torch.backends.cudnn.benchmark == False)
