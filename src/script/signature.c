/* Arguments against a signature in Python's own notation. */
#include "evaluate.h"
#include "native.h"

#include <string.h>

typedef struct {
    const char *name, *type, *fallback; /* type and fallback may be NULL */
    bool keyword_only;
    bool variadic; /* *size: takes every positional argument that is left, as a tuple */
} parameter;

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

static size_t read_signature(script *s, const char *signature, parameter *parameters) {
    size_t count = 0;
    bool keyword_only = false;
    for (const char *at = signature, *end; *at; at = *end ? end + 1 : end) {
        end = end_of_parameter(at);
        parameter p = {.keyword_only = keyword_only};
        const char *equals = memchr(at, '=', (size_t)(end - at));
        const char *stop = equals ? equals : end;
        const char *colon = memchr(at, ':', (size_t)(stop - at));
        p.name = trim(s, at, colon ? colon : stop);
        if (p.name[0] == '*') {
            keyword_only = p.keyword_only = p.variadic = true;
            if (!*++p.name)
                continue;
        }
        p.type = colon ? trim(s, colon + 1, stop) : NULL;
        p.fallback = equals ? trim(s, equals + 1, end) : NULL;
        parameters[count++] = p;
    }
    return count;
}

size_t signature_names(script *s, const char *signature, const char *names[MAX_ARGUMENTS]) {
    parameter parameters[MAX_ARGUMENTS];
    const size_t count = read_signature(s, signature, parameters);
    for (size_t i = 0; i < count; i++)
        names[i] = parameters[i].name;
    return count;
}

/* Whether v can be given where `type` is asked for. */
static bool has_type(const value *v, const char *type) {
    static const char optional[] = "Optional[";
    const size_t n = sizeof optional - 1;
    if (strncmp(type, optional, n) == 0) {
        char inner[32] = "";
        if (v->kind == VALUE_NONE)
            return true;
        memcpy(inner, type + n, strcspn(type + n, "]"));
        return has_type(v, inner);
    }
    if (strcmp(type, "float") == 0)
        return value_is_number(v);
    if (strcmp(type, "int") == 0)
        return v->kind == VALUE_INTEGER || v->kind == VALUE_BOOL;
    if (strcmp(type, "bool") == 0)
        return v->kind == VALUE_BOOL;
    if (strcmp(type, "str") == 0)
        return v->kind == VALUE_STRING;
    if (strcmp(type, "list") == 0)
        return v->kind == VALUE_LIST || v->kind == VALUE_TUPLE;
    return v->kind == VALUE_TENSOR;
}

static value *checked(script *s, const char *name, const parameter *p, value *v, mlp_span where) {
    if (p->type && !has_type(v, p->type))
        script_fail(s, where, "%s() takes %s: %s, not %s", name, p->name, p->type, value_type(v));
    if (p->type && v->kind == VALUE_BOOL && strstr(p->type, "int"))
        return value_integer(s, v->as.boolean);
    return v;
}

value *signature_check(script *s, const char *name, const char *signature, const char *argument,
                       value *v, mlp_span where) {
    parameter parameters[MAX_ARGUMENTS];
    const size_t count = read_signature(s, signature, parameters);
    for (size_t i = 0; i < count; i++)
        if (strcmp(parameters[i].name, argument) == 0)
            return checked(s, name, &parameters[i], v, where);
    return v;
}

/* "lr, momentum, dampening": what could have been meant. */
static const char *list_parameters(script *s, const parameter *parameters, size_t count) {
    const char *text = count ? "" : "none";
    for (size_t i = 0; i < count; i++)
        text = script_printf(s, "%s%s%s", text, i ? ", " : "", parameters[i].name);
    return text;
}

static size_t find_parameter(script *s, const char *name, const parameter *parameters, size_t count,
                             const node *keyword) {
    nearest near = {.name = keyword->name};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(parameters[i].name, keyword->name) == 0)
            return i;
        nearest_consider(&near, parameters[i].name);
    }
    if (near.best)
        script_fail(s, keyword->where, "%s() has no argument '%s'%s", name, keyword->name,
                    nearest_hint(s, &near));
    script_fail(s, keyword->where, "%s() has no argument '%s' that is supported: it takes %s", name,
                keyword->name, list_parameters(s, parameters, count));
}

static size_t count_positional(const parameter *parameters, size_t count) {
    size_t n = 0;
    while (n < count && !parameters[n].keyword_only)
        n++;
    return n;
}

static value *bind_rest(script *s, const node *from) {
    size_t count = 0;
    for (const node *item = from; item && item->kind != NODE_KEYWORD; item = item->next)
        count++;
    value *rest = value_sequence(s, VALUE_TUPLE, count);
    for (size_t i = 0; i < count; i++, from = from->next)
        rest->as.sequence.items[i] = evaluate(s, from);
    return rest;
}

void signature_bind(script *s, const char *name, const char *signature, const node *call,
                    value **arguments) {
    parameter parameters[MAX_ARGUMENTS];
    const size_t count = read_signature(s, signature, parameters);
    const size_t positional = count_positional(parameters, count);
    size_t given = 0;
    memset(arguments, 0, MAX_ARGUMENTS * sizeof *arguments);
    for (const node *item = call->items; item; item = item->next) {
        const bool keyword = item->kind == NODE_KEYWORD;
        if (!keyword && given == positional && given < count && parameters[given].variadic) {
            if (!arguments[given])
                arguments[given] = bind_rest(s, item);
            continue;
        }
        if (!keyword && given == positional)
            script_fail(s, item->where, "%s() takes %zu positional argument%s, not %zu", name,
                        positional, positional == 1 ? "" : "s", call->count);
        const size_t i = keyword ? find_parameter(s, name, parameters, count, item) : given++;
        if (arguments[i])
            script_fail(s, item->where, "%s() got '%s' twice", name, item->name);
        const node *expression = keyword ? item->left : item;
        arguments[i] = checked(s, name, &parameters[i], evaluate(s, expression), expression->where);
    }
    for (size_t i = 0; i < count; i++) {
        if (arguments[i])
            continue;
        if (parameters[i].variadic) {
            arguments[i] = value_sequence(s, VALUE_TUPLE, 0);
            continue;
        }
        const char *fallback = parameters[i].fallback;
        if (!fallback)
            script_fail(s, call->where, "%s() lacks its argument '%s'", name, parameters[i].name);
        arguments[i] = evaluate(s, script_parse_expression(s, fallback, strlen(fallback)));
    }
}
