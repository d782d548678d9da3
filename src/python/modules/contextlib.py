# contextlib: what is not in contexts.c
import sys as _sys


class redirect_stdout:
    def __init__(self, new_target):
        self._target, self._before = new_target, []

    def __enter__(self):
        self._before.append(_sys.stdout)
        _sys.stdout = self._target
        return self._target

    def __exit__(self, kind, error, trace):
        _sys.stdout = self._before.pop()


class redirect_stderr:
    def __init__(self, new_target):
        self._target, self._before = new_target, []

    def __enter__(self):
        self._before.append(_sys.stderr)
        _sys.stderr = self._target
        return self._target

    def __exit__(self, kind, error, trace):
        _sys.stderr = self._before.pop()


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, kind, error, trace):
        self.thing.close()


class ExitStack:
    def __init__(self):
        self._exits = []

    def __enter__(self):
        return self

    def enter_context(self, cm):
        value, before = enter(cm)
        self._exits.append(lambda kind, error, trace: leave(cm, before, error))
        return value

    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(exit, '__exit__') else exit)
        return exit

    def callback(self, callback, /, *args, **more):
        self._exits.append(lambda kind, error, trace: callback(*args, **more) and False)
        return callback

    def pop_all(self):
        other = ExitStack()
        other._exits, self._exits = self._exits, []
        return other

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, error, trace):
        given = error
        while self._exits:
            last = self._exits.pop()
            try:
                if last(None if error is None else type(error), error, None):
                    error = None
            except BaseException as e:
                error = e
        if error is not None and error is not given:
            raise error
        return given is not None and error is None
