# Operands and formats that a tensor does not go with.
import torch

a = torch.ones(2)
p = torch.nn.Parameter(a)
wrong = [
    lambda: a + [1, 2],
    lambda: a - (1,),
    lambda: a / {"k": 1},
    lambda: a @ 3,
    lambda: 2 @ a,
    lambda: a @ [1.0],
    lambda: a & [1],
    lambda: "x" + a,
    lambda: [1, 2] + a,
    lambda: (1,) + a,
    lambda: None + a,
    lambda: p + None,
    lambda: a < "x",
    lambda: a >= [1],
    lambda: a < None,
    lambda: f"{a:.2f}",
    lambda: "{:.3f}".format(p),
    lambda: format([1, 2], ".2f"),
    lambda: f"{None:>5}",
    lambda: "%.2f" % a,
    lambda: float(a),
]
for call in wrong:
    try:
        print(call())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
