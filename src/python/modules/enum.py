# enum: Enum, IntEnum, StrEnum, Flag, auto and unique


class EnumType:
    def __call__(cls, value):
        for member in cls.__members__.values():
            if member.value == value:
                return member
        if issubclass(cls, Flag) and isinstance(value, int):
            return cls._of_(value)
        raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')

    def __iter__(cls):
        return iter(cls._member_list_)

    def __len__(cls):
        return len(cls._member_list_)

    def __bool__(cls):
        return True

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            refuse("'in' of an Enum for what is none differs between releases of Python: write "
                   'any(m.value == x for m in E)')
        return isinstance(member, cls)

    def __getitem__(cls, name):
        return cls.__members__[name]

    def __repr__(cls):
        return f"<enum '{cls.__name__}'>"


class auto:
    pass


class Enum:
    def __init_subclass__(cls):
        if getattr(cls, '_member_list_', []):
            raise TypeError(f'{cls!r} cannot extend {type(cls._member_list_[0])!r}')
        cls.__members__, cls._member_list_, last = {}, [], 0
        for name, value in members(cls, False).items():
            if name[:1] == '_' and name[-1:] == '_':
                continue
            if isinstance(value, auto):
                value = cls._next_(name, last)
            last = value if isinstance(value, int) else last
            member = ([m for m in cls._member_list_ if m.value == value] or [None])[0]
            if member is None:
                member = make(cls, value)
                member.name = member._name_ = name
                member.value = member._value_ = value
                if '__init__' in members(cls, True):
                    member.__init__(*(value if isinstance(value, tuple) else (value,)))
                cls._member_list_.append(member)
            cls.__members__[name] = member
            setattr(cls, name, member)

    @staticmethod
    def _next_(name, last):
        return last + 1

    def __hash__(self):
        return hash(self._value_ if isinstance(self, (int, float, str)) else self._name_)

    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{type(self).__name__}.{self._name_}'

    def __format__(self, spec):
        return format(str(self), spec)


set_metaclass(Enum, EnumType)


class IntEnum(int, Enum):
    def __str__(self):
        return str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


class StrEnum(str, Enum):
    @staticmethod
    def _next_(name, last):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)


class Flag(Enum):
    @staticmethod
    def _next_(name, last):
        bit = 1
        while bit <= last:
            bit *= 2
        return bit

    @classmethod
    def _of_(cls, value):
        every = 0
        for member in cls._member_list_:
            if member.value == value:
                return member
            every |= member.value
        if value < 0 or value & ~every:
            raise ValueError(f"{cls!r} invalid value {value}: use its members' bits alone")
        if not hasattr(cls, '_others_'):
            cls._others_ = {}
        if value not in cls._others_:
            other = make(cls, value)
            names = [m.name for m in cls._member_list_ if m.value & value]
            other.name = other._name_ = '|'.join(names) if names else None
            other.value = other._value_ = value
            cls._others_[value] = other
        return cls._others_[value]

    def __or__(self, other):
        return self._of_(self.value | other.value) if isinstance(other, type(self)) else NotImplemented

    def __and__(self, other):
        return self._of_(self.value & other.value) if isinstance(other, type(self)) else NotImplemented

    def __xor__(self, other):
        return self._of_(self.value ^ other.value) if isinstance(other, type(self)) else NotImplemented

    def __invert__(self):
        every = 0
        for member in type(self)._member_list_:
            every |= member.value
        return self._of_(every & ~self.value)

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            refuse("'in' of a Flag for what is none of its kind is a TypeError in Python")
        return other.value & self.value == other.value

    def __iter__(self):
        return iter([m for m in type(self)._member_list_ if m.value & self.value])

    def __len__(self):
        return len([m for m in type(self)._member_list_ if m.value & self.value])

    def __bool__(self):
        return self.value != 0

    def __repr__(self):
        name = '' if self._name_ is None else '.' + self._name_
        return f'<{type(self).__name__}{name}: {self._value_!r}>'

    def __str__(self):
        cls = type(self).__name__
        return f'{cls}(0)' if self._name_ is None else f'{cls}.{self._name_}'


def unique(cls):
    twice = [(k, m.name) for k, m in cls.__members__.items() if k != m.name]
    if twice:
        names = ', '.join([f'{alias} -> {name}' for alias, name in twice])
        raise ValueError(f'duplicate values found in {cls!r}: {names}')
    return cls
