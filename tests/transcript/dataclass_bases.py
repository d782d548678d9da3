# Dataclasses of several bases.
from dataclasses import dataclass, field, fields
@dataclass
class A: x: int = 1
@dataclass
class B: y: int = 2
@dataclass
class C(A, B): z: int = 3
print(C(), C(1,2,3), [f.name for f in fields(C)])
@dataclass
class D(C):
    x: int = 9
    w: list = field(default_factory=list)
print(D(), D(1).w)
class Mid(B): pass
@dataclass
class E(Mid, A): pass
print(E())

from dataclasses import dataclass
@dataclass(frozen=True)
class A: x: int = 1
try:
    @dataclass
    class B(A): y: int = 2
except TypeError as e: print(e)
@dataclass
class N: y: int = 1
try:
    @dataclass(frozen=True)
    class M(N): pass
except TypeError as e: print(e)
