# Every bit of batch norm in float64: behind the last whole vector of channels PyTorch fuses nothing.
import torch

for channels in (1, 3, 4, 5, 7, 8, 10):
    for samples in (2, 3, 5):
        torch.manual_seed(channels * 7 + samples)
        x = torch.rand(samples, channels, dtype=torch.float64, requires_grad=True)
        weight = torch.rand(channels, dtype=torch.float64, requires_grad=True)
        bias = torch.rand(channels, dtype=torch.float64, requires_grad=True)
        y = torch.nn.functional.batch_norm(x, None, None, weight, bias, True)
        y.backward(torch.rand(samples, channels, dtype=torch.float64))
        print(channels, samples, x.grad.tolist(), weight.grad.tolist(), bias.grad.tolist(), y.tolist())
