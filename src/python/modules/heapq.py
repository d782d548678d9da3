# heapq: lists as heaps, their elements where CPython puts them


def _to_root(heap, first, at):
    item = heap[at]
    while at > first:
        parent = (at - 1) // 2
        if not item < heap[parent]:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


# The smaller child moves up all the way, and the item from there: CPython's order, which decides
# where equal elements come to lie.
def _to_leaf(heap, at):
    first, end, item = at, len(heap), heap[at]
    child = 2 * at + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _to_root(heap, first, at)


def heappush(heap, item, /):
    heap.append(item)
    _to_root(heap, 0, len(heap) - 1)


def heappop(heap, /):
    last = heap.pop() if heap else _raise_empty()
    return heapreplace(heap, last) if heap else last


def _raise_empty():
    raise IndexError('index out of range')


def heapreplace(heap, item, /):
    first = heap[0] if heap else _raise_empty()
    heap[0] = item
    _to_leaf(heap, 0)
    return first


def heappushpop(heap, item, /):
    return heapreplace(heap, item) if heap and heap[0] < item else item


def heapify(heap, /):
    for at in range(len(heap) // 2 - 1, -1, -1):
        _to_leaf(heap, at)


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
