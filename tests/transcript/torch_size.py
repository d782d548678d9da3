import torch

x = torch.zeros(3, 2)
print(x.shape)
print(x.size())
print("shape:", x.shape, "rows:", x.shape[0], "columns:", x.size(1))
print(torch.tensor(5.0).shape, torch.zeros(7).shape, torch.zeros(2, 0, 3).shape)
print([x.shape, x.T.shape])
rows, columns = x.shape
print(rows, columns, rows * columns)
print(f"{x.shape}", f"{x.size(0)}x{x.size(-1)}", "%s" % (x.shape[0],), "{}".format(x.shape))
print(x.shape == (3, 2), x.shape == x.T.shape)
for n in x.shape:
    print(n)
print(len(x.shape), len(x))
