# True, False and None, by themselves and from comparisons
training = True
print(True, False, None)
print(training)
print(1 < 2, 1 > 2, 2 <= 2, 2 >= 3, 1 == 1.0, 1 != 1)
print([True, None, False], (None, True))
print(f"{True} {None}", "%s" % None, "{}".format(False))
