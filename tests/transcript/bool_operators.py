# and, or, not, is, and comparisons in a chain
epoch, best = 10, None
print(not True, not None, not 0, not [1])
print(True and False, True or False, 0 or "default", 1 and 2)
print(best is None, epoch is not None)
print(0 < 1 < 2, 0 < 1 > 2, 3 > 2 > 2)
if epoch % 5 == 0 and epoch > 0:
    print("every fifth")
if best is None or epoch < best:
    best = epoch
print(best)
