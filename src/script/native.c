#include "native.h"

#include "module.h"

#include <string.h>

static const native *const tables[] = {native_python, native_module, native_torch,
                                       native_tensor, native_nn,     native_optim};
enum {
    TABLES = sizeof tables / sizeof *tables
};

static const struct {
    const char *path;
    mlp_dtype dtype;
} dtypes[] = {{"torch.float32", MLP_FLOAT32}, {"torch.float", MLP_FLOAT32},
              {"torch.float64", MLP_FLOAT64}, {"torch.double", MLP_FLOAT64},
              {"torch.int64", MLP_INT64},     {"torch.long", MLP_INT64}};
enum {
    DTYPES = sizeof dtypes / sizeof *dtypes
};

/* What the table of operations says scripts call an operation of one input: a module of
 * torch.nn, and functions that compute the same. */
static const char module_prefix[] = "torch.nn.";
static const char *const function_prefixes[] = {"torch.nn.functional.", "torch.", "Tensor."};
enum {
    PREFIXES = sizeof function_prefixes / sizeof *function_prefixes
};

/* The options of a function under the prefix; NULL where there is none of that name. */
static const char *function_options(const mlp_operation *operation, size_t prefix) {
    return prefix == 0 ? operation->options : operation->method_options;
}

static const native *function_of(script *s, const mlp_operation *operation, size_t prefix) {
    const char *options = function_options(operation, prefix);
    const bool method = prefix + 1 == PREFIXES;
    native *row = script_alloc(s, 1, sizeof *row);
    *row = (native){
        .path = script_printf(s, "%s%s", function_prefixes[prefix], operation->name),
        .signature =
            method ? options : script_printf(s, "input: Tensor%s%s", *options ? ", " : "", options),
        .call = call_operation,
        .operation = operation};
    return row;
}

static const native *module_of(script *s, const mlp_operation *operation) {
    native *row = script_alloc(s, 1, sizeof *row);
    *row = (native){.path = script_printf(s, "%s%s", module_prefix, operation->module),
                    .signature = operation->options,
                    .apply = apply_operation,
                    .inputs = "input: Tensor",
                    .operation = operation};
    return row;
}

/* Calls visit with each path there is, until it returns true. */
static bool each_path(script *s, bool (*visit)(const char *path, void *context), void *context) {
    for (size_t t = 0; t < TABLES; t++)
        for (const native *row = tables[t]; row->path; row++)
            if (visit(row->path, context))
                return true;
    for (const mlp_operation *const *o = mlp_spelled; *o; o++) {
        if ((*o)->module && visit(script_printf(s, "%s%s", module_prefix, (*o)->module), context))
            return true;
        for (size_t p = 0; p < PREFIXES; p++)
            if (function_options(*o, p) &&
                visit(script_printf(s, "%s%s", function_prefixes[p], (*o)->name), context))
                return true;
    }
    for (size_t i = 0; i < DTYPES; i++)
        if (visit(dtypes[i].path, context))
            return true;
    return false;
}

static bool is_joined(const char *path, const char *prefix, const char *name) {
    const size_t n = strlen(prefix);
    return strncmp(path, prefix, n) == 0 && strcmp(path + n, name) == 0;
}

const native *native_find(script *s, const char *path) {
    for (size_t t = 0; t < TABLES; t++)
        for (const native *row = tables[t]; row->path; row++)
            if (strcmp(row->path, path) == 0)
                return row;
    for (const mlp_operation *const *o = mlp_spelled; *o; o++) {
        if ((*o)->module && is_joined(path, module_prefix, (*o)->module))
            return module_of(s, *o);
        for (size_t p = 0; p < PREFIXES; p++)
            if (function_options(*o, p) && is_joined(path, function_prefixes[p], (*o)->name))
                return function_of(s, *o, p);
    }
    return NULL;
}

static bool begins_with(const char *path, void *prefix) {
    const size_t n = strlen(prefix);
    return strncmp(path, prefix, n) == 0 && path[n] == '.';
}

bool native_is_namespace(script *s, const char *path) {
    char *prefix = script_copy(s, path, strlen(path));
    return each_path(s, begins_with, prefix);
}

typedef struct {
    script *s;
    nearest *near;
    const char *prefix;
} consideration;

static bool consider(const char *path, void *context) {
    const consideration *c = context;
    const size_t n = strlen(c->prefix);
    if (n && (strncmp(path, c->prefix, n) != 0 || path[n] != '.'))
        return false;
    const char *name = n ? path + n + 1 : path;
    nearest_consider(c->near, script_copy(c->s, name, strcspn(name, ".")));
    return false;
}

void native_consider(script *s, nearest *n, const char *prefix) {
    each_path(s, consider, &(consideration){s, n, prefix});
}

value *native_value(script *s, const char *path, value *self) {
    value *v = script_alloc(s, 1, sizeof *v);
    v->self = self;
    for (size_t i = 0; i < DTYPES; i++)
        if (strcmp(dtypes[i].path, path) == 0) {
            v->kind = VALUE_DTYPE;
            v->as.dtype = dtypes[i].dtype;
            return v;
        }
    v->as.native = native_find(s, path);
    if (v->as.native) {
        v->kind = VALUE_NATIVE;
        return v;
    }
    v->kind = VALUE_NAMESPACE;
    v->as.string = path;
    return native_is_namespace(s, path) ? v : NULL;
}
