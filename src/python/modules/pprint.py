# pprint: containers over several lines, as CPython lays them out
from collections import OrderedDict as _OrderedDict, defaultdict as _defaultdict, Counter as _Counter


def _key(pair):
    return str(type(pair[0])), str(pair[0])


def _sorted(pairs):
    try:
        return sorted(pairs, key=lambda pair: pair[0])
    except TypeError:
        return sorted(pairs, key=_key)


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False,
                 sort_dicts=True, underscore_numbers=False):
        if depth is not None or underscore_numbers:
            refuse('pprint with a depth or underscore_numbers is outside the subset: leave it out')
        self._indent, self._width, self._stream = indent, width, stream
        self._compact, self._sorts = compact, sort_dicts

    def pformat(self, object):
        parts = []
        self._format(object, parts, 0, 0, 1)
        return ''.join(parts)

    def pprint(self, object):
        print(self.pformat(object), file=self._stream)

    def _items(self, d):
        return _sorted(d.items()) if self._sorts else list(d.items())

    def _repr(self, o):
        shape = kind(o)
        if shape is dict and o:
            pairs = [f'{self._repr(k)}: {self._repr(v)}' for k, v in self._items(o)]
            return '{' + ', '.join(pairs) + '}'
        if shape is list:
            return '[' + ', '.join([self._repr(x) for x in o]) + ']'
        if shape is tuple and o:
            return '(' + ', '.join([self._repr(x) for x in o]) + (',)' if len(o) == 1 else ')')
        return repr(o)

    def _format(self, o, out, indent, allowance, level):
        text, shape = self._repr(o), kind(o)
        if len(text) <= self._width - indent - allowance:
            out.append(text)
        elif shape is dict:
            out.append('{' + ' ' * (self._indent - 1))
            self._format_pairs(self._items(o), out, indent, allowance + 1, level)
            out.append('}')
        elif shape is list:
            self._format_all(o, out, indent, allowance, level, '[', ']')
        elif shape is tuple:
            self._format_all(o, out, indent, allowance, level, '(', ',)' if len(o) == 1 else ')')
        elif shape is set:
            self._format_all([x for x, _ in _sorted([(x, x) for x in o])], out, indent, allowance,
                             level, '{', '}')
        elif shape is str:
            self._format_text(o, out, indent, allowance, level)
        elif shape is _OrderedDict:
            out.append('OrderedDict(')
            self._format(list(o.items()), out, indent + 12, allowance + 1, level + 1)
            out.append(')')
        elif shape is _defaultdict:
            out.append(f'defaultdict({o.default_factory!r},\n' + ' ' * (indent + 12))
            self._format(dict(o), out, indent + 12, allowance + 1, level + 1)
            out.append(')')
        elif shape is _Counter:
            out.append('Counter({' + ' ' * (self._indent - 1))
            self._format_pairs(o.most_common(), out, indent + 8, allowance + 2, level)
            out.append('})')
        else:
            out.append(text)

    def _format_pairs(self, pairs, out, indent, allowance, level):
        indent += self._indent
        for i, (key, value) in enumerate(pairs):
            text = self._repr(key)
            out.append(text + ': ')
            is_last = i == len(pairs) - 1
            self._format(value, out, indent + len(text) + 2, allowance if is_last else 1, level + 1)
            if not is_last:
                out.append(',\n' + ' ' * indent)

    def _format_all(self, items, out, indent, allowance, level, left, right):
        allowance += len(right)
        indent += self._indent
        out.append(left + ' ' * (self._indent - 1))
        left_width = width = self._width - indent + 1
        separator = ''
        for i, item in enumerate(items):
            is_last = i == len(items) - 1
            if is_last:
                width -= allowance
                left_width -= allowance
            if self._compact:
                text = self._repr(item)
                if left_width < len(text) + 2:
                    left_width = width
                    separator = ',\n' + ' ' * indent if separator else ''
                if left_width >= len(text) + 2:
                    left_width -= len(text) + 2
                    out.append(separator + text)
                    separator = ', '
                    continue
            out.append(separator)
            separator = ',\n' + ' ' * indent
            self._format(item, out, indent, allowance if is_last else 1, level + 1)
        out.append(right)

    def _format_text(self, text, out, indent, allowance, level):
        if level == 1:
            indent, allowance = indent + 1, allowance + 1
        lines, chunks, width = text.splitlines(True), [], self._width - indent
        for i, line in enumerate(lines):
            last = allowance if i == len(lines) - 1 else 0
            if len(repr(line)) <= width - last:
                chunks.append(repr(line))
                continue
            current, words = '', _words(line)
            for j, word in enumerate(words):
                if len(repr(current + word)) > width - (last if j == len(words) - 1 else 0):
                    if current:
                        chunks.append(repr(current))
                    current = word
                else:
                    current += word
            if current:
                chunks.append(repr(current))
        text = ('\n' + ' ' * indent).join(chunks)
        out.append('(' + text + ')' if level == 1 and len(chunks) > 1 else text)


# Each with the blanks behind it.
def _words(line):
    words, in_blanks = [''], False
    for c in line:
        if in_blanks and not c.isspace():
            words.append('')
        in_blanks = c.isspace()
        words[-1] += c
    return words


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
            underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pp(object, *args, sort_dicts=False, **more):
    pprint(object, *args, sort_dicts=sort_dicts, **more)
