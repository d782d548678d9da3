"""Numbers that no seed decides are warned of, once, wherever they are shown or used, and not where
the script writes others over them first.

Usage: unseeded.py MLPSTEP
"""

import os
import subprocess
import sys
import tempfile

BEFORE = """import torch
import torch.nn as nn
net = nn.Linear(2, 1)
x = torch.ones(1, 2)
"""

WARNED = [
    "print(net.weight)",
    "print(net.weight.data)",
    "print(net.weight[0])",
    "print(net.weight[0, 1])",
    "print(net.bias.item())",
    "print(net.weight.tolist())",
    "print(net.state_dict())",
    "print(list(net.parameters()))",
    "for p in net.parameters(): print(p)",
    "for n, p in net.named_parameters(): print(n, p)",
    "print(f'{net.weight}')",
    "print(f'{net.bias.item():.3f}')",
    "print('%s' % net.weight)",
    "print('{}'.format(net.weight))",
    "print(net.weight.sum())",
    "print(net.weight == 1)",
    "if net.bias > 0: print(1)",
    "print(net.bias > 0)",
    "print(torch.equal(net.weight, x))",
    "print(torch.allclose(net.weight, x))",
    "float(net.bias)",
    "int(net.bias)",
    "str(net.weight)",
    "repr(net.weight)",
    "y = net(x)",
    "y = net.weight * 2",
    "y = x @ net.weight.T",
    "w = net.weight.clone(); print(w)",
    "w = net.weight.detach().clone(); net.weight.data.fill_(1); net.bias.data.fill_(1); print(w)",
    "net.weight",
    "print([net.weight])",
    "print({'a': net.weight})",
    "net.double(); print(net.weight)",
    "torch.manual_seed(0); print(net.weight)",
    "torch.manual_seed(0); net(x)",
    "net.weight.grad = torch.ones(1, 2); torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=0.1).step()",
    "net.weight.data[0, 0] = 3; print(net.weight)",
    "net.weight.data[0, 0] = 3; net.weight.data[0, 0] = 4; net.bias.data.zero_(); print(net.weight)",
    "print(net.weight.max())",
    "print(net.weight.argmax())",
    "print(torch.cat([net.weight, x]))",
    "print(net.weight.any())",
    "t = torch.ones(2); t[0] = net.bias.data[0]; print(t)",
    "t = torch.ones(2); t[0] = net.bias.item()",
    "nn.init.normal_(net.weight)",
    "round(net.bias.item(), 2)",
    "max(net.weight[0])",
    "sorted([net.bias, net.bias])",
    "assert net.bias != 0",
    "net.weight.data = net.weight.data * 2",
    "net.weight.data.mul_(2); print(net.weight)",
]

SILENT = [
    "pass",
    "print(net)",
    "print(net.weight.shape)",
    "net.weight.data = torch.ones(1, 2); net.bias.data = torch.ones(1); print(net.weight, net(x))",
    "net.weight.data.copy_(torch.ones(1, 2)); net.bias.data.copy_(torch.ones(1)); print(net.weight, net(x))",
    "net.weight.data.fill_(1); net.bias.data.zero_(); print(net.weight, net(x), net.bias.item())",
    "net.weight = nn.Parameter(torch.ones(1, 2)); net.bias = nn.Parameter(torch.ones(1)); print(net.weight, net(x))",
    "nn.init.constant_(net.weight, 1); nn.init.zeros_(net.bias); print(net.weight, net(x))",
    "nn.init.ones_(net.weight); net.bias = None; print(net.weight, net(x))",
    "net.load_state_dict({'weight': torch.ones(1, 2), 'bias': torch.ones(1)}); print(net.weight, net(x))",
    "net.weight.data[0, 0] = 3; net.weight.data[0, 1] = 4; net.bias.data[0] = 1; print(net.weight, net(x))",
    "net.weight.data[0] = torch.ones(2); net.bias.data[:] = 1; print(net.weight, net(x))",
    "net.weight.data[0][0] = 3; net.weight.data[0][1] = 4; net.bias.data[0] = 1; print(net.weight, net(x))",
    "net.double(); net.weight.data.fill_(1); net.bias.data.fill_(1); print(net.weight)",
    "w = net.weight.data; w[0, 0] = 1; w[0, 1] = 2; print(net.weight)",
    "w = net.weight.data; w.fill_(1); print(net.weight, w)",
    "len(net.weight); net.weight.dtype; net.weight.is_leaf; net.weight is None; net.weight.numel()",
    "opt = torch.optim.SGD(net.parameters(), lr=0.1); opt.zero_grad(); print(opt)",
    "list(net.parameters()); net.state_dict(); len(list(net.named_parameters()))",
    "net.weight.requires_grad_(False); net.eval(); net.train(); net.zero_grad()",
    "net.weight.data.T[0, 0] = 1; net.weight.data.T[1, 0] = 1; print(net.weight)",
    "torch.manual_seed(0); net = nn.Linear(2, 1); print(net.weight)",
    "print(net.weight.size(), net.weight.grad)",
    "for p in net.parameters(): nn.init.constant_(p, 0.1)",
    "for p in net.parameters(): p.data.fill_(0.1)",
    "for p in net.parameters(): p.data = torch.ones(p.shape)",
    "p = list(net.parameters()); p[0].data.fill_(1); p[1].data.fill_(1); print(net(x), net.weight)",
    """with torch.no_grad():
    net.weight[0, 0] = 0.15
    net.weight[0, 1] = 0.2
    net.bias[0] = 1
print(net.weight, net(x))""",
    """with torch.no_grad():
    net.weight.copy_(torch.ones(1, 2))
    net.bias.copy_(torch.ones(1))
print(net.weight, net(x))""",
    """with torch.no_grad():
    net.weight[:, 0] = 0.15
    net.weight[:, 1:] = 0.2
print(net.weight)""",
]


def count_warnings(mlpstep, command, path):
    run = subprocess.run([mlpstep, command, path], capture_output=True, text=True)
    if run.returncode != 0:
        print(run.stderr)
        return -1
    return run.stderr.count("random numbers are drawn without torch.manual_seed()")


def main(mlpstep):
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "t.py")
        for expected, scripts in ((1, WARNED), (0, SILENT)):
            for script in scripts:
                with open(path, "w") as file:
                    file.write(BEFORE + script + "\n")
                for command in ("transcript", "run"):
                    found = count_warnings(mlpstep, command, path)
                    if found != expected:
                        failed += 1
                        print(f"{command}: {found} warnings, not {expected}: {script}")
    return failed > 0


sys.exit(main(sys.argv[1]))
