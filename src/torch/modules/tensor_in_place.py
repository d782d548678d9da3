# torch in Tensor: eq_ ne_ lt_ le_ gt_ ge_ greater_ greater_equal_ less_ less_equal_ not_equal_ xlogy_ arctan2_ heaviside_ ldexp_ float_power_ bitwise_left_shift_ bitwise_right_shift_ sgn_ apply_ map_ share_memory_ conj_physical_
import torch


# What PyTorch computes in place, and here beside the tensor first. It has no history: a leaf that
# requires grad is refused by copy_ as by PyTorch.
def _put(self, result, name):
    if self.requires_grad and not self.is_leaf and torch.is_grad_enabled():
        refuse(f'{name}() of a tensor with a history is not supported: write what has no _ at its '
               'end')
    if self.requires_grad and torch.is_grad_enabled():
        return self.copy_(self.detach())
    return self.copy_(result)


def _beside(other):
    return other.detach() if isinstance(other, torch.Tensor) else other


def _checked(other, name, argument):
    if not isinstance(other, torch.Tensor):
        raise TypeError(f"{name}(): argument '{argument}' (position 1) must be Tensor, not "
                        + type(other).__name__)


def eq_(self, other):
    x, y = self.detach(), _beside(other)
    return _put(self, torch.eq(x, y), 'eq_')


def ne_(self, other):
    x, y = self.detach(), _beside(other)
    return _put(self, torch.ne(x, y), 'ne_')


def lt_(self, other):
    x, y = self.detach(), _beside(other)
    return _put(self, torch.lt(x, y), 'lt_')


def le_(self, other):
    x, y = self.detach(), _beside(other)
    return _put(self, torch.le(x, y), 'le_')


def gt_(self, other):
    x, y = self.detach(), _beside(other)
    return _put(self, torch.gt(x, y), 'gt_')


def ge_(self, other):
    x, y = self.detach(), _beside(other)
    return _put(self, torch.ge(x, y), 'ge_')


greater_, greater_equal_, less_, less_equal_, not_equal_ = gt_, ge_, lt_, le_, ne_


def xlogy_(self, other):
    if not isinstance(other, torch.Tensor):
        other = torch.tensor(other, dtype=self.dtype)
    x, y = self.detach(), _beside(other)
    return _put(self, torch.xlogy(x, y), 'xlogy_')


def arctan2_(self, other):
    _checked(other, 'arctan2_', 'other')
    return self.atan2_(other)


def heaviside_(self, values):
    _checked(values, 'heaviside_', 'values')
    return _put(self, torch.heaviside(self.detach(), values.detach()), 'heaviside_')


def ldexp_(self, other):
    return self.mul_(torch.pow(2.0, other))


def float_power_(self, exponent):
    if self.dtype != torch.float64:
        kinds = {torch.float32: 'Float', torch.int64: 'Long', torch.bool: 'Bool'}
        if self.dtype not in kinds:
            refuse('float_power_() takes a tensor of float64')
        raise RuntimeError(f'the base given to float_power_ has dtype {kinds[self.dtype]} but the '
                           "operation's result requires dtype Double")
    x, y = self.detach(), _beside(exponent)
    return _put(self, torch.float_power(x, y), 'float_power_')


def bitwise_left_shift_(self, other):
    return _put(self, torch.bitwise_left_shift(self, other), 'bitwise_left_shift_')


def bitwise_right_shift_(self, other):
    return _put(self, torch.bitwise_right_shift(self, other), 'bitwise_right_shift_')


def sgn_(self):
    return self.sign_()


def _of_each(self, numbers):
    return torch.tensor(numbers, dtype=self.dtype).reshape(self.shape)


def apply_(self, callable):
    if self.requires_grad:
        raise RuntimeError("Can't call apply_() on Variable that requires grad. Use "
                           'var.detach().apply_() instead.')
    return self.copy_(_of_each(self, [callable(v) for v in self.flatten().tolist()]))


def map_(self, tensor, callable):
    if self.requires_grad:
        raise RuntimeError("Can't call map_() on Variable that requires grad. Use "
                           'var.detach().map_() instead.')
    pairs = zip(self.flatten().tolist(), tensor.expand(self.shape).flatten().tolist())
    return self.copy_(_of_each(self, [callable(a, b) for a, b in pairs]))


def share_memory_(self):
    return self


def conj_physical_(self):
    return self
