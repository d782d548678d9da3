# Widths that are computed, and the = that repeats the expression
epoch, width, digits = 3, 10, 2
loss = 0.125
print(f"{loss:>{width}.{digits}f}|{'fc1':>{width}}|")
print(f"{epoch=} {loss=:.1f}")
