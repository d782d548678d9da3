/* torch.finfo and torch.iinfo: what numbers a dtype has. */
#include "dtype.h"

#include <float.h>
#include <string.h>

typedef struct {
    mlp_dtype dtype;
    const char *name;
    int bits;
    double least, most, eps, smallest, resolution;
} number_info;

static const number_info infos[] = {
    {MLP_FLOAT32, "float32", 32, -(double)FLT_MAX, (double)FLT_MAX, (double)FLT_EPSILON,
     (double)FLT_MIN, 1e-06},
    {MLP_FLOAT64, "float64", 64, -DBL_MAX, DBL_MAX, DBL_EPSILON, DBL_MIN, 1e-15},
};

static const number_info *info_of(const object *o) {
    return o->as.data;
}

static object *finfo_attribute(call *c, object *self, const char *name) {
    const number_info *info = info_of(self);
    const struct {
        const char *name;
        double number;
    } numbers[] = {{"min", info->least},
                   {"max", info->most},
                   {"eps", info->eps},
                   {"tiny", info->smallest},
                   {"resolution", info->resolution},
                   {"smallest_normal", info->smallest}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(name, numbers[i].name) == 0)
            return object_float(c->script, numbers[i].number);
    if (strcmp(name, "bits") == 0)
        return object_integer(c->script, info->bits);
    return strcmp(name, "dtype") == 0 ? object_string(c->script, info->name) : NULL;
}

/* The dtype that an iinfo tells of. */
static mlp_dtype integers_of(const object *o) {
    return *(const mlp_dtype *)o->as.data;
}

static object *iinfo_attribute(call *c, object *self, const char *name) {
    const mlp_dtype dtype = integers_of(self);
    if (strcmp(name, "min") == 0)
        return object_integer(c->script, mlp_dtype_least(dtype));
    if (strcmp(name, "max") == 0)
        return object_integer(c->script, mlp_dtype_most(dtype));
    if (strcmp(name, "bits") == 0)
        return object_integer(c->script, 8 * (int64_t)mlp_dtype_size_in_pytorch(dtype));
    return strcmp(name, "dtype") == 0 ? object_string(c->script, mlp_dtype_name(dtype)) : NULL;
}

static void write_finfo(call *c, const object *self, buffer *out) {
    const number_info *i = info_of(self);
    (void)c;
    buffer_printf(out,
                  "finfo(resolution=%g, min=%g, max=%g, eps=%g, smallest_normal=%g, tiny=%g, "
                  "dtype=%s)",
                  i->resolution, i->least, i->most, i->eps, i->smallest, i->smallest, i->name);
}

static void write_iinfo(call *c, const object *self, buffer *out) {
    const mlp_dtype dtype = integers_of(self);
    (void)c;
    buffer_printf(out, "iinfo(min=%g, max=%g, dtype=%s)", (double)mlp_dtype_least(dtype),
                  (double)mlp_dtype_most(dtype), mlp_dtype_name(dtype));
}

static const struct type finfo_type = {.name = "torch.finfo",
                                       .attribute = finfo_attribute,
                                       .write = write_finfo};
static const struct type iinfo_type = {.name = "torch.iinfo",
                                       .attribute = iinfo_attribute,
                                       .write = write_iinfo};

/* Arguments: dtype. */
static object *torch_finfo(call *c) {
    const mlp_dtype dtype = dtype_argument(c, c->arguments[0]);
    if (!mlp_dtype_is_floating(dtype))
        call_fail(call_raises(c, TYPE_ERROR,
                              "torch.finfo() requires a floating point input type. Use "
                              "torch.iinfo to handle 'torch.finfo'"),
                  "torch.finfo() takes a floating-point dtype: of integers write torch.iinfo()");
    return object_extension(c->script, &finfo_type,
                            (void *)(dtype == MLP_FLOAT32 ? &infos[0] : &infos[1]));
}

static object *torch_iinfo(call *c) {
    const mlp_dtype dtype = dtype_argument(c, c->arguments[0]);
    if (!mlp_dtype_is_integer(dtype))
        call_fail(call_raises(c, TYPE_ERROR,
                              "torch.iinfo() requires an integer input type. Use torch.finfo to "
                              "handle 'torch.iinfo'"),
                  "torch.iinfo() takes a dtype of integers: of floats write torch.finfo()");
    return object_extension(c->script, &iinfo_type, c->arguments[0]->as.data);
}

const native native_number_info[] = {
    {.path = "torch.finfo", .signature = "dtype = None", .call = torch_finfo},
    {.path = "torch.iinfo", .signature = "dtype", .call = torch_iinfo},
    {0}};
