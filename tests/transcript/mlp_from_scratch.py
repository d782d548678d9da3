# A multilayer perceptron from scratch: activations and their slopes, parameters, relu, the loss,
# the training loop, and how often it is right.
import torch
from torch import nn

x = torch.arange(-8.0, 8.0, 2.0, requires_grad=True)
y = torch.relu(x)
print(y.detach())
y.backward(torch.ones_like(x), retain_graph=True)
print(x.grad)
y = torch.sigmoid(x)
print(y.detach())
x.grad.data.zero_()
y.backward(torch.ones_like(x), retain_graph=True)
print(x.grad)
y = torch.tanh(x)
print(y.detach())
x.grad.data.zero_()
y.backward(torch.ones_like(x), retain_graph=True)
print(x.grad)

num_inputs, num_outputs, num_hiddens = 16, 4, 12
torch.manual_seed(3)
centers = torch.randn(num_outputs, num_inputs)
labels = torch.randint(0, num_outputs, (96,))
images = (centers[labels] + 0.7 * torch.randn(96, num_inputs)).reshape(-1, 1, 4, 4)
print(images.shape, labels[:10])


def data_iter(batch_size, features, targets):
    indices = torch.randperm(len(features))
    batches = []
    for i in range(0, len(features), batch_size):
        batch = indices[i:min(i + batch_size, len(features))]
        batches.append((features[batch], targets[batch]))
    return batches


train = (images[:64], labels[:64])
test = (images[64:], labels[64:])

W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens, requires_grad=True) * 0.01)
b1 = nn.Parameter(torch.zeros(num_hiddens, requires_grad=True))
W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs, requires_grad=True) * 0.01)
b2 = nn.Parameter(torch.zeros(num_outputs, requires_grad=True))
params = [W1, b1, W2, b2]
print(W1[0])
print([tuple(p.shape) for p in params])


def relu(X):
    a = torch.zeros_like(X)
    return torch.max(X, a)


def net(X):
    X = X.reshape((-1, num_inputs))
    H = relu(X@W1 + b1)
    return (H@W2 + b2)


def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])


def accuracy(y_hat, y):
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    right = y_hat.type(y.dtype) == y
    return float(right.type(y.dtype).sum())


class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * len(self.data)

    def __getitem__(self, idx):
        return self.data[idx]


def evaluate_accuracy(net, batches):
    metric = Accumulator(2)
    with torch.no_grad():
        for X, y in batches:
            metric.add(accuracy(net(X), y), y.numel())
    return metric[0] / metric[1]


def train_epoch(net, batches, loss, updater):
    if isinstance(net, torch.nn.Module):
        net.train()
    metric = Accumulator(3)
    for X, y in batches:
        y_hat = net(X)
        l = loss(y_hat, y)
        if isinstance(updater, torch.optim.Optimizer):
            updater.zero_grad()
            l.mean().backward()
            updater.step()
        else:
            l.sum().backward()
            updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.numel())
    return metric[0] / metric[2], metric[1] / metric[2]


probe = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
print(cross_entropy(probe, torch.tensor([0, 2])), accuracy(probe, torch.tensor([0, 2])) / 2)
P = torch.normal(0, 1, (2, 5))
print(P, softmax(P), softmax(P).sum(1))
out = net(train[0][:3])
print(softmax(out))
print(torch.allclose(cross_entropy(softmax(out), train[1][:3]),
                     nn.functional.cross_entropy(out, train[1][:3], reduction='none')))

loss = nn.CrossEntropyLoss(reduction='none')
num_epochs, lr, batch_size = 12, 0.3, 16
updater = torch.optim.SGD(params, lr=lr)
for epoch in range(num_epochs):
    train_loss, train_acc = train_epoch(net, data_iter(batch_size, *train), loss, updater)
    test_acc = evaluate_accuracy(net, data_iter(batch_size, *test))
    print(f'epoch {epoch + 1}, loss {train_loss:f}, train acc {train_acc:.3f}, test acc {test_acc:.3f}')
assert train_loss < 0.5, train_loss
assert train_acc <= 1 and train_acc > 0.7, train_acc


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


def by_hand(size):
    return sgd([W1, b1, W2, b2], 0.1, size)


for p in params:
    p.grad.zero_()
print(train_epoch(lambda X: softmax(net(X)), data_iter(batch_size, *train), cross_entropy, by_hand))
print(W2)
for X, y in data_iter(6, *test):
    break
names = ['ankle boot', 'bag', 'coat', 'dress']
print([t + ' | ' + p for t, p in zip([names[int(i)] for i in y], [names[int(i)] for i in net(X).argmax(axis=1)])])
