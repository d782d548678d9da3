print(1 + 2 * 3 - 4 / 2, 7 - -2, +3, 2 - 3 - 4, 8 / 4 / 2)
print(7 // 2, -7 // 2, 7 // -2, -7 % 3, 7 % -3, 6 % 3, -6 // 3)
print(7.5 // 2, -7.5 // 2, -7.5 % 2, 7.5 % -2, 0.0 // 1, -0.0 // 1, 1e300 % 7, -1 // 1e300)
print(7 / 7, 1 / 3, -1 / 3, 0 / 5, 2 / 4)
print(True + True, True * 2.5, -True, False - 1, True / 2, True // 2, True % 2, True ** 2)

print(2 ** 10, 2 ** 0, 2 ** -1, -2 ** 2, (-2) ** 2, 2 ** 3 ** 2, 2 ** -2 ** 1)
print(2.0 ** 0.5, 2 ** 0.5, 0 ** 0, 0.0 ** 0, 10 ** 18, (-8) ** 3, 7 ** -2, 4.0 ** -1)
print((-2) ** 63, 3 ** 39, 1 ** 10000000, (-1) ** 10000001)

print(9223372036854775807, -9223372036854775808, 9223372036854775807 - 1)
print(-9223372036854775807 - 1, 3037000499 * 3037000499, -4611686018427387904 * 2)
print(9223372036854775807 // -1, -9223372036854775807 // 2, -9223372036854775807 % 10)
print(9223372036854775807 < 9223372036854775807.0, 9223372036854775807 == 9.223372036854775807e18)
print(9007199254740993 == 9007199254740992.0, 9007199254740993 > 9007199254740992.0)

print(0.1 + 0.2, 1e16, 1e-5, 123456789.123, 1e308 * 10, -1e308 * 10, 5e-324, 1.0, -0.0)
print(1_000.5, .5, 5., 1e3, 0x1F, 0b101, 0o17, 1_000_000)
nan = float('nan')
print(nan == nan, nan != nan, nan < 1, 1 < nan, nan in [nan], [nan] == [nan])

print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 >= 2, 1 == 1.0 == True, 1 != 2 != 1, 2 <= 1)
print('a' < 'b', 'abc' < 'abd', 'Z' < 'a', 'ab' < 'abc', 'x' == 'x', 'x' != 'y', 'é' > 'z')
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], (1, 2) >= (1, 2), [1] == [1.0], [1] == (1,), [[1]] == [[2]])
print(None == 0, None == None, 'a' == 1, 1 == 'a', None != 0, [] == None, print == print, print == len)

print(round(2.5), round(3.5), round(-0.5), round(0.5), round(1.5), round(2.675, 2), round(1.005, 2), round(0.125, 2), round(0.375, 2))
print(round(5), round(5, 1), round(1e300, 2), round(1234.5678, 3), round(1.5, 0), round(2.5, 0), round(-2.675, 2), round(True), round(1e-10, 5), round(5e-324, 400))

import math
from math import sqrt, pi as p
print(math.sqrt(2), math.pi, math.e, math.tau, math.exp(1), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.log1p(1e-5))
print(math.floor(-1.5), math.ceil(1.2), math.floor(3), math.ceil(2.0), math.inf, -math.inf, math.nan, math.tanh(0.5), math.pow(2, 0.5), math.fabs(-2))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.sinh(1), math.cosh(1), math.expm1(1e-5))
print(math.isnan(math.nan), math.isinf(1.0), math.isfinite(2), sqrt(16), p, math.exp(-math.inf), math.log(math.inf), math.sqrt(0))

print(int(3.9), int(-3.9), int('-12'), int(' 7 '), int(True), int(), float('1e-3'), float('inf'), float('-nan') != 0, float(' 2 '), float(3), float())
print(abs(-3), abs(-2.5), abs(True), abs(3), str(1.0), str(None), str('a'), str(), repr('a\n'), repr(1.5), bool('a'), bool())
