# fractions.Fraction.
from fractions import Fraction
import math
a, b = Fraction(1, 3), Fraction(-3, 4)
print(a, repr(b), a + b, a - b, a * b, a / b, a // b, a % b, a ** 2, a ** -2, -a, +a, abs(b), a + 1, 1 + a, 2 - a, a - 2, 3 * a, 1 / a, a / 2, a + 0.5, 0.5 * a, 2.0 / a)
print(float(a), int(Fraction(7, 2)), int(Fraction(-7, 2)), round(Fraction(7, 2)), round(Fraction(5, 2)), round(a, 2), math.floor(b), math.ceil(b), math.trunc(b), bool(a), bool(Fraction(0)))
print(a < b, a > b, a == Fraction(2, 6), a == 1, Fraction(4, 2) == 2, a < 1, a >= 0.25, a != b, sorted([a, b, Fraction(1, 10)]), max(a, b), sum([a, a, a]))
print(Fraction('3/4'), Fraction('0.25'), Fraction('-1.5'), Fraction(0.5), Fraction(2), Fraction(), Fraction(4, -6), Fraction(a), Fraction(a, b), a.numerator, a.denominator, Fraction(6, 3))
print(Fraction(3.141592653589793).limit_denominator(100), Fraction(355, 113).limit_denominator(10), Fraction(0.1).limit_denominator(), f'{a}', '%s' % a, [a], isinstance(a, Fraction), a.as_integer_ratio())
for bad in (lambda: Fraction(1, 0), lambda: Fraction('x'), lambda: a / 0, lambda: Fraction(1.5, 2), lambda: a + 'x', lambda: a < 'x'):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
import torch
print(torch.tensor([float(a)]))
