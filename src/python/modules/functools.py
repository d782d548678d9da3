# functools: what is not in functools.c and memo.c


def total_ordering(cls):
    known = [name for name in ('__lt__', '__le__', '__gt__', '__ge__') if name in members(cls, True)]
    if not known:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = known[0]
    first = getattr(cls, root)

    # What is asked by way of root: of the operands in turn, and with == or not.
    def made(is_less, takes_equal):
        says_less, says_equal = root in ('__lt__', '__le__'), root in ('__le__', '__ge__')

        def compare(self, other):
            answer = first(self, other)
            if answer is NotImplemented:
                return answer
            if is_less != says_less:
                if says_equal == takes_equal:
                    return not answer or self == other if takes_equal else not answer and self != other
                return not answer
            if says_equal == takes_equal:
                return answer
            return answer or self == other if takes_equal else answer and self != other
        return compare

    others = {'__lt__': (True, False), '__le__': (True, True), '__gt__': (False, False),
              '__ge__': (False, True)}
    for name, kind in others.items():
        if name not in known:
            setattr(cls, name, made(*kind))
    return cls


def singledispatch(func):
    functions = {}

    def find(cls):
        best = None
        for c in functions:
            if issubclass(cls, c) and (best is None or issubclass(c, best)):
                best = c
        return func if best is None else functions[best]

    def register(cls, func=None):
        if func is None and not isinstance(cls, type):
            kinds = [v for k, v in cls.__annotations__.items() if k != 'return']
            return register(kinds[0], cls)
        if func is None:
            return lambda f: register(cls, f)
        functions[cls] = func
        return func

    def wrapper(*args, **more):
        return find(type(args[0]))(*args, **more)

    wrapper.__name__, wrapper.__doc__ = func.__name__, func.__doc__
    wrapper.register, wrapper.dispatch = register, find
    return wrapper
