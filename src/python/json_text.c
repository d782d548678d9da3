/* json.dumps: the text of plain values. */
#include "arithmetic.h"
#include "format.h"
#include "format_number.h"
#include "iterate.h"
#include "native.h"
#include "note.h"
#include "run.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/* How a text is written: the options of dumps(). */
typedef struct {
    call *call;
    buffer *out;
    const char *indent; /* of one level; NULL: all stands on one line */
    const char *comma, *colon;
    object *otherwise; /* makes something else of what is none of these; or None */
    bool sorts, ascii_only;
} writer;

static void write_value(writer *w, object *o, size_t depth);

/* --- strings and numbers --- */

static void write_escaped(buffer *out, uint32_t code) {
    if (code < 0x10000) {
        buffer_printf(out, "\\u%04x", (unsigned)code);
        return;
    }
    code -= 0x10000;
    buffer_printf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 | code >> 10),
                  (unsigned)(0xdc00 | (code & 0x3ff)));
}

/* Returns how many bytes the character has. */
static size_t write_character(const writer *w, const unsigned char *at) {
    static const char plain[] = "\"\\\n\r\t\f\b", escaped[] = "\"\\nrtfb";
    const char *text = (const char *)at;
    const size_t length = (size_t)(text_skip(text, 1) - text);
    const char *special = strchr(plain, *at);
    if (length > 1 && w->ascii_only) {
        write_escaped(w->out, text_code(text));
    } else if (length == 1 && special) {
        buffer_printf(w->out, "\\%c", escaped[special - plain]);
    } else if (*at < ' ' || (*at == 0x7f && w->ascii_only)) {
        write_escaped(w->out, *at);
    } else {
        buffer_add(w->out, (const char *)at, length);
    }
    return length;
}

static void write_string(const writer *w, const char *text) {
    buffer_text(w->out, "\"");
    for (const unsigned char *at = (const unsigned char *)text; *at;)
        at += write_character(w, at);
    buffer_text(w->out, "\"");
}

static void write_float(const writer *w, const object *o) {
    const size_t start = w->out->length;
    const double number = o->as.number;
    if (isnan(number) || isinf(number))
        buffer_text(w->out, isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    else
        write_float_repr(w->out, number, false);
    if (!w->out->failed)
        note_float(w->call->script, w->out->bytes + start, w->out->length - start,
                   object_estimate(o));
}

/* Whether it is one of these. */
static bool write_simple(const writer *w, const object *o) {
    switch (o->kind) {
    case OBJECT_STRING:
        write_string(w, o->as.string);
        return true;
    case OBJECT_NONE:
        buffer_text(w->out, "null");
        return true;
    case OBJECT_BOOL:
        buffer_text(w->out, o->as.boolean ? "true" : "false");
        return true;
    case OBJECT_INTEGER:
        buffer_printf(w->out, "%lld", (long long)o->as.integer);
        return true;
    case OBJECT_FLOAT:
        write_float(w, o);
        return true;
    default:
        return false;
    }
}

/* --- lists and dicts --- */

static void write_break(const writer *w, size_t depth) {
    if (!w->indent)
        return;
    buffer_text(w->out, "\n");
    for (size_t i = 0; i < depth; i++)
        buffer_text(w->out, w->indent);
}

static void write_list(writer *w, const object *o, size_t depth) {
    const size_t count = o->as.sequence.count;
    buffer_text(w->out, "[");
    for (size_t i = 0; i < count; i++) {
        buffer_text(w->out, i ? w->comma : "");
        write_break(w, depth + 1);
        write_value(w, o->as.sequence.items[i], depth + 1);
    }
    if (count)
        write_break(w, depth);
    buffer_text(w->out, "]");
}

/* A key that is no string is the string that it is written as. */
static void write_key(const writer *w, const object *key) {
    if (key->kind == OBJECT_STRING) {
        write_string(w, key->as.string);
        return;
    }
    buffer_text(w->out, "\"");
    if (!write_simple(w, key))
        script_raise(w->call->script, w->call->where, TYPE_ERROR,
                     "keys must be str, int, float, bool or None, not %s", object_class_name(key));
    buffer_text(w->out, "\"");
}

static void write_dict(writer *w, object *o, size_t depth) {
    script *s = w->call->script;
    object *pairs = iterate_all(s, iterate_items(s, o), OBJECT_LIST, w->call->where);
    const size_t count = pairs->as.sequence.count;
    if (w->sorts)
        list_sort(w->call, pairs, object_none(s), false);
    buffer_text(w->out, "{");
    for (size_t i = 0; i < count; i++) {
        object *const *pair = pairs->as.sequence.items[i]->as.sequence.items;
        buffer_text(w->out, i ? w->comma : "");
        write_break(w, depth + 1);
        write_key(w, pair[0]);
        buffer_text(w->out, w->colon);
        write_value(w, pair[1], depth + 1);
    }
    if (count)
        write_break(w, depth);
    buffer_text(w->out, "}");
}

static void write_value(writer *w, object *o, size_t depth) {
    call *c = w->call;
    script_enter(c->script, c->where, "values");
    script_work(c->script, c->where, BUDGET_CALL);
    if (object_is_sequence(o))
        write_list(w, o, depth);
    else if (o->kind == OBJECT_DICT)
        write_dict(w, o, depth);
    else if (write_simple(w, o))
        ; /* that was all */
    else if (w->otherwise->kind != OBJECT_NONE)
        write_value(w, call_positional(c, w->otherwise, &o, 1), depth);
    else
        script_raise(c->script, c->where, TYPE_ERROR, "Object of type %s is not JSON serializable",
                     object_class_name(o));
    script_leave(c->script);
    if (w->out->failed)
        script_out_of_memory(c->script);
}

/* So many blanks, or what stands for a level; NULL where there is none. */
static const char *indent_of(call *c, const object *o) {
    if (o->kind == OBJECT_STRING || o->kind == OBJECT_NONE)
        return o->kind == OBJECT_STRING ? o->as.string : NULL;
    if (o->kind != OBJECT_INTEGER || o->as.integer > MAX_FORMAT_WIDTH)
        call_fail(c, "indent of dumps() is a number of blanks, or a string");
    return script_printf(c->script, "%*s", (int)(o->as.integer < 0 ? 0 : o->as.integer), "");
}

static object *dumps(call *c) {
    buffer text = {.arena = script_arena(c->script)};
    const object *separators = call_argument(c, "separators");
    writer w = {.call = c,
                .out = &text,
                .indent = indent_of(c, call_argument(c, "indent")),
                .otherwise = call_argument(c, "default"),
                .sorts = call_argument(c, "sort_keys")->as.boolean,
                .ascii_only = call_argument(c, "ensure_ascii")->as.boolean};
    w.comma = w.indent ? "," : ", ";
    w.colon = ": ";
    if (separators->kind != OBJECT_NONE) {
        if (!object_is_sequence(separators) || separators->as.sequence.count != 2 ||
            separators->as.sequence.items[0]->kind != OBJECT_STRING ||
            separators->as.sequence.items[1]->kind != OBJECT_STRING)
            call_fail(c, "separators of dumps() are two strings: (', ', ': ')");
        w.comma = separators->as.sequence.items[0]->as.string;
        w.colon = separators->as.sequence.items[1]->as.string;
    }
    write_value(&w, c->arguments[0], 0);
    return object_string(c->script, text.bytes);
}

const native native_json[] = {
    {.path = "json.dumps",
     .signature = "obj, *, ensure_ascii: bool = True, indent = None, separators = None, default = "
                  "None, sort_keys: bool = False",
     .call = dumps},
    {0}};
