# What a network is without torch.nn: weights, log softmax, a loss and batches by hand. Then the
# pieces that take the place of each.
import math

import torch
import torch.nn.functional as F
from torch import nn, optim

side = 4
torch.manual_seed(12)
shapes = (torch.rand(5, side * side) > 0.5).float()
y_all = torch.arange(5).repeat(24)[torch.randperm(120)]
x_all = (shapes[y_all] + 0.3 * torch.randn(120, side * side)).clamp(0, 1)
x_train, y_train, x_valid, y_valid = x_all[:90], y_all[:90], x_all[90:], y_all[90:]
x_train, y_train, x_valid, y_valid = map(
    lambda t: t.clone(), (x_train, y_train, x_valid, y_valid)
)
n, c = x_train.shape
x_train, x_train.shape, y_train.min(), y_train.max()
print(x_train, y_train)
print(x_train.shape)
print(y_train.min(), y_train.max())

weights = torch.randn(side * side, 5) / math.sqrt(side * side)
weights.requires_grad_()
bias = torch.zeros(5, requires_grad=True)


def log_softmax(x):
    return x - x.exp().sum(-1).log().unsqueeze(-1)


def model(xb):
    return log_softmax(xb @ weights + bias)


bs = 16
xb = x_train[0:bs]
preds = model(xb)
preds[0], preds.shape
print(preds[0], preds.shape)


def nll(input, target):
    return -input[range(target.shape[0]), target].mean()


loss_func = nll
yb = y_train[0:bs]
print(loss_func(preds, yb))


def accuracy(out, yb):
    preds = torch.argmax(out, dim=1)
    return (preds == yb).float().mean()


print(accuracy(preds, yb))

lr = 0.5
epochs = 2
for epoch in range(epochs):
    for i in range((n - 1) // bs + 1):
        start_i = i * bs
        end_i = start_i + bs
        xb = x_train[start_i:end_i]
        yb = y_train[start_i:end_i]
        pred = model(xb)
        loss = loss_func(pred, yb)

        loss.backward()
        with torch.no_grad():
            weights -= weights.grad * lr
            bias -= bias.grad * lr
            weights.grad.zero_()
            bias.grad.zero_()
print(loss_func(model(xb), yb), accuracy(model(xb), yb))

loss_func = F.cross_entropy


def model(xb):
    return xb @ weights + bias


print(loss_func(model(xb), yb), accuracy(model(xb), yb))


class Logistic(nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = nn.Parameter(torch.randn(side * side, 5) / math.sqrt(side * side))
        self.bias = nn.Parameter(torch.zeros(5))

    def forward(self, xb):
        return xb @ self.weights + self.bias


model = Logistic()
print(loss_func(model(xb), yb))


def fit():
    for epoch in range(epochs):
        for i in range((n - 1) // bs + 1):
            start_i = i * bs
            end_i = start_i + bs
            xb = x_train[start_i:end_i]
            yb = y_train[start_i:end_i]
            pred = model(xb)
            loss = loss_func(pred, yb)

            loss.backward()
            with torch.no_grad():
                for p in model.parameters():
                    p -= p.grad * lr
                model.zero_grad()


fit()
print(loss_func(model(xb), yb))


class LinearLogistic(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(side * side, 5)

    def forward(self, xb):
        return self.lin(xb)


model = LinearLogistic()
print(loss_func(model(xb), yb))
fit()
print(loss_func(model(xb), yb))


def get_model():
    model = LinearLogistic()
    return model, optim.SGD(model.parameters(), lr=lr)


model, opt = get_model()
print(loss_func(model(xb), yb))
for epoch in range(epochs):
    for i in range((n - 1) // bs + 1):
        start_i = i * bs
        end_i = start_i + bs
        xb = x_train[start_i:end_i]
        yb = y_train[start_i:end_i]
        pred = model(xb)
        loss = loss_func(pred, yb)

        loss.backward()
        opt.step()
        opt.zero_grad()
print(loss_func(model(xb), yb))


class Pairs:
    """two tensors side by side"""

    def __init__(self, *tensors):
        assert all(len(t) == len(tensors[0]) for t in tensors)
        self.tensors = tensors

    def __getitem__(self, at):
        return tuple(t[at] for t in self.tensors)

    def __len__(self):
        return len(self.tensors[0])


def batches(ds, bs, shuffle=False):
    order = torch.randperm(len(ds)) if shuffle else torch.arange(len(ds))
    return [ds[order[i:i + bs]] for i in range(0, len(ds), bs)]


train_ds = Pairs(x_train, y_train)
valid_ds = Pairs(x_valid, y_valid)
valid_dl = batches(valid_ds, bs * 2)
model, opt = get_model()
for epoch in range(epochs):
    model.train()
    for xb, yb in batches(train_ds, bs, shuffle=True):
        pred = model(xb)
        loss = loss_func(pred, yb)

        loss.backward()
        opt.step()
        opt.zero_grad()

    model.eval()
    with torch.no_grad():
        valid_loss = sum(loss_func(model(xb), yb) for xb, yb in valid_dl)
    print(epoch, valid_loss / len(valid_dl))


def loss_batch(model, loss_func, xb, yb, opt=None):
    loss = loss_func(model(xb), yb)

    if opt is not None:
        loss.backward()
        opt.step()
        opt.zero_grad()

    return loss.item(), len(xb)


def fit(epochs, model, loss_func, opt, train_ds, valid_dl):
    for epoch in range(epochs):
        model.train()
        for xb, yb in batches(train_ds, bs, True):
            loss_batch(model, loss_func, xb, yb, opt)

        model.eval()
        with torch.no_grad():
            losses, nums = zip(
                *[loss_batch(model, loss_func, xb, yb) for xb, yb in valid_dl]
            )
        val_loss = sum(l * k for l, k in zip(losses, nums)) / sum(nums)

        print(epoch, val_loss)


def get_data(train_ds, valid_ds, bs):
    return (
        train_ds,
        batches(valid_ds, bs * 2),
    )


train_ds, valid_dl = get_data(train_ds, valid_ds, bs)
model, opt = get_model()
fit(4, model, loss_func, opt, train_ds, valid_dl)


class Lambda(nn.Module):
    def __init__(self, func):
        super().__init__()
        self.func = func

    def forward(self, x):
        return self.func(x)


def preprocess(x):
    return x.view(-1, side * side)


model = nn.Sequential(
    Lambda(preprocess),
    nn.Linear(side * side, 12),
    nn.ReLU(),
    nn.Dropout(0.25),
    nn.Linear(12, 5),
    Lambda(lambda x: x.view(x.size(0), -1)),
)
print(model)
opt = optim.SGD(model.parameters(), lr=lr, momentum=0.9)
fit(4, model, loss_func, opt, train_ds, valid_dl)
print(accuracy(model(x_valid), y_valid).item())
