/* str and repr. */
#include "format.h"

#include "format_number.h"
#include "format_write.h"
#include "torch/tensor.h"
#include "native.h"
#include "torch/optim.h"

#include "tensor/format.h"

#include <string.h>

enum {
    MAX_TEXT = 1 << 24 /* bytes; a few lists within lists can stand for more than any memory */
};

/* --- tensors --- */

static const char *gradient_suffix(script *s, const mlp_variable *variable) {
    const mlp_value *v = variable->value;
    const char *grad_fn = mlp_value_grad_fn(v);
    if (variable->requires_grad && grad_fn)
        return script_printf(s, "grad_fn=<%s>", grad_fn);
    return variable->requires_grad ? "requires_grad=True" : NULL;
}

static void write_tensor(script *s, const mlp_variable *variable, const char *suffix) {
    tensor_print(&s->text, &variable->value->tensor, &s->print, s->dtype, suffix);
    if (!mlp_trace_echo(s->trace, variable->value))
        script_out_of_memory(s);
}

static void write_variable(script *s, const object *v) {
    const mlp_variable *variable = v->as.tensor;
    tensor_value(s, v); /* follows what changed its numbers */
    if (variable->is_parameter)
        buffer_text(&s->text, "Parameter containing:\n");
    write_tensor(s, variable, gradient_suffix(s, variable));
}

/* --- containers --- */

static void write_items(script *s, const object *v, const char *open, const char *close) {
    buffer_text(&s->text, open);
    for (size_t i = 0; i < v->as.sequence.count; i++) {
        if (i)
            buffer_text(&s->text, ", ");
        write_repr(s, v->as.sequence.items[i]);
    }
    buffer_text(&s->text, close);
}

static void write_plain_dict(script *s, const object *v) {
    for (size_t i = 0; i < v->as.sequence.count; i++) {
        buffer_text(&s->text, i ? ", " : "{");
        write_quoted(s, v->as.sequence.keys[i]);
        buffer_text(&s->text, ": ");
        write_repr(s, v->as.sequence.items[i]);
    }
    buffer_text(&s->text, v->as.sequence.count ? "}" : "{}");
}

/* The step is left out where it is 1. */
static void write_range(buffer *out, const object *v) {
    buffer_printf(out, "range(%lld, %lld", (long long)v->as.range.start,
                  (long long)v->as.range.stop);
    if (v->as.range.step != 1)
        buffer_printf(out, ", %lld", (long long)v->as.range.step);
    buffer_text(out, ")");
}

/* What load_state_dict() returns: its two lists of keys. */
static void write_key_lists(script *s, const object *v) {
    object *const *lists = v->as.sequence.items;
    if (lists[0]->as.sequence.count == 0 && lists[1]->as.sequence.count == 0) {
        buffer_text(&s->text, "<All keys matched successfully>");
        return;
    }
    buffer_printf(&s->text, "%s(%s=", v->as.sequence.type, v->as.sequence.keys[0]);
    write_repr(s, lists[0]);
    buffer_printf(&s->text, ", %s=", v->as.sequence.keys[1]);
    write_repr(s, lists[1]);
    buffer_text(&s->text, ")");
}

/* What x.max(dim) returns: torch.return_types.max(values=..., indices=...). */
static void write_fields(script *s, const object *v) {
    if (strcmp(v->as.sequence.type, "_IncompatibleKeys") == 0) {
        write_key_lists(s, v);
        return;
    }
    buffer_printf(&s->text, "torch.return_types.%s(", v->as.sequence.type);
    for (size_t i = 0; i < v->as.sequence.count; i++) {
        buffer_printf(&s->text, "%s\n%s=", i ? "," : "", v->as.sequence.keys[i]);
        write_repr(s, v->as.sequence.items[i]);
    }
    buffer_text(&s->text, ")");
}

/* A state_dict holds the parameters' numbers, detached. */
static void write_dict(script *s, const object *v) {
    buffer_text(&s->text, "OrderedDict(");
    for (size_t i = 0; i < v->as.sequence.count; i++) {
        const object *item = v->as.sequence.items[i];
        buffer_text(&s->text, i ? ", (" : "[(");
        write_quoted(s, v->as.sequence.keys[i]);
        buffer_text(&s->text, ", ");
        if (is_parameter(item)) {
            tensor_value(s, item);
            write_tensor(s, item->as.tensor, NULL);
        } else {
            write_repr(s, item);
        }
        buffer_text(&s->text, ")");
    }
    buffer_text(&s->text, v->as.sequence.count ? "])" : ")");
}

static void write_bound(script *s, const object *v) {
    if (v)
        write_repr(s, v);
    else
        buffer_text(&s->text, "None");
}

/* --- functions and classes --- */

static bool is_class(const char *name) {
    static const char *const names[] = {"bool",   "dict",  "enumerate", "float", "int",   "list",
                                        "object", "range", "reversed",  "set",   "slice", "str",
                                        "super",  "tuple", "type",      "zip"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* What Python says of most functions names their address in memory. */
static bool write_native(script *s, const object *v) {
    const char *path = v->as.native->path;
    if (v->self)
        return false;
    if (write_module_class(s, path))
        return true;
    if (strchr(path, '.'))
        return false;
    buffer_printf(&s->text, is_class(path) ? "<class '%s'>" : "<built-in function %s>", path);
    return true;
}

_Noreturn static void refuse(script *s, const object *v) {
    const char *what = v->kind == OBJECT_NATIVE     ? v->as.native->path
                       : v->kind == OBJECT_FUNCTION ? "a function"
                                                    : object_type(v);
    if (v->kind == OBJECT_NODE)
        script_fail(
            s, s->here,
            "what Python prints for a grad_fn differs from run to run: print its name(), or "
            "the tensor");
    script_fail(s, s->here,
                "what Python prints for %s differs from run to run: print what it returns, or its "
                "name in quotes",
                what);
}

/* --- repr and str --- */

static void write_kind(script *s, const object *v) {
    buffer *out = &s->text;
    switch (v->kind) {
    case OBJECT_NONE:
        buffer_text(out, "None");
        return;
    case OBJECT_BOOL:
        buffer_text(out, v->as.boolean ? "True" : "False");
        return;
    case OBJECT_INTEGER:
        buffer_printf(out, "%lld", (long long)v->as.integer);
        return;
    case OBJECT_UNSIGNED:
        buffer_printf(out, "%llu", (unsigned long long)v->as.integer);
        return;
    case OBJECT_FLOAT:
        write_float_repr(out, v->as.number, false);
        return;
    case OBJECT_STRING:
        write_quoted(s, v->as.string);
        return;
    case OBJECT_LIST:
        write_items(s, v, "[", "]");
        return;
    case OBJECT_TUPLE:
        if (v->as.sequence.keys) {
            write_fields(s, v);
            return;
        }
        write_items(s, v, "(", v->as.sequence.count == 1 ? ",)" : ")");
        return;
    case OBJECT_SIZE:
        write_items(s, v, "torch.Size([", "])");
        return;
    case OBJECT_DICT:
        if (v->as.sequence.plain)
            write_plain_dict(s, v);
        else
            write_dict(s, v);
        return;
    case OBJECT_TENSOR:
        write_variable(s, v);
        return;
    case OBJECT_DTYPE:
        buffer_printf(out, "torch.%s", mlp_dtype_name(v->as.dtype));
        return;
    case OBJECT_DEVICE:
        buffer_text(out, "device(type='cpu')");
        return;
    case OBJECT_MODULE:
        write_module(s, v->as.module);
        return;
    case OBJECT_OPTIMIZER:
        buffer_text(out, optimizer_repr(s, v->as.optimizer));
        return;
    case OBJECT_CLASS:
        buffer_printf(out, "<class '__main__.%s'>", v->as.class->name);
        return;
    case OBJECT_SLICE:
        buffer_text(out, "slice(");
        write_bound(s, v->as.slice.start);
        buffer_text(out, ", ");
        write_bound(s, v->as.slice.stop);
        buffer_text(out, ", None)");
        return;
    case OBJECT_RANGE:
        write_range(out, v);
        return;
    case OBJECT_NATIVE:
        if (write_native(s, v))
            return;
        break;
    case OBJECT_NAMESPACE:
    case OBJECT_FUNCTION:
    case OBJECT_SUPER:
    case OBJECT_ITERATOR:
    case OBJECT_GRAD_MODE:
    case OBJECT_NODE:
    case OBJECT_INSTANCE:
    case OBJECT_KINDS:
        break;
    }
    refuse(s, v);
}

void write_repr(script *s, const object *v) {
    script_enter(s, s->here, "values");
    write_kind(s, v);
    script_leave(s);
    if (s->text.failed)
        script_out_of_memory(s);
    if (s->text.length > MAX_TEXT)
        script_fail(s, s->here, "the text of this value has more than %d MiB", MAX_TEXT >> 20);
}

void write_str(script *s, const object *v) {
    if (v->kind == OBJECT_STRING)
        buffer_text(&s->text, v->as.string);
    else if (v->kind == OBJECT_DEVICE)
        buffer_text(&s->text, "cpu");
    else
        write_repr(s, v);
}

const char *format_str(script *s, const object *v) {
    if (v->kind == OBJECT_STRING)
        return v->as.string;
    return v->kind == OBJECT_DEVICE ? "cpu" : format_repr(s, v);
}

const char *format_repr(script *s, const object *v) {
    const size_t start = s->text.length;
    write_repr(s, v);
    return take_text(s, start);
}
