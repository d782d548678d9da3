"""LayerNorm, BatchNorm1d, Embedding, and losses with all their options."""

LOSSES = """nn.MSELoss(R)(o, t)
nn.L1Loss(R)(o, t)
nn.SmoothL1Loss(R, beta=«0.5|1.0|0.1»)(o, t)
nn.HuberLoss(R, delta=«0.5|1.0»)(o, t)
nn.CrossEntropyLoss(R«|, label_smoothing=0.1|, weight=q|, ignore_index=1»)(o, c)
nn.CrossEntropyLoss(R)(o, p.softmax(1))
nn.NLLLoss(R«|, weight=q|, ignore_index=0»)(o.log_softmax(1), c)
nn.BCELoss(R«|, weight=q»)(o.sigmoid(), p.sigmoid())
nn.BCEWithLogitsLoss(R«|, weight=q|, pos_weight=q»)(o, p.sigmoid())
nn.KLDivLoss(R«|, log_target=True»)(o.log_softmax(1), «p.softmax(1)|p.log_softmax(1)»)
nn.PoissonNLLLoss(R«|, log_input=False|, eps=1e-4|, full=True»)(o«|.exp()», p.abs())
nn.GaussianNLLLoss(R«|, eps=1e-3»)(o, p, v)
nn.HingeEmbeddingLoss(R«|, margin=0.5»)(o, s)
nn.MarginRankingLoss(R«|, margin=0.5»)(o, p, s)
nn.CosineEmbeddingLoss(R«|, margin=0.2»)(o, p, s[:, 0])
nn.TripletMarginLoss(R«|, margin=0.5|, p=1|, swap=True»)(o, p, p.flip(0))
nn.CosineSimilarity(dim=«0|1»)(o, p)
nn.PairwiseDistance(p=«1|2|3»«|, keepdim=True»)(o, p)
F.normalize(o«|, dim=0|, p=1|, p=3|, p=float('inf')»), o.norm(«3|1.5|0.5»«|, dim=0»)
F.«mse_loss|l1_loss|smooth_l1_loss|huber_loss»(o, p«|, reduction='none'|, reduction='sum'»)
F.cross_entropy(o, c«|, reduction='none'|, label_smoothing=0.2»)
F.«gelu|silu|mish|softplus|softsign|hardtanh|relu6|selu|celu|elu|hardswish|hardsigmoid|logsigmoid|tanhshrink|softshrink»(o)
F.gelu(o, approximate='tanh'), F.softplus(o, beta=«2|0.5», threshold=«5|20»)
F.one_hot(c«|, 3|, num_classes=5»).float() * o.sum()
F.prelu(o, torch.tensor(«[0.25]|[0.1, 0.2, 0.3]»))
F.leaky_relu(o, 0.2).log_softmax(«0|1|-1»)""".split("\n")

LAYERS = """nn.LayerNorm(3)
nn.LayerNorm(«(3,)|[4, 3]»«|, eps=1e-3|, elementwise_affine=False»)
nn.BatchNorm1d(3«|, momentum=0.5|, eps=1e-2|, affine=False|, track_running_stats=False|, momentum=None»)
nn.Sequential(nn.BatchNorm1d(3), nn.ReLU(), nn.Linear(3, 3), nn.LayerNorm(3))
nn.Sequential(nn.Linear(3, 3«|, bias=False»), nn.BatchNorm1d(3), nn.«Tanh|GELU|SiLU|PReLU»())
nn.Sequential(nn.Dropout(0.5), nn.Linear(3, 3), nn.Softmax(dim=1))
nn.Sequential(nn.Unflatten(1, (3, 1)), nn.Flatten(), nn.Identity())""".split("\n")


def write(page):
    page.add("import torch\nfrom torch import nn\nimport torch.nn.functional as F")
    if page.chance(0.2):
        page.add("torch.set_default_dtype(torch.float64)")
    page.add("torch.manual_seed($n)")
    page.add("x = torch.tensor($l(4,3), requires_grad=True)\np = torch.tensor($l(4,3)«||, requires_grad=True»)")
    page.add("t = torch.tensor($l(4,3))\nc = torch.tensor($k(4,3))\nq = torch.tensor([$p, $p, $p])")
    page.add("v = torch.tensor([[$p], [$p], [$p], [$p]])\ns = (t > 0).float() * 2 - 1")
    if page.chance(0.25):
        page.add("layer = nn.Embedding(«3|5», 3«|, padding_idx=0»«||, max_norm=1.0|, scale_grad_by_freq=True»)\nprint(layer)\no = layer(c)")
    else:
        page.add(f"layer = {page.r.choice(LAYERS)}\nprint(layer)")
        page.add_in_order(["layer.eval()", "layer.train(False); layer.train()", "print(layer(x * 2).sum())"], 0.2)
        page.add("o = layer(x)")
    page.add("print(o)")
    for loss in page.r.sample(LOSSES, page.r.randint(1, 3)):
        loss = loss.replace("R, ", "«reduction='mean', |reduction='sum', |reduction='none', |»")
        loss = loss.replace("(R«|, ", "(«reduction='mean'»«|, ").replace("(R", "(«reduction='mean'|reduction='sum'|reduction='none'|»")
        page.add(f"l = {loss}\nprint(l)")
    page.add("l = l[-1] if isinstance(l, tuple) else l\nl.«sum()|mean()|pow(2).sum()».backward()")
    page.add("print(x.grad, p.grad)")
    page.add("for n, w in layer.named_parameters(): print(n, w.grad)")
    page.add_in_order(["for n, b in layer.named_buffers(): print(n, b)", "print(layer.state_dict())",
                       "layer.eval(); print(layer(x) if not isinstance(layer, nn.Embedding) else layer.weight)",
                       "print(sum(w.numel() for w in layer.parameters()))"], 0.4)
