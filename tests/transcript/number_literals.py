# Ways to write a number
print(1_000_000, 0x10, 0b101, 0o17)
print(1., .5, 1.e2, 1E3, 1e+2, 0e0)
print(1_0.5, 00, 2.50e-3)
