import torch

for i in range(3):
    print(i)
for i in range(2, 5):
    print(i, end=" ")
for i in range(10, 0, -3):
    print(i, end=" ")
print()
for lr in [0.1, 0.01, 1e-5]:
    print("lr =", lr)
for name in ("relu", "tanh"):
    print(name)
for a, b in [(1, 2), (3, 4)]:
    print(a * b)
for i in range(2):
    for j in range(2):
        print((i, j))
print("the last were", i, j)
for row in torch.tensor([[1.0, 2.0], [3.0, 4.0]]):
    print(row)
for i in range(0):
    print("never")
for letter in "abc":
    print(letter)
