# argparse: options and their defaults, where nothing is to be printed
import sys as _sys

SUPPRESS = '==SUPPRESS=='
REMAINDER = '...'
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'
_ACTIONS = 'store', 'store_true', 'store_false', 'store_const', 'append', 'count'
_FLAGS = {'store_true': (True, False), 'store_false': (False, True)}


class HelpFormatter:
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(HelpFormatter):
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class BooleanOptionalAction:
    pass


class ArgumentTypeError(Exception):
    pass


class Namespace:
    def __init__(self, **values):
        self.__dict__.update(values)

    def __eq__(self, other):
        if not isinstance(other, Namespace):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        values = [f'{k}={v!r}' if k.isidentifier() else (k, v) for k, v in self.__dict__.items()]
        return f"{type(self).__name__}({', '.join(values)})"


def _is_negative(text):
    digits = text[1:].replace('.', '', 1)
    return text[:1] == '-' and digits.isdigit()


class _Option:
    def __init__(self, names, action, nargs, const, default, type, choices, required, dest):
        self.names, self.action, self.nargs, self.const = names, action, nargs, const
        self.type, self.choices, self.dest = type, choices, dest
        self.is_positional = names[0][:1] != '-'
        self.required = nargs not in ('?', '*') if self.is_positional else required
        self.takes_none = action in ('store_true', 'store_false', 'store_const', 'count')
        if self.is_positional and nargs == '*' and default is None:
            default = []
        if action in _FLAGS:
            self.const, other = _FLAGS[action]
            default = other if default is None else default
        self.default = default

    def text(self):
        return '/'.join(self.names)

    def value(self, text):
        try:
            value = text if self.type is None else self.type(text)
        except (TypeError, ValueError, ArgumentTypeError):
            refuse(f'argument {self.text()}: invalid value {text!r}')
        if self.choices is not None and value not in self.choices:
            refuse(f'argument {self.text()}: invalid choice: {value!r}')
        return value

    # What it takes of the texts that come next.
    def taken(self, texts):
        count = 0
        while count < len(texts) and (texts[count][:1] != '-' or _is_negative(texts[count])):
            count += 1
        if isinstance(self.nargs, int):
            most = least = self.nargs
        else:
            most = count if self.nargs in ('*', '+') else 1
            least = 0 if self.nargs in ('*', '?') else 1
        if count < least:
            refuse(f'argument {self.text()}: expected {least} or more arguments')
        return texts[:min(count, most)]

    def store(self, values, texts):
        if self.action == 'count':
            values[self.dest] = (values[self.dest] or 0) + 1
            return
        if self.takes_none or (self.nargs == '?' and not texts):
            value = self.const
        else:
            value = [self.value(text) for text in texts]
            value = value[0] if self.nargs in (None, '?') else value
        if self.action == 'append':
            value = (values[self.dest] or []) + [value]
        values[self.dest] = value


class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[],
                 formatter_class=HelpFormatter, prefix_chars='-', argument_default=None,
                 conflict_handler='error', add_help=True, allow_abbrev=True):
        if parents or prefix_chars != '-' or argument_default is not None:
            refuse('ArgumentParser() is supported without parents, prefix_chars and argument_default')
        self.prog, self.description, self.epilog = prog, description, epilog
        self._options, self._defaults = [], {}

    def add_argument(self, *names, action='store', nargs=None, const=None, default=None, type=None,
                     choices=None, required=False, help=None, metavar=None, dest=None):
        if action is BooleanOptionalAction:
            names += tuple(['--no-' + name[2:] for name in names if name[:2] == '--'])
        elif action not in _ACTIONS:
            refuse('of the actions of add_argument(), ' + ', '.join(_ACTIONS) +
                   ' and BooleanOptionalAction are supported')
        if nargs == REMAINDER or default == SUPPRESS:
            refuse('add_argument() is supported without REMAINDER and SUPPRESS')
        if dest is None:
            long = [name for name in names if name[:2] == '--'] or names
            dest = long[0].lstrip('-').replace('-', '_')
        self._options.append(_Option(names or (dest,), action, nargs, const, default, type, choices,
                                     required, dest))

    def add_argument_group(self, title=None, description=None):
        return self

    def add_mutually_exclusive_group(self, *, required=False):
        return self

    def set_defaults(self, **values):
        for option in self._options:
            option.default = values.get(option.dest, option.default)
        self._defaults.update(values)

    def get_default(self, dest):
        for option in self._options:
            if option.dest == dest:
                return option.default
        return self._defaults.get(dest)

    def _option(self, name):
        for option in self._options:
            if name in option.names:
                return option
        near = [o for o in self._options if any([n.startswith(name) for n in o.names])]
        return near[0] if len(near) == 1 and name[:2] == '--' else None

    def parse_known_args(self, args=None, namespace=None):
        texts = list(_sys.argv[1:] if args is None else args)
        values, others, given = {o.dest: o.default for o in self._options}, [], []
        values.update({k: v for k, v in self._defaults.items() if k not in values})
        positional = [o for o in self._options if o.is_positional]
        while texts:
            name, equals, text = texts[0].partition('=')
            is_name = texts[0][:1] == '-' and not _is_negative(texts[0])
            option = self._option(name) if is_name else positional.pop(0) if positional else None
            if option is None:
                others.append(texts.pop(0))
                continue
            given.append(option)
            if is_name:
                texts.pop(0)
            if option.action is BooleanOptionalAction:
                values[option.dest] = name[:5] != '--no-'
                continue
            taken = [] if option.takes_none else [text] if is_name and equals else option.taken(texts)
            texts = texts[len(taken) if not (is_name and equals) else 0:]
            option.store(values, taken)
        for option in self._options:
            if option.required and option not in given:
                refuse(f'argument {option.text()} is required, and no arguments are given: write '
                       "parse_args(['...']), or a default")
            if option not in given and isinstance(option.default, str) and option.type is not None:
                values[option.dest] = option.value(option.default)
        space = Namespace() if namespace is None else namespace
        for k, v in values.items():
            setattr(space, k, v)
        return space, others

    def parse_args(self, args=None, namespace=None):
        space, others = self.parse_known_args(args, namespace)
        if others:
            refuse('unrecognized arguments: ' + ' '.join(others))
        return space

    def error(self, message):
        refuse(f'{message}: the parser ends the script')
