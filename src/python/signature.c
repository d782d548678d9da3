/* Arguments against a signature in Python's own notation. */
#include "evaluate.h"
#include "iterate.h"
#include "native.h"
#include "run.h"

#include <string.h>

typedef struct {
    const char *name, *type; /* type may be NULL */
    object *fallback;        /* likewise */
    bool keyword_only, positional_only;
    bool variadic; /* *size: takes every positional argument that is left, as a tuple */
    bool named;    /* **values: takes every keyword argument that is left, as a dict */
} parameter;

/* A signature as it was read, once. */
typedef struct {
    parameter parameters[MAX_ARGUMENTS];
    size_t count;
} signature;

static char *trim(script *s, const char *from, const char *to) {
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    return script_copy(s, from, (size_t)(to - from));
}

/* The next comma outside brackets, or the end. */
static const char *end_of_parameter(const char *at) {
    for (int depth = 0; *at && (depth || *at != ','); at++)
        depth += (*at == '[' || *at == '(') - (*at == ']' || *at == ')');
    return at;
}

/* "name: type = fallback" */
static parameter read_parameter(script *s, const char *at, const char *end) {
    parameter p = {0};
    const char *equals = memchr(at, '=', (size_t)(end - at));
    const char *stop = equals ? equals : end;
    const char *colon = memchr(at, ':', (size_t)(stop - at));
    p.name = trim(s, at, colon ? colon : stop);
    p.type = colon ? trim(s, colon + 1, stop) : NULL;
    if (equals) {
        const char *fallback = trim(s, equals + 1, end);
        p.fallback = evaluate(s, parse_script_expression(&s->reader, fallback, strlen(fallback)));
    }
    return p;
}

static signature *read_new(script *s, const char *text) {
    signature *new = script_alloc(s, 1, sizeof *new);
    bool keyword_only = false;
    for (const char *at = text, *end; *at; at = *end ? end + 1 : end) {
        end = end_of_parameter(at);
        parameter p = read_parameter(s, at, end);
        p.keyword_only = keyword_only;
        if (strcmp(p.name, "/") == 0) {
            for (size_t i = 0; i < new->count; i++)
                new->parameters[i].positional_only = true;
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
        new->parameters[new->count++] = p;
    }
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
    for (size_t i = 0; i < sig->count; i++)
        names[i] = sig->parameters[i].name;
    return sig->count;
}

/* NULL where an argument must be given. */
static object *standard_of(script *s, const parameter *p) {
    return p->variadic ? object_sequence(s, OBJECT_TUPLE, 0)
           : p->named  ? object_dict(s)
                       : p->fallback;
}

object *signature_default(script *s, const char *text, size_t i) {
    return standard_of(s, &read_signature(s, text)->parameters[i]);
}

object *call_argument(const call *c, const char *name) {
    const signature *sig = read_signature(c->script, c->native->signature);
    for (size_t i = 0; i < sig->count; i++)
        if (strcmp(sig->parameters[i].name, name) == 0)
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
    if (strcmp(type, "int") == 0)
        return v->kind == OBJECT_INTEGER || v->kind == OBJECT_BOOL;
    if (strcmp(type, "bool") == 0)
        return v->kind == OBJECT_BOOL;
    if (strcmp(type, "str") == 0)
        return v->kind == OBJECT_STRING;
    if (strcmp(type, "list") == 0)
        return object_is_sequence(v) || v->kind == OBJECT_ITERATOR || v->kind == OBJECT_RANGE;
    if (strcmp(type, "uint64") == 0)
        return v->kind == OBJECT_INTEGER || v->kind == OBJECT_UNSIGNED || v->kind == OBJECT_BOOL;
    return v->type && strcmp(v->type->name, type) == 0;
}

static object *checked(script *s, const char *name, const parameter *p, object *v, mlp_span where) {
    if (p->type && !has_type(v, p->type) && v->kind == OBJECT_UNSIGNED)
        script_fail(s, where, "%s() takes %s: %s of 63 bits, but this one needs more", name,
                    p->name, p->type);
    if (p->type && !has_type(v, p->type))
        script_fail(s, where, "%s() takes %s: %s, not %s", name, p->name, p->type, object_type(v));
    if (p->type && v->kind == OBJECT_BOOL && strstr(p->type, "int"))
        return object_integer(s, v->as.boolean);
    if (p->type && strstr(p->type, "list") && v->kind != OBJECT_NONE && !object_is_sequence(v))
        return iterate_all(s, v, OBJECT_LIST, where); /* an iterator is used up by its use */
    return v;
}

object *signature_check(call *c, const char *name, const char *text, const char *keyword,
                        object *o) {
    const signature *sig = read_signature(c->script, text);
    for (size_t i = 0; i < sig->count; i++)
        if (strcmp(sig->parameters[i].name, keyword) == 0)
            return checked(c->script, name, &sig->parameters[i], o, c->where);
    return o;
}

/* Whether an argument can be given to it by its name. */
static bool takes_keyword(const parameter *p) {
    return !p->positional_only && !p->variadic && !p->named;
}

static bool has_keyword(const signature *sig) {
    bool any = false;
    for (size_t i = 0; i < sig->count; i++)
        any |= takes_keyword(&sig->parameters[i]);
    return any || sig->count == 0;
}

/* "start, stop, step": what could have been meant. */
static const char *list_parameters(script *s, const signature *sig) {
    const char *text = "";
    for (size_t i = 0; i < sig->count; i++)
        if (takes_keyword(&sig->parameters[i]))
            text = script_printf(s, "%s%s%s", text, *text ? ", " : "", sig->parameters[i].name);
    return *text ? text : "none";
}

/* The parameter that a keyword argument is for; that of the others, **values, where none has its
 * name. */
static size_t find_parameter(script *s, const char *name, const signature *sig, const argument *a) {
    nearest near = {.name = a->keyword};
    for (size_t i = 0; i < sig->count; i++) {
        const parameter *p = &sig->parameters[i];
        if (p->named || (takes_keyword(p) && strcmp(p->name, a->keyword) == 0))
            return i;
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

static size_t count_positional(const signature *sig) {
    size_t n = 0;
    while (n < sig->count && !sig->parameters[n].keyword_only)
        n++;
    return n;
}

/* The positional arguments from number `first` on. */
static object *bind_rest(script *s, const arguments *given, size_t first) {
    size_t count = 0;
    while (first + count < given->count && !given->items[first + count].keyword)
        count++;
    object *rest = object_sequence(s, OBJECT_TUPLE, count);
    for (size_t i = 0; i < count; i++)
        rest->as.sequence.items[i] = given->items[first + i].object;
    return rest;
}

static void bind_keyword(script *s, const char *name, const signature *sig, const argument *a,
                         object **bound) {
    const size_t i = find_parameter(s, name, sig, a);
    if (sig->parameters[i].named) {
        bound[i] = bound[i] ? bound[i] : object_dict(s);
        dict_set(s, bound[i], a->keyword, a->object, a->where);
        return;
    }
    if (bound[i])
        script_fail(s, a->where, "%s() got '%s' twice", name, a->keyword);
    bound[i] = checked(s, name, &sig->parameters[i], a->object, a->given);
}

static void bind_given(script *s, const char *name, const signature *sig, const arguments *given,
                       object **bound) {
    const size_t positional = count_positional(sig);
    size_t taken = 0;
    for (size_t i = 0; i < given->count; i++) {
        const argument *a = &given->items[i];
        if (a->keyword) {
            bind_keyword(s, name, sig, a, bound);
        } else if (taken < positional) {
            bound[taken] = checked(s, name, &sig->parameters[taken], a->object, a->given);
            taken++;
        } else if (taken < sig->count && sig->parameters[taken].variadic) {
            if (!bound[taken])
                bound[taken] = bind_rest(s, given, i);
        } else {
            script_fail(s, a->where, "%s() takes %zu positional argument%s, not %zu", name,
                        positional, positional == 1 ? "" : "s", given->count);
        }
    }
}

void signature_bind(call *c, const char *name, const char *text, const arguments *given,
                    object **bound) {
    script *s = c->script;
    const signature *sig = read_signature(s, text);
    memset(bound, 0, MAX_ARGUMENTS * sizeof *bound);
    bind_given(s, name, sig, given, bound);
    for (size_t i = 0; i < sig->count; i++) {
        if (bound[i])
            continue;
        bound[i] = standard_of(s, &sig->parameters[i]);
        if (!bound[i])
            call_fail(c, "%s() lacks its argument '%s'", name, sig->parameters[i].name);
    }
}
