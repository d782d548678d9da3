# Annotations of a def are evaluated, and mean nothing else
import torch
from torch import nn


def scaled(x: torch.Tensor, by: float = 2.0, sizes: list[int] = None, how: "later" = 1) -> torch.Tensor:
    return x * by


class Net(nn.Module):
    def __init__(self, n: int, act: nn.Module = nn.ReLU()) -> None:
        super().__init__()
        self.act = act

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, int]:
        return self.act(x), 1


print(scaled(torch.ones(2)), Net(3)(torch.tensor([-1.0, 1.0])))


def counted() -> None:
    global count
    count = count + 1


count = 0
counted()
counted()
print(count)
