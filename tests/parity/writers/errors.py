"""Exceptions: raised by Python and by the script, caught, passed on, printed."""

FAILS = """[1, 2][$i]
(1, 2)[$i]
'abc'[$i]
{'a': 1}['«a|b»']
{1: 2}[«(1, 2)|None|3»]
int('«12|x1|1.5|»')
float('«1.5|abc|1e3|nan»')
«1|1.5|7» «//|/|%» «0|0.0|2»
'a' + «1|'b'|None»
«1|[1]» + «'a'|None|2»
len(«5|'abc'|None»)
None.«shape|x»
[].pop()
[1, 2].«index|remove»($i)
{}.popitem()
next(iter([]))
undefined«|.x|(3)|[0]»
abs('a')
sum(['a', 'b'])
max([])
sorted([1, 'a'])
-'x'
[1] < «(1,)|[2]|1»
for_ = (lambda a: a)(«1|1, 2|»)
(lambda a, *, k: k)(«1|1, k=2|1, 2»)
a, b = «1, 2|(1, 2, 3)|[1]|5|'xy'»
a, *b = «[]|[1]|(1, 2, 3)»
'%d' % «'x'|3|2.5»
'%s %s' % «(1, 2)|1|(1, 2, 3)»
'{} {}'.format(«1, 2|1»)
'{a}'.format(«a=1|b=2»)
f"{3:«d|.2f|x»}"
math.sqrt(«-1|4»)
math.log(«0|1|-2»)
math.exp(«1|1000»)
2.0 ** «3|5000»
int(float('«inf|nan|2.5»'))
[1, 2, 3].insert(«0|1, 2|'a', 1»)
'a,b'.split(«','|''|1»)
'abc'.index('«b|z»')
chr(«65|-1»)
range(1, 5, «0|2»)
dict([(1, 2), (3«|, 4»)])
set([[]«|, 1»])
print(end=«''|1»)
isinstance(1, «int|1»)
raise_(«ValueError|KeyError|RuntimeError»('made', $i))
assert_(«0|1|[]»)
class_($i)
''.join([«'a'|1», 'b'])
list(zip([1], [1, 2], strict=«True|False»))
[1, 2][«'a'|0|1.0|None|slice(1)»]
round('x')
divmod(1, «0|2»)
bool(«[]|'a'») and {}[1]
type(1)""".split("\n")

HEAD = """
import math
class Own(«Exception|ValueError|KeyError|RuntimeError»):
    «pass|code = $i|'''Says what.'''»
class Deeper(Own):
    def __init__(self, a, b=$i):
        super().__init__(«a|f'{a} {b}'|a, b»)
        self.b = b
def raise_(e): raise e
def assert_(x): assert x«|, 'was false'|, (1, x)»
def class_(n):
    if n > 5: raise Deeper('n', n)
    elif n > 2: raise Own('n', n)
    elif n > 0: raise Own
    return n
""".strip()

KINDS = ["IndexError", "KeyError", "ValueError", "TypeError", "ZeroDivisionError", "AttributeError",
         "NameError", "StopIteration", "OverflowError", "AssertionError", "Own", "Deeper", "LookupError",
         "ArithmeticError", "RuntimeError", "(ValueError, TypeError)", "(KeyError, Own)"]

SHOWN = ("«print(type(e).__name__, e)|print(repr(e))|print(e.args)|print(f'{e!r} {e}')|print(str(e) or 'none')"
         "|print('%s: %s' % (e.__class__.__name__, e))|print(isinstance(e, LookupError), e)»")


def write_try(page, depth):
    with page.block("try:"):
        page.add_in_order(["print('before', $i)"], 0.3)
        if depth and page.chance(0.35):
            write_try(page, depth - 1)
        page.add(page.r.choice(FAILS) if page.chance(0.6) else f"print({expression(page)})")
        page.add_in_order(["print('behind')"], 0.5)
    for kind in page.r.sample(KINDS, page.r.randint(0, 2)):
        with page.block(f"except {kind} as e:"):
            page.add(SHOWN)
            page.add_in_order(["raise", "raise Own('again') from «e|None»",
                               "print(e.__cause__, type(e.__context__).__name__)"], 0.12)
    with page.block("except Exception as e:"):
        page.add(SHOWN)
    if page.chance(0.3):
        with page.block("else:"):
            page.add("print('else')")
    if page.chance(0.35):
        with page.block("finally:"):
            page.add("print('finally')")


def expression(page):
    """One of what fails that is an expression."""
    while True:
        text = page.fill(page.r.choice(FAILS))
        try:
            compile(text, "", "eval")
            return text
        except SyntaxError:
            pass


FUNCTIONS = """
def f(n):
    for i in range(n):
        try:
            if i == «1|2»: «continue|break|return i|raise Own(i)»
            print('body', i)
        «except Own as e: print('own', e.args)|except (Own, KeyError): return 'caught'»
        «finally: print('finally', i)|else: print('else', i)»
    «return 'end'|else: return 'loop else'»
print(f($n))
---
def f(x):
    try:
        return «1 / x|[1, 2][x]|{0: 1}[x]»
    except «ZeroDivisionError|LookupError|Exception» as e:
        return «str(e)|type(e).__name__»
    finally:
        print('done', x)
for x in (0, 1, $i):
    try: print(f(x))
    except Exception as e: print('out', repr(e))
---
def outer():
    try: inner()
    except KeyError as e: raise «Own('outer') from e|Own('outer')|RuntimeError(str(e)) from None»
def inner(): «raise KeyError('k')|return {}['k']|{}[1, 2]»
try: outer()
except Exception as e:
    print(repr(e), repr(e.__cause__), type(e.__context__).__name__, e.__suppress_context__)
---
class Guard:
    def __init__(self, quiet): self.quiet = quiet
    def __enter__(self): print('in'); return self
    def __exit__(self, kind, e, trace): print('out', kind and kind.__name__, e); return self.quiet
for quiet in (True, False):
    try:
        with Guard(quiet) as g, Guard(«True|False»):
            «raise Own(1, 2)|[][0]|print(g.quiet)|int('x')»
        print('went on')
    except Exception as e: print('caught', type(e).__name__)
---
def check(**options):
    allowed = {'lr', 'steps'}
    for k in options:
        if k not in allowed: raise TypeError(f'unknown option {k!r}')
    return options.get('lr', «0.1|None»)
for o in ({'lr': $f}, {'stepz': 1}, {}):
    try: print(check(**o))
    except TypeError as e: print(e)
---
try:
    try: [][0]
    finally: print('first')
except IndexError as e: print(e)
e = 5
try: raise Deeper(«'a'|3»)
except Own as e: print(e.args, e.b, str(e))
try: print(e)
except NameError as n: print(n)
""".strip().split("\n---\n")


def write(page):
    page.add(HEAD)
    for _ in range(page.r.randint(2, 5)):
        if page.chance(0.35):
            page.add(page.r.choice(FUNCTIONS))
        else:
            write_try(page, 1)
    if page.chance(0.15):
        page.add("raise «Own('last')|ValueError|Deeper(1)»")
