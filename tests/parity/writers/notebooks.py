"""Notebooks, and sessions of python3, of what other writers write: expressions that stand alone are
shown."""

import ast
import importlib
import json
import re

SOURCES = ("comprehensions", "containers", "texts", "draws", "views", "norms", "mathematics", "classes")
SILENT = re.compile(r"manual_seed|hook|add_param_group")


def statements(text):
    """Those of the top level, each with its text; what shares a line is written anew."""
    lines = text.split("\n")
    body = ast.parse(text).body
    for node, following in zip(body, body[1:] + [None]):
        first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", ())])
        alone = node.col_offset == 0 and not (following and following.lineno == node.end_lineno)
        yield node, "\n".join(lines[first - 1:node.end_lineno]) if alone else ast.unparse(node)


def is_print_of_one(node):
    return (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "id", "") == "print" and not node.value.keywords
            and len(node.value.args) == 1 and not isinstance(node.value.args[0], ast.Starred))


def shown(page, text):
    """The statements, some prints of a value being the value alone."""
    for node, source in statements(text):
        if SILENT.search(source) and isinstance(node, ast.Expr):
            yield "_ = " + source
        elif is_print_of_one(node) and page.chance(0.6):
            yield ast.unparse(node.value.args[0])
        else:
            yield source


def as_session(page, parts):
    for part in parts:
        first, *others = part.split("\n")
        page.lines.append(">>> " + first)
        page.lines += ["... " + line if line else "..." for line in others]
        if others:
            page.lines.append("...")
        if page.chance(0.1):
            page.lines.append("tensor([1., 2.])")


def as_notebook(page, parts):
    cells, sources = [], []
    for part in parts:
        sources.append(part + ("" if page.chance(0.95) else ";"))
        if page.chance(0.5):
            cells.append(sources)
            sources = []
    cells.append(sources or ["pass"])
    cells = [{"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
              "source": "\n".join(cell).splitlines(keepends=True)} for cell in cells]
    if page.chance(0.5):
        cells.insert(0, {"cell_type": "markdown", "metadata": {}, "source": ["# A title"]})
    page.lines = [json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})]


def write(page):
    importlib.import_module("." + page.r.choice(SOURCES), __package__).write(page)
    parts = list(shown(page, page.text()))
    page.lines = []
    (as_session if page.chance(0.5) else as_notebook)(page, parts)
