# The methods that Python calls by itself, called by name, and what classes say of them.
print(float.__format__(3.14159, '.3f'))
t=(1,2); print(tuple.__str__(t), tuple.__repr__(t), t.__str__(), t.__repr__())
xs=[3,1,2]; print(list.__getitem__(xs, 0), xs.__getitem__(1), xs.__len__(), list.__len__(xs))
print('a'.__len__(), 'abc'.__getitem__(1), 'a'.__add__('b'), 'a'.__mul__(3), 'a'.__contains__('a'), 'a'.__eq__('a'))
print((3).__add__(4), (3).__radd__(4), (3).__sub__(4), (3).__rsub__(4), (3).__mul__(2), (7).__floordiv__(2), (7).__truediv__(2), (7).__mod__(4), (2).__pow__(3), (3).__neg__(), (-3).__abs__(), (3).__eq__(3), (3).__lt__(4), (3).__bool__(), (3).__int__(), (3).__float__(), (3).__index__(), (3).__hash__(), (3).__str__(), (3).__repr__())
print((3).__add__(4.0), (3.0).__add__(4), (3).__add__('a'), 'a'.__mul__.__name__)
d={'a':1}; print(d.__contains__('a'), d.__getitem__('a'), d.__len__(), d.__setitem__('b',2), d, d.__delitem__('a'), d)
xs=[1,2]; it=xs.__iter__(); print(it.__next__(), it.__next__())
try:
    it.__next__()
except StopIteration: print('stop')
print(list(map(str.upper, ['a','b'])), list(map(list.__len__, [[1],[1,2]])))
print(list(map(int.__add__, [1,2],[3,4])), list(map(float.__mul__, [1.,2.],[3.,4.])), list(map(str.__len__, ['a','bc'])))
class A: pass
a=A(); print(a.__class__.__name__, A.__name__, a.__eq__(a), a.__ne__(a), a.__eq__(3), a.__hash__() == hash(a))
class A: pass
a=A(); a.__setattr__('x', 3); print(a.x, a.__getattribute__('x')); a.__delattr__('x'); print(hasattr(a,'x'))
class A:
    def __init__(self): object.__setattr__(self, 'x', 5)
    def __setattr__(self, k, v):
        print('set', k, v)
        object.__setattr__(self, k, v)
a=A(); a.y=3; print(a.x, a.y)
class A:
    def __setattr__(self, k, v):
        super().__setattr__(k, v * 2)
a=A(); a.y=3; print(a.y)
s={1,2}; print(s.__len__(), s.__contains__(1), s.__or__({3}), s.__and__({1}), {1,2}.__sub__({1}), s.__le__({1,2,3}))
xs=[1]; xs.__setitem__(0, 5); print(xs, xs.__add__([2]), xs.__mul__(2), xs.__iadd__([9]), xs, xs.__contains__(5), xs.__reversed__().__next__(), xs.__eq__([5,9]), xs.__lt__([6])); xs.__delitem__(0); print(xs)
print((5).__and__(3), (5).__or__(3), (5).__xor__(3), (5).__lshift__(1), (5).__rshift__(1), (5).__invert__(), True.__and__(False), True.__int__(), True.__add__(1))
print((3).__format__('05d'), 'x'.__format__('>4'), [1].__class__, (1).__class__.__name__, None.__class__, (lambda:1).__class__.__name__, True.__class__.__name__)
print(type(3).__name__, type(3)(5), type([])((1,2)), (3).__class__(7), 'a'.__class__(5))
g=(i for i in range(3)); print(g.__next__(), g.__iter__() is g, next(g))
d={'b':1,'a':2}; print(sorted(d, key=d.get), sorted(d, key=d.__getitem__), list(map(d.__getitem__, 'ab')), max(d, key=d.get))
import functools, operator
print(functools.reduce(int.__mul__, [1,2,3,4]), functools.reduce(str.__add__, ['a','b']), functools.reduce(list.__add__, [[1],[2]]))
print([x.__class__.__name__ for x in (1,1.0,'',[],(),{},set(),None,True,len,range(2),b'',...)])
class Typed:
    def __init__(self, t): self.t = t
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner):
        if obj is None: return self
        return obj.__dict__.get(self.name, 0)
    def __set__(self, obj, v):
        if not isinstance(v, self.t): raise TypeError(f'{self.name} must be {self.t.__name__}')
        obj.__dict__[self.name] = v
class A:
    x = Typed(int)
    y = Typed(str)
a = A(); print(a.x); a.x = 5; a.y='q'; print(a.x, a.y, a.__dict__, A.x.name)
try: a.x = 'a'
except TypeError as e: print(e)
class S:
    _i = None
    def __new__(cls, *a, **k):
        if cls._i is None:
            cls._i = super().__new__(cls)
        return cls._i
    def __init__(self, v=1): self.v = v
a = S(3); b = S(4); print(a is b, a.v)
class S:
    def __new__(cls, x):
        o = object.__new__(cls); o.x = x
        return o
print(S(3).x)
class A: pass
try: A(1)
except TypeError as e: print(e)
try: A(x=1)
except TypeError as e: print(e)
class M: pass
try:
    class O(object, M): pass
except TypeError as e: print(e)
class A:
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        print('sub', cls.__name__)
class B(A): pass
class A:
    __slots__ = ('x','y')
    def __init__(self): self.x = 1
a = A(); print(a.x)
try: a.z = 3
except AttributeError as e: print(e)
try: a.y
except AttributeError as e: print(e)
from dataclasses import dataclass, field
@dataclass(frozen=True)
class P:
    x: int
    n: int = field(init=False)
    def __post_init__(self): object.__setattr__(self, 'n', self.x * 2)
p = P(3); print(p, p.n)
class A:
    def __repr__(self): return 'A!'
    def __str__(self): return super().__str__() + '?'
    def __eq__(self, o): return super().__eq__(o)
    def __hash__(self): return super().__hash__()
a=A(); print(a, a == a, a == 3, hash(a) == hash(a), len({a, a}))
try: list.__len__(3)
except TypeError as e: print(e)
try: str.lower(3)
except TypeError as e: print(e)
try: str.lower()
except TypeError as e: print(e)
try: [].__len__(3)
except TypeError as e: print(e)
try: 'a'.__add__(3)
except TypeError as e: print(e)
try: [1].__add__(3)
except TypeError as e: print(e)
print([1].__eq__(3), 'a'.__lt__(3), {}.__or__(3), {1}.__or__([2]), (1.5).__add__('a'))
print(range(10)[2:5], range(10)[::-1], range(10)[::3], range(0,20,2)[1:-1:2], range(5)[-1], len(range(10)[3:]))
