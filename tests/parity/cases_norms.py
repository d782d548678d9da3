"""Cases: layers that normalise, embeddings, distances and the losses made of these."""

from cases import operation


@operation("layer_norm", weight=4)
def layer_norm(g):
    path = g.next_of(["torch.nn.LayerNorm", "torch.nn.functional.layer_norm"])
    shape, dtype = g.shape(1, 3, empty=False), g.dtype(True)
    sizes = shape[-g.r.randint(1, len(shape)):]
    g.tensor("x", shape, dtype, True)
    given = g.among([sizes, list(sizes)] + [sizes[0]] * 3) if len(sizes) == 1 else g.among(
        [sizes, list(sizes)])
    options = [] if g.chance(0.6) else [f"eps={g.among(['1e-3', '1e-12', '0.1', '1'])}"]
    scales = ["w", "c"]
    if path[9].isupper():
        if g.chance(0.2):
            options, scales = options + ["elementwise_affine=False"], []
        g.line(f"layer = {g.spell(path)}({', '.join([str(given)] + options)}, dtype=x.dtype)")
        if scales:
            g.line("with torch.no_grad():\n    layer.weight.uniform_(-2, 2)\n    layer.bias.normal_()")
            g.line("w, c = layer.weight, layer.bias")
        g.line("y = layer(x)")
    else:
        scales = g.among([["w", "c"]] * 3 + [[], ["w"], ["c"]])
        for name in scales:
            g.tensor(name, sizes, dtype, True)
        if isinstance(given, int):
            given = (given,)
        rest = [f"{long}={name}" for long, name in [("weight", "w"), ("bias", "c")] if name in scales]
        g.line(f"y = {g.spell(path)}({', '.join(['x', str(given)] + rest + options)})")
    g.show("y")
    g.backward("y", "x", *scales)


def batch(g):
    """What batch norm may be given: mostly more than one number of a channel."""
    shape = g.among([(g.size() + 1, g.size()), (g.size(), g.size(), g.size()), (4, 3), (8, 2, 5)])
    return (2,) + shape[1:] if g.chance(0.1) else shape


def differentiate(g, label, *leaves):
    """Of a view by numbers that do not cancel, as a sum of what is normalised does."""
    if label == "batch_norm":
        g.backward("y", *leaves)
        return
    g.line("y.backward(torch.randn(y.shape, dtype=y.dtype))")
    for leaf in leaves:
        g.show(f"{leaf}.grad", label)


@operation("batch_norm", weight=5)
def batch_norm(g):
    path = g.next_of(["torch.nn.BatchNorm1d", "torch.nn.functional.batch_norm"])
    shape, dtype = batch(g), g.dtype(True)
    label = "batch_norm"
    if g.chance(0.15):
        g.tensor("x", shape[::-1] if len(shape) == 2 else shape[:1] + shape[:0:-1], dtype)
        g.line(f"x = x.{'T' if len(shape) == 2 else 'transpose(1, 2)'}.requires_grad_()")
        label += " of a view"
    else:
        g.tensor("x", shape, dtype, True)
    eps = "" if g.chance(0.6) else f", eps={g.among(['1e-3', '1e-12', '0.1'])}"
    if path[9].isupper():
        momentum = g.among([""] * 3 + [", momentum=0.3", ", momentum=None", ", momentum=1.0"])
        affine = g.chance(0.8)
        rest = ("" if affine else ", affine=False") + (
            "" if g.chance(0.8) else ", track_running_stats=False")
        g.line(f"layer = {g.spell(path)}({shape[1]}{eps}{momentum}{rest}, dtype=x.dtype)")
        if affine:
            g.line("with torch.no_grad():\n    layer.weight.uniform_(-2, 2)\n    layer.bias.normal_()")
            g.line("w, c = layer.weight, layer.bias")
        g.line(f"for i in range({g.r.randint(0, 3)}):\n    layer(x * (i + 1) - i)")
        if g.chance(0.3):
            g.line("layer.eval()")
        g.line("y = layer(x)\nkept = [b for b in layer.buffers() if b is not None]")
        differentiate(g, label, "x", *["w", "c"] * affine)
    else:
        scales = g.among([["w", "c"]] * 3 + [[], ["w"], ["c"]])
        for name in scales:
            g.tensor(name, shape[1:2], dtype, True)
        g.line(f"kept = [torch.zeros({shape[1]}, dtype=x.dtype), torch.ones({shape[1]}, dtype=x.dtype)]")
        rest = "".join(f", {long}={name}" for long, name in [("weight", "w"), ("bias", "c")]
                       if name in scales)
        training = g.among([", training=True", ", training=False", "", ", training=True, momentum=0.5"])
        given = g.among(["kept[0], kept[1]"] * 3 + ["None, None"])
        g.line(f"y = {g.spell(path)}(x, {given}{rest}{training}{eps})")
        differentiate(g, label, "x", *scales)
    g.show("y", label)
    g.line("for b in kept:")
    g.line(f'    show("{label}", b)')


@operation("embedding", weight=3)
def embedding(g):
    path = g.next_of(["torch.nn.Embedding", "torch.nn.functional.embedding"])
    rows, size = g.size(), g.size()
    g.line(f"index = torch.randint({rows + g.chance(0.05)}, {g.shape(0, 3)})")
    padding = "" if g.chance(0.6) else f", padding_idx={g.r.randint(-rows, rows)}"
    padding += g.among([""] * 4 + [", max_norm=0.8", ", max_norm=1, norm_type=1", ", scale_grad_by_freq=True"])
    if path[9].isupper():
        g.line(f"layer = {g.spell(path)}({rows}, {size}{padding}, dtype=torch.{g.dtype(True)})")
        g.line("w, y = layer.weight, layer(index)")
    else:
        g.tensor("w", (rows, size), g.dtype(True), True)
        g.line(f"y = {g.spell(path)}(index, w{padding})")
    g.show("w")
    g.show("y")
    g.backward("y", "w")


DISTANCES = {
    "torch.pairwise_distance": ["", "p=1", "2.0, 1e-3, True"],
    "torch.nn.functional.pairwise_distance": ["", "p=1.0", "eps=0.1, keepdim=True", "p=3"],
    "torch.nn.PairwiseDistance": ["", "1", "eps=1e-3", "float('inf')"],
    "torch.cosine_similarity": ["dim=-1", "0", "-1, 1e-3"],
    "torch.nn.functional.cosine_similarity": ["dim=-1", "dim=0, eps=1e-3"],
    "torch.nn.CosineSimilarity": ["dim=0", "dim=-1, eps=0.5"],
    "torch.nn.functional.normalize": ["dim=-1", "p=1, dim=0", "2.0, 0, 0.5", "3, 0", "float('inf'), -1", "0.5, -1"],
    "torch.nn.Softmin": ["dim=0", "-1"],
    "torch.nn.functional.softmin": ["dim=0", "-1", "0, dtype=torch.float64"],
}


@operation("distances", weight=6)
def distances(g):
    path = g.next_of(list(DISTANCES))
    call, shape, dtype = g.spell(path), g.shape(1, 3, empty=False), g.dtype(True)
    g.tensor("x", shape, dtype, True)
    g.tensor("y", shape[1:] if g.chance(0.2) and len(shape) > 1 else shape, dtype, g.chance(0.6))
    given = g.among(DISTANCES[path])
    inputs = "x" if "norm" in path or "min" in path else "x, y"
    g.line(f"z = {call}({given})({inputs})" if path[9].isupper() else
           f"z = {call}({inputs}{', ' if given else ''}{given})")
    g.show("z")
    g.backward("z", "x")
    g.line("if y.grad is not None:")
    g.line('    show("distances", y.grad)')


MARGINS = {
    "MarginRankingLoss": ("margin_ranking_loss", "x, y, s", ["margin=0.3", "0.1"]),
    "HingeEmbeddingLoss": ("hinge_embedding_loss", "x, s", ["margin=0.5", "2"]),
    "CosineEmbeddingLoss": ("cosine_embedding_loss", "x, y, r", ["margin=0.2"]),
    "TripletMarginLoss": ("triplet_margin_loss", "x, y, p", ["margin=0.3, p=1", "swap=True"]),
    "PoissonNLLLoss": ("poisson_nll_loss", "x, p", ["log_input=True"]),
    "GaussianNLLLoss": ("gaussian_nll_loss", "x, y, p", ["eps=0.1", "full=True"]),
}


@operation("losses of distances", weight=6)
def margin_losses(g):
    name = list(MARGINS)[g.turn // 2 % len(MARGINS)]
    function, inputs, options = MARGINS[name]
    path = g.next_of(["torch.nn." + name, "torch.nn.functional." + function])
    rows, size, dtype = g.size(), g.size(), g.dtype(True)
    for tensor in "xyp":
        g.tensor(tensor, (rows, size), dtype, True, positive=tensor == "p")
    g.line(f"s = torch.randn(({rows}, {size}), dtype=x.dtype).sign()")
    g.line(f"r = torch.randn({rows}, dtype=x.dtype).sign()")
    given = [g.among(options)] if g.chance(0.5) else []
    if g.chance(0.6):
        given.append(f"reduction='{g.among(['sum', 'none', 'mean'])}'")
    call, rest = g.spell(path), ", ".join(given)
    g.line(f"z = {call}({rest})({inputs})" if path[9].isupper() else
           f"z = {call}({inputs}{', ' if rest else ''}{rest})")
    g.show("z")
    g.backward("z", "x")
    g.line("for t in (y, p):\n    if t.grad is not None:\n        show('losses of distances', t.grad)")
