# The formatting in between, with .format
import torch

print("{} {}".format("epoch", 3))
print("{0} {1} {0}".format("a", "b"))
print("{name}: {value:.3f}".format(name="loss", value=0.12345))
print("{:.4f} {:>8} {:<8}|{:^8}|{:08.2f}".format(0.5, "right", "left", "mid", 3.14159))
print("{:5d}|{:<5d}|{:e}|{:.1%}".format(42, 42, 12345.678, 0.256))
print("{{}} {}".format([1, 2]))
print("{!r} {!s}".format("text", "text"))
loss = torch.tensor(0.3)
print("{} {:.4f} {}".format(loss, loss, loss.item()))
print("{}".format(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))
line = "Epoch {:>3} | loss {:.6f}"
for epoch in range(0, 30, 10):
    print(line.format(epoch, 1 / (epoch + 1)))
