import random
s = {3, 1, 2}
print(s, set(), frozenset(), frozenset([3, 1]), {5, 100, 33, 17, 8}, set([5, 100, 33, 17, 8]), {i * i for i in range(12)})
s.add(10); s.discard(1); s.discard(77); s.remove(2)
print(s, len(s), 3 in s, 4 not in s, bool(s), bool(set()))
a, b = set(range(0, 30, 3)), set(range(0, 30, 2))
print(a | b, a & b, a - b, a ^ b, a <= b, a < a, a >= {0}, {0, 6} < a, a == set(a), a != b, a.isdisjoint({1}))
print(a.union([1, 2], (50,)), a.intersection(b, [0, 6, 7]), a.difference([3]), a.symmetric_difference([100]), {1}.issubset([1, 2]), {1, 2}.issuperset([1]))
a |= {99}; a -= {0}; a &= set(range(40)); a ^= {1, 3}
print(a, a.pop(), a)
a.update([200, -5], {-1, -2}); print(a)
c = a.copy(); c.clear(); print(c, sorted(a), sum(a), min(a), max(a), list(a))
print({1.5, 2.0, -3.25, 0.1}, {True, 0, 2}, {(1, 2), (3, 4), (0, 0), (5,)}, {-1, -2, 2**61, 2**40}, {float("inf"), 1e300})
d = {"x"}
d.add("y"); d.add("x")
print(len(d), sorted(d), "x" in d)
print({frozenset({1, 2}): 1}[frozenset([2, 1])], type(s), isinstance(s, set), isinstance({}, dict), type({}))
try: {[]}
except TypeError as e: print(e)
try: s.remove(55)
except KeyError as e: print("key", e)
try: set().pop()
except KeyError as e: print(e)
try:
    for x in s: s.add(x + 1000)
except RuntimeError as e: print(e)
try: s + s
except TypeError as e: print(e)
x, y = {7, 8}
print(x, y, [*{4, 5}], {*[1, 2], *{3}}, {**{1: 2}})
class N: pass
p, q = N(), N()
v = {p, q, p}
print(len(v), p in v, N() in v)
for seed in range(40):
    random.seed(seed)
    t = set()
    log = []
    for k in range(60):
        o = random.randint(0, 7)
        n = random.randint(-100, 300)
        if o < 4: t.add(n)
        elif o == 4: t.discard(random.choice(list(t)) if t else 0)
        elif o == 5: t |= {random.randint(0, 1000) for _ in range(random.randint(0, 12))}
        elif o == 6: t = t - set(random.sample(range(300), 40)) if k % 2 else t ^ {n, n + 1, 5}
        elif t: t.pop() if k % 3 else t.update(set(list(t)[:3]) | {k})
    print(t, frozenset(t), set(t), t & set(range(0, 200)), t | {1000, 2000})
    u = {(random.randint(0, 9), random.random() < .5) for _ in range(9)}
    w = {random.uniform(-5, 5) for _ in range(random.randint(0, 30))}
    print(u, w, w - set(list(w)[:4]))
