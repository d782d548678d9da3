/* The methods of str that look for others in it: find and its kin, replace, split. */
#include "iterate.h"
#include "native.h"
#include "run.h"

#include "base/text.h"

#include <string.h>

static const char *self_text(const call *c) {
    return c->self->as.string;
}

/* The part that start and stop leave of the text, as a slice has it. */
static void limits(const call *c, const char **from, const char **to) {
    const int64_t length = (int64_t)c->self->as.characters;
    size_t at[2];
    for (size_t i = 0; i < 2; i++) {
        const int64_t given = c->arguments[1 + i]->as.integer;
        const int64_t index = given < 0 ? given < -length ? 0 : given + length : given;
        at[i] = (size_t)(index > length ? length : index);
    }
    *from = text_skip(self_text(c), at[0]);
    *to = at[1] < at[0] ? NULL : text_skip(*from, at[1] - at[0]);
}

static const char *first_within(const char *from, const char *to, const object *what) {
    const char *at = strstr(from, what->as.string);
    return at && at + what->as.bytes <= to ? at : NULL;
}

static const char *last_within(const char *from, const char *to, const object *what) {
    const char *last = NULL;
    for (const char *at = from; (at = first_within(at, to, what)); at++) {
        last = at;
        if (!*at)
            break;
    }
    return last;
}

/* find, rfind, index and rindex. */
static object *str_find(call *c) {
    const char *name = c->native->path + strlen("str."), *from, *to;
    limits(c, &from, &to);
    script_work(c->script, c->where, c->self->as.bytes);
    const char *at = !to            ? NULL
                     : *name == 'r' ? last_within(from, to, c->arguments[0])
                                    : first_within(from, to, c->arguments[0]);
    if (!at && strstr(name, "index"))
        call_fail(call_raises(c, VALUE_ERROR, "substring not found"),
                  "ValueError: substring not found");
    return object_integer(c->script, at ? (int64_t)text_count_characters(self_text(c), at) : -1);
}

static object *str_count(call *c) {
    const object *what = c->arguments[0];
    const char *from, *to;
    int64_t found = 0;
    limits(c, &from, &to);
    if (to && what->as.bytes == 0)
        return object_integer(c->script, (int64_t)text_count_characters(from, to) + 1);
    for (const char *at = from; to && (at = first_within(at, to, what)); at += what->as.bytes)
        found++;
    return object_integer(c->script, found);
}

/* --- splitting --- */

static void add_part(call *c, object *list, const char *from, const char *to) {
    list_append(c->script, list,
                object_string(c->script, script_copy(c->script, from, (size_t)(to - from))));
}

static const char spaces[] = " \t\n\r\f\v\x1c\x1d\x1e\x1f";

/* At runs of blanks, at most `most` times. */
static object *split_at_blanks(call *c, int64_t most) {
    object *parts = object_sequence(c->script, OBJECT_LIST, 0);
    const char *at = self_text(c) + strspn(self_text(c), spaces);
    while (*at) {
        const char *end = at + strcspn(at, spaces);
        if (most >= 0 && (int64_t)parts->as.sequence.count == most) {
            add_part(c, parts, at, self_text(c) + c->self->as.bytes);
            break;
        }
        add_part(c, parts, at, end);
        at = end + strspn(end, spaces);
    }
    return parts;
}

static object *str_split(call *c) {
    const object *separator = c->arguments[0];
    const int64_t most = c->arguments[1]->as.integer;
    if (separator->kind == OBJECT_NONE)
        return split_at_blanks(c, most);
    if (separator->as.bytes == 0)
        call_fail(call_raises(c, VALUE_ERROR, "empty separator"), "ValueError: empty separator");
    object *parts = object_sequence(c->script, OBJECT_LIST, 0);
    const char *at = self_text(c), *end;
    while ((most < 0 || (int64_t)parts->as.sequence.count < most) &&
           (end = strstr(at, separator->as.string))) {
        add_part(c, parts, at, end);
        at = end + separator->as.bytes;
    }
    add_part(c, parts, at, self_text(c) + c->self->as.bytes);
    return parts;
}

/* From the right, so that `most` leaves what is on the left together. */
static object *str_rsplit(call *c) {
    const object *separator = c->arguments[0];
    const int64_t most = c->arguments[1]->as.integer;
    if (most < 0)
        return str_split(c);
    if (separator->kind == OBJECT_NONE)
        call_fail(c, "rsplit() of blanks with a limit is outside the subset: name the separator");
    if (separator->as.bytes == 0)
        call_fail(call_raises(c, VALUE_ERROR, "empty separator"), "ValueError: empty separator");
    object *parts = object_sequence(c->script, OBJECT_LIST, 0);
    const char *end = self_text(c) + c->self->as.bytes, *at;
    while ((int64_t)parts->as.sequence.count < most &&
           (at = last_within(self_text(c), end, separator))) {
        add_part(c, parts, at + separator->as.bytes, end);
        end = at;
    }
    add_part(c, parts, self_text(c), end);
    object **items = parts->as.sequence.items;
    for (size_t i = 0, n = parts->as.sequence.count; i < n / 2; i++) {
        object *other = items[n - 1 - i];
        items[n - 1 - i] = items[i];
        items[i] = other;
    }
    return parts;
}

static object *str_splitlines(call *c) {
    object *lines = object_sequence(c->script, OBJECT_LIST, 0);
    for (const char *at = self_text(c); *at;) {
        const char *end = at + strcspn(at, "\r\n");
        const char *next = end + (end[0] == '\r' && end[1] == '\n' ? 2 : *end != '\0');
        add_part(c, lines, at, c->arguments[0]->as.boolean ? next : end);
        at = next;
    }
    return lines;
}

/* partition and rpartition: before, separator, behind. */
static object *str_partition(call *c) {
    const object *separator = c->arguments[0];
    const bool from_right = c->native->path[4] == 'r';
    const char *text = self_text(c), *end = text + c->self->as.bytes;
    if (separator->as.bytes == 0)
        call_fail(call_raises(c, VALUE_ERROR, "empty separator"), "ValueError: empty separator");
    const char *at =
        from_right ? last_within(text, end, separator) : first_within(text, end, separator);
    object *parts = object_sequence(c->script, OBJECT_LIST, 0);
    const char *behind = at ? at + separator->as.bytes : from_right ? text : end;
    if (!at)
        at = from_right ? text : end;
    add_part(c, parts, text, at);
    add_part(c, parts, at, behind);
    add_part(c, parts, behind, end);
    parts->kind = OBJECT_TUPLE;
    return parts;
}

/* --- replacing --- */

/* The empty string stands before each character, and at the end. */
static object *str_replace(call *c) {
    const char *old = c->arguments[0]->as.string, *fresh = c->arguments[1]->as.string;
    const size_t length = c->arguments[0]->as.bytes;
    int64_t left = c->arguments[2]->as.integer;
    buffer changed = {.arena = script_arena(c->script)};
    const char *at = self_text(c);
    script_work(c->script, c->where, c->self->as.bytes);
    buffer_text(&changed, "");
    for (const char *next; left != 0 && (next = strstr(at, old)); left -= left > 0) {
        buffer_add(&changed, at, (size_t)(next - at));
        buffer_text(&changed, fresh);
        at = next + length;
        if (length > 0)
            continue;
        if (!*at)
            break;
        buffer_add(&changed, at, (size_t)(text_skip(at, 1) - at));
        at = text_skip(at, 1);
    }
    buffer_text(&changed, at);
    if (changed.failed)
        script_out_of_memory(c->script);
    return object_string(c->script, changed.bytes);
}

static const char within[] = "sub: str, start: index = 0, end: index = 9223372036854775807, /";
static const char split[] = "sep: Optional[str] = None, maxsplit: index = -1";

const native native_text_search[] = {
    {.path = "str.find", .signature = within, .call = str_find},
    {.path = "str.rfind", .signature = within, .call = str_find},
    {.path = "str.index", .signature = within, .call = str_find},
    {.path = "str.rindex", .signature = within, .call = str_find},
    {.path = "str.count", .signature = within, .call = str_count},
    {.path = "str.replace",
     .signature = "old: str, new: str, count: index = -1, /",
     .call = str_replace},
    {.path = "str.split", .signature = split, .call = str_split},
    {.path = "str.rsplit", .signature = split, .call = str_rsplit},
    {.path = "str.splitlines", .signature = "keepends: bool = False", .call = str_splitlines},
    {.path = "str.partition", .signature = "sep: str, /", .call = str_partition},
    {.path = "str.rpartition", .signature = "sep: str, /", .call = str_partition},
    {0}};
