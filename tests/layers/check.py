"""Holds src to the table of its rooms, src/layers.txt: which folder may use which.

A use is an #include line, or a symbol that an object of one room leaves undefined and an object of
another defines. Each use that the table does not allow is named, each circle, and each word that a
room may not know.

Usage: check.py ROOT BUILD NM
    ROOT   the folder of src and include
    BUILD  the build folder: its compile_commands.json says where the objects are
"""

import collections
import fnmatch
import json
import os
import re
import shlex
import subprocess
import sys

TABLE, PAGE = "src/layers.txt", "src/README.md"
PUBLIC = "include/mlpstep/"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INCLUDE = re.compile(r'\s*(?:#|%:)\s*include\s*(["<][^">]+[">]|\S+)')
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
DEFINED, UNDEFINED = "TDBRCVWGSui", "Uwv"


def read_text(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


class Table:
    """layers.txt: by section, the words of each row under its first word."""

    SECTIONS = ("may use", "public headers", "never sees", "no circle between files",
                "words unknown to")

    def __init__(self, path):
        self.problems, sections = [], {name: {} for name in self.SECTIONS}
        rows = None
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                words = line.split()
                if not words or words[0].startswith("#"):
                    continue
                section = re.fullmatch(r"\[(.*)\]", line.strip())
                if section:
                    rows = sections.get(section[1])
                if rows is None:
                    sys.exit(f"{path}:{number}: expected a section, one of {', '.join(sections)}")
                if not section and words[0] in rows:
                    self.problems.append(f"{TABLE} has two rows for {words[0]}")
                if not section:
                    rows[words[0]] = words[1:]
        (self.may_use, self.public_headers, self.never_sees, self.no_circle,
         self.unknown_words) = sections.values()
        for room, used in self.may_use.items():
            self.expect_rows(used)
        for rows in (self.public_headers, self.never_sees, self.no_circle, self.unknown_words):
            self.expect_rows(rows)

    def expect_rows(self, rooms):
        self.problems += [f"{TABLE} names {room}, which has no row of what it may use"
                          for room in rooms if room not in self.may_use and room != "public"]

    def allows(self, user, used, public):
        allowed = self.may_use.get(user, [])
        return user == used or used in allowed or (public and "public" in allowed)

    def allowed(self, room):
        allowed = self.may_use.get(room)
        return f"{room} may use {', '.join(allowed) + ' only' if allowed else 'nothing of ours'}"


class Tree:
    """The files below src and include/mlpstep, as paths from the root, and their rooms."""

    def __init__(self, root, table):
        self.root, self.table, self.texts = root, table, {}
        paths = [os.path.join(folder, name) for top in ("src", PUBLIC)
                 for folder, _, names in os.walk(os.path.join(root, top)) for name in names]
        for path in sorted(paths):
            if path.endswith((".c", ".h")):
                with open(path, encoding="utf-8") as file:
                    self.texts[os.path.relpath(path, root)] = file.read()
        self.rooms = {path: self.find_room(path) for path in self.texts}

    def find_room(self, path):
        if path.startswith(PUBLIC):
            name = os.path.splitext(path[len(PUBLIC):])[0]
            return next((room for room, patterns in self.table.public_headers.items()
                         if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)), None)
        parts = path.split("/")
        return parts[1] if len(parts) > 2 else "main"

    def resolve(self, path, included):
        """The file of ours that is meant, as a compiler looks for it."""
        for folder in (os.path.dirname(path), "src", "include"):
            found = os.path.normpath(os.path.join(folder, included))
            if found in self.texts:
                return found
        return None

    def includes(self, path):
        """(what the line has, the file of ours or None)"""
        for line in COMMENT.sub(" ", self.texts[path]).splitlines():
            match = INCLUDE.match(line)
            if match:
                yield match[1], self.resolve(path, match[1].strip('"<>'))

    def problems(self):
        for path, room in self.rooms.items():
            if room is None:
                yield f"{TABLE} has no room for the public header {path}"
            elif room not in self.table.may_use:
                yield f"{path} lies in a room that {TABLE} does not have: {room}"
        for headers in self.table.never_sees.values():
            for header in headers:
                if f"src/{header}" not in self.texts:
                    yield f"{TABLE} names {header}, which is not there"


class Use(collections.namedtuple("Use", "user used symbols")):
    """One file uses another: it includes it (symbols is None), or needs some of its symbols."""

    def __str__(self):
        if self.symbols is None:
            return f"{self.user} includes {self.used}"
        return f"{self.user} uses {', '.join(sorted(self.symbols))} of {self.used}"

    def is_public(self):
        """A header that is installed, or nothing but symbols that a program may use."""
        if self.symbols is None:
            return self.used.startswith(PUBLIC)
        return all(name.startswith("mlp_") for name in self.symbols)


def read_includes(tree, problems):
    uses = []
    for path in tree.texts:
        for written, found in tree.includes(path):
            if found:
                uses.append(Use(path, found, None))
            elif not written.startswith("<"):
                problems.append(f"{path} includes {written}, which is not a file of ours")
    return uses


def objects_of(tree, build):
    """(source, object) of each file of src that was built; one file may have several."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    for command in commands:
        source = os.path.relpath(os.path.realpath(command["file"]), os.path.realpath(tree.root))
        words = shlex.split(command["command"])
        path = os.path.join(command["directory"], words[words.index("-o") + 1])
        if source in tree.texts and os.path.exists(path):
            yield source, path


def listed_symbols(nm, paths):
    """(path, name, kind) of each global symbol; nm is started once, since a start is not cheap."""
    listed = subprocess.run([nm, "-A", "-P", "-g", *paths], stdout=subprocess.PIPE, text=True,
                            check=True)
    for line in listed.stdout.splitlines():
        path, _, symbol = line.rpartition(": ")
        yield path, *symbol.split()[:2]


def read_symbols(tree, build, nm, problems):
    sources = {path: source for source, path in objects_of(tree, build)}
    definers, needs = {}, {source: set() for source in sources.values()}
    for path, name, kind in listed_symbols(nm, sources):
        if kind in DEFINED:
            definers.setdefault(name, set()).add(sources[path])
        elif kind in UNDEFINED:
            needs[sources[path]].add(name)
    problems += [f"{path} is not built" for path in tree.texts
                 if path.endswith(".c") and path not in needs]
    shared = {}
    for source, names in needs.items():
        for name in names:
            for definer in definers.get(name, set()) - {source}:
                shared.setdefault((source, definer), set()).add(name)
    return [Use(user, used, names) for (user, used), names in sorted(shared.items())]


def forbidden(tree, uses):
    for use in uses:
        if not tree.table.allows(tree.rooms[use.user], tree.rooms[use.used], use.is_public()):
            yield f"{use}, but {tree.table.allowed(tree.rooms[use.user])}"
        if use.user.startswith(PUBLIC) and not use.used.startswith(PUBLIC):
            yield f"{use}, but a public header may use public ones only"


def ways_from(tree, path):
    """The shortest way to each header that a file reaches, from include to include."""
    ways, seen = [[path]], {path}
    for way in ways:
        for _, found in tree.includes(way[-1]):
            if found and found not in seen:
                seen.add(found)
                ways.append(way + [found])
    return ways


def sights(tree):
    """Headers that a room never sees, and yet reaches, if only by way of others."""
    last_steps = {}
    for path, room in tree.rooms.items():
        if room in tree.table.never_sees:
            for way in ways_from(tree, path):
                if way[-1][len("src/"):] in tree.table.never_sees[room]:
                    last_steps.setdefault((room, *way[-2:]), []).append(way)
    for (room, _, header), ways in last_steps.items():
        yield (f"{room} never sees {header}, but in {len(ways)} files "
               f"{' includes '.join(min(ways, key=len))}")


def find_circle(edges):
    """A list of nodes that ends where it begins, or None. edges: by node, those it leads to."""
    done = set()

    def walk(node, way):
        if node in way:
            return way[way.index(node):] + [node]
        if node in done:
            return None
        for following in sorted(edges.get(node, ())):
            circle = walk(following, way + [node])
            if circle:
                return circle
        done.add(node)
        return None

    return next(filter(None, (walk(node, []) for node in sorted(edges))), None)


def circle_of(what, uses, name_of):
    """A circle of uses, where name_of(path) is the node that a file belongs to, or None."""
    edges = {}
    for use in uses:
        a, b = name_of(use.user), name_of(use.used)
        if a and b and a != b:
            edges.setdefault(a, {}).setdefault(b, use)
    circle = find_circle(edges)
    if not circle:
        return []
    steps = [f"    {edges[a][b]}" for a, b in zip(circle, circle[1:])]
    return [f"a circle between {what}: {' -> '.join(circle)}\n" + "\n".join(steps)]


def circles(tree, uses):
    table = {room: [used for used in rooms if used != "public"]
             for room, rooms in tree.table.may_use.items()}
    circle = find_circle(table)
    if circle:
        yield f"{TABLE} has a circle: {' -> '.join(circle)}"
    yield from circle_of("rooms", uses, tree.rooms.get)
    for room in tree.table.no_circle:
        # A file is what its .c and the .h of the same name hold.
        yield from circle_of(f"files of {room}", uses, lambda path, room=room: (
            os.path.splitext(path)[0] if path.startswith(f"src/{room}/") else None))


def unknown_words(tree):
    for path, text in tree.texts.items():
        patterns = tree.table.unknown_words.get(tree.rooms[path], [])
        lines = [os.path.basename(path)] + text.splitlines()
        for number, line in enumerate(lines if patterns else []):
            found = [word for word in WORD.findall(line)
                     if any(fnmatch.fnmatchcase(word.lower(), pattern) for pattern in patterns)]
            if found:
                yield f"{path}:{number or 1}: {tree.rooms[path]} knows no {', '.join(found)}"


def other_page(root):
    """The page about the source has a copy of the table."""
    table = re.search(r"\[may use\]\n(.*?)\n\[", read_text(root, TABLE), re.DOTALL)[1]
    rows = [row for row in table.splitlines() if row and not row.startswith("#")]
    copy = "\n".join(["", "```", *rows, "```", ""])
    return [] if copy in read_text(root, PAGE) else [f"{PAGE} has not the rows of {TABLE}"]


def main(root, build, nm):
    table = Table(os.path.join(root, TABLE))
    tree = Tree(root, table)
    problems = table.problems + list(tree.problems())
    uses = read_includes(tree, problems) + read_symbols(tree, build, nm, problems)
    for found in (forbidden(tree, uses), sights(tree), circles(tree, uses), unknown_words(tree),
                  other_page(root)):
        problems += found
    for problem in problems:
        print(problem)
    print(f"{len(tree.texts)} files, {len(uses)} uses, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
