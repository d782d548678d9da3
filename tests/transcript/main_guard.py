import torch
import torch.nn as nn
import torch.optim as optim


def make_data():
    x = torch.tensor([[1.0], [2.0], [3.0]])
    return x, 2 * x - 1


def train(model, x, y, epochs=5, lr=0.05):
    optimizer = optim.SGD(model.parameters(), lr=lr)
    criterion = nn.MSELoss()
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        print("Epoch: %d, loss: %.6f" % (epoch + 1, loss.item()))
    return loss.item()


def main():
    torch.manual_seed(0)
    model = nn.Linear(1, 1)
    x, y = make_data()
    final = train(model, x, y)
    print(final, train(model, x, y, epochs=1, lr=0.01))


if __name__ == "__main__":
    main()
