#include "dtype.h"

#include <string.h>

/* --- dtypes --- */

static const struct type dtype_type;

bool is_dtype(const object *o) {
    return object_is(o, &dtype_type);
}

mlp_dtype dtype_of(const object *o) {
    return *(const mlp_dtype *)o->as.data;
}

object *dtype_object(call *c, mlp_dtype dtype) {
    return native_member(c->script, "torch", mlp_dtype_name(dtype), NULL);
}

static void write_dtype(call *c, const object *self, buffer *out) {
    (void)c;
    buffer_printf(out, "torch.%s", mlp_dtype_name(dtype_of(self)));
}

bool dtype_is_signed(mlp_dtype dtype) {
    return dtype != MLP_BOOL && dtype != MLP_UINT8;
}

static object *attribute(call *c, object *self, const char *name) {
    const mlp_dtype dtype = dtype_of(self);
    if (strcmp(name, "is_floating_point") == 0)
        return object_bool(c->script, mlp_dtype_is_floating(dtype));
    if (strcmp(name, "is_signed") == 0)
        return object_bool(c->script, dtype_is_signed(dtype));
    if (strcmp(name, "is_complex") == 0)
        return object_bool(c->script, false);
    if (strcmp(name, "itemsize") == 0 && release_has(c, MLP_RUNS_ON_PYTHON_3_12)) /* since 2.1 */
        return object_integer(c->script, (int64_t)mlp_dtype_size_in_pytorch(dtype));
    return NULL;
}

static object *dtype_class(call *c, const object *self) {
    (void)self;
    return native_object(c->script, "torch.dtype", NULL);
}

static const struct type dtype_type = {.name = "dtype",
                                       .attribute = attribute,
                                       .class = dtype_class,
                                       .write = write_dtype};

static void write_memory_format(call *c, const object *self, buffer *out) {
    (void)c;
    (void)self;
    buffer_text(out, "torch.preserve_format");
}

static const struct type memory_format_type = {.name = "memory_format",
                                               .write = write_memory_format};

static const char *path_in_torch(call *c, const char *name) {
    return script_printf(c->script, "torch.%s", name);
}

void add_dtypes(call *c) {
    static mlp_dtype all[] = {MLP_FLOAT32, MLP_FLOAT64, MLP_INT64, MLP_BOOL,
                              MLP_INT32,   MLP_INT16,   MLP_INT8,  MLP_UINT8};
    static const char *const others[MLP_DTYPES] = {[MLP_FLOAT32] = "float",
                                                   [MLP_FLOAT64] = "double",
                                                   [MLP_INT64] = "long",
                                                   [MLP_INT32] = "int",
                                                   [MLP_INT16] = "short"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        object *dtype = object_extension(c->script, &dtype_type, &all[i]);
        native_constant(c->script, path_in_torch(c, mlp_dtype_name(all[i])), dtype);
        if (others[all[i]])
            native_constant(c->script, path_in_torch(c, others[all[i]]), dtype);
    }
    native_constant(c->script, "torch.preserve_format",
                    object_extension(c->script, &memory_format_type, NULL));
}

mlp_dtype dtype_argument(call *c, const object *o) {
    if (o->kind == OBJECT_NONE)
        return torch_of(c)->dtype;
    if (!is_dtype(o))
        call_fail(
            c, "dtype= takes torch.float32, torch.float64, torch.int64 or another dtype, not a %s",
            object_type(o));
    return dtype_of(o);
}

/* --- devices --- */

static void write_device(call *c, const object *self, buffer *out) {
    (void)c;
    (void)self;
    buffer_text(out, "device(type='cpu')");
}

static object *compare_devices(call *c, operator op, object *a, object *b) {
    if ((op != OPERATOR_EQ && op != OPERATOR_NE) || a->type != b->type)
        return NULL;
    return object_bool(c->script, op == OPERATOR_EQ);
}

static object *device_attribute(call *c, object *self, const char *name) {
    (void)self;
    if (strcmp(name, "type") == 0)
        return object_string(c->script, "cpu");
    return strcmp(name, "index") == 0 ? object_none(c->script) : NULL;
}

static object *device_class(call *c, const object *self) {
    (void)self;
    return native_object(c->script, "torch.device", NULL);
}

static const struct type device_type = {.name = "torch.device",
                                        .class = device_class,
                                        .attribute = device_attribute,
                                        .binary = compare_devices,
                                        .write = write_device,
                                        .text = "cpu"};

/* Each is an object of its own, and equal to the others. */
object *device_object(call *c) {
    return object_extension(c->script, &device_type, script_alloc(c->script, 1, 1));
}

void check_device(call *c, const object *o) {
    if (is_dtype(o) || o->kind == OBJECT_NATIVE)
        call_fail(c, "of dtypes one can be given, such as torch.float64, and no type of Python");
    if (o->kind != OBJECT_NONE && !object_is(o, &device_type) &&
        !(o->kind == OBJECT_STRING && strcmp(o->as.string, "cpu") == 0))
        call_fail(c, "only the CPU is supported: write 'cpu', or leave the device out");
}

/* --- the classes of both --- */

static object *make_dtype(call *c) {
    call_fail(call_raises(c, TYPE_ERROR, "cannot create 'torch.dtype' instances"),
              "dtypes cannot be made: write torch.float32 or torch.float64");
}

static object *make_device(call *c) {
    check_device(c, c->arguments[0]);
    return device_object(c);
}

const native native_dtype[] = {{.path = "torch.dtype",
                                .class_name = "torch.dtype",
                                .is_type = true,
                                .instances = &dtype_type,
                                .signature = "*arguments",
                                .call = make_dtype},
                               {.path = "torch.device",
                                .class_name = "torch.device",
                                .is_type = true,
                                .instances = &device_type,
                                .signature = "device: str",
                                .call = make_device},
                               {0}};

/* --- memory formats --- */

void check_memory_format(call *c, const object *o) {
    if (o->kind != OBJECT_NONE && !object_is(o, &memory_format_type))
        call_fail(c, "memory_format= takes torch.preserve_format, which is what it does anyway");
}
