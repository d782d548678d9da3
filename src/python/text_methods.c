/* The methods of str, but for those that look for others in it (text_search.c) and format
 * (text_fields.c). */
#include "iterate.h"
#include "native.h"
#include "run.h"

#include "base/text.h"

#include <string.h>

static const char *self_text(const call *c) {
    return c->self->as.string;
}

static object *str_join(call *c) {
    if (object_is_number(c->arguments[0]) || c->arguments[0]->kind == OBJECT_NONE)
        script_raise(c->script, c->where, TYPE_ERROR, "can only join an iterable");
    const object *all = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    size_t length = 1;
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        const object *item = all->as.sequence.items[i];
        if (item->kind != OBJECT_STRING)
            call_fail(
                call_raises(c, TYPE_ERROR, "sequence item %zu: expected str instance, %s found", i,
                            object_class_name(item)),
                "join() takes strings, not a value of type %s: write str(...)", object_type(item));
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

static bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/* The text of a method that knows the letters of ASCII alone. */
static const char *plain_text(call *c) {
    for (const char *at = self_text(c); *at; at++)
        if ((unsigned char)*at >= 0x80)
            call_fail(c, "%s() knows plain letters only", c->native->path + strlen("str."));
    return self_text(c);
}

static object *change_case(call *c, const char *text, bool (*is_other)(char), int distance) {
    char *changed = script_copy(c->script, text, strlen(text));
    for (char *at = changed; *at; at++)
        if (is_other(*at))
            *at = (char)(*at + distance);
    return object_string(c->script, changed);
}

static object *str_upper(call *c) {
    return change_case(c, plain_text(c), is_lower, 'A' - 'a');
}

/* lower and, which of plain letters is the same, casefold. */
static object *str_lower(call *c) {
    return change_case(c, plain_text(c), is_upper, 'a' - 'A');
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

static object *str_swapcase(call *c) {
    char *changed = script_copy(c->script, plain_text(c), strlen(self_text(c)));
    for (char *at = changed; *at; at++)
        *at = is_lower(*at)   ? (char)(*at - 'a' + 'A')
              : is_upper(*at) ? (char)(*at - 'A' + 'a')
                              : *at;
    return object_string(c->script, changed);
}

/* Each first letter of a word large, the others small; of capitalize only the first of all. */
static object *str_title(call *c) {
    const bool each_word = c->native->path[4] == 't';
    char *changed = script_copy(c->script, plain_text(c), strlen(self_text(c)));
    bool first = true;
    for (char *at = changed; *at; at++) {
        if (is_lower(*at) && first)
            *at = (char)(*at - 'a' + 'A');
        else if (is_upper(*at) && !first)
            *at = (char)(*at - 'A' + 'a');
        first = each_word && !is_lower(*at) && !is_upper(*at);
    }
    return object_string(c->script, changed);
}

/* --- what the characters are --- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return is_lower(c) || is_upper(c);
}

static bool is_letter_or_digit(char c) {
    return is_letter(c) || is_digit(c);
}

static bool is_space(char c) {
    return c && strchr(" \t\n\r\f\v\x1c\x1d\x1e\x1f", c);
}

/* Whether all characters are, and there is one. */
static object *all_are(call *c, bool (*is)(char)) {
    const char *at = plain_text(c);
    bool all = *at != '\0';
    for (; *at; at++)
        all = all && is(*at);
    return object_bool(c->script, all);
}

static object *str_isdigit(call *c) {
    return all_are(c, is_digit);
}

static object *str_isalpha(call *c) {
    return all_are(c, is_letter);
}

static object *str_isalnum(call *c) {
    return all_are(c, is_letter_or_digit);
}

static object *str_isspace(call *c) {
    return all_are(c, is_space);
}

/* Whether there are letters of the one case, and none of the other. */
static object *all_cased(call *c, bool (*is)(char), bool (*is_other)(char)) {
    bool one = false, other = false;
    for (const char *at = plain_text(c); *at; at++) {
        one |= is(*at);
        other |= is_other(*at);
    }
    return object_bool(c->script, one && !other);
}

static object *str_isupper(call *c) {
    return all_cased(c, is_upper, is_lower);
}

static object *str_islower(call *c) {
    return all_cased(c, is_lower, is_upper);
}

/* --- what stands at the ends --- */

static const char spaces[] = " \t\n\r\f\v\x1c\x1d\x1e\x1f";

/* strip, lstrip and rstrip: of blanks, or of the characters that were given. */
static object *str_strip(call *c) {
    const object *given = c->arguments[0];
    const char *of = given->kind == OBJECT_NONE ? spaces : given->as.string;
    const char *name = c->native->path + strlen("str.");
    const char *from = self_text(c), *to = from + c->self->as.bytes;
    for (const char *at = of; *at; at++)
        if ((unsigned char)*at >= 0x80)
            call_fail(c, "%s() knows plain characters only", name);
    if (*name != 'r')
        from += strspn(from, of);
    while (*name != 'l' && to > from && strchr(of, to[-1]))
        to--;
    return object_string(c->script, script_copy(c->script, from, (size_t)(to - from)));
}

static bool begins_with(const object *o, const object *prefix) {
    return strncmp(o->as.string, prefix->as.string, prefix->as.bytes) == 0;
}

static bool ends_with(const object *o, const object *suffix) {
    const size_t n = o->as.bytes, m = suffix->as.bytes;
    return n >= m && strcmp(o->as.string + n - m, suffix->as.string) == 0;
}

/* One string, or any of a tuple of them. */
static object *has_end(call *c, bool (*has)(const object *o, const object *end)) {
    const object *ends = c->arguments[0];
    const size_t count = ends->kind == OBJECT_TUPLE ? ends->as.sequence.count : 1;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const object *end = ends->kind == OBJECT_TUPLE ? ends->as.sequence.items[i] : ends;
        if (end->kind != OBJECT_STRING)
            call_fail(c, "%s() takes a str or a tuple of them, not a value of type %s",
                      c->native->path + strlen("str."), object_type(end));
        any |= has(c->self, end);
    }
    return object_bool(c->script, any);
}

static object *str_startswith(call *c) {
    return has_end(c, begins_with);
}

static object *str_endswith(call *c) {
    return has_end(c, ends_with);
}

static object *str_removeprefix(call *c) {
    if (!begins_with(c->self, c->arguments[0]))
        return c->self;
    return object_string(c->script, self_text(c) + c->arguments[0]->as.bytes);
}

static object *str_removesuffix(call *c) {
    if (!ends_with(c->self, c->arguments[0]))
        return c->self;
    const size_t length = c->self->as.bytes - c->arguments[0]->as.bytes;
    return object_string(c->script, script_copy(c->script, self_text(c), length));
}

static object *str_zfill(call *c) {
    const size_t length = c->self->as.characters, bytes = c->self->as.bytes;
    const int64_t width = c->arguments[0]->as.integer;
    if (width <= 0 || (uint64_t)width <= length)
        return c->self;
    if ((uint64_t)width > mlp_arena_limit(script_arena(c->script)))
        script_out_of_memory(c->script);
    const size_t pad = (size_t)width - length, sign = strspn(self_text(c), "+-") > 0;
    char *filled = script_alloc(c->script, bytes + pad + 1, 1);
    memcpy(filled, self_text(c), sign);
    memset(filled + sign, '0', pad);
    memcpy(filled + sign + pad, self_text(c) + sign, bytes - sign);
    return object_string(c->script, filled);
}

const native native_text_methods[] = {
    {.path = "str.join", .signature = "iterable, /", .call = str_join},
    {.path = "str.upper", .signature = "", .call = str_upper},
    {.path = "str.lower", .signature = "", .call = str_lower},
    {.path = "str.casefold", .signature = "", .call = str_lower},
    {.path = "str.swapcase", .signature = "", .call = str_swapcase},
    {.path = "str.title", .signature = "", .call = str_title},
    {.path = "str.capitalize", .signature = "", .call = str_title},
    {.path = "str.isdigit", .signature = "", .call = str_isdigit},
    {.path = "str.isdecimal", .signature = "", .call = str_isdigit},
    {.path = "str.isnumeric", .signature = "", .call = str_isdigit},
    {.path = "str.isalpha", .signature = "", .call = str_isalpha},
    {.path = "str.isalnum", .signature = "", .call = str_isalnum},
    {.path = "str.isspace", .signature = "", .call = str_isspace},
    {.path = "str.isupper", .signature = "", .call = str_isupper},
    {.path = "str.islower", .signature = "", .call = str_islower},
    {.path = "str.strip", .signature = "chars: Optional[str] = None, /", .call = str_strip},
    {.path = "str.lstrip", .signature = "chars: Optional[str] = None, /", .call = str_strip},
    {.path = "str.rstrip", .signature = "chars: Optional[str] = None, /", .call = str_strip},
    {.path = "str.zfill", .signature = "width: index, /", .call = str_zfill},
    {.path = "str.removeprefix", .signature = "prefix: str, /", .call = str_removeprefix},
    {.path = "str.removesuffix", .signature = "suffix: str, /", .call = str_removesuffix},
    {.path = "str.ljust", .signature = "width: index, fillchar: str = ' ', /", .call = justify},
    {.path = "str.rjust", .signature = "width: index, fillchar: str = ' ', /", .call = justify},
    {.path = "str.center", .signature = "width: index, fillchar: str = ' ', /", .call = justify},
    {.path = "str.startswith", .signature = "prefix, /", .call = str_startswith},
    {.path = "str.endswith", .signature = "suffix, /", .call = str_endswith},
    {0}};
