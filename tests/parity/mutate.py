"""Makes mutants of Python scripts: mild faults, such as somebody makes who types one in.

    python3 mutate.py SEED NUMBER

prints mutant NUMBER of SEED, as a difference to the script it was made of.
"""

import ast
import collections
import difflib
import glob
import io
import keyword
import os
import random
import re
import sys
import tokenize
import warnings
import zlib

import writers

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))

import run

NUMBERS = ("0 0 1 1 2 2 3 4 5 7 8 9 10 16 17 33 100 -1 -1 -2 -3 0.5 1.0 2.0 -0.5 0.1 1.5 2.5 -0.0 "
           "1e-8 1e30 1e-45 123456789 16777217 2**31 2**53 2**63-1").split()
OTHERS = ("None True False 'a' '' [] () (1,) [1] [1,2] (0,1) float('nan') float('inf') 1e400 2**63 "
          "2**40 torch.tensor(1) torch.tensor(0.5) torch.tensor([1]) torch.tensor([0.5,2]) "
          "torch.tensor(True) torch.ones(1) torch.zeros(0) torch.ones(2,2) {} ... print "
          "torch.float32 torch.float64 torch.long torch.bool").split(" ")
DTYPES = "float32 float64 int64 bool long float double int32 float16 uint8 half int".split()
SHAPES = "1 2 3 4 0 1,2 2,1 3,2 2,2 2,3 1,1,2 2,1,2 0,2 2,0 -1 1,-1".split()
SUFFIXES = (".T .t() .data .grad .detach() .clone() .item() .tolist() .sum() .mean() .view(-1) "
            ".reshape(-1) .squeeze() .unsqueeze(0) .unsqueeze(-1) .flatten() .long() .float() "
            ".double() .bool() .int() .requires_grad_() .requires_grad .shape .dtype .grad_fn "
            ".is_leaf .size() .dim() .numel() .abs() .exp() .zero_() .abs(1) .max() .argmax() "
            ".max(0) .norm() .std() .var() .transpose(0,1) .retain_grad() .backward() .contiguous() "
            ".expand(2,2) .to(torch.float64) .cpu() .numpy() .add_(1) .mul_(2) .fill_(0.5) "
            ".view(1,-1) .copy_(torch.ones(1)) .weight .bias .shape[0] .squeeze(0) .sum(0) .sum(1) "
            ".sum(-1,keepdim=True) .mean(dim=0) [0] [-1] [1] [:] [1:] [:1] [:,0] [0,:] [None] [...] "
            "[:,None] [[0]] [[0,1]] [torch.tensor([0])] [True] [0:0] [2:1] [0][0] ['a'] () (1) "
            "[:,:] [0:1] [::2] [-1:] [1::2] [:,::2] .permute(1,0) .flip(0) .roll(1) .repeat(2,1) .tile(2) "
            ".chunk(2) .split(1) .unbind() .tril() .triu(1) .diag() .narrow(0,0,1) .nonzero() "
            ".gather(0,torch.tensor([[0]])) .index_select(0,torch.tensor([0])) "
            ".scatter(0,torch.tensor([0]),2) .masked_fill(torch.tensor([True]),0) "
            ".masked_select(torch.tensor(True)) .sum(axis=0,keepdims=True)").split(" ")
OPERATORS = {
    "+": "+ - * / // % ** @ == <", "-": "+ - * / ** @ == >", "*": "+ - * / // % ** @ , and",
    "/": "+ - * / // % ** @ <=", "**": "* / + **-", "@": "* + - @", "//": "/ % *", "%": "/ // * **",
    "==": "!= < <= > >= is =", "!=": "== is", "<": "<= > == in", ">": "< >= ==", "<=": "< >=",
    ">=": "> <=", "=": "+= -= *= /= ==", "+=": "-= *= /= = **= //= @=", "-=": "+= *= = /=",
    "*=": "+= /= -= =", "/=": "*= -= //= =", ",": "+ and .", "and": "or +", "or": "and |",
    "in": "not~in is", "is": "== is~not", "not": "- ~", "~": "- not"}
LINES = ("print(N) print(N,M) print(N.grad) print(N.requires_grad) print(N.grad_fn) print(N.shape) "
         "print(N.dtype) print(N+M) print(N*2) N=M N+=1 N*=2 N/=2 N-=M N=N.T N=N[0] N=N[:] N[0]=0 "
         "N[0]=M N[:]=M N.data=M N.data=M.data N.grad=None N.grad=M N.zero_() N.add_(1) N.mul_(M) "
         "N.copy_(M) N.fill_(0.5) N.requires_grad_() N.requires_grad=True N.requires_grad=False "
         "N.retain_grad() N.backward() N.sum().backward() N.grad.zero_() N=N.detach() N=N.clone() "
         "N=N.data N=N.double() N=N.long() N=N.view(-1) N=N.item() N=float(N) N=int(N) N=len(N) "
         "N=N,M N=[N,M] N=torch.stack([N,M]) N=torch.cat([N,M]) N.eval() N.train() N.zero_grad() "
         "N.double() N.requires_grad_(False) N.weight.data.fill_(1) N.bias=None N=N@M N=N.reshape(-1) "
         "N=M() N=M(N) N(M) del~N global~N return~N pass break continue assert~N "
         "torch.manual_seed(3) torch.set_default_dtype(torch.float64) torch.set_grad_enabled(False) "
         "torch.set_printoptions(precision=2) torch.set_printoptions(sci_mode=True) N.step() "
         "N=nn.Parameter(M) N=torch.zeros_like(M) N.append(M) N=N.size(0) N=list(N) N=tuple(N) "
         "N=str(N) N=repr(N) N,M=M,N N=N~if~M~else~0 print(list(N)) print(len(N)) N=abs(N) N=-N "
         "N=torch.where(N>0,N,M) N=torch.where(N==M,N,0) N.masked_fill_(N>0,1) N=torch.outer(N,M) "
         "N=torch.einsum('ij,jk->ik',N,M) N=torch.einsum('i,i',N,M) N.scatter_(0,M,1) N=N.expand_as(M) "
         "N=torch.hstack((N,M)) N=torch.vstack((N,M)) N=torch.addmm(N,M,M) N,M=N.chunk(2) "
         "N=sum(N) N=not~N print(N==M) print(N[0]) print(N[:,0]) print(N.T) print(N.tolist()) "
         "print(N~is~M)").split()
KEYWORDS = ("dim=0 dim=1 dim=-1 keepdim=True requires_grad=True dtype=torch.float64 dtype=torch.long "
            "out=x inplace=True bias=False reduction='sum' p=1").split()
IN_FORMATS = "0123456789.,<>^+- eEfgGd%sx!r:#"
WRITTEN, MISTYPED = "tests/parity/writers: ", ", mistyped"
ELSEWHERE = r"notebooks\.test|import (numpy|sklearn)"


def sources():
    """The committed scripts that are run to their end, by their paths; that of a case of
    tests/cli/*.test has the name of the case behind it. Not those of notebooks and sessions, which
    python3 cannot read, and not those that import modules of others."""
    scripts = {}
    for folder in ("examples", "tests/transcript", "tests/fuzz/corpus"):
        for path in glob.glob(os.path.join(ROOT, folder, "*.py")):
            if not path.endswith("transcript/run.py"):
                with open(path, encoding="utf-8") as file:
                    scripts[os.path.relpath(path, ROOT)] = file.read()
    for path in glob.glob(os.path.join(ROOT, "tests/cli/*.test")):
        for case in run.read_cases(path):
            text = "".join(case["script"])
            if case["status"] == 0 and text.strip() and not re.search(ELSEWHERE, path + text):
                scripts[f"{os.path.relpath(path, ROOT)}: {case['name']}"] = text
    return scripts


def assigned(text):
    """What stands before a =, in the order of the text: variables."""
    return re.findall(r"^ *(\w+)(?= =|, \w+ =)", text, re.M)


class Script:
    """A text in tokens: (kind, text, first offset, offset behind)."""

    def __init__(self, text):
        self.text = text
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        self.tokens = []
        for t in tokenize.generate_tokens(io.StringIO(text).readline):
            if t.string.strip() and t.type not in (tokenize.COMMENT, tokenize.ENDMARKER):
                first = starts[t.start[0] - 1] + t.start[1]
                self.tokens.append((t.type, t.string, first, first + len(t.string)))

    def of_kind(self, *kinds):
        return [t for t in self.tokens if t[0] in kinds]

    def is_word(self, i):
        kind, text = self.tokens[i][:2]
        return kind == tokenize.NAME and not keyword.iskeyword(text)

    def names(self):
        """Every name but those behind a dot, once for each time it is used."""
        return [t for i, t in enumerate(self.tokens)
                if self.is_word(i) and (i == 0 or self.tokens[i - 1][1] != ".")]

    def uses(self):
        """Of the names those of variables."""
        variables = assigned(self.text)
        return [t for t in self.names() if t[1] in variables]

    def members(self):
        """((owner, whether it is called, without arguments), token) of what stands behind a dot."""
        found = []
        for i in range(2, len(self.tokens)):
            if self.is_word(i) and self.tokens[i - 1][1] == ".":
                called = i + 1 < len(self.tokens) and self.tokens[i + 1][1] == "("
                bare = called and self.tokens[i + 2][1] == ")"
                owner = self.tokens[i - 2][1]
                owner = owner if owner in ("torch", "nn", "F", "math", "init", "optim") else ""
                found.append(((owner, called, bare), self.tokens[i]))
        return found

    def groups(self):
        """(token before, [(first, behind) of every element]) of what stands in brackets."""
        open_groups, found = [], []
        for i, (_, text, first, behind) in enumerate(self.tokens):
            if text in "([{":
                open_groups.append((i, [behind]))
            elif text in ")]}" and open_groups:
                opened, limits = open_groups.pop()
                limits.append(first)
                elements = [(a, b - (n < len(limits) - 2)) for n, (a, b) in
                            enumerate(zip(limits, limits[1:])) if self.text[a:b].strip(", \n")]
                before = self.tokens[opened - 1] if opened else None
                if elements:
                    found.append((before, elements))
            elif text == "," and open_groups:
                open_groups[-1][1].append(behind)
        return found

    def named_calls(self):
        """(name of what is called, or a bracket; elements)."""
        return [(before[1], elements) for before, elements in self.groups()
                if before and (before[0] == tokenize.NAME or before[1] in ")]")
                and not keyword.iskeyword(before[1])]

    def calls(self):
        return [elements for _, elements in self.named_calls()]

    def with_text(self, first, behind, text):
        return self.text[:first] + text + self.text[behind:]


def pick(those, r):
    """One of them by chance: mostly the same one where others were added."""
    salt = r.randrange(1 << 30)
    return min(those, key=lambda text: (zlib.crc32(f"{salt}{text}".encode()), text))


class Pools:
    """What the scripts have, to be put in another place: members by owner, arguments with names."""

    def __init__(self, scripts):
        members, keywords = collections.defaultdict(set), collections.defaultdict(set)
        for text in scripts:
            script = Script(text)
            for use, token in script.members():
                members[use].add(token[1])
            for name, call in script.named_calls():
                keywords[name].update(text[a:b].strip() for a, b in call
                                      if re.match(r"\w+=[^=]", text[a:b].strip()))
        self.members = members
        self.keywords = {name: those for name, those in keywords.items() if those}


# --- each changes one thing, or raises IndexError where the script has nothing of the kind ---


def exchange_name(script, pools, r):
    names = script.uses() if r.random() < 0.8 else script.names()
    token = r.choice(names)
    others = sorted({t[1] for t in names} - {token[1]})
    return script.with_text(token[2], token[3], r.choice(others))


def exchange_member(script, pools, r):
    use, token = r.choice(script.members())
    return script.with_text(token[2], token[3], pick(pools.members[use], r))


def change_number(script, pools, r):
    token = r.choice(script.of_kind(tokenize.NUMBER))
    number = r.choice(NUMBERS)
    if r.random() < 0.3:
        number = r.choice(["-" + token[1], token[1] + "+1", token[1] + "-1", token[1] + ".0"])
    return script.with_text(token[2], token[3], number)


def change_element(script, pools, r):
    first, behind = r.choice(r.choice(script.groups())[1])
    return script.with_text(first, behind, r.choice(OTHERS))


def change_argument(script, pools, r):
    """The name of a keyword argument stays."""
    first, behind = r.choice(r.choice(script.calls()))
    first += len(re.match(r"\s*(\w+=(?!=))?", script.text[first:behind])[0])
    return script.with_text(first, behind, r.choice(OTHERS + NUMBERS))


def change_shape(script, pools, r):
    elements = r.choice([e for _, e in script.groups()
                         if re.fullmatch(r"[\d, ()-]+", script.text[e[0][0]:e[-1][1]])])
    return script.with_text(elements[0][0], elements[-1][1], r.choice(SHAPES))


def change_dtype(script, pools, r):
    token = r.choice([t for t in script.of_kind(tokenize.NAME) if t[1] in DTYPES])
    return script.with_text(token[2], token[3], r.choice(DTYPES))


def drop_element(script, pools, r):
    elements = r.choice(script.groups())[1]
    i = r.randrange(len(elements))
    first = elements[i][0] if i == 0 else elements[i - 1][1]
    behind = elements[1][0] if i == 0 and len(elements) > 1 else elements[i][1]
    return script.with_text(first, behind, "")


def exchange_elements(script, pools, r):
    elements = r.choice([e for _, e in script.groups() if len(e) > 1])
    i = r.randrange(len(elements) - 1)
    (a, b), (c, d) = elements[i:i + 2]
    return script.with_text(a, d, script.text[c:d] + script.text[b:c] + script.text[a:b])


def other_argument(script, pools, r):
    """An argument of one call becomes that of another."""
    calls = script.calls()
    (a, b), (c, d) = r.choice(r.choice(calls)), r.choice(r.choice(calls))
    return script.with_text(a, b, script.text[c:d])


def add_keyword(script, pools, r):
    """Mostly one that another call of the function has."""
    known = [call for call in script.named_calls() if call[0] in pools.keywords]
    name, elements = r.choice(known if r.random() < 0.8 else script.named_calls())
    behind = elements[-1][1]
    return script.with_text(behind, behind, ", " + pick(pools.keywords.get(name, KEYWORDS), r))


def add_suffix(script, pools, r):
    """Behind a call, an index or a variable."""
    brackets = [t for t in script.tokens if t[1] in ")]"]
    behind = r.choice(brackets + script.uses())[3]
    if script.text[behind:behind + 1] in "\n:" and r.random() < 0.8:
        raise IndexError  # mostly a call of print, or a def
    return script.with_text(behind, behind, r.choice(SUFFIXES))


def change_operator(script, pools, r):
    token = r.choice([t for t in script.tokens if t[1] in OPERATORS])
    operator = r.choice(OPERATORS[token[1]].split()).replace("~", " ")
    return script.with_text(token[2], token[3], operator)


def change_format(script, pools, r):
    token = r.choice([t for t in script.of_kind(tokenize.STRING) if re.search("[%{]", t[1])])
    inside = [i for i, c in enumerate(token[1]) if i and c in IN_FORMATS]
    at = token[2] + r.choice(inside)
    return script.with_text(at, at + r.randrange(2), r.choice(IN_FORMATS))


def drop_token(script, pools, r):
    token = r.choice(script.tokens)
    return script.with_text(token[2], token[3], "")


def change_lines(script, pools, r):
    """Drops, doubles, moves or exchanges lines."""
    lines = script.text.splitlines(keepends=True)
    full = [i for i, line in enumerate(lines) if line.strip() and not line.startswith("import")]
    i, j = r.choice(full), r.choice(full)
    way = r.randrange(4)
    if way == 0:
        del lines[i]
    elif way == 1:
        lines.insert(i, lines[i])
    elif way == 2:
        lines.insert(j, lines.pop(i))
    else:
        lines[i], lines[j] = lines[j], lines[i]
    return "".join(lines)


def add_line(script, pools, r):
    """A statement about variables of the script, behind a line and as far to the right."""
    lines = script.text.splitlines(keepends=True)
    at = r.choice([i for i, line in enumerate(lines) if line.strip()
                   and not line.rstrip().endswith(("(", ",", "[", "{"))])
    variables = assigned("".join(lines[:at + 1]))
    indented = lines[at + lines[at].rstrip().endswith(":"):][:1] or [""]
    line = r.choice(LINES).replace("N", "\0").replace("M", r.choice(variables))
    line = line.replace("\0", r.choice(variables)).replace("~", " ")
    lines.insert(at + 1, re.match(" *", indented[0])[0] + line + "\n")
    return "".join(lines)


def without_grad(script, pools, r):
    lines = script.text.splitlines(keepends=True)
    i = r.choice([i for i, line in enumerate(lines) if line.strip()])
    margin = re.match(" *", lines[i])[0]
    lines[i:i + 1] = [f"{margin}with torch.no_grad():\n", "    " + lines[i]]
    return "".join(lines)


MUTATIONS = {
    exchange_name: 8, exchange_member: 8, change_number: 16, change_element: 3,
    change_argument: 6, change_shape: 6, change_dtype: 6, drop_element: 6, exchange_elements: 5,
    other_argument: 5, add_keyword: 4, add_suffix: 12, change_operator: 7, change_format: 4,
    drop_token: 1, change_lines: 10, add_line: 14, without_grad: 4}


def compiles(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
            return True
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False


def mutate_once(text, pools, r):
    try:
        script = Script(text)
        mutation = r.choices(list(MUTATIONS), list(MUTATIONS.values()))[0]
        return mutation(script, pools, r)
    except (tokenize.TokenError, IndentationError, IndexError, KeyError):
        return text


def show_values(text, pools, r):
    """Prints variables at the end, so that a wrong number that nothing used shows all the same."""
    variables = sorted(set(assigned(re.sub(r"^ +.*", "", text, flags=re.M))))
    for name in r.sample(variables, min(len(variables), r.randrange(4))):
        text += f"print({name}{r.choice(['', '', '.grad', '.sum()'])})\n"
    return text


def mutate_all(source, pools, r):
    """Few are left that Python cannot even read."""
    while True:
        text = source
        for _ in range(r.choice((1, 1, 1, 1, 1, 2, 2))):
            text = mutate_once(text, pools, r)
        if text != source and (compiles(text) or r.random() < 0.05):
            return text


class Mutants:
    """By turns a committed script, mistyped, and one of the writers', mostly as it was written. Of
    every script and writer one, then of every one the next one, and so on. What they are depends on
    the seed and the script, so that another script changes none of them (but see Pools)."""

    def __init__(self, seed, kinds=()):
        self.seed = seed
        self.kinds = kinds
        self.sources = sources()
        self.paths = sorted(self.sources)
        self.pools = Pools(self.sources.values())

    def make(self, number):
        """(path of the source, text)"""
        if self.kinds:
            return self.make_written(self.kinds, number)
        number, is_written = divmod(number, 2)
        return self.make_written(writers.KINDS, number) if is_written else self.make_mutant(number)

    def make_mutant(self, number):
        path = self.paths[number % len(self.paths)]
        r = random.Random(f"{self.seed} {path} {number // len(self.paths)}")
        text = mutate_all(self.sources[path], self.pools, r)
        return path, show_values(text, self.pools, r)

    def make_written(self, kinds, number):
        kind, seed = kinds[number % len(kinds)], f"{self.seed} {number // len(kinds)}"
        text, r = writers.write(kind, seed), random.Random(f"{kind} {seed}")
        if r.random() < 0.75 or kind == "notebooks":
            return WRITTEN + kind, text
        return WRITTEN + kind + MISTYPED, mutate_all(text, self.pools, r)


def main():
    mutants = Mutants(int(sys.argv[1]))
    path, text = mutants.make(int(sys.argv[2]))
    sys.stdout.writelines(difflib.unified_diff(
        mutants.sources.get(path, "").splitlines(keepends=True), text.splitlines(keepends=True), path,
        f"mutant {sys.argv[2]} of seed {sys.argv[1]}"))


if __name__ == "__main__":
    main()
