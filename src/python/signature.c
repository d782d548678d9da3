/* Arguments against a signature in Python's own notation. */
#include "evaluate.h"
#include "iterate.h"
#include "large.h"
#include "library.h"
#include "native.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <string.h>

typedef struct {
    const char *name, *alias, *type; /* alias and type may be NULL */
    object *fallback;                /* likewise */
    bool keyword_only, positional_only;
    bool variadic; /* *size: takes every positional argument that is left, as a tuple */
    bool named;    /* **values: takes every keyword argument that is left, as a dict */
} parameter;

/* One way to call a function: its parameters, and where each of them stands among the arguments
 * that the function receives. */
typedef struct {
    const parameter *parameters;
    unsigned char place[MAX_ARGUMENTS];
    size_t count;
} variant;

/* A signature as it was read, once. The arguments are the parameters of all its variants, in the
 * order in which they first stand there. */
typedef struct {
    variant *variants;
    size_t count;
    parameter *arguments;
    size_t argument_count;
} signature;

static char *trim(script *s, const char *from, const char *to) {
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    return script_copy(s, from, (size_t)(to - from));
}

/* The next comma outside brackets, or the end. */
static const char *end_of_parameter(const char *at, const char *end) {
    for (int depth = 0; at < end && (depth || *at != ','); at++)
        depth += (*at == '[' || *at == '(') - (*at == ']' || *at == ')');
    return at;
}

/* Most are None, True or False, which need no parser. */
static object *read_fallback(script *s, const char *text) {
    if (strcmp(text, "None") == 0)
        return object_none(s);
    if (strcmp(text, "True") == 0 || strcmp(text, "False") == 0)
        return object_bool(s, *text == 'T');
    return evaluate(s, parse_script_expression(&s->reader, text, strlen(text)));
}

/* "name: type = fallback", or "name/alias: ..." */
static parameter read_parameter(script *s, const char *at, const char *end) {
    parameter p = {0};
    const char *equals = memchr(at, '=', (size_t)(end - at));
    const char *stop = equals ? equals : end;
    const char *colon = memchr(at, ':', (size_t)(stop - at));
    char *slash = strchr(p.name = trim(s, at, colon ? colon : stop), '/');
    if (slash && slash > p.name) {
        p.name = script_copy(s, p.name, (size_t)(slash - p.name));
        p.alias = slash + 1;
    }
    p.type = colon ? trim(s, colon + 1, stop) : NULL;
    if (equals)
        p.fallback = read_fallback(s, trim(s, equals + 1, end));
    return p;
}

static variant read_variant(script *s, const char *text, const char *stop) {
    variant new = {0};
    parameter parameters[MAX_ARGUMENTS] = {{0}};
    bool keyword_only = false;
    for (const char *at = text, *end; at < stop; at = end < stop ? end + 1 : end) {
        end = end_of_parameter(at, stop);
        parameter p = read_parameter(s, at, end);
        p.keyword_only = keyword_only;
        if (strcmp(p.name, "/") == 0) {
            for (size_t i = 0; i < new.count; i++)
                parameters[i].positional_only = true;
            continue;
        }
        if (strncmp(p.name, "**", 2) == 0) {
            p.named = p.keyword_only = true;
            p.name += 2;
        } else if (p.name[0] == '*') {
            keyword_only = p.keyword_only = p.variadic = true;
            if (!*++p.name)
                continue;
        }
        if (*p.name)
            parameters[new.count++] = p;
    }
    const size_t bytes = new.count * sizeof *parameters;
    new.parameters = memcpy(script_alloc(s, new.count, sizeof *parameters), parameters, bytes);
    return new;
}

/* The place of the parameter among the arguments; a default in any of the variants is good for
 * all. */
static unsigned char place_of(signature *sig, const parameter *p) {
    size_t i = 0;
    while (i < sig->argument_count && strcmp(sig->arguments[i].name, p->name) != 0)
        i++;
    if (i == sig->argument_count)
        sig->arguments[sig->argument_count++] = *p;
    if (!sig->arguments[i].fallback)
        sig->arguments[i].fallback = p->fallback;
    return (unsigned char)i;
}

static signature *read_new(script *s, const char *text) {
    signature *new = script_alloc(s, 1, sizeof *new);
    size_t count = 1, most = 0;
    for (const char *bar = strchr(text, '|'); bar; bar = strchr(bar + 1, '|'))
        count++;
    new->variants = script_alloc(s, count, sizeof *new->variants);
    for (const char *bar; text; text = bar ? bar + 1 : NULL) {
        bar = strchr(text, '|');
        variant *v = &new->variants[new->count++];
        *v = read_variant(s, text, bar ? bar : text + strlen(text));
        most += v->count;
    }
    new->arguments = script_alloc(s, most, sizeof *new->arguments);
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < new->variants[k].count; i++)
            new->variants[k].place[i] = place_of(new, &new->variants[k].parameters[i]);
    return new;
}

static const signature *read_signature(script *s, const char *text) {
    signature *known = map_find(&s->signatures, text);
    if (known)
        return known;
    known = read_new(s, text);
    if (!map_put(&s->signatures, script_arena(s), text, known))
        script_out_of_memory(s);
    return known;
}

size_t signature_names(script *s, const char *text, const char *names[MAX_ARGUMENTS]) {
    const signature *sig = read_signature(s, text);
    for (size_t i = 0; i < sig->argument_count; i++)
        names[i] = sig->arguments[i].name;
    return sig->argument_count;
}

/* NULL where an argument must be given. */
static object *standard_of(script *s, const parameter *p) {
    return p->variadic ? object_sequence(s, OBJECT_TUPLE, 0)
           : p->named  ? object_dict(s)
                       : p->fallback;
}

object *signature_default(script *s, const char *text, size_t i) {
    return standard_of(s, &read_signature(s, text)->arguments[i]);
}

object *call_argument(const call *c, const char *name) {
    const signature *sig = read_signature(c->script, c->native->signature);
    for (size_t i = 0; i < sig->argument_count; i++)
        if (strcmp(sig->arguments[i].name, name) == 0)
            return c->arguments[i];
    return NULL;
}

/* Whether v can be given where `type` is asked for. */
static bool has_type(const object *v, const char *type) {
    static const char optional[] = "Optional[";
    const size_t n = sizeof optional - 1;
    if (strncmp(type, optional, n) == 0) {
        char inner[32] = "";
        if (v->kind == OBJECT_NONE)
            return true;
        memcpy(inner, type + n, strcspn(type + n, "]"));
        return has_type(v, inner);
    }
    if (strcmp(type, "float") == 0)
        return object_is_number(v);
    if (strcmp(type, "number") == 0)
        return object_is_number(v) && v->kind != OBJECT_BOOL;
    if (strcmp(type, "int") == 0)
        return v->kind == OBJECT_INTEGER;
    if (strcmp(type, "index") == 0)
        return v->kind == OBJECT_INTEGER || v->kind == OBJECT_BOOL;
    if (strcmp(type, "sequence") == 0)
        return object_is_sequence(v);
    if (strcmp(type, "bool") == 0)
        return v->kind == OBJECT_BOOL;
    if (strcmp(type, "str") == 0)
        return v->kind == OBJECT_STRING;
    if (strcmp(type, "list") == 0)
        return object_is_sequence(v) || v->kind == OBJECT_ITERATOR || v->kind == OBJECT_RANGE;
    if (strcmp(type, "whole") == 0)
        return object_is_whole(v);
    return v->type && strcmp(v->type->name, type) == 0;
}

/* What a function is called with, on its way to it. */
typedef struct {
    script *script;
    const char *name;  /* of the function */
    const native *row; /* what it raises; NULL: nothing is known */
    const char *path;  /* of the row, as its object has it */
    const signature *signature;
    const variant *variant;
    bool lacks_none; /* of those that must be given */
    bool is_whole;   /* every argument has its parameter, and none lacks that must be given */
    object **bound;
} binding_of;

/* An argument, and the place it is for, from 1 on. */
typedef struct {
    object *object;
    size_t position;
    bool by_name;
    mlp_span where;
} given_one;

/* Whether it is one of Python's own that are written in C. */
static bool is_python(const native *row) {
    return row && !row->declared &&
           (!strchr(row->path, '.') || strncmp(row->path, "math.", 5) == 0 ||
            strcmp(row->path, "operator.index") == 0 || native_has_plain_methods(row->path));
}

static script *raises_type_of_python(const binding_of *b, const parameter *p,
                                     const given_one *one) {
    const char *given = object_class_name(one->object), *path = b->row->path;
    if (strstr(p->type, "index") || strcmp(p->type, "whole") == 0)
        return script_raises(b->script, TYPE_ERROR,
                             "'%s' object cannot be interpreted as an integer", given);
    if (strcmp(p->name, "name") == 0)
        return script_raises(b->script, TYPE_ERROR, "attribute name must be string, not '%s'",
                             given);
    if (strcmp(path, "str.replace") == 0)
        return script_raises(b->script, TYPE_ERROR, "replace() argument %zu must be str, not %s",
                             one->position, given);
    if (strcmp(p->name, "sub") == 0 || strcmp(p->name, "sep") == 0)
        return script_raises(b->script, TYPE_ERROR, "must be str%s, not %s",
                             strchr(p->type, '[') ? " or None" : "", given);
    return strcmp(path, "format") == 0
               ? script_raises(b->script, TYPE_ERROR, "format() argument %zu must be str, not %s",
                               one->position, given)
               : b->script;
}

/* See misfit in library.h. */
static script *raises_type(const binding_of *b, const parameter *p, const given_one *one) {
    misfit says;
    const object *given = one->object;
    if (is_python(b->row))
        return raises_type_of_python(b, p, one);
    if (!b->row || !b->is_whole ||
        !b->script->library->misfit(b->script, b->row, p->type, given, &says))
        return b->script;
    if (says.attribute)
        return given->kind == OBJECT_EXTENSION
                   ? b->script /* which may have one */
                   : script_raises(b->script, ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                                   object_class_name(given), says.attribute);
    const char *place = one->by_name && !says.is_handed_on
                            ? ""
                            : script_printf(b->script, " (position %zu)", one->position);
    return script_raises(b->script, TYPE_ERROR, "%s(): argument '%s'%s must be %s, not %s",
                         says.function, p->name, place, says.type,
                         says.given ? says.given : object_class_name(given));
}

/* Whether a function of a library that is written in C has a number there. */
static bool takes_whole(const binding_of *b, const parameter *p) {
    return p->type && (strstr(p->type, "int") || strcmp(p->type, "float") == 0) && b->row &&
           !b->row->declared && !is_python(b->row);
}

/* A whole number beyond 64 bits for what takes fewer of them, or floats. */
static object *narrowed(const binding_of *b, const parameter *p, const given_one *one) {
    script *s = b->script;
    const bool is_python_s = is_python(b->row);
    if (is_python_s && strstr(p->type, "float"))
        return object_float(s, whole_to_float(s, one->object, one->where));
    if (is_python_s && strcmp(b->row->path, "math.factorial") == 0)
        script_raise(s, one->where, OVERFLOW_ERROR, "factorial() argument should not exceed %lld",
                     (long long)INT64_MAX);
    if (is_python_s && strstr(p->type, "index"))
        script_raise(s, one->where, OVERFLOW_ERROR, "Python int too large to convert to C %s",
                     strcmp(b->row->path, "chr") == 0 ? "int" : "ssize_t");
    if (takes_whole(b, p) && (strcmp(p->name, "size") == 0 || strcmp(p->name, "shape") == 0))
        script_raise(s, one->where, TYPE_ERROR,
                     "%s(): argument '%s' must be tuple of SymInts, but found element of type int "
                     "at pos %zu",
                     strrchr(b->name, '.') ? strrchr(b->name, '.') + 1 : b->name, p->name,
                     one->position);
    if (takes_whole(b, p))
        script_raise(s, one->where, RUNTIME_ERROR, "Overflow when unpacking long");
    return one->object;
}

static object *checked(const binding_of *b, const parameter *p, const given_one *one) {
    object *v = one->object, *own;
    call c = {.script = b->script, .where = one->where};
    if (p->type && (strstr(p->type, "index") || strcmp(p->type, "whole") == 0))
        v = special_index(&c, v);
    else if (takes_whole(b, p) && v->type && v->type->index && (own = v->type->index(&c, v, false)))
        v = own;
    if (p->type && v->kind == OBJECT_LARGE && !has_type(v, p->type))
        v = narrowed(b, p, one);
    if (p->type && !has_type(v, p->type))
        script_fail(raises_type(b, p, one), one->where, "%s() takes %s: %s, not %s", b->name,
                    p->name, p->type,
                    v->kind == OBJECT_LARGE ? "a whole number beyond 64 bits" : object_type(v));
    if (p->type && v->kind == OBJECT_BOOL &&
        (strstr(p->type, "index") || strcmp(p->type, "whole") == 0))
        return object_integer(b->script, v->as.boolean);
    if (p->type && strstr(p->type, "list") && v->kind != OBJECT_NONE && !object_is_sequence(v))
        return iterate_all(b->script, v, OBJECT_LIST, one->where); /* an iterator is used up */
    return v;
}

object *signature_check(call *c, const char *name, const char *text, const char *keyword,
                        object *o) {
    const signature *sig = read_signature(c->script, text);
    const binding_of b = {.script = c->script, .name = name};
    for (size_t i = 0; i < sig->argument_count; i++)
        if (strcmp(sig->arguments[i].name, keyword) == 0)
            return checked(&b, &sig->arguments[i], &(given_one){.object = o, .where = c->where});
    return o;
}

/* Whether an argument can be given to it by its name. */
static bool takes_keyword(const parameter *p) {
    return !p->positional_only && !p->variadic && !p->named;
}

static bool has_keyword(const signature *sig) {
    bool any = false;
    for (size_t i = 0; i < sig->argument_count; i++)
        any |= takes_keyword(&sig->arguments[i]);
    return any;
}

/* "start, stop, step": what could have been meant. */
static const char *list_parameters(script *s, const signature *sig) {
    const char *text = "";
    for (size_t i = 0; i < sig->argument_count; i++)
        if (takes_keyword(&sig->arguments[i]))
            text = script_printf(s, "%s%s%s", text, *text ? ", " : "", sig->arguments[i].name);
    return *text ? text : "none";
}

static bool is_called(const parameter *p, const char *keyword) {
    return strcmp(p->name, keyword) == 0 || (p->alias && strcmp(p->alias, keyword) == 0);
}

/* The parameter that a keyword argument is for, that of the others, **values, where none has its
 * name; the count where there is neither. */
static size_t find_parameter(const variant *v, const char *keyword) {
    size_t i = 0;
    while (i < v->count && !v->parameters[i].named &&
           !(takes_keyword(&v->parameters[i]) && is_called(&v->parameters[i], keyword)))
        i++;
    return i;
}

_Noreturn static void refuse_keyword(script *s, const char *name, const signature *sig,
                                     const argument *a) {
    nearest near = {.name = a->keyword};
    for (size_t i = 0; i < sig->argument_count; i++) {
        const parameter *p = &sig->arguments[i];
        if (takes_keyword(p) && strcmp(p->name, a->keyword) == 0)
            script_fail(s, a->where, "%s() takes no '%s' beside its other arguments", name,
                        a->keyword);
        if (takes_keyword(p))
            nearest_consider(&near, p->name);
    }
    if (near.best)
        script_fail(s, a->where, "%s() has no argument '%s'%s", name, a->keyword,
                    nearest_hint(&s->reader, &near));
    if (!has_keyword(sig))
        script_fail(s, a->where, "%s() takes its arguments without names: leave '%s=' out", name,
                    a->keyword);
    script_fail(s, a->where, "%s() has no argument '%s' that is supported: it takes %s", name,
                a->keyword, list_parameters(s, sig));
}

static size_t count_positional(const variant *v) {
    size_t n = 0;
    while (n < v->count && !v->parameters[n].keyword_only)
        n++;
    return n;
}

/* --- which variant is meant --- */

/* The parameter that argument number i is for; the count where there is none. */
static size_t parameter_for(const variant *v, const arguments *given, size_t i) {
    const size_t positional = count_positional(v);
    const bool rest = positional < v->count && v->parameters[positional].variadic;
    if (given->items[i].keyword)
        return find_parameter(v, given->items[i].keyword);
    return i < positional ? i : rest ? positional : v->count;
}

static bool may_lack(const parameter *p) {
    return p->fallback || p->named || (p->variadic && !p->type);
}

/* Marks the parameters that have an argument. Whether every argument has one of its own. */
static bool take_all(const variant *v, const arguments *given, bool taken[MAX_ARGUMENTS]) {
    bool well = true;
    for (size_t i = 0; i < given->count; i++) {
        const size_t at = parameter_for(v, given, i);
        const parameter *p = &v->parameters[at];
        if (at == v->count || (taken[at] && !p->variadic && !p->named))
            well = false;
        else
            taken[at] = true;
    }
    return well;
}

/* Whether every argument has its parameter, and none lacks that must be given. */
static bool is_whole(const variant *v, const arguments *given) {
    bool taken[MAX_ARGUMENTS] = {false}, whole = take_all(v, given, taken);
    for (size_t i = 0; i < v->count; i++)
        whole = whole && (taken[i] || may_lack(&v->parameters[i]));
    return whole;
}

static bool lacks_none(const variant *v, const arguments *given) {
    bool taken[MAX_ARGUMENTS] = {false}, none = true;
    take_all(v, given, taken);
    for (size_t i = 0; i < v->count; i++)
        none = none && (taken[i] || may_lack(&v->parameters[i]));
    return none;
}

/* How well the arguments fit: the most where all do and none lacks. One that has a parameter but
 * not its type tells more of what was meant than one that has none. */
static size_t fit_of(const variant *v, const arguments *given) {
    bool taken[MAX_ARGUMENTS] = {false};
    size_t fit = 0;
    for (size_t i = 0; i < given->count; i++) {
        const size_t at = parameter_for(v, given, i);
        const parameter *p = &v->parameters[at];
        if (at == v->count || (taken[at] && !p->variadic && !p->named))
            continue;
        taken[at] = true;
        fit += !p->type || has_type(given->items[i].object, p->type) ? 3 : 2;
    }
    return fit + (fit == 3 * given->count && is_whole(v, given));
}

/* The first of those that fit best. */
static const variant *choose_variant(const signature *sig, const arguments *given) {
    const variant *best = &sig->variants[0];
    for (size_t i = 1; i < sig->count; i++)
        if (fit_of(&sig->variants[i], given) > fit_of(best, given))
            best = &sig->variants[i];
    return best;
}

/* --- binding --- */

/* How many arguments it takes by their place, whatever the variant. */
typedef struct {
    size_t least, most, all; /* the last with those that are given by name alone */
    bool has_names, is_open; /* some can be given by name; any number can be given */
} extent;

static extent extent_of(const signature *sig) {
    extent e = {.least = MAX_ARGUMENTS};
    for (size_t i = 0; i < sig->count; i++) {
        const variant *v = &sig->variants[i];
        size_t least = 0;
        if (v->count == 0 && sig->count > 1)
            continue;
        for (size_t k = 0; k < v->count; k++) {
            const parameter *p = &v->parameters[k];
            least += !p->keyword_only && !p->variadic && !may_lack(p);
            e.has_names |= !p->keyword_only && takes_keyword(p);
            e.is_open |= p->variadic;
        }
        e.least = least < e.least ? least : e.least;
        e.most = count_positional(v) > e.most ? count_positional(v) : e.most;
        e.all = v->count > e.all ? v->count : e.all;
    }
    return e;
}

static const char *last_part(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

/* The methods of str that look for a text, and list.sort: they read their arguments in ways of their
 * own. */
static const char *own_words(script *s, const char *path, size_t least, size_t most, size_t count) {
    static const char *const searches[] = {"str.find",    "str.rfind", "str.index",
                                           "str.rindex",  "str.count", "str.startswith",
                                           "str.endswith"};
    if (strcmp(path, "list.sort") == 0)
        return "sort() takes no positional arguments";
    if (strcmp(path, "math.log") == 0)
        return "math.log requires 1 to 2 arguments";
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++)
        if (strcmp(path, searches[i]) == 0)
            return script_printf(s, "%s() takes at %s %zu argument%s (%zu given)", last_part(path),
                                 count < least ? "least" : "most",
                                 count < least ? least
                                 : most < 3    ? 3
                                               : most,
                                 count < least ? "" : "s", count);
    return NULL;
}

/* Whether Python's takes arguments that this one does not, or has words of its own for it. */
static bool takes_more(const char *path) {
    static const char *const all[] = {"str", "iter", "str.encode", "math.prod"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(path, all[i]) == 0)
            return true;
    return false;
}

/* CPython has words for this in several places. */
static script *raises_count(const binding_of *b, size_t count) {
    const extent e = extent_of(b->signature);
    const char *path = b->path, *name = last_part(path);
    script *s = b->script;
    if (e.is_open || takes_more(path))
        return s;
    if (strcmp(path, "sum") == 0 && count == 0)
        return script_raises(s, TYPE_ERROR, "sum() takes at least 1 positional argument (0 given)");
    if (strcmp(path, "reversed") == 0)
        return script_raises(s, TYPE_ERROR, "reversed expected 1 argument, got %zu", count);
    const char *own = own_words(s, path, e.least, e.most, count);
    if (own)
        return script_raises(s, TYPE_ERROR, "%s", own);
    if (strcmp(path, "type") == 0)
        return script_raises(s, TYPE_ERROR, "type() takes 1 or 3 arguments");
    if (e.has_names && count > e.most)
        return script_raises(s, TYPE_ERROR, "%s() takes at most %zu argument%s (%zu given)", name,
                             e.all, e.all == 1 ? "" : "s", count);
    if (e.has_names)
        return script_raises(
            s, TYPE_ERROR, "%s() missing required argument '%s'%s", name,
            b->variant->parameters[count].name,
            strcmp(path, "enumerate") == 0 ? "" : script_printf(s, " (pos %zu)", count + 1));
    if (strcmp(path, "object") == 0)
        return script_raises(s, TYPE_ERROR, "object() takes no arguments");
    if (e.most == 0)
        return script_raises(s, TYPE_ERROR, "%s() takes no arguments (%zu given)", path, count);
    if (e.most == 1 && e.least == 1 && b->signature->argument_count == 1)
        return script_raises(s, TYPE_ERROR, "%s() takes exactly one argument (%zu given)", path,
                             count);
    const size_t limit = count < e.least ? e.least : e.most;
    return script_raises(s, TYPE_ERROR, "%s expected %s%zu argument%s, got %zu", name,
                         e.least == e.most ? ""
                         : count < e.least ? "at least "
                                           : "at most ",
                         limit, limit == 1 ? "" : "s", count);
}

static size_t count_given(const arguments *given) {
    size_t count = 0;
    for (size_t i = 0; i < given->count; i++)
        count += !given->items[i].keyword;
    return count;
}

/* What Python says where they do not fit: "Linear.__init__() got ..." */
static script *raises_call(const binding_of *b, const char *text) {
    if (!b->row || !b->row->declared)
        return b->script;
    return script_raises(b->script, TYPE_ERROR, "%s() %s", b->row->declared, text);
}

static script *raises_lacking(const binding_of *b, const arguments *given) {
    if (is_python(b->row) && count_given(given) == given->count)
        return raises_count(b, given->count);
    const char *names[MAX_ARGUMENTS];
    size_t count = 0;
    for (size_t i = 0; i < b->variant->count; i++)
        if (!b->bound[b->variant->place[i]] && !may_lack(&b->variant->parameters[i]))
            names[count++] = b->variant->parameters[i].name;
    return raises_call(b, script_printf(b->script, "missing %zu required positional argument%s: %s",
                                        count, count == 1 ? "" : "s",
                                        call_listed(b->script, names, count)));
}

static script *raises_too_many(const binding_of *b, const arguments *given) {
    const bool is_type = is_python(b->row) && strcmp(b->row->path, "type") == 0;
    if (is_type && given->count == 3)
        script_fail(b->script, given->items[0].given,
                    "to make a class by type() is outside the subset: write class");
    if (is_python(b->row))
        return raises_count(b, count_given(given));
    size_t most = 1, least = 1; /* self */
    for (size_t i = 0; i < count_positional(b->variant); i++, most++)
        least += !may_lack(&b->variant->parameters[i]);
    const size_t count = 1 + count_given(given);
    const char *takes = least < most ? script_printf(b->script, "from %zu to %zu", least, most)
                                     : script_printf(b->script, "%zu", most);
    return raises_call(b,
                       script_printf(b->script, "takes %s positional argument%s but %zu were given",
                                     takes, most == 1 ? "" : "s", count));
}

_Noreturn static void refuse_position(const binding_of *b, const arguments *given,
                                      const argument *a) {
    const size_t positional = count_positional(b->variant);
    script_fail(raises_too_many(b, given), a->where,
                "%s() takes %zu positional argument%s, not %zu", b->name, positional,
                positional == 1 ? "" : "s", given->count);
}

/* The positional arguments from number `first` on. */
static object *bind_rest(const binding_of *b, const arguments *given, size_t first) {
    size_t count = 0;
    while (first + count < given->count && !given->items[first + count].keyword)
        count++;
    object *rest = object_sequence(b->script, OBJECT_TUPLE, count);
    for (size_t i = 0; i < count; i++) {
        const argument *a = &given->items[first + i];
        rest->as.sequence.items[i] =
            checked(b, &b->variant->parameters[count_positional(b->variant)],
                    &(given_one){a->object, first + i + 1, false, a->given});
    }
    return rest;
}

static void raises_keyword(const binding_of *b, const char *keyword) {
    script *s = b->script;
    if (!is_python(b->row))
        raises_call(b, script_printf(s, "got an unexpected keyword argument '%s'", keyword));
    else if (!b->lacks_none && has_keyword(b->signature))
        return;
    else if (strcmp(b->path, "object") == 0)
        script_raises(s, TYPE_ERROR, "object() takes no arguments");
    else if (!has_keyword(b->signature))
        script_raises(s, TYPE_ERROR, "%s() takes no keyword arguments",
                      strcmp(b->path, "math.log") == 0 ? "log" : b->path);
    else
        script_raises(s, TYPE_ERROR, "'%s' is an invalid keyword argument for %s()", keyword,
                      strcmp(b->row->path, "sorted") == 0 ? "sort" : last_part(b->row->path));
}

static void bind_keyword(const binding_of *b, const argument *a) {
    const size_t i = find_parameter(b->variant, a->keyword);
    if (i == b->variant->count) {
        raises_keyword(b, a->keyword);
        refuse_keyword(b->script, b->name, b->signature, a);
    }
    object **to = &b->bound[b->variant->place[i]];
    if (b->variant->parameters[i].named) {
        *to = *to ? *to : object_dict(b->script);
        dict_set(b->script, *to, a->keyword, a->object, a->where);
        return;
    }
    if (*to)
        script_fail(raises_call(b, script_printf(b->script, "got multiple values for argument '%s'",
                                                 a->keyword)),
                    a->where, "%s() got '%s' twice", b->name, a->keyword);
    *to = checked(b, &b->variant->parameters[i], &(given_one){a->object, i + 1, true, a->given});
}

static void bind_given(const binding_of *b, const arguments *given) {
    const variant *v = b->variant;
    const size_t positional = count_positional(v);
    size_t taken = 0;
    for (size_t i = 0; i < given->count; i++) {
        const argument *a = &given->items[i];
        if (a->keyword) {
            bind_keyword(b, a);
        } else if (taken < positional) {
            b->bound[v->place[taken]] =
                checked(b, &v->parameters[taken], &(given_one){a->object, i + 1, false, a->given});
            taken++;
        } else if (taken < v->count && v->parameters[taken].variadic) {
            if (!b->bound[v->place[taken]])
                b->bound[v->place[taken]] = bind_rest(b, given, i);
        } else {
            refuse_position(b, given, a);
        }
    }
}

/* Of what Python has, before any of them is looked at. */
static void check_positional(const binding_of *b, const arguments *given) {
    const size_t positional = count_positional(b->variant);
    size_t taken = 0;
    if (positional < b->variant->count && b->variant->parameters[positional].variadic)
        return;
    for (size_t i = 0; i < given->count && b->row && (b->row->declared || is_python(b->row)); i++)
        if (!given->items[i].keyword && taken++ == positional)
            refuse_position(b, given, &given->items[i]);
}

/* A set has methods of frozenset. */
static const char *path_of(const call *c, const native *row) {
    const bool is_set = c->self && c->self->kind == OBJECT_SET;
    return is_set && strncmp(row->path, "frozenset.", 10) == 0 ? row->path + strlen("frozen")
                                                               : row->path;
}

void signature_bind(call *c, const char *name, const native *row, const char *text,
                    const arguments *given, object **bound) {
    const signature *sig = read_signature(c->script, text);
    const variant *chosen = choose_variant(sig, given);
    const binding_of b = {.script = c->script,
                          .name = name,
                          .row = row,
                          .path = row ? path_of(c, row) : NULL,
                          .signature = sig,
                          .variant = chosen,
                          .lacks_none = lacks_none(chosen, given),
                          .is_whole = is_whole(chosen, given),
                          .bound = bound};
    memset(bound, 0, MAX_ARGUMENTS * sizeof *bound);
    check_positional(&b, given);
    bind_given(&b, given);
    for (size_t i = 0; i < b.variant->count; i++) {
        const parameter *p = &b.variant->parameters[i];
        if (!bound[b.variant->place[i]] && !may_lack(p))
            script_fail(raises_lacking(&b, given), c->where, "%s() lacks its argument '%s'", name,
                        p->name);
    }
    for (size_t i = 0; i < sig->argument_count; i++)
        bound[i] = bound[i] ? bound[i] : standard_of(c->script, &sig->arguments[i]);
}
