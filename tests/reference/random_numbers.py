"""Fixtures of tests/random/test_random.c, from a PyTorch without MKL: MLP_RNG_NATIVE.

The option `within` says by how much a value may differ: 0 is the same bits. Only normal numbers in
float64 may, since they take log, sin and cos from the C library.

(Not called random.py, which would hide Python's own module from torch.)"""

import torch

from fixtures import DTYPES, Writer

assert not torch.backends.mkl.is_available()
out = Writer("random", __file__)

for seed in (0, 1, 2022, 2**31, 2**32 + 5, 2**64 - 1, -1, -5, -2**63):
    # random_(0, 2^32 - 1) is random() modulo 2^32 - 1, which changes one value in 2^32.
    torch.manual_seed(seed)
    words = torch.empty(20, dtype=torch.int64).random_(0, 2**32 - 1)
    out.case("random", seed=seed)
    out.tensors(words=words)

WITHIN = {"float32": 0, "float64": 1e-14}
# Seeds of normal numbers in float32 whose bits depend on which product of a polynomial is fused
# into which sum, on the last digits of a coefficient, on where log changes its exponent.
TELLING = (6, 86, 2894, 3240, 22398, 23231, 50970, 59369)

for dtype, torch_dtype in DTYPES.items():
    for seed, n, low, high in ((1, 40, 0, 1), (2022, 700, -0.3, 1.7), (3, 33, 1 / 3, 2 / 3),
                               (4, 17, -1e-3, 5e4), (5, 3, 0.7, 0.7), (6, 0, 0, 1)):
        torch.manual_seed(seed)
        uniform = torch.empty(n, dtype=torch_dtype).uniform_(low, high)
        if (low, high) == (0, 1):
            torch.manual_seed(seed)
            assert torch.equal(uniform, torch.rand(n, dtype=torch_dtype))
        out.case("uniform", dtype=dtype, seed=seed, low=float(low).hex(), high=float(high).hex())
        out.tensors(uniform=uniform, after=torch.rand(1, dtype=torch_dtype))

    for seed, n, keep in ((2022, 3, 0.25), (2022, 3, 0.75), (1, 700, 0.9), (2, 33, 0.1),
                          (3, 20, 0.0), (4, 20, 1.0), (5, 0, 0.5), (6, 64, 1 - 0.3)):
        torch.manual_seed(seed)
        mask = torch.empty(n, dtype=torch_dtype).bernoulli_(keep)
        out.case("bernoulli", dtype=dtype, seed=seed, keep=keep.hex())
        out.tensors(mask=mask.long(), after=torch.rand(1, dtype=torch_dtype))

    for seed, fan_in, fan_out, bias in ((0, 2, 3, True), (1, 1, 1, True), (2, 3, 5, False),
                                        (3, 17, 9, True), (4, 784, 1, True), (5, 0, 2, True)):
        torch.manual_seed(seed)
        linear = torch.nn.Linear(fan_in, fan_out, bias=bias, dtype=torch_dtype)
        out.case("linear", dtype=dtype, seed=seed, fan_in=fan_in)
        out.tensors(weight=linear.weight, bias=linear.bias)

    for seed, n, mean, std in ((2022, 1, 0, 1), (1, 2, 0, 1), (2, 3, 0, 1), (3, 15, 0, 1),
                               (4, 15, -0.3, 1.7), (5, 16, 0, 1), (6, 17, 0, 1), (7, 31, 0, 1),
                               (8, 32, 0.3, 0.1), (9, 100, 0, 1), (10, 700, 1e3, 5), (11, 0, 0, 1),
                               (12, 5, 0.7, 0), (13, 33, 0.7, 0), (14, 64, 1 / 3, 1e-3),
                               *((seed, 32, 0, 1) for seed in TELLING)):
        torch.manual_seed(seed)
        normal = torch.empty(n, dtype=torch_dtype).normal_(mean, std)
        if (mean, std) == (0, 1):
            torch.manual_seed(seed)
            assert torch.equal(normal, torch.randn(n, dtype=torch_dtype))
        # Of the size of the values: they reach 1e3.
        within = WITHIN[dtype] * max(1, abs(mean))
        out.case("normal", dtype=dtype, seed=seed, mean=float(mean).hex(), std=float(std).hex(),
                 within=within)
        out.tensors(normal=normal, after=torch.rand(1, dtype=torch_dtype))

    # The last one's probabilities are the very numbers they are compared with: none is below.
    for seed, keep_seed, n in ((101, 1, 1), (102, 2, 33), (103, 3, 500), (104, 104, 20)):
        torch.manual_seed(keep_seed)
        keep = torch.rand(n, dtype=torch_dtype)
        keep[::7] = 0
        keep[::11] = 1
        torch.manual_seed(seed)
        mask = torch.bernoulli(keep)
        torch.manual_seed(seed)
        assert torch.equal(mask.long(), torch.empty(n, dtype=torch.int64).bernoulli_(keep))
        out.case("bernoulli_each", dtype=dtype, seed=seed)
        out.tensors(keep=keep, mask=mask.long(), after=torch.rand(1, dtype=torch_dtype))

    for seed, fan_in, fan_out in ((1, 2, 3), (2, 1, 1), (3, 5, 3), (4, 7, 4)):
        for nonlinearity, slope in (("linear", 0), ("sigmoid", 0), ("tanh", 0), ("relu", 0),
                                    ("selu", 0), ("leaky_relu", 0.01), ("leaky_relu", -0.3)):
            weight = torch.empty(fan_out, fan_in, dtype=torch_dtype)
            gain = torch.nn.init.calculate_gain(nonlinearity, slope)
            drawn = {}
            for name, fill in (
                    ("xavier_uniform", lambda w: torch.nn.init.xavier_uniform_(w, gain)),
                    ("xavier_normal", lambda w: torch.nn.init.xavier_normal_(w, gain)),
                    ("kaiming_uniform", lambda w: torch.nn.init.kaiming_uniform_(
                        w, slope, nonlinearity=nonlinearity)),
                    ("kaiming_normal", lambda w: torch.nn.init.kaiming_normal_(
                        w, slope, mode="fan_out", nonlinearity=nonlinearity))):
                torch.manual_seed(seed)
                drawn[name] = fill(weight).clone()
            out.case("init", dtype=dtype, seed=seed, fan_in=fan_in, fan_out=fan_out,
                     nonlinearity=nonlinearity, slope=float(slope).hex(), within=WITHIN[dtype])
            out.tensors(gain=torch.tensor(gain, dtype=torch.float64), **drawn)

for seed, n, low, high in ((1, 40, 0, 10), (2, 1, 0, 1), (3, 9, -5, 5), (4, 30, 0, 2),
                           (5, 0, 0, 2), (6, 20, 0, 2**28), (7, 20, -1, 2**32 - 2),
                           (8, 20, -1, 2**32 - 1), (9, 20, 7, 2**40), (10, 20, -2**52, 2**52)):
    torch.manual_seed(seed)
    integers = torch.randint(low, high, (n,))
    if high - low < 2**24:
        torch.manual_seed(seed)
        assert torch.equal(integers, torch.randint(low, high, (n,), dtype=torch.float32).long())
    torch.manual_seed(seed)
    assert torch.equal(integers, torch.empty(n, dtype=torch.int64).random_(low, high))
    out.case("randint", dtype="float64", seed=seed, low=low, high=high)
    out.tensors(integers=integers, after=torch.rand(1, dtype=torch.float64))

for seed, n in ((1, 0), (2, 1), (3, 2), (4, 10), (5, 1000)):
    torch.manual_seed(seed)
    out.case("randperm", dtype="float64", seed=seed)
    out.tensors(order=torch.randperm(n), after=torch.rand(1, dtype=torch.float64))

# One stream: normal numbers in float32 (n) and float64 (N), uniform ones (u, U), a mask (b),
# integers (i). The second of a pair survives everything but manual_seed (s).
DRAW = {
    "n": lambda n: torch.empty(n).normal_(0.3, 1.7),
    "N": lambda n: torch.empty(n, dtype=torch.float64).normal_(0.3, 1.7),
    "u": lambda n: torch.rand(n),
    "U": lambda n: torch.rand(n, dtype=torch.float64),
    "b": lambda n: torch.empty(n).bernoulli_(0.5),
    "i": lambda n: torch.randint(0, 10, (n,)),
}
for seed, calls in ((1, "n1 n1 n2 n3"), (2, "n1 N1 N3 n1 n1"), (3, "N1 n16 N1 n17 N20 n1"),
                    (4, "n3 u3 n1 U2 b4 n3 i3 n1"), (5, "N15 n40 n1 n15 N33 N15"),
                    (6, "n1 s n1 N0 n1"), (7, "n1 n0 u1 s N3 n1")):
    torch.manual_seed(seed)
    drawn = {}
    for i, call in enumerate(calls.split()):
        kind, n = call[0], int(call[1:] or 0)
        if kind == "s":
            torch.manual_seed(seed)
        else:
            drawn[str(i)] = DRAW[kind](n)
    out.case("stream", seed=seed, calls="".join(call[0] for call in calls.split()), within=1e-14)
    out.tensors(**drawn)
