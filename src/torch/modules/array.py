# torch in torch: _array_operator _array_sum _array_mean _array_var _array_extreme _array_position _array_truths _array_round _array_astype _array_clip _array_scalar
import torch

# What numpy computes of its arrays, of tensors that hold their numbers: its types and its orders.
_ORDER = [torch.bool, torch.int64, torch.float32, torch.float64]
_KINDS = {torch.bool: 0, torch.int64: 1, torch.float32: 2, torch.float64: 2}
_OF_PYTHON = {bool: torch.bool, int: torch.int64, float: torch.float64}
_INSTEAD = ': compute with the tensor, or with item() or tolist() of it'


def _check_dtype(x):
    if x.dtype not in _ORDER:
        refuse('arrays of numpy compute in float32, float64, int64 and bool here' + _INSTEAD)


# --- operators ---

def _promoted(a, b):
    if {a, b} == {torch.int64, torch.float32}:
        return torch.float64
    return max(a, b, key=_ORDER.index)


# A number takes the type of the array beside it, unless it is of another kind.
def _beside(array, number):
    if _KINDS[number] <= _KINDS[array]:
        return array
    return _promoted(array, number if number != torch.float32 else torch.float64)


# Each operand is a Tensor, an array or a number of numpy, or else a number of Python. Before
# numpy 2, with which PyTorch runs here since 2.6, a number beside an array has no say, and one beside
# a number of Python has it.
def _common(a, b, is_number_a, is_number_b):
    is_python_a, is_python_b = not isinstance(a, torch.Tensor), not isinstance(b, torch.Tensor)
    type_a = _OF_PYTHON[type(a)] if is_python_a else a.dtype
    type_b = _OF_PYTHON[type(b)] if is_python_b else b.dtype
    if torch.__version__ < (2, 6):
        is_weak_a = (is_python_a or is_number_a) and not (is_python_b or is_number_b)
        is_weak_b = (is_python_b or is_number_b) and not (is_python_a or is_number_a)
    else:
        is_weak_a, is_weak_b = is_python_a, is_python_b
    if is_weak_a or is_weak_b:
        return _beside(type_b, type_a) if is_weak_a else _beside(type_a, type_b)
    return _promoted(type_a, type_b)


def _as(x, dtype):
    if isinstance(x, torch.Tensor):
        return x.to(dtype)
    if dtype == torch.float32 and abs(x) > 3.4e38 and abs(x) != float('inf'):
        refuse('this number is too large for an array of float32' + _INSTEAD)
    if dtype == torch.int64 and not -2**63 <= x < 2**63:
        refuse('this number is too large for an array of int64' + _INSTEAD)
    return torch.tensor(x, dtype=dtype)


def _floor_or_rest(op, a, b, dtype):
    if dtype == torch.bool or (dtype == torch.int64 and (b == 0).any()):
        refuse(f"'{op}' of bools, or by 0, is not supported with arrays of numpy" + _INSTEAD)
    if op == '//':
        return a // b
    rest = a % b
    if not dtype.is_floating_point:
        return rest
    return torch.where(rest == 0, torch.zeros_like(b).copysign(b), rest)


# numpy has products for some exponents, and the C library's powers for the others.
def _power(a, b, dtype):
    if isinstance(b, torch.Tensor) or b not in (2, 1, 0.5, -1) or isinstance(b, bool):
        refuse('** with an array of numpy is supported for the exponents 2, 1, 0.5 and -1'
               + _INSTEAD)
    a = _as(a, dtype)
    if not dtype.is_floating_point and (b not in (2, 1) or dtype == torch.bool):
        refuse('** of an array of numpy that holds no floats is supported for 2 and 1' + _INSTEAD)
    return a * a if b == 2 else a * 1 if b == 1 else a.sqrt() if b == 0.5 else 1 / a


def _compared(op, a, b):
    return {'<': torch.lt, '<=': torch.le, '>': torch.gt, '>=': torch.ge, '==': torch.eq,
            '!=': torch.ne}[op](a, b)


def _array_operator(op, a, b, is_number_a, is_number_b):
    for x in (a, b):
        if isinstance(x, torch.Tensor):
            _check_dtype(x)
    dtype = _common(a, b, is_number_a, is_number_b)
    if op == '**':
        return _power(a, b, dtype)
    if op == '/' and not dtype.is_floating_point:
        dtype = torch.float64
    a, b = _as(a, dtype), _as(b, dtype)
    if op in ('<', '<=', '>', '>=', '==', '!='):
        return _compared(op, a, b)
    if op in ('&', '|', '^') and not dtype.is_floating_point:
        return a & b if op == '&' else a | b if op == '|' else a ^ b
    if op in ('//', '%'):
        return _floor_or_rest(op, a, b, dtype)
    if op == '+':
        return a | b if dtype == torch.bool else a + b
    if op == '*':
        return a & b if dtype == torch.bool else a * b
    if op == '/' or (op == '-' and dtype != torch.bool):
        return a / b if op == '/' else a - b
    refuse(f"'{op}' with an array of numpy of this type is not supported" + _INSTEAD)


# --- sums ---

# The rows of x: fewer than 8 numbers in order, up to 128 in eight sums, more as two halves.
def _pairwise(x):
    n = x.shape[1]
    if n > 128:
        half = n // 2 - n // 2 % 8
        return _pairwise(x[:, :half]) + _pairwise(x[:, half:])
    if n < 8:
        total, rest = torch.zeros(x.shape[0], dtype=x.dtype), 0
    else:
        rest = n - n % 8
        r = x[:, :8]
        for i in range(8, rest, 8):
            r = r + x[:, i:i + 8]
        r = r[:, 0::2] + r[:, 1::2]
        r = r[:, 0::2] + r[:, 1::2]
        total = r[:, 0] + r[:, 1]
    for i in range(rest, n):
        total = total + x[:, i]
    return total


def _axis(x, axis, name):
    if axis is None:
        return None
    if not isinstance(axis, int) or isinstance(axis, bool):
        refuse(f'axis of {name}() is one whole number here' + _INSTEAD)
    if not -x.dim() <= axis < x.dim():
        raise ValueError(f'axis {axis} is out of bounds for array of dimension {x.dim()}')
    return axis % x.dim()


def _kept(total, x, axis, keepdims):
    if not keepdims:
        return total
    return total.reshape([1] * x.dim()) if axis is None else total.unsqueeze(axis)


# Added up in the order in which the numbers lie in memory.
def _sum(x, axis, keepdims, name):
    _check_dtype(x)
    axis = _axis(x, axis, name)
    if not x.dtype.is_floating_point:
        x = x.to(torch.int64)
        return _kept(x.sum() if axis is None else x.sum(axis), x, axis, keepdims)
    if not x.is_contiguous() and x.dim() > 1:
        if x.dim() != 2 or not x.t().is_contiguous():
            refuse(f'{name}() of a part of an array is not supported: write .copy() before it')
        total = _sum(x.t(), None if axis is None else 1 - axis, False, name)
        return _kept(total, x, axis, keepdims)
    if axis is None or x.dim() == 1:
        return _kept(_pairwise(x.reshape(1, -1))[0], x, axis, keepdims)
    if x.dim() != 2:
        refuse(f'{name}() along an axis is supported of one and two dimensions' + _INSTEAD)
    if axis == 1 or x.shape[1] == 1:
        return _kept(_pairwise(x if axis == 1 else x.t()), x, axis, keepdims)
    total = torch.zeros(x.shape[1], dtype=x.dtype)
    for row in x:
        total = total + row
    return _kept(total, x, axis, keepdims)


def _array_sum(x, axis, keepdims):
    return _sum(x, axis, keepdims, 'sum')


def _count(x, axis):
    return x.numel() if axis is None else x.shape[axis]


# Of what has none numpy makes nan, and warns.
def _check_count(x, name):
    if x.numel() == 0:
        refuse(f'{name}() of an empty array is not supported: test its size before')
    return x if x.dtype.is_floating_point else x.to(torch.float64)


def _array_mean(x, axis, keepdims):
    _check_dtype(x)
    x = _check_count(x, 'mean')
    total = _sum(x, axis, keepdims, 'mean')
    return total / torch.tensor(_count(x, axis), dtype=x.dtype)


def _array_var(x, axis, ddof, keepdims, is_root):
    name = 'std' if is_root else 'var'
    _check_dtype(x)
    x = _check_count(x, name)
    count = _count(x, _axis(x, axis, name))
    if not isinstance(ddof, int) or ddof >= count:
        refuse(f'ddof of {name}() is a whole number below the count, which is {count}')
    mean = _sum(x, axis, True, name) / torch.tensor(count, dtype=x.dtype)
    off = x - mean
    var = _sum(off * off, axis, keepdims, name) / torch.tensor(count - ddof, dtype=x.dtype)
    return var.sqrt() if is_root else var


# --- the rest ---

def _array_extreme(x, axis, keepdims, is_max):
    _check_dtype(x)
    name = 'max' if is_max else 'min'
    if x.numel() == 0:
        raise ValueError(f'zero-size array to reduction operation {name}imum which has no identity')
    axis = _axis(x, axis, name)
    y = x.to(torch.int64) if x.dtype == torch.bool else x
    if axis is None:
        found = y.max() if is_max else y.min()
    else:
        found = y.amax(axis) if is_max else y.amin(axis)
    return _kept(found.to(x.dtype), x, axis, keepdims)


# The first one.
def _array_position(x, axis, is_max):
    _check_dtype(x)
    name = 'max' if is_max else 'min'
    if x.numel() == 0:
        raise ValueError(f'attempt to get arg{name} of an empty sequence')
    axis = _axis(x, axis, 'arg' + name)
    x = x.reshape(-1) if axis is None else x
    axis = axis or 0
    if x.dim() == 0:
        return torch.tensor(0)
    found = x == _array_extreme(x, axis, True, is_max)
    if x.dtype.is_floating_point:
        found = torch.where(x.isnan().any(axis, keepdim=True), x.isnan(), found)
    shape = [-1 if i == axis else 1 for i in range(x.dim())]
    places = torch.arange(x.shape[axis]).reshape(shape).expand(x.shape)
    return torch.where(found, places, torch.full_like(places, x.shape[axis])).amin(axis)


def _array_truths(x, axis, keepdims, is_all):
    axis = _axis(x, axis, 'all' if is_all else 'any')
    x = x != 0
    if axis is None:
        found = x.all() if is_all else x.any()
    else:
        found = x.all(axis) if is_all else x.any(axis)
    return _kept(found, x, axis, keepdims)


def _array_round(x, decimals):
    _check_dtype(x)
    if not isinstance(decimals, int) or not -10 <= decimals <= 10 or x.dtype == torch.bool:
        refuse('round() of an array takes decimals from -10 to 10, of numbers' + _INSTEAD)
    if x.dtype == torch.int64:
        if decimals < 0:
            refuse('round() of whole numbers takes no negative decimals here' + _INSTEAD)
        return x.clone()
    if decimals == 0:
        return x.round()
    by = torch.tensor(10.0 ** abs(decimals), dtype=x.dtype)
    return (x * by).round() / by if decimals > 0 else (x / by).round() * by


def _array_astype(x, dtype):
    _check_dtype(x)
    named = {int: torch.int64, float: torch.float64, bool: torch.bool, 'int': torch.int64,
             'int64': torch.int64, 'float': torch.float64, 'float64': torch.float64,
             'float32': torch.float32, 'bool': torch.bool}
    if dtype not in named:
        refuse('astype() is supported for float, int, bool, float32, float64 and int64' + _INSTEAD)
    to = named[dtype]
    if to == torch.int64 and x.dtype.is_floating_point and not (x.abs() < 9e18).all():
        refuse('astype() of numbers that are too large for int64 is not supported' + _INSTEAD)
    return x.to(to).clone()


def _array_scalar(name, x):
    if isinstance(x, torch.Tensor) and x.dim() == 0:
        x = x.item()
    if type(x) not in _OF_PYTHON:
        refuse(f'{name}() of numpy takes one number here: write torch.tensor()')
    return torch.tensor(x, dtype={'float32': torch.float32, 'float64': torch.float64,
                                  'int64': torch.int64, 'bool_': torch.bool}[name])


def _array_clip(x, least, most):
    _check_dtype(x)
    if least is None and most is None:
        raise ValueError('One of max or min must be given')
    for bound in (least, most):
        x = x if bound is None else x.to(_common(x, bound, x.dim() == 0, False))
    if least is not None:
        x = torch.where(x < _as(least, x.dtype), _as(least, x.dtype), x)
    if most is not None:
        x = torch.where(x > _as(most, x.dtype), _as(most, x.dtype), x)
    return x
