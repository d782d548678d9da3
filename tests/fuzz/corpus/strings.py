print('ab' * 3, 'a' + 'b', 2 * 'xy', '' * 5, 'a' * -1, 'a' 'b' "c", len('héllo'), len(''))
print("a\tb\\ \x41 \u2713 \101 \'" r"\n" 'c', "it's", 'say "hi"', '''tri
ple''', "line \
continued")
print('x'.join(['a', 'b', 'c']), ''.join([]), ', '.join(('1', '2')), 'Ab'.upper(), 'Ab'.lower())
print('ab'.ljust(5) + '|', 'ab'.rjust(5), 'ab'.center(5, '*'), 'abc'.center(6, '*'), 'abcd'.ljust(2))
print(' a '.strip(), 'aXbX'.replace('X', '--'), 'abc'.startswith('ab'), 'abc'.endswith('bc'), 'abc'.endswith('x'))
for c in 'añb':
    print(c, end=' ')
print()

x = 5
name = 'loss'
width = 8
print(f"{name}: {x:>8} {x / 3:.4f} {x!r} {name!r:>10} {name!s} {{}} {{{x}}}")
print(f"{x=} {x + 1 = } {name=} {x=:.2f} {name=!s}")
print(f"{x:{width}d}|{x / 3:{width}.{3}f}|{name:>{width}}|{name:*^{width + 4}}|{x:05d}|{1000000:,}")
print(f"{'nested'}" f" and {name}" "! {not}" rf"\d{x}" F'{x}')
print(f"{[1, 2][0]} {({'a': 1})['a']} {x == 5} {x != 5} {x >= 5} {1 if x else 2} {'yes' if x > 3 else 'no'}")
print(f"{x:>{'1'}{0}}" f"{'a' 'b'}", f"{1, 2}", f"{ x }", f'''{
    x
}''', f"", f"{max(1, 2)}\n{None} {True} {1.5}")

print("%d %s %.3f" % (1, 'a', 2.0), "%5.2f%%" % 3.14159, "%s" % [1, 2], "%r" % 'a', "%5d|%-5d|" % (1, 2))
print('epoch %d' % 3 + '!', '%s and %s' % ('a', None))

print("{} {} {:.2f}".format(1, 'b', 3.14159), "{0} {1} {0}".format('a', 'b'))
print("{name:>6}|{{}}|{x}".format(name='n', x=1.5), "{:>{}}|{!r}".format(1, 5, 'q'), "{0:{1}.{2}f}".format(3.14159, 8, 2))
print('loss: {:.4f}, epoch: {:3d}'.format(0.25, 7), '{}'.format([1, 'a']), ''.format())
print(format(3.14159, '.2f'), format(7), format('a', '>3'))

print()
print(1, 'a', None, True, [1, 'a'], (1,), {'k': 'v'}, sep=', ')
print('a', end='')
print('b', end=';\n', flush=True)
print('x', 'y', sep='', end='')
print(sep='-', end='.\n')
print('a', 'b', sep=None, end=None)
print(print('inner'))
