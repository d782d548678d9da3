import torch
import torch.nn.functional as F

# Which type the result of two has.
kinds = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float32, torch.float64]
for a in kinds:
    print(a, [str(torch.promote_types(a, b))[6:] for b in kinds], [torch.can_cast(a, b) for b in kinds])
    for scalar in (torch.tensor(1, dtype=torch.int64), torch.tensor(1.5), torch.tensor(1.5, dtype=torch.float64)):
        print(torch.result_type(torch.ones(2, dtype=a), scalar), (torch.ones(2, dtype=a) * scalar).dtype)
    print(torch.result_type(torch.ones(2, dtype=a), 1.5), torch.result_type(1, torch.ones((), dtype=a)), a.is_signed, a.is_floating_point)
print(torch.result_type(1, 2.0), torch.result_type(2.0, 1), torch.result_type(1, 1), torch.result_type(True, 1), torch.get_default_dtype())

# Tensors that are put together.
l, f = torch.tensor([1, 2, 3]), torch.tensor([0.5, 1.5, 2.5])
print(torch.cat([l, l.int()]), torch.cat([f, l]), torch.cat([l.byte(), l.char()]), torch.cat([l > 1, l]), torch.cat([f, f.double()]))
print(torch.stack([l, f]), torch.stack([torch.tensor(1), torch.tensor(2.5)]), torch.hstack([l, f]), torch.vstack([l, l.double()]))
print(torch.column_stack([f, l]), torch.cat([torch.tensor([]), l]), torch.cat([torch.zeros(0, dtype=torch.int32), l.byte()]))
w = torch.ones(3, requires_grad=True)
y = torch.cat([w * 2, l])
(y * y).sum().backward()
print(y, w.grad)

# Numbers in front.
print(torch.mul(2, l), torch.mul(2, f), torch.mul(2.5, l), torch.add(1, l), torch.sub(1, f), torch.div(1, l), torch.pow(2, l), torch.pow(2.0, l))
print(torch.mul(2, 3), torch.add(1, 2.5), torch.sub(1, 2), torch.div(1, 2), torch.multiply(2, l), torch.subtract(2, l), torch.divide(2, l))
print(torch.true_divide(1, l), torch.floor_divide(7, l), torch.remainder(7, l), torch.div(7, l, rounding_mode="floor"), torch.add(2, l, alpha=2))
print(torch.bitwise_and(3, l), torch.bitwise_or(1, l), torch.bitwise_xor(1, l), torch.bitwise_left_shift(1, l), torch.bitwise_right_shift(8, l))
print(torch.mul(2, w), torch.add(2, w), torch.sub(2, w), torch.div(2, w), torch.pow(2, w), 2**w, torch.mul(2, l.int()), torch.mul(300, l.byte()))
w.grad = None
(torch.div(2, w) + torch.pow(2, w) - torch.sub(3, w)).sum().backward()
print(w.grad, torch.mul(input=2, other=l), torch.add(input=l, other=2))
for wrong in (lambda: torch.mul("a", l), lambda: torch.add(None, l), lambda: torch.sub(True, l), lambda: torch.maximum(2, l), lambda: torch.add(l, 1, alpha=1.5)):
    try:
        print(wrong())
    except (TypeError, RuntimeError) as e:
        print(type(e).__name__, e)
print(l.add(1, alpha=3), l.sub(l, alpha=2), torch.add(l.int(), l, alpha=2), l.clone().add_(l, alpha=3), l.byte().sub(l.byte(), alpha=2))
print(torch.add(l, l.byte(), alpha=-1), torch.sub(l.short(), l.byte() * 50, alpha=100))

# Indices of int32, where PyTorch takes them.
table = torch.arange(6.0).reshape(3, 2)
i = torch.tensor([2, 0], dtype=torch.int32)
print(F.embedding(i, table), table.index_select(0, i), torch.zeros(3).index_add(0, i, torch.ones(2)), l.repeat_interleave(torch.tensor([0, 1, 2]).int()))
try:
    F.embedding(i.byte(), table)
except RuntimeError as e:
    print(e)

# numpy's types.
print(l.numpy().dtype, repr(l.int().numpy().dtype), f.numpy().dtype, (l > 1).numpy().dtype, l.byte().numpy().dtype.name, f.numpy().dtype == "float32")
print(l.numpy().dtype == l.clone().numpy().dtype, l.numpy().dtype != f.numpy().dtype, f.double().numpy().dtype.itemsize)
