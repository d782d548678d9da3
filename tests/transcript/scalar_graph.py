# Backpropagation over single numbers: objects with operators, closures and a set of visited ones.
import random


class Scalar:
    def __init__(self, number, parts=()):
        self.number, self.slope = number, 0.0
        self.parts = set(parts)
        self.push = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.number + other.number, (self, other))

        def push():
            self.slope += out.slope
            other.slope += out.slope

        out.push = push
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.number * other.number, (self, other))

        def push():
            self.slope += other.number * out.slope
            other.slope += self.number * out.slope

        out.push = push
        return out

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def relu(self):
        out = Scalar(max(0.0, self.number), (self,))

        def push():
            self.slope += (out.number > 0) * out.slope

        out.push = push
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for part in node.parts:
                    visit(part)
                order.append(node)

        visit(self)
        self.slope = 1.0
        for node in reversed(order):
            node.push()

    def __repr__(self):
        return f"Scalar({self.number:.4f}, {self.slope:.4f})"


class Unit:
    def __init__(self, width):
        self.weights = [Scalar(random.uniform(-1, 1)) for _ in range(width)]
        self.bias = Scalar(0.0)

    def __call__(self, x):
        return sum((w * v for w, v in zip(self.weights, x)), self.bias)

    def parameters(self):
        return [*self.weights, self.bias]


random.seed(3)
hidden, last = [Unit(2) for _ in range(4)], Unit(4)
everything = [p for unit in hidden + [last] for p in unit.parameters()]
data = [([0.0, 1.0], 1.0), ([1.0, 1.0], -1.0), ([1.0, 0.0], 1.0)]
for step in range(30):
    loss = Scalar(0.0)
    for x, y in data:
        error = last([unit(x).relu() for unit in hidden]) - y
        loss = loss + error * error
    for p in everything:
        p.slope = 0.0
    loss.backward()
    for p in everything:
        p.number -= 0.05 * p.slope
    if step % 10 == 0:
        print(step, loss)
print(everything[:4])
