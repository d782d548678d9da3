"""Fixtures of tests/random/test_random.c, from a PyTorch without MKL: MLP_RNG_NATIVE.

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
