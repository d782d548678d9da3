# fractions: Fraction
import math


def _parts(text):
    try:
        over, bar, under = text.strip().partition('/')
        if bar:
            return int(over), int(under)
        whole, point, digits = over.partition('.')
        scale = 10 ** len(digits)
        return int(whole + digits), scale
    except ValueError:
        raise ValueError(f'Invalid literal for Fraction: {text!r}')


class Fraction:
    def __init__(self, numerator=0, denominator=None):
        if denominator is None and isinstance(numerator, str):
            numerator, denominator = _parts(numerator)
        elif denominator is None and isinstance(numerator, (float, Fraction)):
            numerator, denominator = numerator.as_integer_ratio()
        elif denominator is None:
            denominator = 1
        if isinstance(numerator, Fraction) or isinstance(denominator, Fraction):
            over, under = Fraction(numerator), Fraction(denominator)
            numerator = over.numerator * under.denominator
            denominator = over.denominator * under.numerator
        if not isinstance(numerator, int) or not isinstance(denominator, int):
            raise TypeError('both arguments should be Rational instances')
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        shared = math.gcd(numerator, denominator) * (1 if denominator > 0 else -1)
        self._numerator, self._denominator = numerator // shared, denominator // shared

    @property
    def numerator(self):
        return self._numerator

    @property
    def denominator(self):
        return self._denominator

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction(p1, q1)
        return Fraction(p0 + k * p1, q0 + k * q1)

    def __add__(self, other):
        if isinstance(other, float):
            return float(self) + other
        if not isinstance(other, (int, Fraction)):
            return NotImplemented
        return Fraction(self._numerator * other.denominator + other.numerator * self._denominator,
                        self._denominator * other.denominator)

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self._numerator, self._denominator)

    def __pos__(self):
        return Fraction(self)

    def __abs__(self):
        return Fraction(abs(self._numerator), self._denominator)

    def __sub__(self, other):
        return self + -other if isinstance(other, (int, float, Fraction)) else NotImplemented

    def __rsub__(self, other):
        return -self + other if isinstance(other, (int, float)) else NotImplemented

    def __mul__(self, other):
        if isinstance(other, float):
            return float(self) * other
        if not isinstance(other, (int, Fraction)):
            return NotImplemented
        return Fraction(self._numerator * other.numerator, self._denominator * other.denominator)

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, float):
            return float(self) / other
        if not isinstance(other, (int, Fraction)):
            return NotImplemented
        over = self._numerator * other.denominator
        if other == 0:
            raise ZeroDivisionError(f'Fraction({over}, 0)')
        return Fraction(over, self._denominator * other.numerator)

    def __rtruediv__(self, other):
        if isinstance(other, float):
            return other / float(self)
        return Fraction(other) / self if isinstance(other, int) else NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, float):
            return float(self) // other
        if not isinstance(other, (int, Fraction)):
            return NotImplemented
        return (self._numerator * other.denominator) // (self._denominator * other.numerator)

    def __mod__(self, other):
        if isinstance(other, float):
            return float(self) % other
        return self - other * (self // other) if isinstance(other, (int, Fraction)) else NotImplemented

    def __pow__(self, other):
        if isinstance(other, int) and other >= 0:
            return Fraction(self._numerator ** other, self._denominator ** other)
        if isinstance(other, int):
            return Fraction(self._denominator ** -other, self._numerator ** -other)
        return float(self) ** float(other) if isinstance(other, (float, Fraction)) else NotImplemented

    def __float__(self):
        return self._numerator / self._denominator

    def __int__(self):
        return int(self._numerator / abs(self._numerator)) * (
            abs(self._numerator) // self._denominator) if self._numerator else 0

    __trunc__ = __int__

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __round__(self, ndigits=None):
        if ndigits is not None:
            scale = Fraction(10) ** ndigits
            return Fraction(round(self * scale)) / scale
        whole, rest = divmod(self._numerator, self._denominator)
        if rest * 2 == self._denominator:
            return whole + whole % 2
        return whole + (rest * 2 > self._denominator)

    def __bool__(self):
        return self._numerator != 0

    def _order(self, other, holds):
        if isinstance(other, float):
            return holds(float(self), other)
        if not isinstance(other, (int, Fraction)):
            return NotImplemented
        return holds(self._numerator * other.denominator, other.numerator * self._denominator)

    def __eq__(self, other):
        return self._order(other, lambda a, b: a == b)

    def __lt__(self, other):
        return self._order(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._order(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._order(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._order(other, lambda a, b: a >= b)

    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        refuse('a Fraction as a key is outside the subset: write its numerator and denominator')

    def __repr__(self):
        return f'Fraction({self._numerator}, {self._denominator})'

    def __str__(self):
        if self._denominator == 1:
            return str(self._numerator)
        return f'{self._numerator}/{self._denominator}'
