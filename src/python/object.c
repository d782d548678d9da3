#include "object.h"

#include <string.h>

static object *new_value(script *s, object_kind kind) {
    object *v = script_alloc(s, 1, sizeof *v);
    v->kind = kind;
    return v;
}

/* The values that scripts make again and again are made once. */
static object *shared(script *s, size_t slot, object_kind kind) {
    if (!s->shared[slot])
        s->shared[slot] = new_value(s, kind);
    return s->shared[slot];
}

object *object_none(script *s) {
    return shared(s, 0, OBJECT_NONE);
}

object *object_bool(script *s, bool boolean) {
    object *v = shared(s, boolean ? 2 : 1, OBJECT_BOOL);
    v->as.boolean = boolean;
    return v;
}

object *object_integer(script *s, int64_t integer) {
    enum {
        FIRST = 3
    };
    const bool small = integer >= 0 && integer < SHARED_VALUES - FIRST;
    object *v =
        small ? shared(s, FIRST + (size_t)integer, OBJECT_INTEGER) : new_value(s, OBJECT_INTEGER);
    v->as.integer = integer;
    return v;
}

object *object_unsigned(script *s, uint64_t integer) {
    object *v = new_value(s, OBJECT_UNSIGNED);
    v->as.integer = (int64_t)integer;
    return v;
}

object *object_float(script *s, double number) {
    object *v = new_value(s, OBJECT_FLOAT);
    v->as.number = number;
    return v;
}

object *object_string(script *s, const char *text) {
    object *v = new_value(s, OBJECT_STRING);
    v->as.string = text;
    return v;
}

object *object_sequence(script *s, object_kind kind, size_t count) {
    object *v = new_value(s, kind);
    v->as.sequence.items = script_alloc(s, count, sizeof(object *));
    v->as.sequence.count = count;
    return v;
}

object *tensor_object(script *s, mlp_variable *variable) {
    object *v = new_value(s, OBJECT_TENSOR);
    v->as.tensor = variable;
    return v;
}

object *module_object(script *s, nn_module *m) {
    object *v = new_value(s, OBJECT_MODULE);
    v->as.module = m;
    return v;
}

object *device_object(script *s) {
    return new_value(s, OBJECT_DEVICE);
}

const char *object_type(const object *v) {
    static const char *const names[] = {
        [OBJECT_NONE] = "None",           [OBJECT_BOOL] = "bool",
        [OBJECT_INTEGER] = "int",         [OBJECT_FLOAT] = "float",
        [OBJECT_STRING] = "str",          [OBJECT_LIST] = "list",
        [OBJECT_TUPLE] = "tuple",         [OBJECT_DICT] = "OrderedDict",
        [OBJECT_TENSOR] = "Tensor",       [OBJECT_DTYPE] = "dtype",
        [OBJECT_NAMESPACE] = "module",    [OBJECT_NATIVE] = "function",
        [OBJECT_FUNCTION] = "function",   [OBJECT_CLASS] = "type",
        [OBJECT_SUPER] = "super",         [OBJECT_MODULE] = "Module",
        [OBJECT_OPTIMIZER] = "Optimizer", [OBJECT_SIZE] = "torch.Size",
        [OBJECT_SLICE] = "slice",         [OBJECT_UNSIGNED] = "int",
        [OBJECT_RANGE] = "range",         [OBJECT_ITERATOR] = "iterator",
        [OBJECT_GRAD_MODE] = "no_grad",   [OBJECT_DEVICE] = "torch.device",
        [OBJECT_NODE] = "grad_fn",        [OBJECT_INSTANCE] = "object"};
    if (v->kind == OBJECT_INSTANCE)
        return v->as.instance->class->name;
    return v->kind == OBJECT_DICT && v->as.sequence.plain ? "dict" : names[v->kind];
}

bool object_is_number(const object *v) {
    return v->kind == OBJECT_BOOL || v->kind == OBJECT_INTEGER || v->kind == OBJECT_FLOAT;
}

bool object_is_sequence(const object *v) {
    return v->kind == OBJECT_LIST || v->kind == OBJECT_TUPLE || v->kind == OBJECT_SIZE;
}

bool is_parameter(const object *v) {
    return v->kind == OBJECT_TENSOR && v->as.tensor->is_parameter;
}

double object_as_number(const object *v) {
    if (v->kind == OBJECT_FLOAT)
        return v->as.number;
    return v->kind == OBJECT_INTEGER ? (double)v->as.integer : (double)v->as.boolean;
}

object *scope_find(const scope *in, const char *name) {
    const binding *b = map_find(&in->by_name, name);
    return b ? b->object : NULL;
}

void scope_bind(script *s, scope *in, const char *name, object *v) {
    binding *b = map_find(&in->by_name, name);
    if (b) {
        b->object = v;
        return;
    }
    b = script_alloc(s, 1, sizeof *b);
    *b = (binding){.name = name, .object = v};
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
