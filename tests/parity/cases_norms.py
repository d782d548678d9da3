"""Cases: layers that normalise, and embeddings."""

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
    if path[9].isupper():
        g.line(f"layer = {g.spell(path)}({rows}, {size}{padding}, dtype=torch.{g.dtype(True)})")
        g.line("w, y = layer.weight, layer(index)")
    else:
        g.tensor("w", (rows, size), g.dtype(True), True)
        g.line(f"y = {g.spell(path)}(index, w{padding})")
    g.show("w")
    g.show("y")
    g.backward("y", "w")
