# os.path: paths as texts, none of which is looked up

sep = '/'


def join(a, /, *p):
    for part in p:
        a = part if part[:1] == '/' else a + part if not a or a[-1:] == '/' else a + '/' + part
    return a


def split(p, /):
    at = p.rfind('/') + 1
    head = p[:at]
    return head.rstrip('/') or head, p[at:]


def basename(p, /):
    return split(p)[1]


def dirname(p, /):
    return split(p)[0]


def splitext(p, /):
    at = p.rfind('.')
    first = p.rfind('/') + 1
    stem = p[first:at]
    return (p[:at], p[at:]) if at > first and stem.strip('.') else (p, '')


def isabs(s, /):
    return s[:1] == '/'
