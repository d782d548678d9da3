"""Writers of scripts. Each module writes scripts of one kind, which PyTorch mostly runs to their
end: write(page) puts one on the page (page.py), and chance decides everything in it.

    python3 -m writers KIND SEED      (in tests/parity) prints the script of the seed
"""

import importlib
import random

from . import page

KINDS = tuple("classes errors flows comprehensions containers texts draws optimizers schedules "
              "own_functions hooks norms views python_random second_gradients mathematics "
              "notebooks".split())


def write(kind, seed):
    """The same text for the same seed."""
    sheet = page.Page(random.Random(f"{kind} {seed}"))
    importlib.import_module(f"{__name__}.{kind}").write(sheet)
    return sheet.text()
