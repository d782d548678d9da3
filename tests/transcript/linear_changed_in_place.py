import torch

# With three dimensions, the result of a layer is a view: what changes it in place shows that.
torch.manual_seed(1)
layer = torch.nn.Linear(3, 2)
x = torch.ones(2, 2, 3)


def name(y):
    print(y.grad_fn.name())


y = layer(x)
name(y)
y.unsqueeze_(0)
name(y)
name(y[0])
y += 1
name(y)
name(y[0])
name(y.view(-1))
y = layer(x)
y *= 2
name(y)
y.unsqueeze_(0)
name(y)
name(torch.nn.functional.relu(layer(x), inplace=True))
name(torch.nn.functional.dropout(layer(x), 0.5, inplace=True))
print(y)
