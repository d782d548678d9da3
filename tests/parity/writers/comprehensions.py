"""Comprehensions, lambdas, unpacking, functions with every kind of parameter."""

EXPRESSIONS = """[x * 2 for x in xs]
[x for x in xs if x > «0|1|$f»]
[(i, x) for i, x in enumerate(xs«|, 1|, start=$i»)]
[[i * j for j in range(«3|i + 1»)] for i in range(3)]
[y for row in rows for y in row«| if y != 2»]
[x if x > 0 else -x for x in xs]
{k: v for k, v in zip('abc', xs)}
{v: k for k, v in d.items()}
{k: [x * v for x in xs«| if x > v»] for k, v in d.items()}
{x % 3 for x in ns}
{len(w): w for w in words}
sum(x * y for x, y in zip(xs, ns))
max((x for x in xs), key=lambda x: «-x|abs(x)|(x > 1, x)»)
any(x < 0 for x in xs), all(x != 0 for x in xs)
sorted(words, key=«len|lambda w: w[-1]|lambda w: (-len(w), w)|str.upper»«|, reverse=True»)
list(map(lambda a, b: a «+|*|-» b, xs, ns))
list(filter(«None|lambda x: x > 0|lambda n: n % 2», ns))
[f(x) for f in (abs, «float|str|round|bool», lambda x: x + 1) for x in ns[:2]]
[*xs, *«ns|words|rows»], {**d, 'z': «0|xs»}, (*ns, 1)
list(zip(*rows))
dict(zip(words, map(len, words)))
[[row[i] for row in rows] for i in range(2)]
[(a, b) for a in ns for b in ns if a < b]
tuple(n ** 2 for n in ns)
(lambda *a, **k: (a, «k|sorted(k)»))(1, *ns, «x=2|**d»)
(lambda x, y=$i: x * y)($i)
(lambda: «xs|[n for n in ns]»)()
[g() for g in [lambda i=i: i for i in range(3)]]
[g() for g in [lambda: i for i in range(3)]]
sum([[n] * 2 for n in ns], [])
[last := 0] + [last := last + n for n in ns]
[w.upper() for w in words if (n := len(w)) > «1|2»]
' '.join(f'{w}:{len(w)}' for w in words)
min(rows, key=«sum|lambda r: r[-1]»), max(words)
next((w for w in words if «len(w) > 3|w.startswith('q')»), None)
set(ns) «&|-» {n + 1 for n in ns}
{(i, j): i * j for i in range(2) for j in range(«2|i + 1»)}
[x for x, *_ in rows], [r for *_, r in rows]
list(reversed([n for n in ns])), ns[::-1], ns[1:«-1|:2»]
not [x for x in xs if x is None]
[[[k] for k in range(j)] for j in range(3)]
divmod(sum(ns), «3|len(ns)»)
print(*ns, sep=«'-'|', '», end=«'.\\n'|'\\n'»)""".split("\n")

STATEMENTS = """
a, *b = «ns|words|xs|'hello'|range(4)»
print(a, b)
---
(a, b), *c = «rows|zip(ns, words)|d.items()»
print(a, b, c)
---
*a, b = sorted(ns)
a[0], b = b, a[0]
print(a, b)
---
def f(a, b=$i, *args, c«|=$i», **kw): return a, b, args, c, kw
print(f(1, c=2), «f(1, 2, 3, 4, c=5, d=6)|f(*ns, c=0, **d)|f(a=1, c=3)|f(1)»)
---
def compose(*fs):
    def run(x):
        for f in «fs|reversed(fs)»: x = f(x)
        return x
    return run
print(compose(lambda x: x + 1, lambda x: x * «2|$f», str)($i))
---
def counter():
    n = 0
    def add(k=1):
        nonlocal n
        n += k
        return n
    return add
c, e = counter(), counter()
print(c(), c(«5|»), e(), c.__name__)
---
def f(x, acc=[]):
    acc.append(x)
    return «acc|list(acc)|len(acc)»
print(f(1), f(2), «f(3, [])»)
---
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
print(fact(«5|20|12»), [fact(i) for i in range(5)])
---
def deco(f):
    def inner(*a, **k):
        print('call', f.__name__, a, k)
        return f(*a, **k)
    return inner
@deco
def add(a, b=«1|2»): return a + b
print(add(1), add(2, b=3), add.__name__)
---
def outer(x, /, y, *, z=0): return x, y, z
print(outer(1, 2), outer(1, y=2, z=3)«|, outer(x=1, y=2)|, outer(1, 2, 3)»)
---
total = 0
for i, (w, n) in enumerate(zip(words, ns)):
    if n «% 2|< 2»: continue
    total += n
else: print('all')
print(total, i, w)
---
i = 0
while (i := i + 1) < «5|$n»:
    if i == 3: «break|continue|pass»
    print(i, end=' ')
else: print('no break')
---
match «ns|words[0]|$i|(1, 2)|None|xs[0]»:
    case []: print('empty')
    case [a, *rest]: print('list', a, rest)
    case (1 | 2) as n: print('small', n)
    case 'pear' | 'one': print('text')
    case n if n == xs: print('xs')
    case _: print('other')
---
x = y = «[]|0|()»
x += «[1]|(1,)|1»
print(x, y, x is y)
---
from functools import partial, reduce
p = partial(«pow|lambda a, b: (a, b)|max», 2)
print(p(3), reduce(lambda a, b: a * b, ns«|, $i»))
---
m = [[0] * «2|3»] * 2
m[0][1] = 5
n = [[0] * 2 for _ in range(2)]
n[0][1] = 5
print(m, n)
""".strip().split("\n---\n")


def write(page):
    page.add("xs = $l(3)\nns = [$i, $i, $i«|, $i»]\nwords = «['pear', 'fig', 'kiwi']|'one two three'.split()»")
    page.add("rows = [[1, 2], [$i, 4]«|, [5, 6]»]\nd = {'a': $i, 'b': $f}")
    page.add_tried([f"print({e})" if not e.startswith("print") else e for e in EXPRESSIONS], 4, 9)
    page.add_tried(STATEMENTS, 2, 4)
