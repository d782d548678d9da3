class Timer:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        print("enter", self.name)
        return self
    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind.__name__ if kind else kind, value)
        return self.swallow


with Timer("a") as t:
    print(t.name)
with Timer("b", True):
    raise ValueError("inside")
try:
    with Timer("c") as t:
        1 / 0
except ZeroDivisionError as e:
    print("caught", e)


def f():
    for i in range(3):
        with Timer(i):
            if i == 0:
                continue
            return i


print(f())
