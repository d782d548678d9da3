"""Runs a script under PyTorch and records what a report of it shows, under the report's names.

    python3 record.py SCRIPT [float32|float64]

Names and order follow DESIGN.md: a tensor takes the name it ends up with at the top level of the
script, else its local name, else the text of the call that made it. To see those names, every
call and every assignment of the script is wrapped before it runs. The numbers are PyTorch's own:
modules are watched by hooks, gradients by the hooks of autograd. Two things are done to the
graph, and neither changes a bit: the result of every operation is handed to the script as a
clone, so that what is done to it in place later cannot touch what was recorded here; and a
dropout mask is drawn a second time, from the same state of the generator.

Every name of a report can be had from PyTorch: nothing is left unchecked.
"""

import ast
import contextlib
import inspect
import io
import sys
import tokenize
import warnings

import torch
from torch.nn import functional as F
from torch.nn.modules import module as nn_module

BY_CALL, BY_ARGUMENT, LOCALLY, AT_TOP = range(1, 5)
FUNCTIONS = {"relu": "ReLU", "leaky_relu": "LeakyReLU", "elu": "ELU", "sigmoid": "Sigmoid",
             "tanh": "Tanh", "softmax": "Softmax", "log_softmax": "LogSoftmax"}
IN_LOSS = "softmax of a loss"
STATES = ["momentum_buffer", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"]


class Value:
    """A tensor of the script: what it is called and who computed it."""

    def __init__(self, name=None, rank=0, part_of=None, internal_of=None, suffix=""):
        self.name, self.rank = name, rank
        self.part_of, self.internal_of, self.suffix = part_of, internal_of, suffix
        self.parameter_name = None
        self.display = None
        self.hidden = False
        self.shown = None
        self.consumers = []


class Entry:
    """One entry of a report: section, value and the numbers it had then."""

    def __init__(self, section, value, tensor, kind):
        self.section, self.value, self.kind = section, value, kind
        self.tensor = tensor.detach().clone()

    @property
    def name(self):
        return self.value.display

    @property
    def shape(self):
        return tuple(self.tensor.shape)

    @property
    def numbers(self):
        return self.tensor.flatten().tolist()


def call_text(source):
    """The text of a call as a report shows it: without self. and with even spacing."""
    tokens = [t.string for t in tokenize.generate_tokens(io.StringIO("(" + source + ")").readline)
              if t.type not in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE,
                                tokenize.ENDMARKER)][1:-1]
    text = ""
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if token == "self" and following == "." or token == "." and i and tokens[i - 1] == "self":
            continue
        text += token + (" " if token == "," and following not in (")", "") else "")
    return text


class Instrument(ast.NodeTransformer):
    """Wraps calls and follows assignments: __called__ and __bound__ are the recorder's."""

    def __init__(self, source):
        self.source = source
        self.depth = 0

    @staticmethod
    def bound(names, rank, after):
        keys = [ast.Constant(n) for n in names]
        values = [ast.Name(n, ast.Load()) for n in names]
        call = ast.Call(ast.Name("__bound__", ast.Load()),
                        [ast.Constant(rank), ast.Dict(keys, values)], [])
        return ast.copy_location(ast.Expr(call), after)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id == "super":
            return node
        text = call_text(ast.get_source_segment(self.source, node))
        self.generic_visit(node)
        call = ast.Call(ast.Name("__called__", ast.Load()),
                        [ast.Constant(text), node.func] + node.args, node.keywords)
        return ast.copy_location(call, node)

    def visit_FunctionDef(self, node):
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1
        names = [a.arg for a in node.args.args]
        node.body.insert(0, self.bound(names, BY_ARGUMENT, node.body[0]))
        return node

    def visit_Assign(self, node):
        self.generic_visit(node)
        names = [n.id for target in node.targets for n in ast.walk(target)
                 if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        return [node, self.bound(names, LOCALLY if self.depth else AT_TOP, node)]


def is_operation(module):
    """Not a class of the script, and not a container."""
    return (type(module).__module__.startswith("torch.nn.modules")
            and not isinstance(module, torch.nn.Sequential))


class Recorder:
    def __init__(self):
        self.entries = []
        self.values = {}   # id of a tensor: its Value; self.kept keeps the ids from being reused
        self.kept = []
        self.stack = []    # modules being called, with the value each got
        self.parents = {}  # id of a module: (parent, name)
        self.globals = {"__name__": "__main__", "__called__": self.called, "__bound__": self.bound}
        self.leaf_entries = []
        self.modules = []
        self.softmaxes = []  # of the script: what each was computed of, and its numbers

    # --- values and names ---

    def value_of(self, tensor):
        value = self.values.get(id(tensor))
        if value is None:
            value = self.values[id(tensor)] = Value()
            self.kept.append(tensor)
        return value

    def name(self, tensor, name, rank):
        value = self.value_of(tensor)
        if rank >= value.rank:
            value.name, value.rank = name, rank

    def bound(self, rank, names):
        for name, object in names.items():
            if isinstance(object, torch.Tensor):
                self.name(object, name, rank)
            elif isinstance(object, torch.nn.Module) and rank == AT_TOP:
                self.adopt(object)

    def adopt(self, module):
        """Notes where the parts of a module are: a module's parent is the first that had it."""
        for name, child in module._modules.items():
            if child is not None and id(child) not in self.parents:
                self.parents[id(child)] = (module, name)
                self.kept.append(child)
                self.adopt(child)

    def path(self, module):
        parent, name = self.parents.get(id(module), (None, ""))
        above = self.path(parent) if parent is not None else ""
        return f"{above}.{name}" if above else name

    def module_name(self, module):
        if self.path(module):
            return self.path(module)
        names = [n for n, object in self.globals.items() if object is module]
        return names[-1] if names else type(module).__name__

    # --- entries ---

    def show(self, section, value, tensor, kind):
        if not value.hidden:
            self.entries.append(Entry(section, value, tensor, kind))

    def show_given(self, tensor, kind):
        """An input or parameter, unless its numbers were shown before."""
        value = self.value_of(tensor)
        value.consumers.append(kind)
        if value.shown == "computed":
            return
        state = (tensor.data_ptr(), tensor._version)
        if value.shown != state:
            if value.shown is None and tensor.requires_grad and tensor.is_leaf:
                tensor.register_hook(lambda gradient: self.leaf_reached(value, tensor))
            value.shown = state
            self.kept.append(tensor.detach())  # its memory must not become another's
            self.show("forward", value, tensor, "given")

    def show_computed(self, value, tensor, kind):
        value.shown = "computed"
        self.show("forward", value, tensor, kind)

    def show_gradient(self, value, gradient):
        part = Value(part_of=value, suffix=".grad")
        if not value.hidden:
            kinds = sorted({k + " backward" for k in value.consumers}) or ["seed of backward"]
            self.show("backward", part, gradient, " + ".join(kinds))

    def leaf_reached(self, value, tensor):
        self.show_gradient(value, torch.zeros_like(tensor))
        self.leaf_entries.append((self.entries[-1], tensor))

    def result(self, output, inputs, in_place, kind):
        """Records what an operation returned; returns what the script gets in its place."""
        value = Value()
        in_place = in_place and any(output is t for t in inputs)
        recorded = output if in_place else output.clone()
        given = recorded if in_place else recorded.clone()
        self.values[id(given)] = value
        self.kept.append(given)
        self.show_computed(value, recorded, kind)
        if kind == "Softmax":
            self.softmaxes.append((inputs[0].detach().flatten().tolist(),
                                   recorded.detach().flatten().tolist()))
        if recorded.requires_grad:
            recorded.register_hook(lambda gradient: self.show_gradient(value, gradient))
        return given

    # --- modules ---

    def before_module(self, module, inputs):
        if not self.stack:
            self.adopt(module)
        self.stack.append((module, self.value_of(inputs[0])))
        self.modules.append(module)
        if not is_operation(module):
            return
        kind = type(module).__name__
        for t in inputs:
            self.show_given(t, kind)
        for name in ("weight", "bias"):
            if isinstance(getattr(module, name, None), torch.Tensor):
                self.show_given(getattr(module, name), f"{kind} {name}")
        if isinstance(module, torch.nn.Dropout) and module.training:
            self.show_mask(module, inputs[0])

    def show_mask(self, module, x):
        if module.p == 0:
            return  # none is drawn
        state = torch.get_rng_state()
        mask = F.dropout(torch.ones_like(x), module.p, True) != 0
        torch.set_rng_state(state)
        self.show_computed(Value(internal_of=module, suffix=".mask"), mask.long(), "Dropout mask")

    def show_log_softmax(self, module, x, loss):
        """The log_softmax inside cross_entropy, found in autograd's graph of the loss, and the
        softmax that it is the logarithm of."""
        dim = 0 if x.dim() < 2 else 1
        self.show_computed(Value(internal_of=module, suffix=".softmax"),
                           F.softmax(x.detach(), dim), IN_LOSS)
        self.entries[-1].scores = x.detach().flatten().tolist()
        value = Value(internal_of=module, suffix=".log_softmax")
        value.consumers.append("CrossEntropyLoss")
        node = find_log_softmax(loss.grad_fn, x) if x.requires_grad else None
        result = node._saved_result if node else F.log_softmax(x, dim)
        self.show_computed(value, result, "log_softmax")
        if node:
            node.register_hook(lambda down, up: self.show_gradient(value, up[0]))

    def after_module(self, module, inputs, output):
        _, source = self.stack.pop()
        if is_operation(module):
            if isinstance(module, torch.nn.CrossEntropyLoss):
                self.show_log_softmax(module, inputs[0], output)
            in_place = getattr(module, "inplace", False) and (
                module.training or not isinstance(module, torch.nn.Dropout))
            output = self.result(output, inputs, in_place, type(module).__name__)
        if self.stack and isinstance(self.stack[-1][0], torch.nn.Sequential):
            self.name(output, f"{self.path(module)}({source.name or 'input'})", BY_CALL)
        return output

    # --- calls in the script ---

    def called(self, text, function, *arguments, **options):
        owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
        if isinstance(function, torch.nn.Module) and is_operation(function) and options:
            bound = inspect.signature(function.forward).bind(*arguments, **options)
            result = function(*bound.args)  # hooks see positional arguments only
        elif name in FUNCTIONS and function is getattr(F, name):
            result = self.call_function(FUNCTIONS[name], function, arguments, options)
        elif isinstance(owner, torch.Tensor) and name == "backward":
            result = self.call_backward(function, arguments, options)
        elif isinstance(owner, torch.Tensor) and name == "unsqueeze_":
            result = self.call_unsqueeze_(owner, function, arguments, options)
        elif isinstance(owner, torch.optim.Optimizer) and function == owner.step:
            result = self.call_step(owner, function)
        else:
            result = function(*arguments, **options)
        if isinstance(result, torch.nn.Module):
            self.adopt(result)
        if isinstance(result, torch.Tensor):
            self.name(result, text, BY_CALL)
        return result

    def call_function(self, kind, function, arguments, options):
        bound = inspect.signature(function).bind(*arguments, **options)
        inputs = [bound.arguments["input"]]
        self.show_given(inputs[0], kind)
        in_place = bound.arguments.get("inplace", False)
        return self.result(function(*arguments, **options), inputs, in_place, kind)

    def call_unsqueeze_(self, tensor, function, arguments, options):
        self.show_given(tensor, "reshape")
        before = self.value_of(tensor)
        before.consumers.pop()
        result = function(*arguments, **options)
        after = self.values[id(tensor)] = Value(before.name, before.rank)
        after.hidden, after.shown, after.consumers = True, "computed", before.consumers
        return result

    def call_backward(self, function, arguments, options):
        self.leaf_entries = []
        result = function(*arguments, **options)
        for entry, tensor in self.leaf_entries:
            entry.tensor = tensor.grad.detach().clone()
        return result

    def call_step(self, optimizer, function):
        result = function()
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self.show_update(parameter, optimizer)
        return result

    def show_update(self, parameter, optimizer):
        value = self.value_of(parameter)
        value.shown = (parameter.data_ptr(), parameter._version)
        self.show("step", value, parameter, type(optimizer).__name__)
        for name in STATES:
            state = optimizer.state[parameter].get(name)
            if state is not None:
                self.show("step", Value(part_of=value, suffix="." + name), state, name)

    # --- the run ---

    def run(self, source, dtype):
        tree = ast.fix_missing_locations(Instrument(source).visit(ast.parse(source)))
        before = torch.get_default_dtype()
        handles = [nn_module.register_module_forward_pre_hook(self.before_module),
                   nn_module.register_module_forward_hook(
                       lambda m, inputs, output: self.after_module(m, inputs, output))]
        try:
            torch.set_default_dtype(dtype)
            torch.manual_seed(0)  # what mlpstep takes where the script sets no seed
            with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                exec(compile(tree, "<script>", "exec"), self.globals)
        finally:
            for handle in handles:
                handle.remove()
            torch.set_default_dtype(before)
        self.drop_repeated()
        self.name_parameters()
        self.name_entries()
        return self.entries

    def drop_repeated(self):
        """The softmax of a loss has no entry where the script computes the same one."""
        self.entries = [entry for entry in self.entries
                        if entry.kind != IN_LOSS
                        or (entry.scores, entry.numbers) not in self.softmaxes]

    def name_parameters(self):
        """As in state_dict(); after the model's name too, where several models have some."""
        roots = []
        for object in list(self.globals.values()) + self.modules:
            if (isinstance(object, torch.nn.Module) and id(object) not in self.parents
                    and object not in roots and list(object.parameters())):
                roots.append(object)
        for root in roots:
            prefix = self.module_name(root) + "." if len(roots) > 1 else ""
            for name, parameter in root.named_parameters():
                value = self.value_of(parameter)
                value.parameter_name = value.parameter_name or prefix + name

    def base_name(self, value):
        if value.internal_of is not None:
            return self.module_name(value.internal_of) + value.suffix
        return value.parameter_name or value.name or "tensor"

    def name_entries(self):
        used = {}
        for entry in self.entries:
            value = entry.value
            if value.display is None and value.part_of is None:
                name = self.base_name(value)
                used[name] = used.get(name, 0) + 1
                value.display = name if used[name] == 1 else f"{name}@{used[name]}"
            elif value.display is None:
                whole = value.part_of
                value.display = (whole.display or self.base_name(whole)) + value.suffix


def find_log_softmax(node, x):
    """The node of log_softmax(x) above `node`, which is the grad_fn of a loss."""
    seen, queue = set(), [node]
    while queue:
        node = queue.pop(0)
        if node is None or node in seen:
            continue
        seen.add(node)
        if node.name() == "LogSoftmaxBackward0":
            source = node.next_functions[0][0]
            if source is x.grad_fn or getattr(source, "variable", None) is x:
                return node
        queue += [following for following, _ in node.next_functions]
    return None


def record(source, dtype="float32"):
    """The entries of a report of the script."""
    return Recorder().run(source, getattr(torch, dtype))


def main():
    torch.set_num_threads(1)
    with open(sys.argv[1], encoding="utf-8") as script:
        source = script.read()
    section = None
    for entry in record(source, *sys.argv[2:3]):
        if entry.section != section:
            section = entry.section
            print(f"# {section}")
        print(entry.name, "=", list(entry.shape),
              " ".join("%.6f" % n if isinstance(n, float) else str(n) for n in entry.numbers))


if __name__ == "__main__":
    main()
