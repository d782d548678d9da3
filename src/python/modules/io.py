# io: StringIO


class StringIO:
    def __init__(self, initial_value='', newline='\n'):
        self._text, self._at, self.closed = initial_value or '', 0, False

    def _open(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def write(self, s, /):
        self._open()
        if self._at < len(self._text):
            self._text = self._text[:self._at] + s + self._text[self._at + len(s):]
        else:
            self._text += s
        self._at += len(s)
        return len(s)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def getvalue(self):
        self._open()
        return self._text

    def read(self, size=-1, /):
        self._open()
        rest = self._text[self._at:]
        taken = rest if size is None or size < 0 else rest[:size]
        self._at += len(taken)
        return taken

    def readline(self, size=-1, /):
        rest = self._text[self._at:]
        end = rest.find('\n')
        return self.read(len(rest) if end < 0 else end + 1)

    def readlines(self, hint=-1, /):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def seek(self, pos, whence=0, /):
        self._at = len(self._text) if whence == 2 else pos
        if self._at > len(self._text):
            refuse('a place behind the end of a StringIO is outside the subset')
        return self._at

    def tell(self):
        return self._at

    def truncate(self, pos=None, /):
        self._text = self._text[:self._at if pos is None else pos]
        return len(self._text)

    def flush(self):
        self._open()

    def close(self):
        self.closed = True

    def isatty(self):
        return False

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()
