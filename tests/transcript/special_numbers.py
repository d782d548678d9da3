# Indices, rounding and reversing by methods of classes, and what int and float have.
print((255).bit_length(), (5).real, (5).imag, (5).numerator, (5).denominator, (2.5).real, (2.5).imag, (5).conjugate(), (255).bit_count(), True.real, int.bit_length(7), (7).as_integer_ratio())
import math
for f in (math.floor, math.ceil, math.trunc, round, int):
    for x in (float('nan'), float('inf')):
        try: f(x)
        except Exception as e: print(type(e).__name__, e)
class H:
    def __init__(self, x): self.x = x
    def __hash__(self): return hash(self.x)
    def __eq__(self, o): return self.x == o.x
print(len({H(1), H(1), H(2)}), {H(1): 'a'}[H(1)], hash(H(3)), hash(H((1,2))) == hash((1,2)))
class A:
    def __index__(self): return 2
print([1,2,3][A()], range(A()), hex(A()), 'abc'[A():], [0]*3)
class A:
    def __round__(self, n=None): return ('r', n)
    def __trunc__(self): return 7
    def __floor__(self): return 8
    def __ceil__(self): return 9
    def __reversed__(self): return iter([3,2,1])
import math
a=A(); print(round(a), round(a, 2), math.trunc(a), math.floor(a), math.ceil(a), list(reversed(a)))
class A:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
print(list(reversed(A())))
d={'a':1,'b':2}; print(list(reversed(d)), list(reversed(d.items())), list(reversed(d.keys())), list(reversed(d.values())))
print(round(1234,-2), round(1250,-2), round(1350,-2), round(-1250,-2), round(1234.5,-2), round(15,-1), round(25,-1), round(7, 3), round(1e22,-3), round(123456789,-10), round(0.5,-1), round(55.5, -1))
print(range(10)[2:5], range(10)[::-1], range(10)[::3], range(0,20,2)[1:-1:2], range(5)[-1], len(range(10)[3:]))
