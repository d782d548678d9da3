"""What every fixture generator shares: the text format of tests/support/fixture.h."""

import os

import torch

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures")
DTYPES = {"float32": torch.float32, "float64": torch.float64}


class Writer:
    """Writes tests/fixtures/NAME.txt."""

    def __init__(self, name, generator):
        self.file = open(os.path.join(FIXTURES, name + ".txt"), "w")
        self.file.write(f"# Written by tests/reference/{os.path.basename(generator)}"
                        f" with PyTorch {torch.__version__}.\n")

    def case(self, name, **options):
        words = [f"{key}={value}" for key, value in options.items()]
        self.file.write(" ".join(["case", name] + words) + "\n")

    def tensor(self, name, tensor):
        tensor = tensor.detach()
        shape = "x".join(str(n) for n in tensor.shape) or "scalar"
        values = tensor.flatten().tolist()
        words = [v.hex() if isinstance(v, float) else str(int(v)) for v in values]
        self.file.write(" ".join(["tensor", name, shape] + words) + "\n")

    def tensors(self, **tensors):
        for name, tensor in tensors.items():
            if tensor is not None:
                self.tensor(name, tensor)
