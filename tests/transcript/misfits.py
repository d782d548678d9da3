# What PyTorch says of arguments that do not fit, where a script catches it.
import torch
import torch.nn as nn
import torch.nn.functional as F

a = torch.ones(2, 3)
w = torch.ones(3, 3, requires_grad=True)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 2)

    def forward(self, x):
        return torch.relu(self.fc(x))


net = Net()
layer = nn.Linear(3, 2)
wrong = {
    "list to a model": lambda: net([1.0, 2.0, 3.0]),
    "list to a layer": lambda: layer([1.0, 2.0, 3.0]),
    "None to a layer": lambda: layer(None),
    "by name": lambda: layer(input=[1.0]),
    "array to a layer": lambda: layer(a.numpy()),
    "layer to a layer": lambda: layer(layer),
    "tuple to a layer": lambda: nn.ReLU()((1.0, 2.0)),
    "F.linear": lambda: F.linear(a, [[1.0]]),
    "F.relu": lambda: F.relu("a"),
    "torch.exp": lambda: torch.exp(2),
    "torch.sum": lambda: torch.sum([1, 2]),
    "torch.mean": lambda: torch.mean([1.0]),
    "torch.matmul": lambda: torch.matmul(a, 2),
    "Tensor.matmul": lambda: a.matmul([1.0]),
    "torch.maximum": lambda: torch.maximum(a, 1.0),
    "torch.equal": lambda: torch.equal(a, 1),
    "mse_loss": lambda: F.mse_loss(a, [1.0]),
    "MSELoss": lambda: nn.MSELoss()([1.0], a),
    "CrossEntropyLoss": lambda: nn.CrossEntropyLoss()(a, [0, 1]),
    "NLLLoss": lambda: nn.NLLLoss()(a, [0, 1]),
    "Parameter": lambda: nn.Parameter(1.0),
    "no arguments": lambda: nn.Linear(),
    "one argument": lambda: nn.Linear(3),
    "too many": lambda: nn.Linear(1, 2, True, None, None, 7),
    "unknown": lambda: nn.Linear(3, 2, biass=True),
    "twice": lambda: nn.Linear(3, 2, in_features=3),
    "no options": lambda: nn.Sigmoid(1),
    "of ReLU": lambda: nn.ReLU(foo=1),
    "no input": lambda: layer(),
    "two inputs": lambda: layer(a, a),
    "unknown input": lambda: layer(a, y=1),
    "no target": lambda: nn.MSELoss()(a),
    "BatchNorm1d": lambda: nn.BatchNorm1d(3)(a, a),
    "Dropout": lambda: nn.Dropout(p=0.5, q=1),
}
for name, call in wrong.items():
    try:
        print(name, "gives", call())
    except Exception as e:
        print(f"{name}: {type(e).__name__}: {e}")
