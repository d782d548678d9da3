class A:
    """Docs of A"""
    count = 0
    items = []
    names: list = ["x"]
    other: int
    def __init__(self, v):
        self.v = v
        A.count += 1
        self.items.append(v)
    @staticmethod
    def twice(x):
        "twice it"
        return 2 * x
    @classmethod
    def make(cls, v):
        return cls(v + 1)
    @property
    def double(self):
        return self.v * 2
    @double.setter
    def double(self, x):
        self.v = x / 2
    def again(self):
        return type(self)(self.v)
    class Inner:
        k = 3
        def f(self): return self.k
    if count == 0:
        flag = True
    for i in range(3):
        pass
    square = lambda self, x: x * x
a = A(1)
b = A.make(4)
print(A.count, A.items, a.items, b.v, A.twice(4), a.twice(5), a.double)
a.double = 10
print(a.v, a.double, A.Inner().f(), A.Inner.k, a.again().v, A.__doc__, A.twice.__doc__, a.i, a.square(3))
print(A, A.Inner, type(a), a.__class__.__name__, A.Inner.__qualname__, A.__name__)
class B(A):
    def __init__(self, v):
        super().__init__(v)
        self.w = super().double
    @classmethod
    def make(cls, v):
        r = super().make(v)
        return r
    @staticmethod
    def twice(x):
        return A.twice(x) + 1
b = B.make(7)
print(type(b).__name__, b.v, b.w, b.twice(1), B.count, isinstance(b, A), issubclass(B, A), issubclass(A, B), isinstance(a, B), issubclass(B, (int, A)))
B.count = 100
print(A.count, B.count, a.count, b.count)
def later(self, n):
    return self.v + n
A.later = later
print(b.later(3))
later.calls = 0
later.calls += 1
print(later.calls, later.__name__)
print(getattr(a, "v"), getattr(a, "zz", None), hasattr(a, "v"), hasattr(a, "q"), callable(a.later), callable(3), callable(A))
setattr(a, "q", 12)
print(a.q, a.__dict__)
def f():
    class C:
        def g(self): return 1
        def __init__(self): pass
    return C
print(f(), f().g.__qualname__)
class D:
    __slots__ = ("a", "b")
    def __init__(self):
        self.a = 1
print(D().a)
x = 5
class E:
    x = x + 1
    y = [x for x in range(2)]
    def g(self): return x
print(E.x, E().g(), E.y)
print(a.make(1).v)
def deco(cls):
    cls.tag = "t"
    return cls
@deco
class F: pass
print(F.tag, F().tag)
print(isinstance(True, int), issubclass(bool, int), isinstance(1, (str, (int, float))))
