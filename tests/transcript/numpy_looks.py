# What numpy's arrays are asked for.
import torch, numpy as np
n = torch.tensor([[1., 2., 3.], [4., -5., 6.]]).numpy()
print(n.T, n.T.shape, n.reshape(3, 2), n.reshape(-1), n.ravel(), n.max(), n.min(), n.argmax(), n.argmin(), n.copy(), n.T[0], type(n), isinstance(n, np.ndarray), isinstance(torch.ones(2), np.ndarray), isinstance(n[0], np.ndarray), isinstance(n, torch.Tensor), isinstance(n[0, 0], np.ndarray))
print(torch.ones(1, 3).numpy().squeeze(), n.reshape((2, 3)), type(n).__name__, type(n) is np.ndarray, type(n) == np.ndarray)
m = torch.tensor([3, 1, 2]).numpy()
print(m.max(), m.argmax(), m.dtype, m.T, repr(m.max()), repr(n.T))
def f(a: np.ndarray) -> np.ndarray: return a
print(f(n).shape)
