class V:
    def __init__(self, x): self.x = x
    def __repr__(self): return f"V({self.x})"
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __iadd__(self, o):
        self.x += o
        return self
    def __mul__(self, o):
        if not isinstance(o, (int, float, V)): return NotImplemented
        return V(self.x * (o.x if isinstance(o, V) else o))
    __rmul__ = __mul__
    def __neg__(self): return V(-self.x)
    def __pos__(self): return self
    def __abs__(self): return V(abs(self.x))
    def __invert__(self): return V(~self.x)
    def __sub__(self, o): return self + (-o)
    def __rsub__(self, o): return V(o) + (-self)
    def __truediv__(self, o): return V(self.x / o)
    def __rtruediv__(self, o): return V(o / self.x)
    def __pow__(self, o): return V(self.x ** o)
    def __rpow__(self, o): return V(o ** self.x)
    def __eq__(self, o): return self.x == (o.x if isinstance(o, V) else o)
    def __lt__(self, o): return self.x < o.x
    def __le__(self, o): return self.x <= o.x
    def __hash__(self): return 7
    def __bool__(self): return self.x != 0
    def __float__(self): return float(self.x)
    def __int__(self): return int(self.x)
    def __matmul__(self, o): return "mat"
    def __rmatmul__(self, o): return "rmat"
    def __format__(self, spec): return "<" + spec + ">"
    def __call__(self, *a, k=1): return (self.x, a, k)
a, b = V(3), V(4)
print(a + b, a + 1, 1 + a, a * 2, 2 * a, -a, +a, abs(V(-2)), ~a, a - 1, 1 - a, a / 2, 2 / a, a ** 2, 2 ** a)
print(sum([a, b]), a == V(3), a != V(3), a != b, a < b, a > b, a <= b, a >= b, sorted([b, a]), max(a, b), a == 3, 3 == a)
c = a
c += 5
print(a, c is a, bool(V(0)), not V(0), float(a), int(a), a @ b, 1 @ a, f"{a:.3f}", f"{a}", format(a, "x"), str(a), a(1, 2, k=3))
print({a: 1}[V(8)], V(8) in {a: 1}, a in [V(8)], [1, a].index(8) if False else "-", V(8) in (1, V(8)))
try:
    a * "x"
except TypeError as e:
    print(e)
try:
    "x" * a
except TypeError as e:
    print(e)
class L:
    def __init__(self): self.d = [1, 2, 3]
    def __len__(self): return len(self.d)
    def __getitem__(self, i): return self.d[i]
    def __setitem__(self, i, v): self.d[i] = v
    def __delitem__(self, i): del self.d[i]
    def __contains__(self, v): return v in self.d
    def __str__(self): return "L!"
    def __repr__(self): return "L?"
l = L()
l[0] = 9
l[1] += 1
print(len(l), l[0], l[1:], 9 in l, list(l), [x for x in l], str(l), [l], "%s %r" % (l, l))
del l[0]
print(list(l), bool(l))
class I:
    def __init__(self, n): self.n = n; self.i = 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(I(3)), sum(I(4)), [x * 2 for x in I(2)], next(I(1)), next(I(0), "end"), dict(zip(I(2), "ab")))
x, y = I(2)
print(x, y, max(I(5)), tuple(I(2)), sorted(I(3), reverse=True))
class J:
    def __iter__(self): return iter([1, 2])
class K:
    def __iter__(self): return (i * i for i in range(3))
print(list(J()), list(K()), *J(), 2 in J())
class G:
    def __getattr__(self, name):
        if name.startswith("a"): return name + "!"
        raise AttributeError(name)
print(G().abc, hasattr(G(), "zzz"), getattr(G(), "q", 0))
class B(V):
    def __radd__(self, o): return "B first"
print(V(1) + B(2), B(1) + V(2), 1 + B(2))
class P:
    pass
p = P()
print(p == p, p == P(), p != P(), p in [p], {p: 1}[p])
import torch
t = torch.tensor([1.0, 2.0])
class T:
    def __radd__(self, o): return "radd"
    def __rmul__(self, o): return "rmul"
    def __eq__(self, o): return "eq"
    __hash__ = None
print(t + T(), t * T(), t == T())
try:
    {T(): 1}
except TypeError as e:
    print(e)
class M(torch.nn.Module):
    def __len__(self): return 5
    def __getitem__(self, i): return i * 2
    def __repr__(self): return "M!"
    def __add__(self, o): return "M+"
m = M()
print(len(m), m[3], m, m + 1, [m])
print(NotImplemented, callable(a), callable(p))
