import torch
import torch.nn as nn
import torch.nn.utils.prune as prune

torch.manual_seed(0)
layer = nn.Linear(4, 3)
print(prune.is_pruned(layer))
prune.l1_unstructured(layer, name='weight', amount=0.3)
print(layer.weight, layer.weight_mask, [n for n, _ in layer.named_parameters()], [n for n, _ in layer.named_buffers()])
print(prune.is_pruned(layer), list(layer.state_dict()))
prune.random_unstructured(layer, 'bias', amount=1)
print(layer.bias)
prune.l1_unstructured(layer, 'weight', amount=2)
print(layer.weight_mask)
x = torch.randn(5, 4)
layer(x).sum().backward()
print(layer.weight_orig.grad, layer.bias_orig.grad)
opt = torch.optim.SGD(layer.parameters(), lr=0.1)
opt.step()
print(layer(x), layer.weight)
prune.remove(layer, 'weight')
print(layer.weight, [n for n, _ in layer.named_parameters()])
try:
    prune.remove(layer, 'weight')
except ValueError as e:
    print(e)

net = nn.Sequential(nn.Linear(6, 5), nn.ReLU(), nn.Linear(5, 2))
prune.ln_structured(net[0], 'weight', amount=0.4, n=2, dim=0)
print(net[0].weight_mask)
prune.global_unstructured([(net[0], 'weight'), (net[2], 'weight')], pruning_method=prune.L1Unstructured, amount=0.25)
print(net[0].weight, net[2].weight)
zeros = sum(int((m.weight == 0).sum()) for m in net if isinstance(m, nn.Linear))
print(f'{100 * zeros / 40:.1f}%', prune.is_pruned(net))
prune.custom_from_mask(net[2], 'bias', mask=torch.tensor([1, 0]))
print(net[2].bias, net(torch.ones(6)))
for amount in (0.0, 5, 20):
    try:
        print(prune.random_unstructured(nn.Linear(2, 4), 'weight', amount).weight_mask)
    except ValueError as e:
        print(e)
