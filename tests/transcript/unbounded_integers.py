import math
import random

import torch

b = 2**70
print(b, -b, [b], (b,), {b: -b}, f"{b:,}", f"{b:x}", "%d" % b, "%e" % b, f"{b:.2f}", str(b), repr(-b))
print(math.factorial(25), math.comb(100, 50), math.perm(30), math.isqrt(b + 1), math.gcd(b, 6**40))
print(math.lcm(*range(1, 60)), math.prod(range(1, 30)), math.log(10**400), math.log2(b), math.log10(10**330))
print(b + 1, b - 1, b * b, b // 7, -b // 7, b % -7, -b % 7, divmod(-b, 2**65 + 1), b**3, pow(3, b, b - 1))
print(b / 3, 2**64 / 3, (b * b) / (b - 1), 10**400 / 10**399, 1 / 3**700, -1 / 3**650, 9007199254740993 / 3)
print(b << 5, b >> 69, -b >> 3, (-b - 1) >> 3, b & 0xFFFF, -b | 1, -b & (b - 1), -b ^ 12345, ~b)
print(b == 2.0**70, b + 1 == 2.0**70, b < math.inf, -b < -1e30, b > 1e21, max(b, 1e30), sorted([b, 1, -b, 0.5]))
print(hash(b), hash(-b), {b: "key"}[2.0**70], b in {2.0**70}, bool(b), not b, isinstance(b, int), type(b))
print(int("123456789012345678901234567890"), int("ff" * 10, 16), int("-0x" + "ff" * 10, 0), int(1e30), round(1e25))
print(round(12345678901234567890123, -3), math.floor(1e20), math.ceil(-1e20), (0.1).as_integer_ratio())
print(hex(b), oct(b), bin(b), b.bit_length(), b.bit_count(), (1e300).as_integer_ratio()[0] % 1000)
print(9223372036854775807 + 1, -9223372036854775808 - 1, abs(-(2**63)), -(2**63) // -1, 2**63 - 1)
print(sum([b, b]), b * 1.5, b + 0.5, 1.5 / b, float(b), b**0.5, b // 3.0, [1, 2, 3][:b], "abc"[-b:2])

fibonacci = [0, 1]
while len(fibonacci) < 120:
    fibonacci.append(fibonacci[-1] + fibonacci[-2])
print(fibonacci[-1], sum(int(d) for d in str(2**1000)))

random.seed(b)
print(random.random(), random.getrandbits(100))

print(torch.tensor(float(b)), int(torch.tensor(1e30)), torch.tensor([2.5, b]), torch.tensor(b, dtype=torch.float64))


def shown(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


shown(lambda: torch.tensor(b))
shown(lambda: torch.ones(3) + b)
shown(lambda: torch.ones(3) * 2**63)
shown(lambda: torch.full((2,), b))
shown(lambda: torch.zeros(2, b))
shown(lambda: float(10**400))
shown(lambda: 1.5 * 10**400)
shown(lambda: 10**400 / 3)
shown(lambda: [1][b])
shown(lambda: "a" * b)
shown(lambda: b // 0)
shown(lambda: b % 0)
shown(lambda: b / 0)
shown(lambda: 1 << -b)
shown(lambda: str(10**5000))
shown(lambda: int("1" * 5000))
shown(lambda: math.sqrt(10**400))
