for i in range(3):
    print(i, end=' ')
for a, b in [(1, 2), (3, 4)]:
    print(a + b, end=' ')
for i, (a, b) in enumerate(zip([1, 2], 'xy'), 1):
    print(i, a, b, end=' ')
for x in (1.5, 'a', None):
    print(x, end=' ')
for k in {'a': 1, 'b': 2}:
    print(k, end=' ')
for i in reversed([1, 2, 3]):
    print(i, end=' ')
for [p, q] in ['ab', (1, 2)]:
    print(p, q, end=' ')
for t in 1, 2:
    print(t, end=' ')
print(i, a)

total = 0
for i in range(10):
    if i == 3:
        continue
    elif i == 7:
        break
    else:
        total += i
else:
    print('not reached')
print(total, i)
for i in []:
    pass
else:
    print('empty')
for i in range(2):
    for j in range(5):
        if j == 1:
            break
    else:
        print('never')
    print(i, j)


def find(items, wanted):
    for i, item in enumerate(items):
        for _ in range(1):
            if item == wanted:
                return i
    return -1


print(find('abc', 'b'), find('abc', 'z'))

x = 3
if x < 1:
    print('a')
elif x < 2:
    print('b')
elif x < 4:
    print('c')
else:
    print('d')
if not x: print('no')
else: print('yes'); print('too')
if [] or '' or 0:
    print('never')
if __name__ == "__main__":
    print('main')

x = 10
x += 1
x -= 2
x *= 3
print(x, end=' ')
x //= 4
x **= 2
x %= 25
print(x, end=' ')
x /= 4
print(x)
s = 'a'
s += 'b'
s *= 2
l = m = [1]
l += (2,)
l *= 2
m[0] += 5
t = (1,)
t += (2,)
d = {'n': 1}
d['n'] += 1
print(s, l, m, t, d)

(p, q), r = (1, 2), 3
a, b = b, a = [1, 2]
x, y = 'hi'
[m, n] = range(2)
u, = [9]
print(p, q, r, a, b, x, y, m, n, u)
a, b = b, a
print(a, b)
i, l = 1, [0, 0]
i, l[i] = 0, 7
print(i, l)

count = 0


def bump(by=1):
    global count
    count += by


def make():
    global fresh, other
    fresh, other = 1, 2
    for count in range(3):
        pass
    return count


bump()
bump(2)
print(count, make(), fresh, other, count)

def f(a, b=2, c=3):
    """What it does."""
    return a, b, c


def g(): return 1; print('never')


def h(n):
    if n <= 1:
        return 1
    return n * h(n - 1)


def nothing():
    pass


def early(x):
    if x:
        return
    return 'late'


print(f(1), f(1, c=5), f(b=1, a=0), f.__name__, g(), h(10), nothing(), early(1), early(0))

x = 1
y = 2
del x, y
x = 3
assert x == 3, 'three'
assert x


def f():
    x = 1
    del x
    x = 2
    return x


pass
print(x, f())

x = (1 +
     2)  # a comment
y = [1,
     2,   # another

     3]
z = 1 + \
    2; w = 4
if x: pass
print(x, y, z, w);
def f(a,
      b=(1,
         2)):
    return a, b
print(f(
    1))
