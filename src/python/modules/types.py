# types: SimpleNamespace


class SimpleNamespace:
    def __init__(self, **values):
        self.__dict__.update(values)

    def __getattr__(self, name):
        kind = type(self).__name__.replace('SimpleNamespace', 'types.SimpleNamespace')
        raise AttributeError(f"'{kind}' object has no attribute '{name}'")

    def __eq__(self, other):
        if not isinstance(other, SimpleNamespace):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __repr__(self):
        values = ', '.join([f'{k}={v!r}' for k, v in self.__dict__.items()])
        return ('namespace' if type(self) is SimpleNamespace else type(self).__name__) + f'({values})'
