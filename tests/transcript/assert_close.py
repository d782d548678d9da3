"""torch.testing.assert_close, and what it says."""
import torch
from torch.testing import assert_close

x = torch.tensor([[1.5, -2.25, 0.5], [0.25, 4.0, -1.25]])
nan = torch.tensor([float("nan"), 1.0])

assert_close(x, x + 1e-6)
assert_close(x, x + 0.5, rtol=0, atol=1)
assert_close([x, 1.0], [x, 1.0 + 1e-9])
assert_close(nan, nan, equal_nan=True)
assert_close(torch.tensor([1, 2]), torch.tensor([1.0, 2.0]), check_dtype=False)
torch.testing.assert_close(torch.nn.Parameter(x), x)
for wrong in (lambda: assert_close(x, x + 1), lambda: assert_close(x, x * 1.5, rtol=0.25, atol=0),
              lambda: assert_close(x, x + torch.tensor([0.0, 1.0, -2.0]), rtol=0, atol=0),
              lambda: assert_close(nan, nan), lambda: assert_close(x > 0, x < 1),
              lambda: assert_close(torch.tensor([1, 2]), torch.tensor([1, 3])),
              lambda: assert_close(torch.tensor([1, 2]), torch.tensor([1.0, 3])),
              lambda: assert_close(torch.tensor([1, 2]), torch.tensor([1, 2, 3])),
              lambda: assert_close([x, x], [x, x + 1]), lambda: assert_close([x], [x, x]),
              lambda: assert_close(1.0, 2), lambda: assert_close(True, False),
              lambda: assert_close(x, x + 1, msg="not so"), lambda: assert_close(x, x, rtol=1)):
    try:
        wrong()
    except (AssertionError, ValueError) as error:
        print(type(error).__name__, error)
