# Classes that derive from list, dict, int, float and str.
class Config(dict):
    def __getattr__(self, k):
        try: return self[k]
        except KeyError: raise AttributeError(k)
    def __setattr__(self, k, v): self[k] = v
c = Config(lr=0.1, n=3); print(c.lr, c['n'], c, len(c), 'lr' in c, isinstance(c, dict), type(c).__name__)
c.h = 5; print(c['h'], list(c.items()), c == {'lr':0.1,'n':3,'h':5}, c.get('zz', 7), c.keys(), dict(c), {**c})
try: c.zork
except AttributeError as e: print('AE', e)
for k in c: print(k, c[k])
c.update(q=2); del c['q']; print(c, c.pop('h'), c.copy(), type(c.copy()).__name__)
class AttrDict(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.__dict__ = self
a = AttrDict(x=1); a.y = 2; print(a, a.x, a['y']); a['z']=3; print(a.z, a.__dict__ is a)
class D(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
d = D(a=1); d.b = 2; print(d.a, d, d.b)
class D(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__
d = D(a=1); d.b = 2; print(d.a, d, d.zz); del d.a; print(d)
class L(list):
    def __init__(self, *a): super().__init__(a); self.name = 'L'
    def total(self): return sum(self)
    def append(self, x): super().append(x * 2)
    def __getitem__(self, i): return super().__getitem__(i)
l = L(1,2,3); l.append(5); print(l, l.total(), len(l), l[0], l[-1], l.name, l + [1], l == [1,2,3,10], [x for x in l], sorted(l, reverse=True), isinstance(l, list), l.index(10), type(l + [1]).__name__, l[1:], type(l[1:]).__name__)
l.extend([7]); l[0] = 100; l += [9]; print(l, max(l), l.pop(), l, type(l).__name__)
class Vec(list):
    def __add__(self, o): return Vec(a + b for a, b in zip(self, o))
    def __mul__(self, k): return Vec(k * a for a in self)
    __rmul__ = __mul__
    def __repr__(self): return f'Vec({super().__repr__()})'
v = Vec([1,2]); print(v + v, v * 3, 2 * v, [v], f'{v}', str(v), len(v))
class Celsius(float):
    def to_f(self): return self * 9 / 5 + 32
    def __repr__(self): return f'{float(self)}C'
c = Celsius(36.6); print(c, c.to_f(), c + 1, type(c + 1).__name__, isinstance(c, float), round(c), int(c), c > 3, f'{c:.2f}', abs(c), -c, [c], hash(c) == hash(36.6), {c: 1}[36.6])
class Pos(int):
    def __new__(cls, v):
        if v < 0: raise ValueError('neg')
        return super().__new__(cls, v)
    def double(self): return self * 2
p = Pos(5); print(p, p.double(), p + 1, [10,20,30,40,50,60][p], range(p), p == 5, type(p).__name__, isinstance(p, int), p % 3, f'{p:03d}', '%d' % p, str(p))
try: Pos(-1)
except ValueError as e: print(e)
class S(str):
    def shout(self): return self.upper() + '!'
    def __len__(self): return 99
s = S('abc'); print(s, s.shout(), s + 'd', len(s), s == 'abc', s[1], {'abc': 1}[s], isinstance(s, str), type(s).__name__, s.replace('a','b'), ','.join([s, s]), f'{s:>5}', '%s' % s)
class Default(dict):
    def __missing__(self, k):
        self[k] = k * 2
        return self[k]
d = Default(); print(d[3], d, d.get(4), 3 in d, 4 in d)
class Count(dict):
    def __setitem__(self, k, v):
        print('set', k)
        super().__setitem__(k, v)
    def __getitem__(self, k):
        print('get', k)
        return super().__getitem__(k)
c = Count(a=1); c['b'] = 2; print(c['a'], c); c.update({'z': 1}); print(len(c))
import copy
class L(list): pass
class D(dict): pass
a = L([1,[2]]); a.x = 3; b = copy.copy(a); c = copy.deepcopy(a); a[1].append(9); print(b, b.x, c, type(b).__name__, type(c).__name__)
d = D(a=[1]); e = copy.deepcopy(d); d['a'].append(2); print(e, type(e).__name__)
import json
print(json.dumps(D(a=1)), json.dumps(L([1])), [*L([1,2])], (lambda *a, **k: (a, k))(*L([1]), **D(q=1)))
class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
    @property
    def empty(self): return not self
s = Stack(); print(s.empty, bool(s)); s.push(1); s.push(2); print(s.peek(), s, s.empty, len(s), s.pop(), s)
for i, x in enumerate(s): print(i, x)
a, = s; print(a, s == [1], [1] == s, s != [2], s < [2], repr(s), s is s)
print(isinstance(True, int), issubclass(bool, int))
class A(list): pass
class B(A): pass
b = B([3]); print(b, isinstance(b, A), issubclass(B, list), B.__mro__[1].__name__ if False else '', B.__name__, B.__bases__)
