"""Plain classes: what Python calls by itself, inheritance, properties, class variables."""

ARITHMETIC = """
def __add__(self, other): return Num(self.v + (other.v if isinstance(other, Num) else other))
def __radd__(self, other): return «self + other|Num(other + self.v)|self.__add__(other)»
def __sub__(self, other): return «self + -other|Num(self.v - float(other))»
def __rsub__(self, other): return Num(other - self.v)
def __mul__(self, other): return Num(self.v * «float(other)|getattr(other, 'v', other)»)
def __rmul__(self, other): return «self * other|NotImplemented»
def __truediv__(self, other): return Num(self.v / «float(other)|(float(other) or 1)»)
def __pow__(self, n): return Num(self.v ** n)
def __matmul__(self, other): return «self.v * other.v|(self, other)»
def __neg__(self): return Num(-self.v)
def __abs__(self): return «Num(abs(self.v))|abs(self.v)»
def __float__(self): return «float(self.v)|self.v * 1.0»
def __int__(self): return int(self.v)
def __bool__(self): return «self.v|self.v != 0|self.v == 1»
def __eq__(self, other): return «self.v == other|isinstance(other, Num) and self.v == other.v»
def __lt__(self, other): return self.v < «float(other)|getattr(other, 'v', other)»
def __le__(self, other): return not (self.v > float(other))
def __hash__(self): return «hash(self.v)|int(self.v)|7»
def __iadd__(self, other):
    self.v += float(other)
    return self
def __call__(self, *args, **kw): return (self.v, args, «kw|sorted(kw.items())»)
def __getitem__(self, i): return «(self.v, i)|[self.v, 2 * self.v][i]|i»
def __setitem__(self, i, v): self.v = «v|self.v + v|(i, v)[1]»
def __delitem__(self, i): print('del', i)
def __len__(self): return «2|0|int(abs(self.v))»
def __contains__(self, x): return «x == self.v|x in (1, 2)|'yes'»
def __iter__(self): «return iter([self.v, 1])|yield self.v; yield -self.v»
def __str__(self): return «'(%s)' % self.v|f'{self.v:.3f}'|'num'»
def __format__(self, spec): return «format(float(self.v), spec or '.1f')|spec + '!'»
def __getattr__(self, name):
    if name.startswith('_'): raise AttributeError(name)
    return f'no {name}'
def __enter__(self): return «self|self.v|None»
def __exit__(self, kind, error, trace):
    print('exit', kind.__name__ if kind else «kind|error», error)
    return «True|False|None»
""".strip()

REPR = "def __repr__(self): return f'Num({self.v«|!r|:.2f|:g»})'"

USES = """print(a + b, a + 1, 1 + a)
print(a - b, a - $i, $i - b)
print(a * b, «2 * a|a * 2», -a)
print(a / 2, a ** 2)
print(a @ b)
print(abs(a), float(a), int(b))
print(bool(a), «not b|a and 1|b or 2», 'yes' if a else 'no')
print(a == b, a == $f, a != b, a == a)
print(a < b, a > b, sorted([b, a, Num($f)]))
print(a <= b, max(a, b), min([a, b]))
print(len({a, b, a}), a in [b], a in {a: 1})
a += «1|b|$f»; print(a)
print(a(1, *[2], k=3))
print(a[0], a[1:], a[::2])
a[0] = $f; print(a)
del a[$i]
print(len(a), $i in a, list(b))
print(a, [a, b], (a,), {'k': a}, str(b), repr(b))
print(f'{a} {a!r} {b!s:>9} {a:.2f}')
print('%s %r' % (a, b), '{} {!r}'.format(a, b))
print(sum([a, b], «Num(0)|0»))
print(a.w, hasattr(a, 'v'), getattr(b, 'u', 3))
with a as c: print(c)«|; raise ValueError('inside')|; 1 / 0»
for x in a: print(x)
x, y = b; print(y, x)
print(isinstance(a, Num), type(a).__name__, a.__class__ is Num)
a.extra = [b]; print(sorted(vars(a)), a.__dict__.get('extra'))
print(callable(a), Num.__name__, Num.__doc__)""".split("\n")

FAMILY = """
class Base:
    count = $i
    names = []
    def __init__(self, name«|='x'», **kw):
        self.name = name
        self.options = kw
        «Base.count|type(self).count|self.count» += 1
        self.names.append(name)
    def area(self): return «$f|0|self.count * 2»
    def show(self): return f'{type(self).__name__} {self.name} {self.area()}'
    @property
    def size(self): return «len(self.name)|self._size»
    @size.setter
    def size(self, v):
        if v < 0: raise ValueError(f'negative {v}')
        self._size = v
    @classmethod
    def make(cls, *parts): return cls(''.join(parts))
    @staticmethod
    def twice(x, y=2): return x * y
class Middle(Base):
    def area(self): return «super().area() + 1|$f»
    def extra(self): return «self.name.upper()|Middle.__name__»
class Child(«Base|Middle»):
    count = «$i|Base.count + 1»
    def __init__(self, name, side=$n«|, *more|»):
        super().__init__(name, side=side)
        self.side = self._size = side
    «def area(self): return self.side ** 2|def area(self): return super().area() + self.side|pass»
class Grand(Child):
    def show(self): return '[' + «super().show()|super(Grand, self).show()|Base.show(self)» + ']'
p, c, g = Base('pp'), Child('cc'«|, 3»), Grand('gg')
""".strip()

FAMILY_USES = """print(p.show(), c.show(), g.show())
print(Base.count, Child.count, Grand.count, p.count, g.count)
print(Base.names, c.names is p.names)
print(isinstance(g, Base), issubclass(Grand, Middle), isinstance(p, (Child, int)))
print(Base.make('a', 'b').name, «Base|p».twice(3), Base.twice('ab', y=$n))
c.size = $i; print(c._size)
print(sorted(k for k in vars(c) if not k.startswith('__')))
print(c.options, p.options)
c.count += 5; print(c.count, Child.count)
Base.area = lambda self: 99; print(p.area(), c.area())
print(getattr(c, 'extra', lambda: 'none')())
f = g.show; print(f(), «f.__name__|f.__self__ is g»)
setattr(p, 'n%d' % 3, 4); print(p.n3, hasattr(p, 'n4'))
del c.side; print(hasattr(c, 'side'))
for o in (p, c, g): print(o.name, o.area(), end=«'; '|'\\n'»)
print(p == c, p == p, p != g, p is p)
print({type(o).__name__: o.area() for o in [p, c]})
print(p.missing)
print(Base.__init__.__name__, Child.area.__qualname__)""".split("\n")


def write(page):
    if page.chance(0.4):
        page.add(FAMILY)
        page.add_tried(FAMILY_USES, 4, 10)
        return
    methods, name = {}, None
    for line in ARITHMETIC.split("\n"):
        if line.startswith("def"):
            name = line
            methods[name] = []
        methods[name].append(line)
    with page.block("class Num«|(object)»:"):
        page.add_in_order(["'''A number.'''", "unit = $i"], 0.3)
        page.add("def __init__(self, v«|=1.5»): self.v = v")
        page.add(REPR)
        page.add_in_order(["\n".join(lines) for lines in methods.values()], 0.8)
    page.add("a, b = Num(«$f|$i»), Num($f)")
    page.add_tried(USES, 5, 12)
