# globals: what globals() gives, which sees the names of the script as they are


# Stands for what Python itself puts there, as its loader.
class _Own:
    def _refuse(self, *args):
        refuse('what Python itself puts into globals() is outside the subset: leave out the names '
               'that begin with __')

    __repr__ = __str__ = __format__ = __getattr__ = _refuse


_own = {n: _Own() for n in ('__doc__', '__package__', '__loader__', '__spec__', '__annotations__',
                            '__builtins__', '__file__', '__cached__')}


def _all():
    return {'__name__': '__main__', **_own, **script_names()}


def _walk(pick):
    names = _all()
    for name in names:
        if len(_all()) != len(names):
            raise RuntimeError('dictionary changed size during iteration')
        yield pick(name, names[name])


def _refuse(*args, **more):
    refuse('to change globals() is outside the subset: assign to the name, or keep a dict')


class names:
    def __getitem__(self, name):
        return _all()[name]

    def get(self, name, default=None, /):
        return _all().get(name, default)

    def __contains__(self, name):
        return name in _all()

    def __len__(self):
        return len(_all())

    def __iter__(self):
        return _walk(lambda name, value: name)

    def keys(self):
        return _walk(lambda name, value: name)

    def values(self):
        return _walk(lambda name, value: value)

    def items(self):
        return _walk(lambda name, value: (name, value))

    def copy(self):
        return _all()

    def __repr__(self):
        refuse('the text of globals() is outside the subset: print the names that you mean')

    __setitem__ = __delitem__ = update = setdefault = pop = popitem = clear = _refuse
