# divmod() of objects of a class, strings of bytes as keys, and the name of ... .


class Clock:
    def __init__(self, minutes):
        self.minutes = minutes

    def __divmod__(self, other):
        if isinstance(other, str):
            return NotImplemented
        hours, rest = divmod(self.minutes, other)
        return Clock(hours), Clock(rest)

    def __rdivmod__(self, other):
        return "reflected", other

    def __repr__(self):
        return f"Clock({self.minutes})"


print(divmod(Clock(135), 60), divmod(100, Clock(7)), divmod("a", Clock(1)))
try:
    divmod(Clock(1), "a")
except TypeError as error:
    print(error)
print(divmod(-7, 2), divmod(7.5, -2))

counts = {b"ab": 1, b"": 2, "ab": 3, b"a\x00": 4, b"a": 5}
counts[b"a" + b"b"] += 10
print(counts, counts[bytes([97, 0])], b"b" in counts, len({b"x", b"x", "x"}))
print(sorted(counts, key=repr))
many = {bytes([i]): i for i in range(20)}
print(many[b"\x07"], many.get(b"\x14"), many.pop(b"\x13"), len(many))

print(Ellipsis, ... is Ellipsis, {...: 1}[Ellipsis], Ellipsis == ...)
