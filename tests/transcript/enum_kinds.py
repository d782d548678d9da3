# Enums that are numbers, texts and bits.
from enum import IntEnum, Flag, auto, Enum, IntFlag, StrEnum
class C(IntEnum):
    RED = 1
    GREEN = auto()
print(C.RED, C.GREEN, C.RED + 1, C.RED == 1, C.RED < C.GREEN, [10,20,30][C.RED], list(C), repr(C.RED), f'{C.RED}', C(2), C['RED'], C.RED.name, C.RED.value, isinstance(C.RED, int), sorted([C.GREEN, C.RED]), int(C.GREEN), {C.RED: 'a'}[1], max(C), '%d' % C.RED, C.RED in (1, 2), len(C))
from enum import Flag, auto
class P(Flag):
    R = auto()
    W = auto()
    X = auto()
p = P.R | P.W
print(p, P.R in p, P.X in p, p & P.R, p.value, repr(p), ~P.R, bool(P.R & P.W), P.R ^ P.W, P(3), [x for x in P], P.X.value)
from enum import StrEnum, auto
class S(StrEnum):
    A = 'a'
    B = auto()
print(S.A, S.B, repr(S.A), S.A == 'a', S.B.upper(), f'{S.A:>3}')
from enum import Enum
class Act(str, Enum):
    RELU = 'relu'
    TANH = 'tanh'
print(Act.RELU, Act.RELU == 'relu', Act.RELU.value, Act('tanh'), Act.RELU.upper(), repr(Act.TANH), {'relu': 1}[Act.RELU], isinstance(Act.RELU, str), f'{Act.RELU}', Act.RELU in ('relu',))
