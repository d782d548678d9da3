l = [10, 20, 30, 40]
t = (1, 2, 3)
print(l[0], l[-1], l[1:3], l[:2], l[2:], l[:], l[-2:], l[:-1], l[3:1], l[10:], l[-10:2], t[1:], t[-1], l[True])
print('héllo'[1], 'héllo'[1:3], 'héllo'[-1], 'héllo'[:-2], 'abc'[5:], range(10)[3], range(10)[-1])
print([[1, 2], [3, 4]][1][0], [l, t][0][2], ('a', 'b')[1], l[1:3][0], l[1:None])
l[0] = 'x'
l[-1] += 2
print(l)

l = [3, 1, 2]
l.append(9)
l.extend((4, 5))
l.extend('ab')
print(l, l.pop(), l.pop(), len(l), sum(l), min(l), max(l), sorted(l), sorted(l, reverse=True), list(reversed(l)))
print([0] * 3, [1] + [2], (1,) + (2,), 3 * (1,), [[]] * 2, list('ab'), list((1, 2)), tuple([1]), list(), tuple(), [1, 2,], (1,), ())
a = [1]
b = [a, a]
a.append(2)
print(b, sorted('hello'), sorted([(2, 'b'), (1, 'z'), (2, 'a')]), sorted([1.5, 1, True, 0]))

d = {'a': 1, 'b': [2], 'a': 3}
d['c'] = 3.5
d['b'] = None
for k, v in d.items():
    print(k, v)
print(d, d['a'], 'a' in d, list(d), list(d.keys()), list(d.values()), d.get('z'), d.get('z', 0), d.get('a'), len(d), {})
from collections import OrderedDict
o = OrderedDict([('x', 1), ('y', 'z')])
o['w'] = 2
print(o, OrderedDict(), list(o.items()), o['x'], len(OrderedDict(d)))

print(range(3), range(1, 10, 2), range(2, 5), list(range(10, 0, -3)), len(range(5)), len(range(5, 0)), len(range(0, 10, 3)))
print(list(range(-3, 3, 2)), 4 in range(0, 10, 2), range(5)[2], list(range(0)), len(range(-9223372036854775807, 9223372036854775807, 9223372036854775807)))

z = zip([1, 2], [3, 4])
for a, b in z:
    break
print(list(z), list(z))
e = enumerate('ab')
print(list(e), list(e), list(zip()), list(zip([1, 2, 3], 'ab')))
items = {'a': 1}.items()
print(list(items), list(items), list(reversed(range(3))))

x = None
a = [1]
b = a
print(x is None, x is not None, a is b, a is [1], a is not b, True is True, True is not False)
print(3 in [1, 2, 3], 4 not in (1, 2), 'b' in 'abc', 'x' not in 'abc', '' in '', 2 in range(5), 2.5 in range(5))
print('a' in {'a': 1}, 'b' in {'a': 1}, [1] in [[1], 2], None in [None], 1 in [True])

print(1 and 2, 0 and 2, 0 or 'x', 'y' or 'x', [] or None, None or [] or 0, 1 and 0 and 2)
print(not 1, not 0, not '', not [], not None, not not 3, not 1 == 2, 1 or 1 / 0, 0 and 1 / 0)
print(bool(0.0), bool('0'), bool(()), bool([0]), bool({}), bool(range(0)), bool(None), bool(print))

x = 5
print('big' if x > 3 else 'small', 'a' if x < 1 else 'b' if x < 9 else 'c')
print((1 if x else 2) + 1, 1 if not x else -x, [1 if x == 5 else 2, 3])

print(isinstance(1, int), isinstance(True, int), isinstance(1, bool), isinstance(1.0, (int, float)), isinstance('a', str), isinstance([], list), isinstance((), tuple), isinstance(None, int))
print(type(1) == int, type(1) is int, type(1.0) == int, type('a') == type('b'), type([]) != list, type(True) is bool)
print(type('a').__name__, (3).__class__.__name__, len.__name__)
print(type(1), type('a'), type([]))
