lr = 0.1
epochs = 20
print(lr * 0.9 ** 3, lr / (1 + epochs), 1 - lr, -lr)
print((1 + 2) * 3 / 4 - 5, 7 // 2, 7 % 4, 2 ** 0.5)
print(1e-3 * 1000, 0.1 * 3, 1.1 + 2.2, 1e16 + 1)
print(3 + 4.0, 3 * 2, 6 / 3, 10 ** 6, 10 ** -2)
sizes = [2, 4, 1]
weights = sizes[0] * sizes[1] + sizes[1] * sizes[2]
print(weights, weights + sizes[1] + sizes[2])
accuracy = 100 * 45 / 60
print(accuracy, "%.1f%%" % accuracy)
