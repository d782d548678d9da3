# typing: what does something when the script runs


def NewType(name, tp):
    return lambda value: value


class _TypedDictMeta:
    def __call__(cls, *args, **more):
        return dict(*args, **more)


class TypedDict:
    pass


set_metaclass(TypedDict, _TypedDictMeta)
