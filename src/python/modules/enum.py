# enum: Enum, auto and unique


class EnumType:
    def __call__(cls, value):
        for member in cls.__members__.values():
            if member.value == value:
                return member
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
            value = last + 1 if isinstance(value, auto) else value
            last = value if isinstance(value, int) else last
            member = ([m for m in cls._member_list_ if m.value == value] or [None])[0]
            if member is None:
                member = make(cls)
                member.name = member._name_ = name
                member.value = member._value_ = value
                if '__init__' in members(cls, True):
                    member.__init__(*(value if isinstance(value, tuple) else (value,)))
                cls._member_list_.append(member)
            cls.__members__[name] = member
            setattr(cls, name, member)

    def __hash__(self):
        return hash(self._name_)

    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{type(self).__name__}.{self._name_}'

    def __format__(self, spec):
        return format(str(self), spec)


set_metaclass(Enum, EnumType)


def unique(cls):
    twice = [(k, m.name) for k, m in cls.__members__.items() if k != m.name]
    if twice:
        names = ', '.join([f'{alias} -> {name}' for alias, name in twice])
        raise ValueError(f'duplicate values found in {cls!r}: {names}')
    return cls
