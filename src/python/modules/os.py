# os: the environment, which is empty but for what the script puts there
_THERE = 'HOME', 'USER', 'LOGNAME', 'PATH', 'PWD', 'SHELL', 'LANG', 'TERM', 'TMPDIR', 'HOSTNAME'

name = 'posix'
sep = '/'
linesep = '\n'


class _Environ:
    def __init__(self):
        self._set = {}

    def _check(self, key):
        if key in _THERE and key not in self._set:
            refuse(f"the environment's {key} differs from machine to machine: write it into the "
                   'script')

    def __getitem__(self, key):
        self._check(key)
        return self._set[key]

    def __setitem__(self, key, value):
        if not isinstance(key, str) or not isinstance(value, str):
            raise TypeError(f'str expected, not {type(value if isinstance(key, str) else key).__name__}')
        self._set[key] = value

    def __delitem__(self, key):
        del self._set[key]

    def __contains__(self, key):
        self._check(key)
        return key in self._set

    def get(self, key, default=None):
        self._check(key)
        return self._set.get(key, default)

    def pop(self, key, *default):
        self._check(key)
        return self._set.pop(key, *default)

    def setdefault(self, key, value):
        self._check(key)
        return self._set.setdefault(key, value)

    def update(self, other=(), **more):
        for key, value in dict(other, **more).items():
            self[key] = value


environ = _Environ()


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(name, value, /):
    pass
