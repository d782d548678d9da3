import torch

a = torch.tensor([[0.5, -0.3, 0.9], [0.1, 0.7, -0.6]])
b = torch.tensor([[0.25, 0.4, -0.9], [0.1, 1.7, 0.6]])
i = torch.tensor([[5, 3, 12], [7, 9, 1]])
j = torch.tensor([[2, 3, 4], [1, 2, 3]])
m = torch.tensor([True, False, True])
for name in ("eq_", "ne_", "lt_", "le_", "gt_", "ge_", "greater_", "greater_equal_", "less_",
             "less_equal_", "not_equal_", "xlogy_"):
    y = a.clone()
    z = getattr(y, name)(b)
    print(name, z, y is z, y._version, getattr(a.clone(), name)(0.5))
print(i.clone().eq_(j), i.clone().lt_(j), m.clone().eq_(m), m.clone().ne_(m))
print(a.clone().arctan2_(b), a.clone().heaviside_(b), a.clone().ldexp_(j), a.clone().sgn_())
print(a.double().float_power_(2), i.clone().bitwise_left_shift_(j), i.clone().bitwise_right_shift_(j))
print(a.clone().apply_(lambda v: v * 2 + 1), a.clone().map_(b, lambda v, w: v * w), i.clone().apply_(lambda v: v % 3))
print(a.clone().share_memory_(), a.clone().conj_physical_())
for wrong in (lambda: a.clone().arctan2_(2), lambda: a.clone().heaviside_(2), lambda: a.float_power_(2),
              lambda: a.clone().requires_grad_().apply_(abs), lambda: a.clone().requires_grad_().eq_(b)):
    try:
        wrong()
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)
