# Keys that come back after most were taken out.
d = {}
for i in range(40):
    d[i * 7919] = i
for i in range(36):
    del d[i * 7919]
for i in range(20):
    d[i * 7919] = -i
print(d, len(d), [d.pop(i * 7919) for i in range(40) if i * 7919 in d], d)
