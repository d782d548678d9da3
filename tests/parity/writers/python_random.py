"""Python's own random numbers, by the default generator and by others."""

STATEMENTS = """random.random()
random.uniform(«0, 1|-1, 1|$f, $f»)
random.randint(«0, 9|-5, 5|1, 1|0, 10 ** 12»)
random.randrange(«10|1, 10|0, 100, 7|5, 0, -1»)
random.choice(«xs|'abc'|(1, 2)|range(10)»)
random.choices(xs«|, k=3|, weights=[1, 2, 3, 4], k=4|, cum_weights=[1, 3, 6, 10], k=2»)
random.sample(«xs|range(100)|'hello'», «2|3|k=1»)
random.gauss(«0, 1|mu=$f, sigma=$p»)
random.normalvariate(«0, 1|$f, $p»)
random.triangular(«0, 1|-1, 1, 0.5»)
random.expovariate(«1|$p»)
random.betavariate($p, $p)
random.gammavariate($p, $p)
random.lognormvariate(0, «1|0.5»)
random.paretovariate($p)
random.weibullvariate($p, $p)
random.getrandbits(«1|8|32|60»)
r.random(), r.randint(1, 6), r.gauss(0, 1)
r.choice(xs), r.sample(xs, 2), r.uniform(0, 1)
random.Random(«5|'seed'|3.5»).random()
[random.gauss(0, 1) for _ in range(«2|3»)]
[[round(random.uniform(-1, 1), 3) for _ in range(2)] for _ in range(2)]
torch.tensor([random.random() for _ in range(3)])
sum(random.random() < 0.5 for _ in range(«10|100»))
max(random.random() for _ in range(4))""".split("\n")

CHANGES = """random.shuffle(xs); print(xs)
r.shuffle(xs); print(xs)
random.seed(«0|1|42|'text'|2.5|-3|10 ** 15|True»)
r.seed($n)
state = random.getstate(); a = random.random(); random.setstate(state); print(a == random.random())
state = r.getstate(); a = r.gauss(0, 1); r.setstate(state); print(a == r.gauss(0, 1))
torch.manual_seed($n); print(torch.rand(1), random.random())""".split("\n")


def write(page):
    page.add("import random\nimport torch")
    page.add("random.seed(«0|1|42|1337|'abc'|$i»)\nr = random.Random(«7|'x'|$n»)\nxs = [$i, $f, 'a', $i]")
    for template in page.r.sample(STATEMENTS, page.r.randint(5, 12)):
        page.add(f"print({template})")
        if page.chance(0.25):
            page.add(page.r.choice(CHANGES))
