# json: loads
_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
_WORDS = {'null': None, 'true': True, 'false': False, 'NaN': float('nan'),
          'Infinity': float('inf'), '-Infinity': float('-inf')}


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno = doc.count('\n', 0, pos) + 1
        self.colno = pos - doc.rfind('\n', 0, pos)
        super().__init__(f'{msg}: line {self.lineno} column {self.colno} (char {pos})')


def _skip(s, at):
    while at < len(s) and s[at] in ' \t\n\r':
        at += 1
    return at


# Each reads what begins at a place, and tells where it ends.
def _string(s, at):
    first, out = at - 1, []
    while at < len(s) and s[at] != '"':
        if s[at] < ' ':
            raise JSONDecodeError('Invalid control character at', s, at)
        if s[at] != '\\':
            out.append(s[at])
            at += 1
        elif s[at + 1:at + 2] == 'u':
            out.append(chr(int(s[at + 2:at + 6], 16)))
            at += 6
        elif s[at + 1:at + 2] in _ESCAPES:
            out.append(_ESCAPES[s[at + 1]])
            at += 2
        else:
            raise JSONDecodeError('Invalid \\escape', s, at)
    if at >= len(s):
        raise JSONDecodeError('Unterminated string starting at', s, first)
    return ''.join(out), at + 1


def _digits(s, at):
    while at < len(s) and s[at] in '0123456789':
        at += 1
    return at


def _number(s, at):
    first = at
    at = at + 1 if s[at:at + 1] == '-' else at
    end = at + 1 if s[at:at + 1] == '0' else _digits(s, at)
    if end == at:
        raise JSONDecodeError('Expecting value', s, first)
    is_float = False
    if s[end:end + 1] == '.' and _digits(s, end + 1) > end + 1:
        end, is_float = _digits(s, end + 1), True
    if s[end:end + 1] in ('e', 'E'):
        power = end + 2 if s[end + 1:end + 2] in ('+', '-') else end + 1
        if _digits(s, power) > power:
            end, is_float = _digits(s, power), True
    return float(s[first:end]) if is_float else int(s[first:end]), end


def _array(s, at):
    items, at = [], _skip(s, at)
    if s[at:at + 1] == ']':
        return items, at + 1
    while True:
        item, at = _value(s, at)
        items.append(item)
        at = _skip(s, at)
        if s[at:at + 1] == ']':
            return items, at + 1
        if s[at:at + 1] != ',':
            raise JSONDecodeError("Expecting ',' delimiter", s, at)
        at = _skip(s, at + 1)


def _object(s, at):
    pairs, at = {}, _skip(s, at)
    if s[at:at + 1] == '}':
        return pairs, at + 1
    while True:
        if s[at:at + 1] != '"':
            raise JSONDecodeError('Expecting property name enclosed in double quotes', s, at)
        key, at = _string(s, at + 1)
        at = _skip(s, at)
        if s[at:at + 1] != ':':
            raise JSONDecodeError("Expecting ':' delimiter", s, at)
        pairs[key], at = _value(s, _skip(s, at + 1))
        at = _skip(s, at)
        if s[at:at + 1] == '}':
            return pairs, at + 1
        if s[at:at + 1] != ',':
            raise JSONDecodeError("Expecting ',' delimiter", s, at)
        at = _skip(s, at + 1)


def _value(s, at):
    first = s[at:at + 1]
    if first == '"':
        return _string(s, at + 1)
    if first == '[':
        return _array(s, at + 1)
    if first == '{':
        return _object(s, at + 1)
    for word, value in _WORDS.items():
        if s[at:at + len(word)] == word:
            return value, at + len(word)
    return _number(s, at)


def loads(s):
    if not isinstance(s, str):
        if not isinstance(s, bytes):
            raise TypeError('the JSON object must be str, bytes or bytearray, not ' +
                            type(s).__name__)
        s = s.decode()
    value, at = _value(s, _skip(s, 0))
    at = _skip(s, at)
    if at < len(s):
        raise JSONDecodeError('Extra data', s, at)
    return value


def load(fp):
    return loads(fp.read())
