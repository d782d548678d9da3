"""Generators and context managers: who runs when, and what is told to whom."""

GENERATORS = """
def count(n):
    i = «0|1»
    while i < n:
        yield «i|i * i|(i, n)»
        i += «1|2»
    return «'end'|None|n»
print(list(count(«3|$n»)), sum(1 for _ in count(5)))
---
def talk(start):
    x = start
    try:
        while True:
            got = yield x
            print('got', got)
            x = «x + 1|got or 0|x if got is None else got»
    «except GeneratorExit: print('closed'); raise|except ValueError as e: yield str(e)|finally: print('over')»
t = talk($i)
print(next(t), t.send(«None|$i»), «next(t)|t.send('a')»)
«print(t.throw(ValueError('thrown')))|print(next(t, 'none'))|pass»
t.close()
---
def both(*parts):
    for part in parts:
        r = yield from part
        «print('returned', r)|pass»
def inner(k):
    yield k
    «yield -k|pass»
    return k * 2
print(list(both(inner(1), inner($i), «'ab'|[3]|range(2)|{'k': 1}»)))
---
def numbers():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
for i, x in zip(range(«4|7»), numbers()):
    «if x % 2: continue|if x > 5: break|print('even' if x % 2 == 0 else 'odd')»
    print(i, x)
---
def batches(xs, size):
    for i in range(0, len(xs), size):
        yield xs[i:i + size]
data = [«$f, |»$f, $i, $i, $f]
for b in batches(data, $n): print(b)
print(max(len(b) for b in batches(data, «2|3»)))
---
squares = (x * x for x in range(5)«| if x % 2»)
print(next(squares), «list(squares)|sum(squares)|4 in squares», list(squares))
---
def tree(depth, path=''):
    if depth == 0:
        yield path
        return
    for side in «'LR'|('l', 'r')|'abc'»:
        yield from tree(depth - 1, path + side)
print(list(tree(«1|2»)), next(tree(3)))
---
g = iter([1, 2, 3])
print(next(g), list(g), next(g, «'none'|None»))
«print(next(g))|for x in g: print(x)|print([x for x in g])»
---
class Deck:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n): «yield i|yield from [i, -i]»
    def __len__(self): return self.n
d = Deck($n)
print(list(d), len(d), «3 in d|sorted(d)|max(d)|[*d, *d]|dict(enumerate(d))»)
a, *b = d
print(a, b)
---
class Down:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
d = Down(«3|$n»)
print([x for x in d], list(d), «next(d, 'over')|list(Down(2))|sum(Down(4))|tuple(zip(Down(3), 'ab'))»)
---
def early():
    print('starts')
    try:
        yield 1
        «print('between')|raise KeyError('in')»
        yield 2
    finally: print('cleaned')
e = early()
for x in e:
    print(x)
    «break|pass|continue»
e.close()
---
def running_mean():
    total, n, mean = 0.0, 0, None
    while True:
        x = yield mean
        total += x
        n += 1
        mean = total / n
m = running_mean()
next(m)
print([m.send(x) for x in «$l(3)|[1, 2, 4]»])
""".strip().split("\n---\n")

CONTEXTS = """
class Timer:
    def __init__(self, name): self.name = name
    def __enter__(self): print('enter', self.name); return «self|self.name»
    def __exit__(self, *exc): print('exit', self.name, exc[0] is None); return «False|None|exc[0] is KeyError»
with Timer('a') as t«|, Timer('b') as u»:
    print(t if isinstance(t, str) else t.name)
    «pass|raise KeyError(1)|{}[0]|x = [1]»
---
from contextlib import contextmanager
@contextmanager
def tag(name«|, end='!'»):
    print('<' + name + '>')
    try:
        yield «name.upper()|»
    «except ValueError as e: print('caught', e)|finally: print('</' + name + '>')»
with tag('b') as x:
    print('inside', x)
    «raise ValueError('v')|with tag('i'): print('deeper')|pass»
---
from contextlib import suppress, nullcontext
with suppress(«KeyError|KeyError, ZeroDivisionError|Exception»):
    print('one')
    «{}['k']|1 / 0|pass»
    print('two')
with nullcontext(«5|») as n: print(n)
---
def f(n):
    with Quiet() as q:
        for i in range(n):
            with q: «return i|break|continue|print(i)»
    return 'after'
class Quiet:
    depth = 0
    def __enter__(self): Quiet.depth += 1; return self
    def __exit__(self, *a): print('leave', Quiet.depth); Quiet.depth -= 1
print(f(2), Quiet.depth)
---
from contextlib import contextmanager
stack = []
@contextmanager
def pushed(x):
    stack.append(x)
    yield stack
    stack.pop()
with pushed(1), pushed(2) as s: print(s)
print(stack)
try:
    with pushed(3): «raise RuntimeError('r')|pass»
except RuntimeError as e: print(e, stack)
---
import torch
x = torch.tensor($l(3), requires_grad=True)
with «torch.no_grad()|torch.enable_grad()|torch.set_grad_enabled(False)|torch.inference_mode()»:
    y = x * 2
    print(y.requires_grad, torch.is_grad_enabled())
    with torch.«enable_grad|no_grad»(): print((x + 1).requires_grad)
print(torch.is_grad_enabled(), y)
@torch.no_grad()
def g(v): return v * $f
print(g(x), g.__name__)
""".strip().split("\n---\n")


def write(page):
    page.add_tried(GENERATORS, 2, 4)
    page.add_tried(CONTEXTS, 1, 2)
