import math

import torch

print(math.sqrt(2), math.exp(1), math.log(2), math.pi, math.e)
print(math.sqrt(16), math.tanh(0.5), math.inf, -math.inf)
b = 1 / math.sqrt(3)
print(torch.tensor(b), torch.full((2,), math.pi))
print("expected loss at the start: %.4f" % math.log(10))
