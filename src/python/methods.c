/* The methods of str, list and dict, OrderedDict, and the modes of autograd. */
#include "arithmetic.h"
#include "builtins.h"
#include "format.h"
#include "iterate.h"

#include "base/text.h"

#include <string.h>

/* --- str --- */

static const char *self_text(const object *callee) {
    return callee->self->as.string;
}

static object *str_join(script *s, const object *callee, object **arguments) {
    const object *all = iterate_all(s, arguments[0], OBJECT_LIST, s->here);
    size_t length = 1;
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        const object *item = all->as.sequence.items[i];
        if (item->kind != OBJECT_STRING)
            script_fail(s, s->here, "join() takes strings, not a value of type %s: write str(...)",
                        object_type(item));
        length += strlen(item->as.string) + strlen(self_text(callee));
    }
    char *text = script_alloc(s, length, 1), *to = text;
    for (size_t i = 0; i < all->as.sequence.count; i++) {
        const char *parts[] = {i ? self_text(callee) : "", all->as.sequence.items[i]->as.string};
        for (size_t k = 0; k < 2; k++) {
            memcpy(to, parts[k], strlen(parts[k]));
            to += strlen(parts[k]);
        }
    }
    return object_string(s, text);
}

static object *change_case(script *s, const char *text, char from, char to) {
    char *changed = script_copy(s, text, strlen(text));
    for (char *c = changed; *c; c++) {
        if ((unsigned char)*c >= 0x80)
            script_fail(s, s->here, "upper() and lower() know plain letters only");
        if (*c >= from && *c <= from + 25)
            *c = (char)(*c - from + to);
    }
    return object_string(s, changed);
}

static object *str_upper(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return change_case(s, self_text(callee), 'a', 'A');
}

static object *str_lower(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return change_case(s, self_text(callee), 'A', 'a');
}

/* str.center puts the odd blank where CPython does. */
static object *justify(script *s, const object *callee, object **arguments) {
    const char *text = self_text(callee), *fill = arguments[1]->as.string;
    const char *name = strrchr(callee->as.native->path, '.') + 1;
    const size_t length = object_length(s, callee->self, s->here);
    const int64_t width = arguments[0]->as.integer;
    if (strlen(fill) != 1)
        script_fail(s, s->here, "%s() fills with one plain character", name);
    if (width <= 0 || (uint64_t)width <= length)
        return callee->self;
    if ((uint64_t)width > mlp_arena_limit(s->arena))
        script_out_of_memory(s);
    const size_t pad = (size_t)width - length;
    const size_t left = strcmp(name, "ljust") == 0   ? 0
                        : strcmp(name, "rjust") == 0 ? pad
                                                     : pad / 2 + (pad & (size_t)width & 1);
    char *padded = script_alloc(s, strlen(text) + pad + 1, 1);
    memset(padded, *fill, strlen(text) + pad);
    memcpy(padded + left, text, strlen(text));
    return object_string(s, padded);
}

static object *str_strip(script *s, const object *callee, object **arguments) {
    (void)arguments;
    static const char spaces[] = " \t\n\r\f\v";
    const char *from = self_text(callee) + strspn(self_text(callee), spaces);
    size_t length = strlen(from);
    while (length && strchr(spaces, from[length - 1]))
        length--;
    return object_string(s, script_copy(s, from, length));
}

static object *str_startswith(script *s, const object *callee, object **arguments) {
    const char *prefix = arguments[0]->as.string;
    return object_bool(s, strncmp(self_text(callee), prefix, strlen(prefix)) == 0);
}

static object *str_endswith(script *s, const object *callee, object **arguments) {
    const char *suffix = arguments[0]->as.string;
    const size_t n = strlen(self_text(callee)), m = strlen(suffix);
    return object_bool(s, n >= m && strcmp(self_text(callee) + n - m, suffix) == 0);
}

static object *str_replace(script *s, const object *callee, object **arguments) {
    const char *text = self_text(callee), *old = arguments[0]->as.string;
    const char *fresh = arguments[1]->as.string;
    size_t found = 0;
    if (!*old)
        script_fail(s, s->here, "replace() of an empty string is outside the subset");
    for (const char *at = text; (at = strstr(at, old)); at += strlen(old))
        found++;
    char *changed = script_alloc(s, strlen(text) + 1 + found * strlen(fresh), 1), *to = changed;
    for (const char *at = text; *at;) {
        const bool here = strncmp(at, old, strlen(old)) == 0;
        const size_t length = here ? strlen(fresh) : 1;
        memcpy(to, here ? fresh : at, length);
        to += length;
        at += here ? strlen(old) : 1;
    }
    return object_string(s, changed);
}

/* --- str.format --- */

typedef struct {
    script *s;
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
        script_fail(f->s, f->s->here, "ValueError: fields {} and {0} cannot be mixed in format()");
    if (i >= f->positional->as.sequence.count)
        script_fail(f->s, f->s->here, "IndexError: format() got too few arguments for field %zu",
                    i);
    return f->positional->as.sequence.items[i];
}

static object *find_field(fields *f, const char *name) {
    if (strspn(name, "0123456789") == strlen(name))
        return positional_field(f, name);
    if (strpbrk(name, ".[ "))
        script_fail(f->s, f->s->here,
                    "'{%s}' is outside the subset: give format() the value itself", name);
    object *v = dict_find(f->named, name);
    if (!v)
        script_fail(f->s, f->s->here, "KeyError: format() got no argument '%s'", name);
    return v;
}

/* {name!conversion:spec}, after the opening brace. */
static const char *format_field(fields *f, bool nested) {
    const mlp_span where = f->s->here;
    const size_t length = strcspn(f->at, "!:{}");
    object *v = find_field(f, script_copy(f->s, f->at, length));
    const char *spec = "";
    f->at += length;
    if (f->at[0] == '!' && (f->at[1] == 'r' || f->at[1] == 's')) {
        v = object_string(f->s, f->at[1] == 'r' ? format_repr(f->s, v) : format_str(f->s, v));
        f->at += 2;
    }
    if (*f->at == ':') {
        if (nested)
            script_fail(f->s, where, "the format of a format is outside the subset");
        f->at++;
        spec = format_fields(f, true);
    }
    f->s->here = where;
    if (*f->at != '}')
        script_fail(f->s, where, "ValueError: expected '}' in the string that format() fills");
    f->at++;
    return format_spec(f->s, v, spec, where);
}

/* Up to the end; of a format (nested): up to its closing brace. */
static const char *format_fields(fields *f, bool nested) {
    const char *text = "";
    while (*f->at && !(nested && *f->at == '}')) {
        const size_t length = strcspn(f->at, "{}");
        const char *part = script_copy(f->s, f->at, length);
        f->at += length;
        if (length == 0 && !nested && f->at[1] == f->at[0]) {
            part = *f->at == '{' ? "{" : "}";
            f->at += 2;
        } else if (length == 0) {
            if (*f->at == '}')
                script_fail(f->s, f->s->here,
                            "ValueError: a single '}' in the string that format() fills");
            f->at++;
            part = format_field(f, nested);
        }
        text = *text ? script_printf(f->s, "%s%s", text, part) : part;
    }
    return text;
}

static object *str_format(script *s, const object *callee, object **arguments) {
    fields f = {.s = s, .at = self_text(callee), .positional = arguments[0], .named = arguments[1]};
    return object_string(s, format_fields(&f, false));
}

/* --- list --- */

static object *list_append_method(script *s, const object *callee, object **arguments) {
    list_append(s, callee->self, arguments[0]);
    return object_none(s);
}

static object *list_extend(script *s, const object *callee, object **arguments) {
    python_in_place(s, OPERATOR_ADD, callee->self, arguments[0], s->here);
    return object_none(s);
}

static object *list_pop(script *s, const object *callee, object **arguments) {
    (void)arguments;
    object *list = callee->self;
    if (list->as.sequence.count == 0)
        script_fail(s, s->here, "IndexError: pop from an empty list");
    return list->as.sequence.items[--list->as.sequence.count];
}

/* --- dict --- */

static object *dict_items(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return iterate_items(s, callee->self);
}

static object *dict_keys(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return iterate_keys(s, callee->self);
}

static object *dict_values(script *s, const object *callee, object **arguments) {
    (void)arguments;
    return iterate_values(s, callee->self);
}

static object *dict_get(script *s, const object *callee, object **arguments) {
    (void)s;
    object *found = dict_find(callee->self, arguments[0]->as.string);
    return found ? found : arguments[1];
}

/* OrderedDict([(key, value), ...]), or of another dict. */
static object *ordered_dict(script *s, const object *callee, object **arguments) {
    (void)callee;
    const mlp_span where = s->here;
    object *dict = object_sequence(s, OBJECT_DICT, 0);
    object *given = arguments[0];
    object *it = iterate(s, given->kind == OBJECT_DICT ? iterate_items(s, given) : given, where);
    for (object *pair; (pair = iterate_next(s, it, where));) {
        if (!object_is_sequence(pair) || pair->as.sequence.count != 2 ||
            pair->as.sequence.items[0]->kind != OBJECT_STRING)
            script_fail(s, where, "OrderedDict() takes a list of pairs ('name', value)");
        dict_set(s, dict, pair->as.sequence.items[0]->as.string, pair->as.sequence.items[1]);
    }
    return dict;
}

/* --- torch.no_grad and its like --- */

static object *grad_mode(script *s, bool enabled, bool at_once) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = OBJECT_GRAD_MODE;
    v->as.grad_mode.enabled = enabled;
    v->as.grad_mode.previous = !s->trace->no_grad;
    v->as.grad_mode.at_once = at_once;
    return v;
}

static object *torch_no_grad(script *s, const object *callee, object **arguments) {
    (void)callee;
    (void)arguments;
    return grad_mode(s, false, false);
}

static object *torch_enable_grad(script *s, const object *callee, object **arguments) {
    (void)callee;
    (void)arguments;
    return grad_mode(s, true, false);
}

static object *torch_set_grad_enabled(script *s, const object *callee, object **arguments) {
    (void)callee;
    object *mode = grad_mode(s, arguments[0]->as.boolean, true);
    s->trace->no_grad = !mode->as.grad_mode.enabled;
    return mode;
}

static object *torch_is_grad_enabled(script *s, const object *callee, object **arguments) {
    (void)callee;
    (void)arguments;
    return object_bool(s, !s->trace->no_grad);
}

const native native_types[] = {
    {.path = "str.join", .signature = "iterable", .call = str_join},
    {.path = "str.format", .signature = "*values, **named", .call = str_format},
    {.path = "str.upper", .signature = "", .call = str_upper},
    {.path = "str.lower", .signature = "", .call = str_lower},
    {.path = "str.strip", .signature = "", .call = str_strip},
    {.path = "str.ljust", .signature = "width: int, fillchar: str = ' '", .call = justify},
    {.path = "str.rjust", .signature = "width: int, fillchar: str = ' '", .call = justify},
    {.path = "str.center", .signature = "width: int, fillchar: str = ' '", .call = justify},
    {.path = "str.replace", .signature = "old: str, new: str", .call = str_replace},
    {.path = "str.startswith", .signature = "prefix: str", .call = str_startswith},
    {.path = "str.endswith", .signature = "suffix: str", .call = str_endswith},
    {.path = "list.append", .signature = "object", .call = list_append_method},
    {.path = "list.extend", .signature = "iterable", .call = list_extend},
    {.path = "list.pop", .signature = "", .call = list_pop},
    {.path = "dict.items", .signature = "", .call = dict_items},
    {.path = "dict.keys", .signature = "", .call = dict_keys},
    {.path = "dict.values", .signature = "", .call = dict_values},
    {.path = "dict.get", .signature = "key: str, default = None", .call = dict_get},
    {.path = "collections.OrderedDict", .signature = "items = ()", .call = ordered_dict},
    {.path = "object.__init__", .signature = ""},
    {.path = "torch.no_grad", .signature = "", .call = torch_no_grad},
    {.path = "torch.enable_grad", .signature = "", .call = torch_enable_grad},
    {.path = "torch.set_grad_enabled", .signature = "mode: bool", .call = torch_set_grad_enabled},
    {.path = "torch.is_grad_enabled", .signature = "", .call = torch_is_grad_enabled},
    {0}};
