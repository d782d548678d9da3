import torch

# The limits are cut to an integer dtype before they are counted.
print(torch.arange(3.7, dtype=torch.int64), torch.arange(0, 4, 1.5, dtype=torch.int64))
print(torch.arange(-2.5, 2.7, dtype=torch.int64), torch.arange(2.7, -1.2, -1.9, dtype=torch.int64))
print(torch.arange(True, 3), torch.arange(False, 2.0), torch.arange(2.7), torch.arange(0, 3.5))
print(torch.arange(3.5, dtype=torch.float64), torch.arange(0, 1, 0.3, dtype=torch.float32))
print(torch.arange(9223372036854775805, 9223372036854775807), torch.arange(-2, -2), torch.arange(2.5, 2.5))
print(torch.arange(1e19, 2e19, 2.5e18), torch.arange(1e300, 1e300, dtype=torch.float32))
# Where int64 overflows, PyTorch counts none.
print(torch.arange(0, 2**62, 9000000000000000000), torch.arange(0, 2**61, 2**62))
