# Tensors of ranges and of deques, alone and in lists.
from collections import deque

import torch

print(torch.tensor(range(3)), torch.tensor([range(2), range(1, 3)]), torch.as_tensor(range(2)))
print(torch.tensor(range(4), dtype=torch.float32), torch.tensor((range(2),)), torch.tensor(range(0)))
returns = deque()
for r in (1.0, 0.5, 0.25):
    returns.appendleft(r)
print(torch.tensor(returns), torch.tensor([returns, returns]), torch.as_tensor(deque([1, 2])))
w = torch.tensor(deque([1.0, 2.0]), requires_grad=True)
(w * torch.tensor(range(2))).sum().backward()
print(w.grad)
try:
    torch.tensor([range(2), [1]])
except ValueError as e:
    print(e)
