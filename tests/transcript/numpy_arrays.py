import torch
x = torch.tensor([[0.1, -2.5], [3.0, 1e-3]])
print(x.numpy()); print(repr(x.numpy())); print(x.numpy()[0], x.numpy()[0, 1], x.numpy()[1][1])
print(x.numpy().shape, len(x.numpy()), x.numpy().tolist(), x.numpy()[0, 0].item())
print(torch.arange(6).reshape(2, 3).numpy(), torch.tensor([True, False]).numpy(), repr(torch.arange(3).numpy()))
a = x.numpy(); x[0, 0] = 7; print(a)
for r in a: print(r)
print(f'{a[0, 0]:.3f} {float(a[1, 0])}', '%.2f' % a[0][1], a[0][0])
print(torch.linspace(0, 1, 30).numpy()); print(repr(torch.linspace(0, 1, 30).numpy()))
print(torch.tensor([1e-5, 1.0]).numpy(), torch.tensor([1e10, 1.5]).numpy(), torch.tensor([float('nan'), 1.0, float('inf'), -float('inf')]).numpy(), torch.zeros(3).numpy(), torch.tensor([1.0, 2.0]).double().numpy())
print(torch.zeros(2, 2, 2).numpy()); print(repr(torch.zeros(2,2,2).numpy())); print(torch.arange(1200.).numpy()); print(torch.arange(1500.).reshape(30, 50).numpy()); print(repr(torch.tensor(1.5).numpy()), torch.tensor(1.5).numpy())
print(torch.tensor([1/3, 2/3, 1e-3]).numpy(), torch.tensor([123456.789, 0.5]).numpy(), torch.tensor([1/3], dtype=torch.float64).numpy(), repr(torch.tensor([[1/3]*8], dtype=torch.float64).numpy()))
torch.manual_seed(0)
big = torch.randn(2, 3) * 3e7
print(big.numpy(), big.numpy()[0, 0], (big * 1e-13).numpy(), [float(v) for v in big.numpy()[1]])
print(torch.randn(3, 40).numpy(), torch.zeros(0).numpy(), repr(torch.zeros(0).numpy()))
w = torch.ones(2, requires_grad=True)
try:
    w.numpy()
except RuntimeError as e:
    print(e)
