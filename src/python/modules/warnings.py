# warnings: shown on stderr, recorded, raised or ignored
import sys as _sys

_filters = []  # the last one first: what is done with warnings of a class
_records = []  # the lists of the blocks around that record
_shown = set()


class WarningMessage:
    def __init__(self, message, category):
        self.message, self.category = message, category


def _action(category):
    for action, of in _filters:
        if issubclass(category, of):
            return action
    return 'default'


def _warn(message, category, is_shown):
    action = _action(category)
    if action == 'error':
        raise message
    if action == 'ignore':
        return
    if _records:
        if action != 'always':
            refuse("what is recorded without a filter depends on what was shown before: write "
                   "warnings.simplefilter('always') in the block")
        _records[-1].append(WarningMessage(message, category))
    elif is_shown and (category, str(message)) not in _shown:
        _shown.add((category, str(message)))
        print(f'{category.__name__}: {message}', file=_sys.stderr)


# What the library warns of: it is shown already. None: in words that are not known here.
def _library_warns(text):
    if text is not None:
        _warn(UserWarning(text), UserWarning, False)
    elif _action(UserWarning) == 'error' or (_records and _action(UserWarning) != 'ignore'):
        refuse('a warning that comes here in Python is not known here, and cannot be recorded or '
               'raised: take it out of the block')


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        _warn(message, type(message), True)
    else:
        category = category or UserWarning
        _warn(category(message), category, True)


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    if (message or module or lineno) and action != 'ignore':
        refuse('a filter of messages or modules is outside the subset: write '
               'warnings.filterwarnings(action, category=...)')
    if not (message or module or lineno):
        _filters.insert(len(_filters) if append else 0, (action, category))


def simplefilter(action, category=Warning, lineno=0, append=False):
    _filters.insert(len(_filters) if append else 0, (action, category))


def resetwarnings():
    _filters.clear()


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0,
                 append=False):
        self._record, self._action, self._category = record, action, category
        self._append = append

    def __enter__(self):
        self._before = list(_filters)
        if self._action is not None:
            simplefilter(self._action, self._category, append=self._append)
        if not self._record:
            return None
        _records.append([])
        return _records[-1]

    def __exit__(self, kind, error, trace):
        _filters[:] = self._before
        if self._record:
            _records.pop()


on_warning(_library_warns)
