"""Strings: their methods, and every way to put numbers into them."""

STATEMENTS = """f'{v:«.3f|8.2f|e|.2e|g|.3g|+.1f|010.3f|>12.4f|<9.1f|^11.2f|%|.1%|,.2f|_>8.1f|.0f| .2f|»}'
f'{n:«d|5d|05|+|,|x|X|b|o|08b|#x|^7|>6|*<6|e|.2f|c|_»}'
f'{t:«<10|>10|^10|.2|*^9|s|<3|>12.3»}|'
f'{v!r:>12} {t!r} {t!s:>6} {l!r}'
f'{v=} {n=:>4} {n + 1 = }«| {t=!s}»'
f'{v:{w}.{n % 4}f} {t:>{w}} {v:{">" if n else "<"}{w}}'
f'{"nested " + f"{n:03}"} {l[0]} {d["k"]:.1f} {(lambda x: x * 2)(n)}'
f'{{}} {{{n}}} {t.upper()} {n if n > 2 else "few"}'
f'{True} {None} {1e10} {l} {d} {(1,)}' + ''
f'{True:d} {True:>5} {3.0:g} {1e6:g} {1e-7} {123456.789:,}'
'%d %5d %-5d| %05d %+d' % (n, n, n, n, n)
'%f %.2f %8.3f %e %g %.3g' % (v, v, v, v, v, v)
'%s %r %10s %-6s| %.2s' % (t, t, t, t, t)
'%x %o %X %c %%' % («n % 16|12», 8, 255, «65|'z'»)
'%(a)s %(b).2f' % {'a': t, 'b': v}
'%*d %.*f' % (w, n, 2, v)
'{} {} {}'.format(n, v, t)
'{1} {0} {1:>5}'.format(n, t)
'{a:.2f} {b[0]} {c:>4}'.format(a=v, b=l, c=n)
'{:>8} {:<8} {:^8}|'.format(t, n, v)
'{!r:>8} {0}'.format(t«|, n»)
format(v, '«.2f|10.1e|>9|»') + format(n, '«04|,|»') + format(t, '>8')
t.«upper|lower|title|capitalize|swapcase|strip|casefold»()
t.«center|ljust|rjust»(w«|, '*'») + '|'
t.zfill(9), str(n).zfill(«4|1»), '-5'.zfill(4)
t.replace(«'a', 'o'|'l', '', 1|'zz', 'y'»)
t.«split()|split('l')|split('a', 1)|rsplit('l', 1)|partition('l')|rpartition('a')»
'a, b,,c'.«split(',')|split(', ')|rsplit(',', 1)|splitlines()»
'one\\ntwo\\r\\nthree\\n'.«splitlines()|split('\\n')|split()|splitlines(True)»
«'-'|', '|''».join([t, 'x', str(n)]), ' '.join(map(str, l))
t.«find|rfind|count»('l'), t.index(«'l'|t[0]»)
t.«startswith|endswith»(«'al'|('x', t[-1])|t[:2]|''»)
t.«isalpha|isdigit|isalnum|isspace|isupper|islower|isidentifier|istitle»(), '12'.isdigit(), ' '.isspace()
t[«0|-1|1:3|::-1|::2|-3:|:100»], t * 2, t + 'x', 'l' in t, 'zz' not in t
len(t), max(t), sorted(t), list(t), set(t) == set(t), tuple(t[:2])
t < 'b', t == t.upper(), 'Z' < 'a', 'abc' > 'ab'
'  x '.strip(), 'xxyxx'.strip('x'), 'xxy'.lstrip('x'), 'yxx'.rstrip('x')
t.removeprefix(t[:2]), t.removesuffix('x'), t.expandtabs(), 'a\\tb'.expandtabs(«4|»)
'a-b'.translate(str.maketrans('ab', 'xy')), t.translate({97: None, 108: 'L'})
ord(t[0]), chr(ord(t[0]) + 1), [ord(c) for c in t], t.lower()
repr('it\\'s'), repr("say \\"hi\\""), repr('a\\nb\\t\\\\'), str('q'), repr('\\x41')
str(v), repr(v), str(«1e100|-0.0|1.0|1e-10|100000000000000000.0»), str(None), str(l)
r'raw\\n' + 'tab\\t|' + '\\x41\\u0042' + 'oct\\101'
'implicit ' 'join', ('in '
 'brackets')
float(f'{v:.2f}'), int('%d' % n), 'no'
t.isascii()
[f'{x:>6.2f}' for x in l], '|'.join(f'{x:^7}' for x in l)
'\\n'.join(f'{i:2d}: {x:+.2f}' for i, x in enumerate(l))
print(t, n, sep='«|-»', end='«!|\\n»')
print('=' * «10|w», '-' * n)
bool(''), bool(' '), not t, t or 'empty', '' or 'empty'
all(c in 'abcdefghijklmnopqrstuvwxyz' for c in t), any(c.isupper() for c in t)
round(v, «1|2|0»), round(v), round(-2.5), f'{round(v, 2):.4f}', v // 1, v % 1
f'{torch.tensor(v):«.3f|>8.2f|.1e»} {torch.tensor(n)} {torch.tensor([v, 1.0])}'
f'{torch.tensor(v).item():.4f} {torch.tensor(n).item():3d} {torch.tensor([v]).tolist()}'
'%.3f %s' % (torch.tensor(v), torch.tensor([n, 1]))
'{:.2f} {}'.format(torch.tensor(v), torch.tensor([v]).shape)
f'{torch.tensor([v, n]).numpy()} {torch.float32} {torch.Size([1, 2])}'
f'{list(torch.tensor([[v, 1.0], [n, 2.0]]).shape)} {torch.tensor(3)!r:>12}'""".split("\n")


def joined(lines):
    """A line that begins with a blank goes on with the one before."""
    whole = []
    for line in lines:
        if line.startswith(" "):
            whole[-1] += "\n" + line
        else:
            whole.append(line)
    return whole


def write(page):
    page.add("import torch")
    page.add("v = «$f|$p|1234.5678|0.00012|1e10|-0.5»\nn = «$i|$n|42|1000000»\nw = «8|12|5»")
    page.add("t = «'alpha'|'Hello all'|'x'|'l-a-l'|' pad '»\nl = $l(3)\nd = {'k': $f}")
    page.add_tried([e if e.startswith("print") else f"print({e})" for e in joined(STATEMENTS)], 6, 14)
