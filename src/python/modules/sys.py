# sys: what is not in system.c
from typing import NamedTuple as _NamedTuple


class _VersionInfo(_NamedTuple):
    major: int
    minor: int
    micro: int
    releaselevel: str
    serial: int

    def __repr__(self):
        fields = [f'{k}={v!r}' for k, v in zip(self._fields, self)]
        return f"sys.version_info({', '.join(fields)})"


# Those of Debian 12 and 13.
version_info = _VersionInfo(*((3, 13, 5) if is_python_3_12() else (3, 11, 2)), 'final', 0)
byteorder = 'little'
platform = 'linux'


def exc_info():
    error = handled()
    return (None, None, None) if error is None else (type(error), error, None)
