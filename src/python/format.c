/* str and repr. */
#include "format.h"

#include "format_number.h"
#include "format_write.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "note.h"
#include "run.h"
#include "set.h"
#include "special.h"
#include "type.h"

#include "syntax/ast.h"

#include <string.h>

enum {
    MAX_TEXT = 1 << 24 /* bytes; a few lists within lists can stand for more than any memory */
};

/* --- containers --- */

bool descent_begin(script *s, descent *here, const object *of) {
    for (const descent *around = s->descent; around; around = around->outer)
        if (around->of == of)
            return false;
    *here = (descent){of, s->descent};
    s->descent = here;
    return true;
}

void descent_end(script *s) {
    s->descent = s->descent->outer;
}

static void write_items(call *c, const object *v, const char *open, const char *close) {
    script_work(c->script, c->where, BUDGET_CALL * v->as.sequence.count);
    buffer_text(&c->script->text, open);
    for (size_t i = 0; i < v->as.sequence.count; i++) {
        if (i)
            buffer_text(&c->script->text, ", ");
        write_repr(c, v->as.sequence.items[i]);
    }
    buffer_text(&c->script->text, close);
}

/* A __repr__ may change what it is in. */
static void write_dict(call *c, const object *v) {
    buffer_text(&c->script->text, "{");
    for (size_t i = 0; i < v->as.sequence.count; i++) {
        object *item = v->as.sequence.items[i];
        buffer_text(&c->script->text, i ? ", " : "");
        write_repr(c, v->as.sequence.keys[i]);
        buffer_text(&c->script->text, ": ");
        write_repr(c, item);
    }
    buffer_text(&c->script->text, "}");
}

static void write_set(call *c, const object *v) {
    const char *name = object_type(v);
    const bool is_named = v->as.sequence.count == 0 || v->kind == OBJECT_FROZEN_SET;
    if (is_named)
        buffer_printf(&c->script->text, "%s(", name);
    if (v->as.sequence.count)
        write_items(c, set_elements(c->script, v), "{", "}");
    if (is_named)
        buffer_text(&c->script->text, ")");
}

/* The step is left out where it is 1. */
static void write_range(buffer *out, const object *v) {
    buffer_printf(out, "range(%lld, %lld", (long long)v->as.range.start,
                  (long long)v->as.range.stop);
    if (v->as.range.step != 1)
        buffer_printf(out, ", %lld", (long long)v->as.range.step);
    buffer_text(out, ")");
}

static void write_ordered_dict(call *c, const object *v) {
    buffer *out = &c->script->text;
    buffer_text(out, "OrderedDict(");
    if (c->script->is_python_3_12 && v->as.sequence.count) {
        write_dict(c, v);
        buffer_text(out, ")");
        return;
    }
    for (size_t i = 0; i < v->as.sequence.count; i++) {
        buffer_text(out, i ? ", (" : "[(");
        write_repr(c, v->as.sequence.keys[i]);
        buffer_text(out, ", ");
        write_repr(c, v->as.sequence.items[i]);
        buffer_text(out, ")");
    }
    buffer_text(out, v->as.sequence.count ? "])" : ")");
}

/* dict_keys(['a', 'b']) */
static void write_view(call *c, const object *v) {
    buffer_printf(&c->script->text, "%s(", iterate_view(v));
    write_repr(c, iterate_view_elements(c->script, v, c->where));
    buffer_text(&c->script->text, ")");
}

static void write_bound(call *c, const object *v) {
    if (v)
        write_repr(c, v);
    else
        buffer_text(&c->script->text, "None");
}

static void write_slice(call *c, const object *v, buffer *out) {
    buffer_text(out, "slice(");
    write_bound(c, v->as.slice.start);
    buffer_text(out, ", ");
    write_bound(c, v->as.slice.stop);
    buffer_text(out, ", ");
    write_bound(c, v->as.slice.step);
    buffer_text(out, ")");
}

/* --- functions and classes --- */

/* <bound method Net.forward of Net(...)> */
static bool write_bound_method(call *c, const object *v, const char *name) {
    buffer_printf(&c->script->text, "<bound method %s of ", name);
    write_repr(c, v->self);
    buffer_text(&c->script->text, ">");
    return true;
}

/* What Python says of most functions names their address in memory. */
static bool write_native(call *c, const object *v) {
    const native *row = v->as.native;
    if (v->self && row->is_bound)
        return write_bound_method(c, v, row->path);
    if (v->self || (!row->class_name && strchr(row->path, '.')))
        return false;
    if (row->class_name)
        buffer_printf(&c->script->text, "<class '%s'>", row->class_name);
    else
        buffer_printf(&c->script->text, "<built-in function %s>", row->path);
    return true;
}

static bool write_function(call *c, const object *v) {
    return v->self && write_bound_method(c, v, function_path(c->script, v->as.function));
}

_Noreturn static void refuse(call *c, const object *v) {
    if (v->self)
        call_fail(c, "the text of a method is not supported here: call it, or print its name in "
                     "quotes");
    const char *what = v->kind == OBJECT_NATIVE     ? v->as.native->path
                       : v->kind == OBJECT_FUNCTION ? "a function"
                                                    : object_type(v);
    call_fail(c,
              "what Python prints for %s differs from run to run: print what it returns, or its "
              "name in quotes",
              what);
}

/* --- repr and str --- */

static void write_float(call *c, const object *v, buffer *out) {
    const size_t start = out->length;
    write_float_repr(out, v->as.number, false);
    if (!out->failed)
        note_float(c->script, out->bytes + start, out->length - start, object_estimate(v));
}

/* None, a bool or a whole number. */
static bool write_simple(const object *v, buffer *out) {
    switch (v->kind) {
    case OBJECT_NONE:
        buffer_text(out, "None");
        return true;
    case OBJECT_BOOL:
        buffer_text(out, v->as.boolean ? "True" : "False");
        return true;
    case OBJECT_INTEGER:
        buffer_printf(out, "%lld", (long long)v->as.integer);
        return true;
    default:
        return false;
    }
}

/* What has a text of Python's own; false where it tells the address in memory. */
static bool write_kind(call *c, const object *v, buffer *out) {
    switch (v->kind) {
    case OBJECT_LARGE:
        buffer_text(out, v->as.large.negative ? "-" : "");
        whole_write_size(c->script, c->where, out, v, 10, false);
        return true;
    case OBJECT_STRING:
        write_quoted(c, v->as.string);
        return true;
    case OBJECT_FLOAT:
        write_float(c, v, out);
        return true;
    case OBJECT_LIST:
        write_items(c, v, "[", "]");
        return true;
    case OBJECT_TUPLE:
        write_items(c, v, "(", v->as.sequence.count == 1 ? ",)" : ")");
        return true;
    case OBJECT_DICT:
        if (v->is_ordered)
            write_ordered_dict(c, v);
        else
            write_dict(c, v);
        return true;
    case OBJECT_SET:
    case OBJECT_FROZEN_SET:
        write_set(c, v);
        return true;
    case OBJECT_CLASS:
        buffer_printf(out, "<class '%s.%s'>", v->as.class->module, v->as.class->path);
        return true;
    case OBJECT_NOT_IMPLEMENTED:
        buffer_text(out, "NotImplemented");
        return true;
    case OBJECT_ELLIPSIS:
        buffer_text(out, "Ellipsis");
        return true;
    case OBJECT_SLICE:
        write_slice(c, v, out);
        return true;
    case OBJECT_RANGE:
        write_range(out, v);
        return true;
    case OBJECT_NATIVE:
        return write_native(c, v);
    case OBJECT_FUNCTION:
        return write_function(c, v);
    case OBJECT_ITERATOR:
        if (iterate_view(v))
            write_view(c, v);
        return iterate_view(v) != NULL;
    default:
        return write_simple(v, out);
    }
}

/* One that is inside itself is not written again there. */
static bool write_container(call *c, const object *v, buffer *out) {
    descent here;
    if (!descent_begin(c->script, &here, v)) {
        buffer_text(out, v->is_ordered             ? "..."
                         : v->kind == OBJECT_LIST  ? "[...]"
                         : v->kind == OBJECT_TUPLE ? "(...)"
                                                   : "{...}");
        return true;
    }
    write_kind(c, v, out);
    descent_end(c->script);
    return true;
}

static bool write_plain(call *c, const object *v, buffer *out) {
    return object_is_sequence(v) || v->kind == OBJECT_DICT ? write_container(c, v, out)
                                                           : write_kind(c, v, out);
}

static void write_bare(call *c, const object *v) {
    buffer *out = &c->script->text;
    if (v->type && v->type->write)
        v->type->write(c, v, out);
    else if (!write_plain(c, v, out))
        refuse(c, v);
}

static void write_object(call *c, const object *v) {
    const char *own = special_text(c, v, "__repr__", NULL);
    if (own)
        buffer_text(&c->script->text, own);
    else
        write_bare(c, v);
}

void write_repr(call *c, const object *v) {
    script_enter(c->script, c->where, "values");
    write_object(c, v);
    script_leave(c->script);
    if (c->script->text.failed)
        script_out_of_memory(c->script);
    if (c->script->text.length > MAX_TEXT)
        call_fail(c, "the text of this value has more than %d MiB", MAX_TEXT >> 20);
}

void write_str(call *c, const object *v) {
    buffer_text(&c->script->text, format_str(c, v));
}

const char *format_str(call *c, const object *v) {
    if (v->kind == OBJECT_STRING && !special_member(v, "__str__"))
        return v->as.string;
    if (v->type && v->type->str)
        return v->type->str(c, v);
    const char *own = special_text(c, v, "__str__", NULL);
    if (own)
        return own;
    return v->type && v->type->text ? v->type->text : format_repr(c, v);
}

const char *format_repr(call *c, const object *v) {
    const size_t start = c->script->text.length;
    write_repr(c, v);
    return take_text(c, start);
}

const char *format_bare(call *c, const object *v) {
    const size_t start = c->script->text.length;
    write_bare(c, v);
    return take_text(c, start);
}
