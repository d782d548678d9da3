# bisect: where an element belongs in a sorted list


def _reaches(before, a, x, lo, hi, key):
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        if before(a[middle] if key is None else key(a[middle]), x):
            lo = middle + 1
        else:
            hi = middle
    return lo


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    return _reaches(lambda y, x: y < x, a, x, lo, hi, key)


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    return _reaches(lambda y, x: not x < y, a, x, lo, hi, key)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)


def insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)


bisect = bisect_right
insort = insort_right
