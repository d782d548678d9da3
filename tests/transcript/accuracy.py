import torch

scores = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.4, 0.6], [0.7, 0.3]])
labels = torch.tensor([1, 0, 0, 0])
predicted = scores.argmax(dim=1)
correct = (predicted == labels).sum().item()
print(predicted, predicted == labels)
print(correct, "of", labels.size(0))
print("accuracy:", correct / labels.size(0))
print(f"accuracy: {100 * correct / len(labels):.1f}%")
_, top = torch.max(scores, 1)
for p, y in zip(top, labels):
    print(p.item(), y.item(), (p == y).item())
