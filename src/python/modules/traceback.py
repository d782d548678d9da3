# traceback: what goes to stderr, where nobody compares it
import sys as _sys


def _say(error, file):
    if file is not None and file is not _sys.stderr:
        refuse('a traceback outside of stderr is outside the subset: print the exception itself')
    print(f'{type(error).__name__}: {error}', file=_sys.stderr)


def print_exc(limit=None, file=None, chain=True):
    _say(handled(), file)


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    _say(exc if value is None else value, file)


def format_exception_only(exc, /, value=None):
    error = exc if value is None else value
    text = str(error)
    name = type(error).__name__
    return [f'{name}: {text}\n' if text else name + '\n']
