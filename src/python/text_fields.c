/* str.format. */
#include "evaluate.h"
#include "format.h"
#include "format_write.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    call *call;
    const char *at; /* in the template */
    const object *positional, *named;
    object *mapping; /* of format_map, else NULL */
    size_t next;     /* the field {} that comes next */
    bool numbered, counted;
} fields;

static const char *format_fields(fields *f, bool nested);

_Noreturn static void refuse(const fields *f, const char *message) {
    script_raise(f->call->script, f->call->where, VALUE_ERROR, "%s", message);
}

static object *positional_field(fields *f, const char *name) {
    static const char automatic[] = "automatic field numbering",
                      manual[] = "manual field specification";
    size_t i = 0;
    const bool is_numbered = *name != '\0';
    if (is_numbered) {
        f->numbered = true;
        for (; *name; name++)
            i = i > SIZE_MAX / 100 ? i : i * 10 + (size_t)(*name - '0');
    } else {
        f->counted = true;
        i = f->next++;
    }
    if (f->numbered && f->counted)
        call_fail(call_raises(f->call, VALUE_ERROR, "cannot switch from %s to %s",
                              is_numbered ? automatic : manual, is_numbered ? manual : automatic),
                  "ValueError: fields {} and {0} cannot be mixed in format()");
    if (i >= f->positional->as.sequence.count)
        call_fail(call_raises(f->call, INDEX_ERROR,
                              "Replacement index %zu out of range for positional args tuple", i),
                  "IndexError: format() got too few arguments for field %zu", i);
    return f->positional->as.sequence.items[i];
}

/* [key] or .name behind what a field names, as often as they stand there. */
static object *look_up(const fields *f, object *v, const char *at) {
    script *s = f->call->script;
    while (*at) {
        if (*at != '.' && *at != '[')
            refuse(f, "Only '.' or '[' may follow ']' in format field specifier");
        const bool is_index = *at++ == '[';
        const size_t length = strcspn(at, is_index ? "]" : ".[");
        const char *name = script_copy(s, at, length);
        const bool is_number = length > 0 && length < 10 && strspn(name, "0123456789") == length;
        if (length == 0)
            refuse(f, "Empty attribute in format string");
        if (!is_index)
            v = attribute_of(s, v, name, f->call->where);
        else
            v = subscript_of(s, v,
                             is_number ? object_integer(s, strtol(name, NULL, 10))
                                       : object_string(s, name),
                             f->call->where);
        at += length + is_index;
    }
    return v;
}

static object *find_field(fields *f, const char *path) {
    const size_t length = strcspn(path, ".[");
    const char *name = script_copy(f->call->script, path, length);
    if (path[length])
        return look_up(f, find_field(f, name), path + length);
    if (f->mapping)
        return subscript_of(f->call->script, f->mapping, object_string(f->call->script, name),
                            f->call->where);
    if (strspn(name, "0123456789") == strlen(name))
        return positional_field(f, name);
    object *v = dict_find(f->named, name);
    if (!v)
        call_fail(call_raises(f->call, KEY_ERROR, "%s", name),
                  "KeyError: format() got no argument '%s'", name);
    return v;
}

/* The name of a field, to which all between brackets belongs. */
static const char *take_name(fields *f) {
    const char *from = f->at, *to = from;
    while (*to && !strchr("!:{}", *to))
        to += *to == '[' ? strcspn(to, "]") : 1;
    if (!*to)
        refuse(f, to == from ? "Single '{' encountered in format string"
                             : "expected '}' before end of string");
    if (*to == '{')
        refuse(f, "unexpected '{' in field name");
    f->at = to;
    return script_copy(f->call->script, from, (size_t)(to - from));
}

/* The r or s of !r and !s; no character where there is no conversion. */
static char take_conversion(fields *f) {
    if (*f->at != '!')
        return '\0';
    const char conversion = f->at[1], behind = conversion ? f->at[2] : '\0';
    if (!conversion)
        refuse(f, "end of string while looking for conversion specifier");
    if (!behind)
        refuse(f, "unmatched '{' in format spec");
    if (behind != ':' && behind != '}')
        refuse(f, "expected ':' after conversion specifier");
    if (conversion == 'a')
        call_fail(f->call, "!a in the string that format() fills is outside the subset: write !r");
    if (conversion != 'r' && conversion != 's')
        script_raise(f->call->script, f->call->where, VALUE_ERROR,
                     "Unknown conversion specifier %c", conversion);
    f->at += 2;
    return conversion;
}

/* {name!conversion:spec}, after the opening brace. */
static const char *format_field(fields *f, bool nested) {
    const char *name = take_name(f), *spec = "";
    const char conversion = take_conversion(f);
    object *v = find_field(f, name);
    if (conversion)
        v = object_string(f->call->script,
                          conversion == 'r' ? format_repr(f->call, v) : format_str(f->call, v));
    if (*f->at == ':') {
        if (nested)
            call_fail(f->call, "the format of a format is outside the subset");
        f->at++;
        spec = format_fields(f, true);
    }
    if (*f->at != '}')
        refuse(f, "unmatched '{' in format spec");
    f->at++;
    return format_spec(f->call, v, spec);
}

/* Up to the end; of a format (nested): up to its closing brace. */
static const char *format_fields(fields *f, bool nested) {
    buffer *text = &f->call->script->text;
    const size_t start = text->length;
    while (*f->at && !(nested && *f->at == '}')) {
        const size_t length = strcspn(f->at, "{}");
        const char *part = script_copy(f->call->script, f->at, length);
        f->at += length;
        if (length == 0 && !nested && f->at[1] == f->at[0]) {
            part = *f->at == '{' ? "{" : "}";
            f->at += 2;
        } else if (length == 0) {
            if (*f->at == '}')
                refuse(f, "Single '}' encountered in format string");
            f->at++;
            part = format_field(f, nested);
        }
        buffer_text(text, part);
    }
    return take_text(f->call, start);
}

static object *str_format(call *c) {
    fields f = {.call = c,
                .at = c->self->as.string,
                .positional = c->arguments[0],
                .named = c->arguments[1]};
    return object_string(c->script, format_fields(&f, false));
}

static object *str_format_map(call *c) {
    fields f = {.call = c, .at = c->self->as.string, .mapping = c->arguments[0]};
    return object_string(c->script, format_fields(&f, false));
}

const native native_text_fields[] = {
    {.path = "str.format_map", .signature = "mapping, /", .call = str_format_map},
    {.path = "str.format", .signature = "*values, **named", .call = str_format},
    {0}};
