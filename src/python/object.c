#include "object.h"

#include <string.h>

static value *new_value(script *s, value_kind kind) {
    value *v = script_alloc(s, 1, sizeof *v);
    v->kind = kind;
    return v;
}

/* The values that scripts make again and again are made once. */
static value *shared(script *s, size_t slot, value_kind kind) {
    if (!s->shared[slot])
        s->shared[slot] = new_value(s, kind);
    return s->shared[slot];
}

value *value_none(script *s) {
    return shared(s, 0, VALUE_NONE);
}

value *value_bool(script *s, bool boolean) {
    value *v = shared(s, boolean ? 2 : 1, VALUE_BOOL);
    v->as.boolean = boolean;
    return v;
}

value *value_integer(script *s, int64_t integer) {
    enum {
        FIRST = 3
    };
    const bool small = integer >= 0 && integer < SHARED_VALUES - FIRST;
    value *v =
        small ? shared(s, FIRST + (size_t)integer, VALUE_INTEGER) : new_value(s, VALUE_INTEGER);
    v->as.integer = integer;
    return v;
}

value *value_unsigned(script *s, uint64_t integer) {
    value *v = new_value(s, VALUE_UNSIGNED);
    v->as.integer = (int64_t)integer;
    return v;
}

value *value_float(script *s, double number) {
    value *v = new_value(s, VALUE_FLOAT);
    v->as.number = number;
    return v;
}

value *value_string(script *s, const char *text) {
    value *v = new_value(s, VALUE_STRING);
    v->as.string = text;
    return v;
}

value *value_sequence(script *s, value_kind kind, size_t count) {
    value *v = new_value(s, kind);
    v->as.sequence.items = script_alloc(s, count, sizeof(value *));
    v->as.sequence.count = count;
    return v;
}

value *value_tensor(script *s, mlp_variable *variable) {
    value *v = new_value(s, VALUE_TENSOR);
    v->as.tensor = variable;
    return v;
}

value *value_module(script *s, module *m) {
    value *v = new_value(s, VALUE_MODULE);
    v->as.module = m;
    return v;
}

value *value_device(script *s) {
    return new_value(s, VALUE_DEVICE);
}

const char *value_type(const value *v) {
    static const char *const names[] = {
        [VALUE_NONE] = "None",           [VALUE_BOOL] = "bool",
        [VALUE_INTEGER] = "int",         [VALUE_FLOAT] = "float",
        [VALUE_STRING] = "str",          [VALUE_LIST] = "list",
        [VALUE_TUPLE] = "tuple",         [VALUE_DICT] = "OrderedDict",
        [VALUE_TENSOR] = "Tensor",       [VALUE_DTYPE] = "dtype",
        [VALUE_NAMESPACE] = "module",    [VALUE_NATIVE] = "function",
        [VALUE_FUNCTION] = "function",   [VALUE_CLASS] = "type",
        [VALUE_SUPER] = "super",         [VALUE_MODULE] = "Module",
        [VALUE_OPTIMIZER] = "Optimizer", [VALUE_SIZE] = "torch.Size",
        [VALUE_SLICE] = "slice",         [VALUE_UNSIGNED] = "int",
        [VALUE_RANGE] = "range",         [VALUE_ITERATOR] = "iterator",
        [VALUE_GRAD_MODE] = "no_grad",   [VALUE_DEVICE] = "torch.device",
        [VALUE_NODE] = "grad_fn",        [VALUE_INSTANCE] = "object"};
    if (v->kind == VALUE_INSTANCE)
        return v->as.instance->class->name;
    return v->kind == VALUE_DICT && v->as.sequence.plain ? "dict" : names[v->kind];
}

bool value_is_number(const value *v) {
    return v->kind == VALUE_BOOL || v->kind == VALUE_INTEGER || v->kind == VALUE_FLOAT;
}

bool value_is_sequence(const value *v) {
    return v->kind == VALUE_LIST || v->kind == VALUE_TUPLE || v->kind == VALUE_SIZE;
}

bool value_is_parameter(const value *v) {
    return v->kind == VALUE_TENSOR && v->as.tensor->is_parameter;
}

double value_as_number(const value *v) {
    if (v->kind == VALUE_FLOAT)
        return v->as.number;
    return v->kind == VALUE_INTEGER ? (double)v->as.integer : (double)v->as.boolean;
}

value *scope_find(const scope *in, const char *name) {
    const binding *b = map_find(&in->by_name, name);
    return b ? b->value : NULL;
}

void scope_bind(script *s, scope *in, const char *name, value *v) {
    binding *b = map_find(&in->by_name, name);
    if (b) {
        b->value = v;
        return;
    }
    b = script_alloc(s, 1, sizeof *b);
    *b = (binding){.name = name, .value = v};
    if (!map_put(&in->by_name, s->arena, name, b))
        script_out_of_memory(s);
    *(in->last ? &in->last->next : &in->first) = b;
    in->last = b;
}

enum {
    LONGEST = 40
};

/* Edits (insert, delete, replace, swap neighbours) between two short names. */
static size_t edit_distance(const char *a, const char *b) {
    const size_t n = strlen(a), m = strlen(b);
    size_t d[LONGEST + 1][LONGEST + 1];
    if (n > LONGEST || m > LONGEST)
        return LONGEST;
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
            best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = d[i - 2][j - 2] + 1 < best ? d[i - 2][j - 2] + 1 : best;
            d[i][j] = best;
        }
    }
    return d[n][m];
}

void nearest_consider(nearest *n, const char *candidate) {
    const size_t distance = edit_distance(n->name, candidate);
    if (distance > 0 && distance < strlen(n->name) && distance <= 1 + strlen(n->name) / 4 &&
        (!n->best || distance < n->distance)) {
        n->best = candidate;
        n->distance = distance;
    }
}

const char *nearest_hint(script *s, const nearest *n) {
    return n->best ? script_printf(s, "; did you mean '%s'?", n->best) : "";
}
