import torch

print(isinstance(torch.float32, torch.dtype), isinstance(1.0, torch.dtype), type(torch.int64))
x = torch.ones(2)
print(isinstance(x.device, torch.device), type(x.device), torch.dtype, torch.device)
torch.set_default_tensor_type("torch.DoubleTensor")
print(torch.tensor([0.1]), torch.get_default_dtype())
torch.set_default_tensor_type(torch.FloatTensor)
print(torch.tensor([0.1]).dtype, torch.version.cuda, torch.backends.cudnn.is_available())
try:
    torch.dtype()
except TypeError as error:
    print(error)
