import torch
x = torch.tensor([1.,2.], requires_grad=True)
def show(): print(torch.is_grad_enabled(), (x+1).requires_grad, torch.tensor([1.], requires_grad=True).requires_grad)
with torch.inference_mode():
    show()
    with torch.enable_grad(): show()
    with torch.no_grad(): show()
    with torch.set_grad_enabled(True): show()
    show()
with torch.no_grad():
    with torch.inference_mode(False): show()
    with torch.inference_mode(): show()
    show()
with torch.inference_mode(False): show()
with torch.enable_grad():
    with torch.inference_mode(): show()
