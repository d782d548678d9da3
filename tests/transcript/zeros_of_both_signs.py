import torch

# The larger of +0 and -0 is the second in whole vectors and the first behind them: a vector has
# half as many elements in float64.
for dtype in (torch.float32, torch.float64):
    for n in (7, 8, 9, 15, 16, 17, 25):
        a, b = torch.zeros(n, dtype=dtype), -torch.zeros(n, dtype=dtype)
        print(torch.maximum(a, b), torch.maximum(b, a), torch.minimum(a, b), torch.minimum(b, a))
