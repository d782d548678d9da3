# What PyTorch says of types and shapes that a function does not take, where a script catches it.
import torch
import torch.nn as nn
import torch.nn.functional as F

a = torch.ones(2, 3) / 2
d = a.double()
i = torch.ones(2, 3, dtype=torch.long)
three = torch.ones(3)


class Wrong(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, grad):
        return grad, grad


wrong = {
    "cross_entropy of a class for each number": lambda: F.cross_entropy(a, i),
    "cross_entropy of columns": lambda: F.cross_entropy(a, i[:, :1]),
    "cross_entropy of another batch": lambda: F.cross_entropy(a, i[:1]),
    "CrossEntropyLoss of a class for each number": lambda: nn.CrossEntropyLoss()(a, i),
    "nll_loss of a class for each number": lambda: F.nll_loss(a, i),
    "binary_cross_entropy of integers": lambda: F.binary_cross_entropy(a, i),
    "binary_cross_entropy of bools": lambda: F.binary_cross_entropy(a, i == 1),
    "binary_cross_entropy of doubles": lambda: F.binary_cross_entropy(a, d),
    "BCELoss of doubles": lambda: nn.BCELoss()(d, a),
    "BCELoss by integers": lambda: nn.BCELoss()(i, a),
    "with logits": lambda: F.binary_cross_entropy_with_logits(a, i),
    "softmax of integers": lambda: i.softmax(0),
    "softmax of integers, last": lambda: F.softmax(i, -1),
    "log_softmax of integers": lambda: F.log_softmax(i, 0),
    "log_softmax of integers, last": lambda: i.log_softmax(1),
    "celu": lambda: F.celu(a, 0),
    "CELU": lambda: nn.CELU(0.0)(a),
    "gelu": lambda: F.gelu(a, approximate="x"),
    "det": lambda: torch.det(a),
    "det of a vector": lambda: torch.linalg.det(three),
    "inverse": lambda: torch.inverse(a),
    "inv of a vector": lambda: torch.linalg.inv(three),
    "solve": lambda: torch.linalg.solve(a, a),
    "cholesky": lambda: torch.linalg.cholesky(a),
    "einsum of one": lambda: torch.einsum("ij,kj->ij", a),
    "einsum of three": lambda: torch.einsum("ij,kj->ij", a, a, a),
    "a list of modules": lambda: nn.ModuleList([nn.ReLU()])(a),
    "a dict of numbers": lambda: nn.ModuleDict({"a": 1}),
    "add_module": lambda: nn.Linear(3, 2).add_module("x", 1),
    "backward": lambda: Wrong.apply(torch.ones(2, requires_grad=True)).sum().backward(),
}
for name, call in wrong.items():
    try:
        print(name, "gives", call())
    except Exception as e:
        print(f"{name}: {type(e).__name__}: {e}")
