"""Cases of bounds alone: what LAPACK computes, whose last digits are not followed."""

from cases import operation


@operation("systems and determinants, bounded", weight=4)
def systems(g):
    n = g.r.randint(1, 4)
    name = g.next_of(["torch.linalg.solve", "torch.linalg.inv", "torch.linalg.det", "torch.trace",
                      "torch.linalg.slogdet", "torch.linalg.eigvalsh", "torch.linalg.svdvals",
                      "torch.linalg.pinv"])
    g.tensor("m", (n, n))
    g.line(f"a = m @ m.t() + 2 * torch.eye({n})")
    if name.endswith("solve"):
        g.tensor("b", (n, 2))
        g.line("y = torch.linalg.solve(a, b)")
    elif name.endswith("slogdet"):
        g.line("y = torch.linalg.slogdet(a)[1]")
    elif name.endswith(("svdvals", "pinv")):
        g.tensor("c", (n + 2, n))
        g.line(f"y = {name}(c)")
    else:
        g.line(f"y = {name}(a)")
    g.show("y")
