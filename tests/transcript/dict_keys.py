d = {1: "a", (1, 2): "b", None: "c", 2.5: 1, "s": 2}
d[True] = "t"
d[1.0] = "u"
print(d, len(d), 1 in d, True in d, (1, 2) in d, "s" in d, 3 in d)
print(dict(a=1, b=2), dict([(1, 2), ("x", "y")]), dict({"a": 1}, b=3), dict.fromkeys("abc", 0), dict(zip("ab", range(2))))
e = {}
for i in range(100):
    e[i] = i * i
for i in range(0, 100, 3):
    del e[i]
print(len(e), e.get(4), e.get(3), e.pop(5), e.pop(5, None), e[98], list(e)[:10], sum(e.values()), sum(e))
for i in range(200): e[(i, str(i))] = i
print(len(e), e[(7, "7")], e.setdefault("q", []), e.setdefault("q", 1), e.popitem())
f = {"a": 1, "b": 2}
f.update(c=3); f.update({"a": 5}); f.update([("z", 0)])
g = f.copy(); g.clear()
print(f, g, f | {"a": 9, 4: 4}, f == {"b": 2, "a": 5, "c": 3, "z": 0}, f != {}, f == 3)
f |= {"k": 1}
f["a"] += 1
print(f, {i: i * i for i in range(3)}, {(i, j): i for i in range(2) for j in range(2)})
class A: pass
a, b = A(), A()
h = {a: 1, b: 2, A: 3, len: 4, print: 5}
print(h[a], h[b], h[A], h[len], a in h)
a.x = 1
a.__dict__["y"] = 2
a.__dict__.update(z=3)
print(a.y, a.z, a.__dict__)
print({-1: 0, -2: 1}, {1: {2: {3: 4}}}, {"a": [1, {2: 3}]}, sorted({3: 1, 1: 2}), {0.0: 1, -0.0: 2})
import torch

t = torch.ones(2); u = torch.ones(2)
k = {t: 1, u: 2, torch.float32: 3}
print(k[t], k[u], k[torch.float32], t in k)
for key, v in {1: 2, "a": 3}.items(): print(key, v)
print(max({1: 5, 2: 3}, key=lambda q: q), {**{1: 2}, 3: 4}, list({1: 2}.keys()), {1: 2}.items())
from collections import OrderedDict
o = OrderedDict([(1, 2), ("a", 3)])
print(o, OrderedDict(a=1), o == {"a": 3, 1: 2}, o == OrderedDict([("a", 3), (1, 2)]))
