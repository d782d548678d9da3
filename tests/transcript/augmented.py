import torch

n = 10
n += 5
n -= 3
n *= 2
n /= 4
print(n)
n **= 2
n //= 5
print(n)
m = 17
m %= 5
m //= 2
print(m)
total = 0.0
losses = []
for i in range(5):
    total += i * 0.1
    losses += [i]
print(total, losses)
text = "ab"
text += "c"
print(text)
x = torch.tensor([1.0, 2.0])
y = x
x += 1
x *= 2
x -= torch.tensor([1.0, 0.5])
x /= 3
print(x, y)
