"""Lists, tuples, dictionaries, sets, and what collections and itertools add."""

STATEMENTS = """a.append(«$i|[1]|'s'»)
a.extend(«(1, 2)|'xy'|range(2)|b»)
a.insert(«0|-1|10|1», $i)
print(a.pop(«|0|-1|1»))
a.remove(a[«0|-1»])
print(a.index(a[1]), a.count($i))
a.sort(«|reverse=True|key=lambda x: -x|key=abs»)
print(sorted(a), sorted(b, reverse=True))
a.reverse()
b = a«|[:]|.copy()|[::-1]|[1:]»; b.append(99)
a[«1:2|:1|::2|1:»] = «[7]|[7, 8]|[]»
del a[«0|-1|1:|:2|0:1»]
a += «[3]|(3, 4)|'ab'»
print(a * «2|0», a + [1], [0] + a)
print(a == b, a is b, a < b, a != a[:])
print(a[«0|-1|1»], a[«1:|:-1|::2|::-1|-2:»], len(a))
print(3 in a, min(a), max(a), sum(a))
t = (1, «2|(2, 3)|[4]», *a); print(t, len(t), t[1], t.count(1))
print((1,) + (2,), (1, 2) * 2, () == tuple(), (1, 2) < (1, 3))
d['c'] = «$i|a|{'n': 1}»
print(d.get(«'a'|'q'|'q', 0»), d.setdefault(«'a'|'z'», $i))
print(d.pop(«'a'|'q', None|'b'»), d)
d.update(«{'a': 5}|x=1|[('k', 2)]|{'b': 0}, y=2»)
print(list(d), list(d.values()), list(d.items()))
for k, v in «d.items()|sorted(d.items())»: print(k, v)
print('a' in d, len(d), d == {'a': 1}, dict(d) is d)
d |= {'m': 3}; print(d, d | {'a': 0})
del d[«'a'|'b'»]
print(d.keys(), d.values(), d.items())
print(sorted(d, key=«d.get|lambda k: str(d[k])»), max(d, key=str), min(d))
print({**d, 'w': 1}, dict(a=1, b=2), dict.fromkeys('xy', «0|None»))
print(d.popitem(), d)
d[«(1, 2)|None|True|1.0|frozenset({1})»] = 'key'; print(d)
n = {'x': {'y': [1, 2]}}; n['x']['y'][0] += $i; print(n, n['x']['y'][-1])
for k in list(d): d[str(k) + '2'] = 1
print(s, len(s), $i in s)
s.add($i); print(sorted(s))
s.discard(«1|77»); s.remove(«2|s.copy().pop()|78»)
print(s | {1, 100}, s & {1, 2, 3}, s - {1}, s ^ {2, 50})
print(s <= {1, 2, 3, 4, 5, 6, 7, 8, 9}, s.isdisjoint({200}), s == set(s), s.issubset(range(50)))
print(s.union([3], (4,)), s.intersection({1, 2}), s.difference([1]))
s.update([5, 6]); s |= {8}; print(s)
print(frozenset([2, 1, 2]), set('a'), set(), {1, 1.0, True})
print({x for x in a if isinstance(x, int)}, len(set(a)))
from collections import Counter; c = Counter(«'hello'|a|['u', 'v', 'u']»); print(c, c.most_common(1), c['zz'])
from collections import Counter; c = Counter(a=2, b=1) «+|-|&» Counter(a=1, c=3); print(c, sum(c.values()))
from collections import defaultdict; e = defaultdict(«int|list|lambda: 5»); e['x'] += «1|[1]»; print(e, e['y'], len(e))
from collections import deque; q = deque(a, maxlen=«3|None»); q.append(1); q.appendleft(2); q.rotate(«1|-2»); print(q, q.pop(), q.popleft(), len(q))
from collections import namedtuple; P = namedtuple('P', «'x y'|['x', 'y']»); p = P($i, y=$f); print(p, p.x, p._replace(x=1), p._asdict(), p == (1, 2))
from collections import OrderedDict; o = OrderedDict(a=1, b=2); o.move_to_end('a'«|, last=False»); print(o, list(o))
import itertools; print(list(itertools.«chain(a, 'x')|islice(a, 2)|accumulate(a)|product('ab', [1, 2])|permutations([1, 2, 3], 2)|combinations('abc', 2)|zip_longest(a, 'x')|repeat(1, 3)|pairwise(a)|takewhile(bool, a)»))
import copy; e = [a, {'k': a}]; g = copy.«copy|deepcopy»(e); g[0].append(5); print(e, g)
print(type(a), type(d).__name__, isinstance(s, (list, set)), bool({}), bool([0]))
x, (y, z) = 1, (2, [3]); print(x, y, z)
a[0], a[-1] = a[-1], a[0]; print(a)
print(str(a), repr(d), [1.0, 'q', None, True, (2,)], ('one',), {'k': 'v'})
print(any(a), all(a), list(enumerate(a)), list(zip(a, s)))
print([] or 'empty', a and 'full', not a)
print(range(5), list(range(5, 0, -2)), range(3)[1], 3 in range(0, 9, 3), len(range(0, 10, 3)))
print([[1, 2], [3, 4]][1][0], [a, a][0] is a)
while a: a.pop()
a.clear(); print(a)
print(divmod(7, «2|-2»), 7 // -2, -7 % 3, 2 ** «-1|10|0.5», round(«2.5|3.5|2.675, 2»))
print(«1e16|1e-5|123456789.123|0.1 + 0.2|1 / 3|2.0 ** 70|1e22|float('inf')», 10 ** «3|12|18», 7 / 2, 3 == 3.0)
print(int('«12| 7 |-3|1_000»'), float('«1e3|.5|inf»'), int(«-2.7|3.9»), hex(255), bin(«5|-5»), oct(8), int('ff', 16))
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, -9 >> 1, True + True, 7 «and|or» 0)
import math; print(math.floor(«-2.5|$f»), math.ceil($f), math.gcd(12, 18), math.isclose(0.1 + 0.2, 0.3), math.prod([1, 2, 3]), math.hypot(3, 4), math.factorial(5))
import json; print(json.dumps(«a|d|{'a': [1, 2.5, None, True, 'x']}»«|, indent=2|, sort_keys=True»))
import statistics; print(statistics.«mean|median|pstdev|variance»(«[1, 2, 4]|$l(3)»))
from dataclasses import dataclass, field, asdict
@dataclass«|(order=True)|(frozen=True)»
class Pt:
    x: int
    y: float = $f
    tags: list = field(default_factory=list)
p = Pt($i); q = Pt(1, 2.0, ['t']); print(p, p == q, «asdict(q)|p < q|q.tags»); «p.x = 3|p.tags.append('u')»; print(p)
"""


def statements():
    """One a line; the last ones, from where a decorator is, are one."""
    lines = STATEMENTS.strip("\n").split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("from dataclasses"))
    return lines[:first] + ["\n".join(lines[first:])]


def write(page):
    page.add("a = [$i, $i, $i«|, $f|, $i»]\nb = [«$i, |»$i]")
    page.add("d = {'a': $i, «'b': $f|'b': [1], 'c': None»}\ns = {$i, $i, «$i|12|100»}")
    page.add_tried(statements(), 6, 12)
    page.add("print(a, d, sorted(s))")
