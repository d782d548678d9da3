/* Methods of str that scripts ask for less often: what it is made of, expandtabs, and translate with
 * its tables. */
#include "format_write.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include "dict.h"

#include "base/text.h"

#include <string.h>

static bool is_ascii(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* The text of a method that knows ASCII alone. */
static const char *plain_text(call *c) {
    if (!is_ascii(c->self->as.string))
        call_fail(c, "%s() knows plain letters only", c->native->path + strlen("str."));
    return c->self->as.string;
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || is_upper(c);
}

static object *answer(const call *c, bool truth) {
    return object_bool(c->script, truth);
}

static object *str_isascii(call *c) {
    return answer(c, is_ascii(c->self->as.string));
}

static object *str_isprintable(call *c) {
    for (const char *at = plain_text(c); *at; at++)
        if (*at < ' ' || *at > '~')
            return answer(c, false);
    return answer(c, true);
}

static object *str_isidentifier(call *c) {
    const char *text = plain_text(c);
    bool is = *text && !(*text >= '0' && *text <= '9');
    for (; *text; text++)
        is = is && (is_letter(*text) || *text == '_' || (*text >= '0' && *text <= '9'));
    return answer(c, is);
}

/* Each word begins with a capital, and has no other. */
static object *str_istitle(call *c) {
    bool inside = false, any = false;
    for (const char *at = plain_text(c); *at; at++) {
        if (is_letter(*at) && is_upper(*at) == inside)
            return answer(c, false);
        inside = is_letter(*at);
        any |= inside;
    }
    return answer(c, any);
}

/* --- expandtabs --- */

static object *str_expandtabs(call *c) {
    const int64_t size = c->arguments[0]->as.integer;
    buffer text = {.arena = script_arena(c->script)};
    size_t column = 0;
    buffer_text(&text, "");
    for (const char *at = c->self->as.string; *at; at++) {
        if (*at == '\t') {
            const size_t blanks = size > 0 ? (size_t)size - column % (size_t)size : 0;
            script_work(c->script, c->where, blanks);
            buffer_fill(&text, ' ', blanks);
            column += blanks;
            continue;
        }
        buffer_add(&text, at, 1);
        column = *at == '\n' || *at == '\r' ? 0 : column + text_begins_character(*at);
    }
    if (text.failed)
        script_out_of_memory(c->script);
    return object_string(c->script, text.bytes);
}

/* --- maketrans and translate --- */

static void put(call *c, object *table, const char *character, object *to) {
    dict_put(c->script, table, object_integer(c->script, text_code(character)), to, c->where);
}

/* Of a dict: characters as keys become their numbers. */
static object *table_of_dict(call *c, const object *given) {
    object *table = object_dict(c->script);
    for (size_t i = 0; i < given->as.sequence.count; i++) {
        object *key = given->as.sequence.keys[i];
        if (key->kind == OBJECT_STRING && key->as.characters != 1)
            script_raise(c->script, c->where, VALUE_ERROR,
                         "string keys in translate table must be of length 1");
        if (key->kind == OBJECT_STRING)
            put(c, table, key->as.string, given->as.sequence.items[i]);
        else
            dict_put(c->script, table, key, given->as.sequence.items[i], c->where);
    }
    return table;
}

/* maketrans(x, y, z): the characters of x become those of y, and those of z go. */
static object *str_maketrans(call *c) {
    const object *x = c->arguments[0], *y = c->arguments[1], *z = c->arguments[2];
    if (y->kind == OBJECT_NONE && x->kind != OBJECT_DICT)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "if you give only one argument to maketrans it must be a dict");
    if (y->kind == OBJECT_NONE)
        return table_of_dict(c, x);
    if (x->kind != OBJECT_STRING || y->kind != OBJECT_STRING)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "first maketrans argument must be a string if there is a second argument");
    if (x->as.characters != y->as.characters)
        script_raise(c->script, c->where, VALUE_ERROR,
                     "the first two maketrans arguments must have equal length");
    object *table = object_dict(c->script);
    const char *to = y->as.string;
    for (const char *at = x->as.string; *at; at = text_skip(at, 1), to = text_skip(to, 1))
        put(c, table, at, object_integer(c->script, text_code(to)));
    for (const char *at = z->kind == OBJECT_STRING ? z->as.string : ""; *at; at = text_skip(at, 1))
        put(c, table, at, object_none(c->script));
    return table;
}

static object *str_translate(call *c) {
    const object *table = c->arguments[0];
    buffer text = {.arena = script_arena(c->script)};
    if (table->kind != OBJECT_DICT)
        call_fail(c, "translate() takes what str.maketrans() gives, not a value of type %s",
                  object_type(table));
    buffer_text(&text, "");
    for (const char *at = c->self->as.string, *end; *at; at = end) {
        end = text_skip(at, 1);
        const object *to =
            dict_get(c->script, table, object_integer(c->script, text_code(at)), c->where);
        if (!to)
            buffer_add(&text, at, (size_t)(end - at));
        else if (to->kind == OBJECT_STRING)
            buffer_text(&text, to->as.string);
        else if (to->kind == OBJECT_INTEGER)
            buffer_text(&text, text_of_character(c, to->as.integer));
        else if (to->kind != OBJECT_NONE)
            script_raise(c->script, c->where, TYPE_ERROR,
                         "character mapping must return integer, None or str");
    }
    if (text.failed)
        script_out_of_memory(c->script);
    return object_string(c->script, text.bytes);
}

const native native_text_tables[] = {
    {.path = "str.isascii", .signature = "", .call = str_isascii},
    {.path = "str.isprintable", .signature = "", .call = str_isprintable},
    {.path = "str.isidentifier", .signature = "", .call = str_isidentifier},
    {.path = "str.istitle", .signature = "", .call = str_istitle},
    {.path = "str.expandtabs", .signature = "tabsize: index = 8", .call = str_expandtabs},
    {.path = "str.maketrans",
     .signature = "x, y = None, z = None, /",
     .call = str_maketrans,
     .is_class_method = true},
    {.path = "str.translate", .signature = "table, /", .call = str_translate},
    {0}};
