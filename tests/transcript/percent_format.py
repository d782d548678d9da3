# The older formatting, with %
import torch

print("epoch %d" % 3)
print("epoch %d, loss %.4f" % (3, 0.25))
print("%5d|%-5d|%05d|%+d|%i|" % (42, 42, 42, 42, 42))
print("%f|%8.3f|%-8.3f|%08.3f|%e|%g|" % (0.5, 0.5, 0.5, 0.5, 0.5, 0.5))
print("%s %s %s %r" % ("text", 1.5, None, "text"))
print("%10s|%-10s|%.2s|" % ("right", "left", "cut"))
print("%d%%" % 95)
print("%x %X %o" % (255, 255, 8))
loss = torch.tensor(0.75)
print("loss %.3f" % loss)
print("loss %.3f and %s" % (loss.item(), loss))
print("%s" % torch.tensor([1.0, 2.0]))
print("%s" % [1, 2], "%s" % (torch.Size([2, 3]),))
print("%d" % 3.99)
