import random
random.seed(3)
for n in range(60):
    a = {random.randint(-3, 40) for _ in range(random.randint(0, 9))}
    b = {random.randint(-3, 40) for _ in range(random.randint(0, 9))}
    l = [random.randint(-3, 40) for _ in range(random.randint(0, 9))]
    if n % 3 == 0: b.update(l); a -= b
    d = dict.fromkeys(l)
    print(a.difference(l), a.difference(b), a.difference(d, b), a.difference(b, l), a.difference(), b.difference(a, l))
    print(a.intersection(l), a.intersection(b), a.intersection(d, b), a.intersection(b, l), a.intersection(), a.intersection(a))
    print(a.union(l, b), a.union(d), a.union(), a ^ b, a.symmetric_difference(l), a.symmetric_difference(b), a.symmetric_difference(d))
    print(a & b, b & a, a - b, b - a, a & a, a - a, frozenset(a).difference(l), frozenset(l).intersection(b))
    a.difference_update(l, b); print(a)
    b.intersection_update(l + [1, 2, 3], d); print(b)
    b.symmetric_difference_update(l); print(b)
    b ^= set(l); b |= a; print(b)
