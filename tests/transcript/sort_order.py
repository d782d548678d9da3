# In what order elements are compared shows where two cannot be, and where their order is none.
import random

nan, inf = float("nan"), float("inf")


class Loud:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        print(f"{self.v}<{other.v}", end=" ")
        return self.v < other.v

    def __repr__(self):
        return f"L{self.v}"


def tried(xs, **options):
    try:
        print(sorted(xs, **options))
    except TypeError as e:
        print(e)


for xs in ([-3, [1], None], [None, 1], ["a", 1, 2.0], [1, 2, "a", None], [2, 1, "a"], [(1, "a"), (1, 2)],
           [1, 2, 3, "x", 0], [3, 2, 1, "x", 0], [{}, {}], [1, "b", []]):
    tried(xs)
    tried(xs, reverse=True)
    tried(xs, key=lambda x: x if isinstance(x, int) else 0)
for xs in ([3, nan, 1, 2], [nan, 2, 1], [1, nan, 0, nan, -1], [nan, nan], [5, 4, nan, 3, 2, nan, 1]):
    tried(xs)
    tried(xs, reverse=True)
    print(min(xs), max(xs))
random.seed(4)
for n in (1, 2, 3, 5, 8, 12):
    xs = [Loud(random.randint(0, 5)) for _ in range(n)]
    print(sorted(xs), sorted(xs, reverse=True), max(xs[::-1], key=lambda x: x.v))
for n in (20, 63, 64, 65, 200, 1000):
    xs = [(random.randint(0, 9), i) for i in range(n)]
    print(sorted(xs, key=lambda x: x[0])[:7], sorted(xs, key=lambda x: x[0], reverse=True)[-7:], sorted(xs)[n // 2])
    ys = [random.random() if random.random() < 0.9 else nan for _ in range(min(n, 63))]
    print([f"{y:.3f}" for y in sorted(ys)])
for reverse in (False, True):
    for xs in ([-3, 0, [1], "b", None], [3, 2, 1, "x", 0], [2, 5, 1, 4, "x"]):
        try:
            xs.sort(reverse=reverse)
        except TypeError:
            print(xs)
        try:
            xs.sort(key=lambda x: x + 1, reverse=reverse)
        except TypeError:
            print(xs)
for t in ("{} {0}", "{0} {}", "{} {a} {0}", "{:{0}}", "{0:{}}"):
    try:
        print(t.format(1, 2, a=3))
    except ValueError as e:
        print(t, e)
