/* Arguments against a signature in Python's own notation. */
#include "evaluate.h"
#include "iterate.h"
#include "library.h"
#include "native.h"
#include "run.h"
#include "special.h"

#include <string.h>

typedef struct {
    const char *name, *alias, *type; /* alias and type may be NULL */
    object *fallback;                /* likewise */
    bool keyword_only, positional_only;
    bool variadic; /* *size: takes every positional argument that is left, as a tuple */
    bool named;    /* **values: takes every keyword argument that is left, as a dict */
} parameter;

enum {
    MAX_VARIANTS = 4
};

/* One way to call a function: its parameters, and where each of them stands among the arguments
 * that the function receives. */
typedef struct {
    parameter parameters[MAX_ARGUMENTS];
    size_t place[MAX_ARGUMENTS];
    size_t count;
} variant;

/* A signature as it was read, once. The arguments are the parameters of all its variants, in the
 * order in which they first stand there. */
typedef struct {
    variant variants[MAX_VARIANTS];
    size_t count;
    parameter arguments[MAX_ARGUMENTS];
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
    if (equals) {
        const char *fallback = trim(s, equals + 1, end);
        p.fallback = evaluate(s, parse_script_expression(&s->reader, fallback, strlen(fallback)));
    }
    return p;
}

static variant read_variant(script *s, const char *text, const char *stop) {
    variant new = {0};
    bool keyword_only = false;
    for (const char *at = text, *end; at < stop; at = end < stop ? end + 1 : end) {
        end = end_of_parameter(at, stop);
        parameter p = read_parameter(s, at, end);
        p.keyword_only = keyword_only;
        if (strcmp(p.name, "/") == 0) {
            for (size_t i = 0; i < new.count; i++)
                new.parameters[i].positional_only = true;
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
            new.parameters[new.count++] = p;
    }
    return new;
}

/* The place of the parameter among the arguments; a default in any of the variants is good for
 * all. */
static size_t place_of(signature *sig, const parameter *p) {
    size_t i = 0;
    while (i < sig->argument_count && strcmp(sig->arguments[i].name, p->name) != 0)
        i++;
    if (i == sig->argument_count)
        sig->arguments[sig->argument_count++] = *p;
    if (!sig->arguments[i].fallback)
        sig->arguments[i].fallback = p->fallback;
    return i;
}

static signature *read_new(script *s, const char *text) {
    signature *new = script_alloc(s, 1, sizeof *new);
    for (const char *bar; text; text = bar ? bar + 1 : NULL) {
        bar = strchr(text, '|');
        variant *v = &new->variants[new->count++];
        *v = read_variant(s, text, bar ? bar : text + strlen(text));
        for (size_t i = 0; i < v->count; i++)
            v->place[i] = place_of(new, &v->parameters[i]);
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
    if (strcmp(type, "uint64") == 0)
        return v->kind == OBJECT_INTEGER || v->kind == OBJECT_UNSIGNED || v->kind == OBJECT_BOOL;
    return v->type && strcmp(v->type->name, type) == 0;
}

/* What a function is called with, on its way to it. */
typedef struct {
    script *script;
    const char *name;  /* of the function */
    const native *row; /* what it raises; NULL: nothing is known */
    const signature *signature;
    const variant *variant;
    bool is_whole; /* every argument has its parameter, and none lacks that must be given */
    object **bound;
} binding_of;

/* An argument, and the place it is for, from 1 on. */
typedef struct {
    object *object;
    size_t position;
    bool by_name;
    mlp_span where;
} given_one;

/* See misfit in library.h. */
static script *raises_type(const binding_of *b, const parameter *p, const given_one *one) {
    misfit says;
    const object *given = one->object;
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

static object *checked(const binding_of *b, const parameter *p, const given_one *one) {
    object *v = one->object;
    if (p->type && (strstr(p->type, "index") || strcmp(p->type, "uint64") == 0))
        v = special_index(&(call){.script = b->script, .where = one->where}, v);
    if (p->type && !has_type(v, p->type) && v->kind == OBJECT_UNSIGNED)
        script_fail(b->script, one->where, "%s() takes %s: %s of 63 bits, but this one needs more",
                    b->name, p->name, p->type);
    if (p->type && !has_type(v, p->type))
        script_fail(raises_type(b, p, one), one->where, "%s() takes %s: %s, not %s", b->name,
                    p->name, p->type, object_type(v));
    if (p->type && v->kind == OBJECT_BOOL &&
        (strstr(p->type, "index") || strcmp(p->type, "uint64") == 0))
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
    return any || sig->argument_count == 0;
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

/* What Python says where they do not fit: "Linear.__init__() got ..." */
static script *raises_call(const binding_of *b, const char *text) {
    if (!b->row || !b->row->declared)
        return b->script;
    return script_raises(b->script, TYPE_ERROR, "%s() %s", b->row->declared, text);
}

static script *raises_lacking(const binding_of *b) {
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
    size_t most = 1, least = 1, count = 1; /* self */
    for (size_t i = 0; i < count_positional(b->variant); i++, most++)
        least += !may_lack(&b->variant->parameters[i]);
    for (size_t i = 0; i < given->count; i++)
        count += !given->items[i].keyword;
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

static void bind_keyword(const binding_of *b, const argument *a) {
    const size_t i = find_parameter(b->variant, a->keyword);
    if (i == b->variant->count) {
        raises_call(
            b, script_printf(b->script, "got an unexpected keyword argument '%s'", a->keyword));
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

/* Of what Python's own `def` binds, before any of them is looked at. */
static void check_positional(const binding_of *b, const arguments *given) {
    const size_t positional = count_positional(b->variant);
    size_t taken = 0;
    if (positional < b->variant->count && b->variant->parameters[positional].variadic)
        return;
    for (size_t i = 0; i < given->count && b->row && b->row->declared; i++)
        if (!given->items[i].keyword && taken++ == positional)
            refuse_position(b, given, &given->items[i]);
}

void signature_bind(call *c, const char *name, const native *row, const char *text,
                    const arguments *given, object **bound) {
    const signature *sig = read_signature(c->script, text);
    const variant *chosen = choose_variant(sig, given);
    const binding_of b = {c->script, name, row, sig, chosen, is_whole(chosen, given), bound};
    memset(bound, 0, MAX_ARGUMENTS * sizeof *bound);
    check_positional(&b, given);
    bind_given(&b, given);
    for (size_t i = 0; i < b.variant->count; i++) {
        const parameter *p = &b.variant->parameters[i];
        if (!bound[b.variant->place[i]] && !may_lack(p))
            script_fail(raises_lacking(&b), c->where, "%s() lacks its argument '%s'", name,
                        p->name);
    }
    for (size_t i = 0; i < sig->argument_count; i++)
        bound[i] = bound[i] ? bound[i] : standard_of(c->script, &sig->arguments[i]);
}
