# The functions that torch itself has
import torch

x = torch.tensor([[-1.0, 0.5], [2.0, 0.0]])
print(torch.relu(x))
print(torch.sigmoid(x))
print(torch.tanh(x))
print(torch.softmax(x, dim=1), torch.softmax(x, 0))
print(torch.log_softmax(x, dim=-1))
print(torch.exp(x), torch.log(torch.exp(x)))
print(torch.sum(x), torch.sum(x, dim=0), torch.mean(x), torch.mean(x, 1))
print(torch.max(x), torch.argmax(x), torch.argmax(x, dim=1))
print(torch.unsqueeze(x, 0).shape, torch.squeeze(torch.zeros(1, 2)).shape)
print(torch.reshape(x, (4,)))
