# Weight decay and dropout, each from scratch and from the library; and the way through a network
# forward and back with a penalty.
import torch
from torch import nn
from torch.nn import functional as F

# weight decay: too many inputs for few examples
torch.manual_seed(20)
n_train, n_test, num_inputs, batch_size = 20, 40, 30, 5
true_w, true_b = torch.ones((num_inputs, 1)) * 0.01, 0.05


def synthetic_data(w, b, num_examples):
    X = torch.normal(0, 1, (num_examples, len(w)))
    y = torch.matmul(X, w) + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape((-1, 1))


def load_array(arrays, size, is_train=True):
    n = len(arrays[0])
    order = torch.randperm(n) if is_train else torch.arange(n)
    return [tuple(a[order[i:i + size]] for a in arrays) for i in range(0, n, size)]


train_data = synthetic_data(true_w, true_b, n_train)
test_data = synthetic_data(true_w, true_b, n_test)


def l2_penalty(w):
    return torch.sum(w.pow(2)) / 2


def linreg(X, w, b):
    return torch.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


def evaluate_loss(net, batches, loss):
    total, count = 0.0, 0
    for X, y in batches:
        l = loss(net(X), y)
        total += float(l.sum())
        count += l.numel()
    return total / count


def train(lambd):
    w = torch.normal(0, 1, size=(num_inputs, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    net, loss = lambda X: linreg(X, w, b), squared_loss
    num_epochs, lr = 12, 0.02
    for epoch in range(num_epochs):
        for X, y in load_array(train_data, batch_size):
            l = loss(net(X), y) + lambd * l2_penalty(w)
            l.sum().backward()
            sgd([w, b], lr, batch_size)
        if (epoch + 1) % 4 == 0:
            print(epoch + 1, evaluate_loss(net, load_array(train_data, batch_size, False), loss),
                  evaluate_loss(net, load_array(test_data, batch_size, False), loss))
    print('L2 norm of w:', torch.norm(w).item())


train(lambd=0)
train(lambd=3)


def train_concise(wd):
    net = nn.Sequential(nn.Linear(num_inputs, 1))
    for param in net.parameters():
        param.data.normal_()
    loss = nn.MSELoss(reduction='none')
    num_epochs, lr = 12, 0.01
    trainer = torch.optim.SGD([
        {"params": net[0].weight, 'weight_decay': wd},
        {"params": net[0].bias}], lr=lr)
    for epoch in range(num_epochs):
        for X, y in load_array(train_data, batch_size):
            trainer.zero_grad()
            l = loss(net(X), y)
            l.mean().backward()
            trainer.step()
    print('L2 norm of w:', net[0].weight.norm().item())


train_concise(0)
train_concise(3)


# dropout
def dropout_layer(X, dropout):
    assert 0 <= dropout <= 1
    if dropout == 1:
        return torch.zeros_like(X)
    if dropout == 0:
        return X
    mask = (torch.rand(X.shape) > dropout).float()
    return mask * X / (1.0 - dropout)


X = torch.arange(16, dtype=torch.float32).reshape((2, 8))
print(X)
print(dropout_layer(X, 0.))
print(dropout_layer(X, 0.5))
print(dropout_layer(X, 1.))

num_inputs, num_outputs, num_hiddens1, num_hiddens2 = 12, 3, 10, 8
dropout1, dropout2 = 0.2, 0.5


class Net(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens1, num_hiddens2, is_training=True):
        super(Net, self).__init__()
        self.num_inputs = num_inputs
        self.training = is_training
        self.lin1 = nn.Linear(num_inputs, num_hiddens1)
        self.lin2 = nn.Linear(num_hiddens1, num_hiddens2)
        self.lin3 = nn.Linear(num_hiddens2, num_outputs)
        self.relu = nn.ReLU()

    def forward(self, X):
        H1 = self.relu(self.lin1(X.reshape((-1, self.num_inputs))))
        if self.training == True:
            H1 = dropout_layer(H1, dropout1)
        H2 = self.relu(self.lin2(H1))
        if self.training == True:
            H2 = dropout_layer(H2, dropout2)
        out = self.lin3(H2)
        return out


centers = 1.5 * torch.randn(num_outputs, num_inputs)
labels = torch.randint(num_outputs, (60,))
images = (centers[labels] + torch.randn(60, num_inputs)).reshape(-1, 3, 4)


def fit(net, epochs, lr):
    trainer = torch.optim.SGD(net.parameters(), lr=lr)
    loss = nn.CrossEntropyLoss(reduction='none')
    for epoch in range(epochs):
        net.train()
        for X, y in load_array((images[:45], labels[:45]), 15):
            trainer.zero_grad()
            l = loss(net(X), y)
            l.mean().backward()
            trainer.step()
        net.eval()
        right = (net(images[45:]).argmax(dim=1) == labels[45:]).float().mean()
        print(f'{epoch}: {l.mean().item():.5f} {right.item():.3f}')


net = Net(num_inputs, num_outputs, num_hiddens1, num_hiddens2)
print(net, net.training)
fit(net, 6, 0.5)

net = nn.Sequential(nn.Flatten(),
                    nn.Linear(12, 10), nn.ReLU(), nn.Dropout(dropout1),
                    nn.Linear(10, 8), nn.ReLU(), nn.Dropout(dropout2),
                    nn.Linear(8, 3))


def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.normal_(m.weight, std=0.1)


net.apply(init_weights);
fit(net, 6, 0.5)
print(net)

# forward and back, with the penalty, as the chapter derives it
torch.manual_seed(1)
x = torch.randn(4)
W1 = torch.randn(5, 4, requires_grad=True)
W2 = torch.randn(2, 5, requires_grad=True)
y = torch.tensor([0.0, 1.0])
lambd = 0.1
z = torch.mv(W1, x)
h = torch.relu(z)
o = W2 @ h
L = 0.5 * ((o - y)**2).sum()
s = lambd / 2 * (W1.norm()**2 + W2.norm()**2)
J = L + s
J.backward()
with torch.no_grad():
    do = o - y
    dW2 = torch.outer(do, h) + lambd * W2
    dh = W2.T @ do
    dz = dh * (z > 0)
    dW1 = torch.outer(dz, x) + lambd * W1
    print(J.item(), torch.allclose(dW1, W1.grad), torch.allclose(dW2, W2.grad))
    print(dW2)
    print(dW1)
