/* The methods of str. */
#include "format.h"
#include "format_write.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

static const char *self_text(const call *c) {
    return c->self->as.string;
}

static object *str_join(call *c) {
    const object *all = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    size_t length = 1;
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        const object *item = all->as.sequence.items[i];
        if (item->kind != OBJECT_STRING)
            call_fail(c, "join() takes strings, not a value of type %s: write str(...)",
                      object_type(item));
        length += strlen(item->as.string) + strlen(self_text(c));
    }
    char *text = script_alloc(c->script, length, 1), *to = text;
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        const char *parts[] = {i ? self_text(c) : "", all->as.sequence.items[i]->as.string};
        for (size_t k = 0; k < 2; k++) {
            memcpy(to, parts[k], strlen(parts[k]));
            to += strlen(parts[k]);
        }
    }
    return object_string(c->script, text);
}

static object *change_case(call *c, const char *text, char from, char to) {
    char *changed = script_copy(c->script, text, strlen(text));
    for (char *at = changed; *at; at++) {
        if ((unsigned char)*at >= 0x80)
            call_fail(c, "upper() and lower() know plain letters only");
        if (*at >= from && *at <= from + 25)
            *at = (char)(*at - from + to);
    }
    return object_string(c->script, changed);
}

static object *str_upper(call *c) {
    return change_case(c, self_text(c), 'a', 'A');
}

static object *str_lower(call *c) {
    return change_case(c, self_text(c), 'A', 'a');
}

/* str.center puts the odd blank where CPython does. */
static object *justify(call *c) {
    const char *text = self_text(c), *fill = c->arguments[1]->as.string;
    const char *name = strrchr(c->native->path, '.') + 1;
    const size_t length = object_length(c->script, c->self, c->where);
    const int64_t width = c->arguments[0]->as.integer;
    if (strlen(fill) != 1)
        call_fail(c, "%s() fills with one plain character", name);
    if (width <= 0 || (uint64_t)width <= length)
        return c->self;
    if ((uint64_t)width > mlp_arena_limit(script_arena(c->script)))
        script_out_of_memory(c->script);
    const size_t pad = (size_t)width - length;
    const size_t left = strcmp(name, "ljust") == 0   ? 0
                        : strcmp(name, "rjust") == 0 ? pad
                                                     : pad / 2 + (pad & (size_t)width & 1);
    char *padded = script_alloc(c->script, strlen(text) + pad + 1, 1);
    memset(padded, *fill, strlen(text) + pad);
    memcpy(padded + left, text, strlen(text));
    return object_string(c->script, padded);
}

static object *str_strip(call *c) {
    static const char spaces[] = " \t\n\r\f\v";
    const char *from = self_text(c) + strspn(self_text(c), spaces);
    size_t length = strlen(from);
    while (length && strchr(spaces, from[length - 1]))
        length--;
    return object_string(c->script, script_copy(c->script, from, length));
}

static object *str_startswith(call *c) {
    const char *prefix = c->arguments[0]->as.string;
    return object_bool(c->script, strncmp(self_text(c), prefix, strlen(prefix)) == 0);
}

static object *str_endswith(call *c) {
    const char *suffix = c->arguments[0]->as.string;
    const size_t n = strlen(self_text(c)), m = strlen(suffix);
    return object_bool(c->script, n >= m && strcmp(self_text(c) + n - m, suffix) == 0);
}

static object *str_replace(call *c) {
    const char *text = self_text(c), *old = c->arguments[0]->as.string;
    const char *fresh = c->arguments[1]->as.string;
    size_t found = 0;
    if (!*old)
        call_fail(c, "replace() of an empty string is outside the subset");
    for (const char *at = text; (at = strstr(at, old)); at += strlen(old))
        found++;
    char *changed = script_alloc(c->script, strlen(text) + 1 + found * strlen(fresh), 1),
         *to = changed;
    for (const char *at = text; *at;) {
        const bool here = strncmp(at, old, strlen(old)) == 0;
        const size_t length = here ? strlen(fresh) : 1;
        memcpy(to, here ? fresh : at, length);
        to += length;
        at += here ? strlen(old) : 1;
    }
    return object_string(c->script, changed);
}

/* --- format --- */

typedef struct {
    call *call;
    const char *at; /* in the template */
    const object *positional, *named;
    size_t next; /* the field {} that comes next */
    bool numbered, counted;
} fields;

static const char *format_fields(fields *f, bool nested);

static object *positional_field(fields *f, const char *name) {
    size_t i = 0;
    if (*name) {
        f->numbered = true;
        for (; *name; name++)
            i = i > SIZE_MAX / 100 ? i : i * 10 + (size_t)(*name - '0');
    } else {
        f->counted = true;
        i = f->next++;
    }
    if (f->numbered && f->counted)
        call_fail(f->call, "ValueError: fields {} and {0} cannot be mixed in format()");
    if (i >= f->positional->as.sequence.count)
        call_fail(f->call, "IndexError: format() got too few arguments for field %zu", i);
    return f->positional->as.sequence.items[i];
}

static object *find_field(fields *f, const char *name) {
    if (strspn(name, "0123456789") == strlen(name))
        return positional_field(f, name);
    if (strpbrk(name, ".[ "))
        call_fail(f->call, "'{%s}' is outside the subset: give format() the value itself", name);
    object *v = dict_find(f->named, name);
    if (!v)
        call_fail(f->call, "KeyError: format() got no argument '%s'", name);
    return v;
}

/* {name!conversion:spec}, after the opening brace. */
static const char *format_field(fields *f, bool nested) {
    const size_t length = strcspn(f->at, "!:{}");
    object *v = find_field(f, script_copy(f->call->script, f->at, length));
    const char *spec = "";
    f->at += length;
    if (f->at[0] == '!' && (f->at[1] == 'r' || f->at[1] == 's')) {
        v = object_string(f->call->script,
                          f->at[1] == 'r' ? format_repr(f->call, v) : format_str(f->call, v));
        f->at += 2;
    }
    if (*f->at == ':') {
        if (nested)
            call_fail(f->call, "the format of a format is outside the subset");
        f->at++;
        spec = format_fields(f, true);
    }
    if (*f->at != '}')
        call_fail(f->call, "ValueError: expected '}' in the string that format() fills");
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
                call_fail(f->call, "ValueError: a single '}' in the string that format() fills");
            f->at++;
            part = format_field(f, nested);
        }
        buffer_text(text, part);
    }
    return take_text(f->call, start);
}

static object *str_format(call *c) {
    fields f = {
        .call = c, .at = self_text(c), .positional = c->arguments[0], .named = c->arguments[1]};
    return object_string(c->script, format_fields(&f, false));
}

const native native_text_methods[] = {
    {.path = "str.join", .signature = "iterable, /", .call = str_join},
    {.path = "str.format", .signature = "*values, **named", .call = str_format},
    {.path = "str.upper", .signature = "", .call = str_upper},
    {.path = "str.lower", .signature = "", .call = str_lower},
    {.path = "str.strip", .signature = "", .call = str_strip},
    {.path = "str.ljust", .signature = "width: index, fillchar: str = ' ', /", .call = justify},
    {.path = "str.rjust", .signature = "width: index, fillchar: str = ' ', /", .call = justify},
    {.path = "str.center", .signature = "width: index, fillchar: str = ' ', /", .call = justify},
    {.path = "str.replace", .signature = "old: str, new: str, /", .call = str_replace},
    {.path = "str.startswith", .signature = "prefix: str, /", .call = str_startswith},
    {.path = "str.endswith", .signature = "suffix: str, /", .call = str_endswith},
    {0}};
