"""What every fixture generator shares: the text format of tests/support/fixture.h."""

import os

import torch

FIXTURES = os.environ.get("FIXTURES") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "fixtures")
SKIPPED = 77  # the status that ctest takes for skipped
DTYPES = {"float32": torch.float32, "float64": torch.float64}
# What a kernel meets only on a bad day, and exp at both ends of its float32 range.
SPECIAL = [0.0, -0.0, float("inf"), -float("inf"), float("nan"), 88.7, 88.8, -88.8, -103.9, -104.1]


def need_openblas():
    """Stops where matrix products come from a BLAS whose inner loop is not a chain of fused
    multiply-adds: the reference BLAS rounds every product."""
    torch.ones(2, 2) @ torch.ones(2, 2)
    with open("/proc/self/maps") as maps:
        if "openblas" not in maps.read():
            print("skipped: PyTorch is not using OpenBLAS here; see tests/reference/README.md")
            raise SystemExit(SKIPPED)


class Writer:
    """Writes tests/fixtures/NAME.txt."""

    def __init__(self, name, generator):
        self.file = open(os.path.join(FIXTURES, name + ".txt"), "w", buffering=1)
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


def elementwise(name, generator, function):
    """Cases of a function of one element; an array's end may go another way than its middle."""
    torch.manual_seed(1)
    out = Writer(name, generator)
    for dtype, torch_dtype in DTYPES.items():
        inputs = [3 * torch.randn(n, dtype=torch_dtype)
                  for n in (0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 15, 15, 15, 15, 15, 256)]
        special = torch.tensor(SPECIAL + [1e-45, -1e-40, 1e-7, 8.66, -9.0], dtype=torch_dtype)
        inputs += [special, special.repeat(2)]
        for x in inputs:
            x.requires_grad_()
            y = function(x)
            dy = torch.randn(x.shape, dtype=torch_dtype)
            y.backward(dy)
            out.case(name, dtype=dtype)
            out.tensors(x=x, y=y, dy=dy, dx=x.grad)
        x = torch.tensor([-1.0, 1.0] * len(SPECIAL), dtype=torch_dtype, requires_grad=True)
        y = function(x)
        dy = torch.tensor(SPECIAL * 2, dtype=torch_dtype)
        y.backward(dy)
        out.case(name, dtype=dtype)
        out.tensors(x=x, y=y, dy=dy, dx=x.grad)


def classes(name, generator, function):
    """Cases of a function along dim: of (outer, classes) it is the last, of
    (outer, classes, inner) it is not, even where inner is 1."""
    torch.manual_seed(1)
    out = Writer(name, generator)

    def case(dtype, x):
        x.requires_grad_()
        y = function(x, dim=1)
        dy = torch.randn(x.shape, dtype=x.dtype)
        y.backward(dy)
        tensors = dict(x=x, y=y, dy=dy, dx=x.grad)
        if x.dim() == 2:
            tensors = {key: t.unsqueeze(2) for key, t in tensors.items()}
        out.case(name, dtype=dtype, last_dim=int(x.dim() == 2))
        out.tensors(**tensors)

    shapes = [(2, 0)] + [(2, n) for n in (1, 2, 3, 7, 8, 9, 16, 17)] + [(1, 33), (1, 100)]
    shapes += [(1, 3, n) for n in (1, 2, 7, 8, 9, 17)] + [(2, n, 9) for n in (1, 2)] + [(1, 17, 3)]
    shapes += [(5, n, 1) for n in (9, 17)]
    for dtype, torch_dtype in DTYPES.items():
        for shape in shapes:
            case(dtype, 2 * torch.randn(shape, dtype=torch_dtype))
        for shape in ((2, 3), (1, 9), (1, 2, 10)):
            ordinary = torch.randn(shape, dtype=torch_dtype)
            for value in SPECIAL + [1000.0]:
                x = ordinary.clone()
                x.view(-1)[::4] = value
                case(dtype, x)
            case(dtype, torch.full(shape, -float("inf"), dtype=torch_dtype))
            case(dtype, torch.zeros(shape, dtype=torch_dtype))


def record_steps(optimizer, param, before, record):
    """Three steps, after as many as there were before: what record(tensors, step) notes of each, and
    the gradients, as tensors."""
    for _ in range(before):
        param.grad = torch.randn(param.shape, dtype=param.dtype)
        optimizer.step()
    tensors = {}
    record(tensors, 0)
    for step in (1, 2, 3):
        param.grad = torch.randn(param.shape, dtype=param.dtype)
        if step == 2:
            param.grad[::3] = 0
        optimizer.step()
        tensors[f"grad{step}"] = param.grad
        record(tensors, step)
    return tensors
