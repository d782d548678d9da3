#include "native.h"

#include "torch/module.h"

#include <string.h>

static const native *const tables[] = {
    native_python, native_types,      native_math,   native_module, native_torch,   native_random,
    native_tensor, native_named,      native_reduce, native_cat,    native_queries, native_nn,
    native_losses, native_containers, native_init,   native_optim};

static const struct {
    const char *path;
    mlp_dtype dtype;
} dtypes[] = {{"torch.float32", MLP_FLOAT32}, {"torch.float", MLP_FLOAT32},
              {"torch.float64", MLP_FLOAT64}, {"torch.double", MLP_FLOAT64},
              {"torch.int64", MLP_INT64},     {"torch.long", MLP_INT64},
              {"torch.bool", MLP_BOOL}};

/* --- the index of all there is --- */

static void add_value(script *s, const char *path, object v) {
    object *held = script_alloc(s, 1, sizeof *held);
    *held = v;
    if (!map_put(&s->natives, s->arena, path, held))
        script_out_of_memory(s);
}

static void add(script *s, const native *row) {
    add_value(s, row->path, (object){.kind = OBJECT_NATIVE, .as.native = row});
    s->native_paths[s->native_count++] = row->path;
}

static void add_new(script *s, native row) {
    native *held = script_alloc(s, 1, sizeof *held);
    *held = row;
    add(s, held);
}

static const char *join(script *s, const char *inputs, const char *options) {
    return script_printf(s, "%s%s%s", inputs, *options ? ", " : "", options);
}

/* torch.sum(x) for x.sum(). */
static object *call_method(script *s, const object *callee, object **arguments) {
    const native *method = callee->as.native->of;
    const object bound = {.kind = OBJECT_NATIVE, .as.native = method, .self = arguments[0]};
    return method->call(s, &bound, arguments + 1);
}

/* A row of a table, and the functions that are the same by another name. */
static void add_row(script *s, const native *row) {
    add(s, row);
    if (row->is_function)
        add_new(s, (native){.path = script_printf(s, "torch.%s", strchr(row->path, '.') + 1),
                            .signature = join(s, "input: Tensor", row->signature),
                            .call = call_method,
                            .of = row});
    if (row->function)
        add_new(s, (native){.path = script_printf(s, "torch.nn.functional.%s", row->function),
                            .signature = join(s, row->inputs, row->signature),
                            .call = call_module_function,
                            .of = row});
}

/* What the table of operations says scripts call an operation of one input: a module of torch.nn,
 * and functions that compute the same. */
static void add_operation(script *s, const mlp_operation *operation) {
    const char *name = operation->name;
    if (operation->module)
        add_new(s, (native){.path = script_printf(s, "torch.nn.%s", operation->module),
                            .signature = operation->options,
                            .apply = apply_operation,
                            .inputs = "input: Tensor",
                            .operation = operation});
    native row = {.call = call_operation, .operation = operation};
    if (operation->options) {
        row.path = script_printf(s, "torch.nn.functional.%s", name);
        row.signature = join(s, "input: Tensor", operation->options);
        add_new(s, row);
    }
    if (operation->method_options) {
        row.path = script_printf(s, "torch.%s", name);
        row.signature = join(s, "input: Tensor", operation->method_options);
        add_new(s, row);
        row.path = script_printf(s, "Tensor.%s", name);
        row.signature = operation->method_options;
        add_new(s, row);
    }
}

/* torch, torch.nn and torch.nn.functional, of torch.nn.functional.relu. */
static void add_namespaces(script *s, const char *path) {
    for (const char *dot = strchr(path, '.'); dot; dot = strchr(dot + 1, '.')) {
        const char *namespace = script_copy(s, path, (size_t)(dot - path));
        if (!map_find(&s->natives, namespace))
            add_value(s, namespace, (object){.kind = OBJECT_NAMESPACE, .as.string = namespace});
    }
}

enum {
    MOST_NAMES = 4 /* of one row */
};

static void build_index(script *s) {
    size_t rows = sizeof dtypes / sizeof *dtypes;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const native *row = tables[t]; row->path; row++)
            rows += MOST_NAMES;
    for (const mlp_operation *const *o = mlp_spelled; *o; o++)
        rows += MOST_NAMES;
    s->native_paths = script_alloc(s, rows, sizeof *s->native_paths);
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (const native *row = tables[t]; row->path; row++)
            add_row(s, row);
    for (const mlp_operation *const *o = mlp_spelled; *o; o++)
        add_operation(s, *o);
    for (size_t i = 0; i < sizeof dtypes / sizeof *dtypes; i++) {
        add_value(s, dtypes[i].path, (object){.kind = OBJECT_DTYPE, .as.dtype = dtypes[i].dtype});
        s->native_paths[s->native_count++] = dtypes[i].path;
    }
    for (size_t i = 0; i < s->native_count; i++)
        add_namespaces(s, s->native_paths[i]);
}

/* --- finding --- */

object *native_value(script *s, const char *path, object *self) {
    if (!s->native_paths)
        build_index(s);
    object *v = map_find(&s->natives, path);
    if (!v || !self)
        return v;
    object *bound = script_alloc(s, 1, sizeof *bound);
    *bound = *v;
    bound->self = self;
    return bound;
}

const native *native_find(script *s, const char *path) {
    const object *v = native_value(s, path, NULL);
    return v && v->kind == OBJECT_NATIVE ? v->as.native : NULL;
}

void native_consider(script *s, nearest *near, const char *prefix) {
    const size_t n = strlen(prefix);
    native_value(s, prefix, NULL); /* so that there is an index */
    for (size_t i = 0; i < s->native_count; i++) {
        const char *path = s->native_paths[i];
        if (n && (strncmp(path, prefix, n) != 0 || path[n] != '.'))
            continue;
        const char *name = n ? path + n + 1 : path;
        nearest_consider(near, script_copy(s, name, strcspn(name, ".")));
    }
}
