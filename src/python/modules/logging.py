# logging: lines to streams
import sys as _sys

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'
_NAMES = {50: 'CRITICAL', 40: 'ERROR', 30: 'WARNING', 20: 'INFO', 10: 'DEBUG', 0: 'NOTSET'}
_LEVELS = {'FATAL': 50, 'WARN': 30, **{name: level for level, name in _NAMES.items()}}
# What differs from run to run, or is not known here.
_OTHERS = ('asctime', 'created', 'msecs', 'relativeCreated', 'process', 'processName', 'thread',
           'threadName', 'taskName', 'lineno', 'funcName', 'pathname', 'filename', 'module')


def _level(level):
    if isinstance(level, str) and level not in _LEVELS:
        raise ValueError(f'Unknown level: {level!r}')
    return _LEVELS[level] if isinstance(level, str) else level


def getLevelName(level):
    return _NAMES.get(level, f'Level {level}') if not isinstance(level, str) else _LEVELS[level]


def addLevelName(level, name):
    _NAMES[level], _LEVELS[name] = name, level


class LogRecord:
    def __init__(self, name, level, msg, args):
        self.name, self.levelno, self.levelname = name, level, getLevelName(level)
        self.msg = msg
        self.args = args[0] if len(args) == 1 and isinstance(args[0], dict) and args[0] else args

    def getMessage(self):
        return str(self.msg) % self.args if self.args else str(self.msg)


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style='%'):
        if style not in ('%', '{'):
            refuse("a Formatter of this style is outside the subset: write style='%'")
        self._style = style
        self._fmt = fmt or ('%(message)s' if style == '%' else '{message}')

    def _has(self, field):
        return '%(' + field + ')' in self._fmt if self._style == '%' else '{' + field in self._fmt

    def _differs(self):
        return any([self._has(field) for field in _OTHERS])

    def format(self, record):
        fields = {**{k: '-' for k in _OTHERS}, **record.__dict__, 'message': record.getMessage()}
        return self._fmt % fields if self._style == '%' else self._fmt.format(**fields)


class Handler:
    def __init__(self, level=NOTSET):
        self.level, self.formatter, self._filters = _level(level), None, []

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or Formatter()).format(record)

    def handle(self, record):
        self.emit(record)

    def flush(self):
        pass

    def close(self):
        pass


class NullHandler(Handler):
    def emit(self, record):
        pass


class StreamHandler(Handler):
    def __init__(self, stream=None):
        super().__init__()
        self.stream = _sys.stderr if stream is None else stream

    def emit(self, record):
        formatter = self.formatter or Formatter()
        if self.stream is not _sys.stderr and formatter._differs():
            refuse('a time, a line or a process in a line that is logged differs from run to run, '
                   'or is not known here: leave it out of the format')
        print(formatter.format(record), file=self.stream)


class FileHandler(Handler):
    def __init__(self, filename, mode='a', encoding=None):
        refuse('files are outside the subset: log to sys.stdout')


_last_resort = StreamHandler()


class Logger:
    def __init__(self, name, level=NOTSET, parent=None):
        self.name, self.level, self.parent = name, _level(level), parent
        self.handlers, self.propagate, self.disabled = [], True, False

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger.parent is not None and not logger.level:
            logger = logger.parent
        return logger.level

    def isEnabledFor(self, level):
        return level > _disabled[0] and level >= self.getEffectiveLevel() and not self.disabled

    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)

    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)

    def _all_handlers(self):
        found, logger = [], self
        while logger is not None:
            found += logger.handlers
            logger = logger.parent if logger.propagate else None
        return found

    def hasHandlers(self):
        return len(self._all_handlers()) > 0

    def getChild(self, suffix):
        return getLogger(suffix if self is root else self.name + '.' + suffix)

    def log(self, level, msg, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None):
        if not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, msg, args)
        record.__dict__.update(extra or {})
        for handler in self._all_handlers():
            if exc_info and getattr(handler, 'stream', None) is not _sys.stderr:
                refuse('the traceback of an exception in a log is outside the subset: log the '
                       'exception itself')
            if level >= handler.level:
                handler.handle(record)
        if not self.hasHandlers() and level >= WARNING:
            _last_resort.handle(record)

    def debug(self, msg, *args, **more):
        self.log(DEBUG, msg, *args, **more)

    def info(self, msg, *args, **more):
        self.log(INFO, msg, *args, **more)

    def warning(self, msg, *args, **more):
        self.log(WARNING, msg, *args, **more)

    warn = warning

    def error(self, msg, *args, **more):
        self.log(ERROR, msg, *args, **more)

    def exception(self, msg, *args, exc_info=True, **more):
        self.log(ERROR, msg, *args, exc_info=exc_info, **more)

    def critical(self, msg, *args, **more):
        self.log(CRITICAL, msg, *args, **more)

    fatal = critical

    def __repr__(self):
        return f'<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>'


class RootLogger(Logger):
    pass


root = RootLogger('root', WARNING)
_loggers = {}
_disabled = [-1]


def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        _loggers[name] = Logger(name)
        for each in sorted(_loggers):
            around = [n for n in _loggers if each.startswith(n + '.')]
            _loggers[each].parent = _loggers[max(around, key=len)] if around else root
    return _loggers[name]


def disable(level=CRITICAL):
    _disabled[0] = _level(level)


def basicConfig(*, filename=None, filemode='a', format=None, datefmt=None, style='%', level=None,
                stream=None, handlers=None, force=False, encoding=None, errors=None):
    if filename is not None:
        refuse('files are outside the subset: write stream=sys.stdout')
    if force:
        root.handlers = []
    if root.handlers:
        return
    usual = BASIC_FORMAT if style == '%' else '{levelname}:{name}:{message}'
    formatter = Formatter(format or usual, datefmt, style)
    for handler in handlers or [StreamHandler(stream)]:
        handler.formatter = handler.formatter or formatter
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def log(level, msg, *args, **more):
    basicConfig()
    root.log(level, msg, *args, **more)


def debug(msg, *args, **more):
    log(DEBUG, msg, *args, **more)


def info(msg, *args, **more):
    log(INFO, msg, *args, **more)


def warning(msg, *args, **more):
    log(WARNING, msg, *args, **more)


warn = warning


def error(msg, *args, **more):
    log(ERROR, msg, *args, **more)


def exception(msg, *args, exc_info=True, **more):
    log(ERROR, msg, *args, exc_info=exc_info, **more)


def critical(msg, *args, **more):
    log(CRITICAL, msg, *args, **more)


fatal = critical


def shutdown():
    pass


def captureWarnings(capture):
    pass
