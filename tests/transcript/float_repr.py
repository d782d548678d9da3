# Python prints a float by the shortest digits that give it back
print(0.1, 0.2, 0.1 + 0.2)
print(1.0, 2.50, 100.0, 1000000.0)
print(1e15, 1e16, 123456789012345680.0, 1e17, 1e22, 1e100)
print(0.001, 0.0001, 0.00001, 1e-5, 1.5e-7)
print(1 / 3, 2 / 3, 10 / 3)
print(-0.0, 0.0, -1.5)
print(3.141592653589793, 2.718281828459045)
print(1e308 * 10, -1e308 * 10, float("inf"), float("-inf"), float("nan"))
print(5e-324, 2.2250738585072014e-308, 1.7976931348623157e308)
print(9007199254740993.0, 0.30000000000000004)
print([0.1, 1e-05, 1e16, -2.0])
lr = 1e-3
print("lr", lr, "weight decay", lr / 100)
