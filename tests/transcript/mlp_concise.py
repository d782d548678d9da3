# The same perceptron out of modules, twice: as a sequence, and as a class with its own settings.
import torch
from torch import nn


def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.normal_(m.weight, std=0.01)


class HyperParameters:
    def save(self, **kwargs):
        self.hparams = kwargs
        for k, v in kwargs.items():
            setattr(self, k, v)


class Classifier(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr=0.1):
        super().__init__()
        self.lr = lr
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(num_inputs, num_hiddens),
                                 nn.ReLU(), nn.Linear(num_hiddens, num_outputs))

    def forward(self, X):
        return self.net(X)

    def loss(self, Y_hat, Y, averaged=True):
        Y_hat = Y_hat.reshape((-1, Y_hat.shape[-1]))
        Y = Y.reshape((-1,))
        return nn.functional.cross_entropy(Y_hat, Y, reduction='mean' if averaged else 'none')

    def accuracy(self, Y_hat, Y, averaged=True):
        Y_hat = Y_hat.reshape((-1, Y_hat.shape[-1]))
        preds = Y_hat.argmax(axis=1).type(Y.dtype)
        compare = (preds == Y.reshape(-1)).type(torch.float32)
        return compare.mean() if averaged else compare

    def training_step(self, batch):
        return self.loss(self(*batch[:-1]), batch[-1])

    def validation_step(self, batch):
        Y_hat = self(*batch[:-1])
        return self.loss(Y_hat, batch[-1]).item(), self.accuracy(Y_hat, batch[-1]).item()

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.lr)


class Synthetic:
    def __init__(self, num_train=48, num_val=24, shape=(3, 3), classes=3):
        n = num_train + num_val
        self.num_train, self.batch_size = num_train, 16
        self.y = torch.randint(0, classes, (n,))
        pattern = torch.randn(classes, *shape)
        self.X = pattern[self.y] + torch.randn(n, *shape) * 0.5

    def get_dataloader(self, train):
        if train:
            indices = list(range(0, self.num_train))
        else:
            indices = list(range(self.num_train, len(self.X)))
        return [(self.X[indices[i:i + self.batch_size]], self.y[indices[i:i + self.batch_size]])
                for i in range(0, len(indices), self.batch_size)]

    def __len__(self):
        return len(self.X)


class Trainer:
    def __init__(self, max_epochs, gradient_clip_val=0):
        assert max_epochs > 0, 'nothing to do'
        self.max_epochs = max_epochs

    def fit(self, model, data):
        self.model = model
        self.optim = model.configure_optimizers()
        self.train_batches, self.val_batches = data.get_dataloader(True), data.get_dataloader(False)
        for self.epoch in range(self.max_epochs):
            self.fit_epoch()

    def fit_epoch(self):
        self.model.train()
        for batch in self.train_batches:
            loss = self.model.training_step(batch)
            self.optim.zero_grad()
            with torch.no_grad():
                loss.backward()
                self.optim.step()
        self.model.eval()
        results = []
        for batch in self.val_batches:
            with torch.no_grad():
                results.append(self.model.validation_step(batch))
        losses, accs = zip(*results)
        print(f'{self.epoch}: {sum(losses) / len(losses):.4f} {sum(accs) / len(accs):.4f}')


torch.manual_seed(8)
data = Synthetic()
print(len(data), data.X.shape, data.y.dtype)
net = nn.Sequential(nn.Flatten(),
                    nn.Linear(9, 16),
                    nn.ReLU(),
                    nn.Linear(16, 3))
print(net.apply(init_weights))
print(net[1].weight.std().item(), net[3].weight.abs().max().item())
loss = nn.CrossEntropyLoss(reduction='none')
trainer = torch.optim.SGD(net.parameters(), lr=0.5)
for epoch in range(5):
    total = 0.0
    for X, y in data.get_dataloader(train=True):
        l = loss(net(X), y)
        trainer.zero_grad()
        l.mean().backward()
        trainer.step()
        total += l.sum().item()
    print(epoch, total / data.num_train)

config = HyperParameters()
config.save(num_inputs=9, num_outputs=3, num_hiddens=16, lr=0.2)
print(config.hparams, config.lr)
model = Classifier(**config.hparams)
print(model)
print({name: tuple(p.shape) for name, p in model.named_parameters()})
Trainer(max_epochs=6).fit(model, data)
print(model.net[3].bias)
