"""What PyTorch warns of, recorded, raised and ignored."""
import warnings

import torch
import torch.nn as nn

with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    l = nn.MSELoss()(torch.zeros(4, 1), torch.zeros(4))
    print(l.item(), len(w), w[0].category.__name__, w[0].message)
    k = nn.functional.kl_div(torch.zeros(2), torch.ones(2) / 2)
    print(len(w), str(w[1].message)[:30])
warnings.filterwarnings("error")
try:
    nn.functional.l1_loss(torch.zeros(4, 1), torch.zeros(4))
except UserWarning as e:
    print("raised", str(e)[:40])
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    print(nn.functional.mse_loss(torch.zeros(4, 1), torch.ones(4)))
