/* Defaults, the device, and what cannot change a result on the CPU. */
#include "dtype.h"
#include "options.h"
#include "tensor.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* --- torch.set_printoptions --- */

static void choose_profile(call *c, const object *profile) {
    static const struct {
        const char *name;
        const mlp_print_options *options;
    } profiles[] = {
        {"default", &mlp_print_default}, {"short", &mlp_print_short}, {"full", &mlp_print_full}};
    if (profile->kind == OBJECT_NONE)
        return;
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
        if (profile->kind == OBJECT_STRING && strcmp(profile->as.string, profiles[i].name) == 0) {
            torch_of(c)->print = *profiles[i].options;
            return;
        }
    call_fail(c, "profile is 'default', 'short' or 'full'");
}

/* A whole number; `before` where it is None. */
static int64_t option(call *c, const object *v, const char *name, int64_t least, int64_t most,
                      int64_t before) {
    if (v->kind == OBJECT_NONE)
        return before;
    if (v->kind != OBJECT_INTEGER || v->as.integer < least || v->as.integer > most)
        call_fail(c, "%s must be a whole number from %lld to %lld", name, (long long)least,
                  (long long)most);
    return v->as.integer;
}

/* sci_mode is set at every call, to None where it is not given. */
static object *set_printoptions(call *c) {
    const object *threshold = c->arguments[1], *sci_mode = c->arguments[5];
    choose_profile(c, c->arguments[4]);
    mlp_print_options *to = &torch_of(c)->print;
    to->precision =
        (int)option(c, c->arguments[0], "precision", 0, MLP_MAX_PRECISION, to->precision);
    to->edgeitems =
        (size_t)option(c, c->arguments[2], "edgeitems", 1, INT_MAX, (int64_t)to->edgeitems);
    to->linewidth =
        (size_t)option(c, c->arguments[3], "linewidth", 0, INT_MAX, (int64_t)to->linewidth);
    if (threshold->kind != OBJECT_NONE && !object_is_number(threshold))
        call_fail(c, "threshold must be a number, not a value of type %s", object_type(threshold));
    if (threshold->kind != OBJECT_NONE)
        to->threshold = option_decides(c, threshold);
    if (sci_mode->kind != OBJECT_NONE && sci_mode->kind != OBJECT_BOOL)
        call_fail(c, "sci_mode is True, False or None");
    to->sci_mode = sci_mode->kind == OBJECT_NONE ? MLP_SCI_AUTO
                   : sci_mode->as.boolean        ? MLP_SCI_ON
                                                 : MLP_SCI_OFF;
    return object_none(c->script);
}

/* --- numpy.set_printoptions --- */

static bool flag(call *c, const object *v, const char *name, bool before) {
    if (v->kind != OBJECT_NONE && v->kind != OBJECT_BOOL)
        call_fail(c, "%s is True or False", name);
    return v->kind == OBJECT_NONE ? before : v->as.boolean;
}

/* A whole number, or inf; sys.maxsize is often written. */
static size_t array_threshold(call *c, const object *v) {
    if (v->kind == OBJECT_FLOAT && object_as_number(v) == (double)INFINITY)
        return SIZE_MAX;
    const uint64_t count = (uint64_t)option(c, v, "threshold", 0, INT64_MAX, 0);
    return count < SIZE_MAX ? (size_t)count : SIZE_MAX;
}

static object *set_array_printoptions(call *c) {
    const object *threshold = c->arguments[1];
    array_options *to = &torch_of(c)->array;
    to->precision =
        (int)option(c, c->arguments[0], "precision", 0, MLP_MAX_PRECISION, to->precision);
    if (threshold->kind != OBJECT_NONE)
        to->threshold = array_threshold(c, threshold);
    to->edgeitems =
        (size_t)option(c, c->arguments[2], "edgeitems", 1, INT_MAX, (int64_t)to->edgeitems);
    to->linewidth =
        (size_t)option(c, c->arguments[3], "linewidth", 0, INT_MAX, (int64_t)to->linewidth);
    to->suppress = flag(c, c->arguments[4], "suppress", to->suppress);
    return object_none(c->script);
}

/* --- defaults, devices --- */

static object *set_default_dtype(call *c) {
    const mlp_dtype dtype = dtype_argument(c, c->arguments[0]);
    if (!mlp_dtype_is_floating(dtype))
        call_fail(c, "only torch.float32 and torch.float64 can be the default dtype");
    torch_of(c)->dtype = dtype;
    return object_none(c->script);
}

/* torch.set_default_tensor_type('torch.DoubleTensor'), or of the type itself. */
static object *set_default_tensor_type(call *c) {
    const object *type = c->arguments[0];
    const char *name = type->kind == OBJECT_STRING   ? type->as.string
                       : type->kind == OBJECT_NATIVE ? type->as.native->path
                                                     : "";
    const mlp_dtype kinds[] = {MLP_FLOAT32, MLP_FLOAT64};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, tensor_type_name(kinds[i])) == 0) {
            torch_of(c)->dtype = kinds[i];
            return object_none(c->script);
        }
    call_fail(c, "the default type is torch.FloatTensor or torch.DoubleTensor");
}

static object *is_available(call *c) {
    return object_bool(c->script, false);
}

static object *device_count(call *c) {
    return object_integer(c->script, 0);
}

/* One thread or many give the same numbers. */
static object *set_num_threads(call *c) {
    if (c->arguments[0]->as.integer <= 0)
        call_fail(c, "set_num_threads() takes a number above 0");
    return object_none(c->script);
}

const native native_settings[] = {
    {.path = "torch.set_default_dtype", .signature = "d: dtype", .call = set_default_dtype},
    {.path = "torch.set_default_tensor_type", .signature = "t, /", .call = set_default_tensor_type},
    {.path = "torch.set_printoptions",
     .signature = "precision = None, threshold = None, edgeitems = None, linewidth = None, "
                  "profile = None, sci_mode = None",
     .call = set_printoptions},
    {.path = "numpy.set_printoptions",
     .signature = "precision = None, threshold = None, edgeitems = None, linewidth = None, "
                  "suppress = None",
     .call = set_array_printoptions},
    {.path = "torch.cuda.is_available", .signature = "", .call = is_available},
    {.path = "torch.cuda.device_count", .signature = "", .call = device_count},
    {.path = "torch.backends.cudnn.is_available", .signature = "", .call = is_available},
    {.path = "torch.backends.mps.is_available", .signature = "", .call = is_available},
    {.path = "torch.backends.mps.is_built", .signature = "", .call = is_available},
    {.path = "torch.set_num_threads", .signature = "int: int, /", .call = set_num_threads},
    {.path = "torch.use_deterministic_algorithms",
     .signature = "mode: bool, *, warn_only: bool = False"},
    {.path = "torch.cuda.manual_seed", .signature = "seed: int"},
    {.path = "torch.cuda.manual_seed_all", .signature = "seed: int"},
    {.path = "torch.cuda.empty_cache", .signature = ""},
    {0}};

/* The vectors that the run computes as with: a build without MKL does as Debian's does with AVX2. */
static object *cpu_capability(call *c) {
    const bool is_wide = mlp_release_is_wide(&trace_of(c)->release);
    return object_string(c->script, is_wide ? "AVX512" : "AVX2");
}

static const native later_settings[] = {
    {.path = "torch.backends.cpu.get_cpu_capability", .signature = "", .call = cpu_capability},
    {0}};

/* Of graphics cards: they cannot change a result here, and are kept for a script that asks. */
void add_settings(call *c) {
    static const struct {
        const char *path;
        bool standard;
    } settings[] = {{"torch.backends.cudnn.allow_tf32", true},
                    {"torch.backends.cudnn.benchmark", false},
                    {"torch.backends.cudnn.deterministic", false},
                    {"torch.backends.cudnn.enabled", true},
                    {"torch.backends.cuda.matmul.allow_tf32", false}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        native_setting(c->script, settings[i].path, object_bool(c->script, settings[i].standard));
    if (release_has(c, MLP_HAS_LATER_NAMES))
        native_add_table(c->script, later_settings);
    native_constant(c->script, "torch.version.cuda", object_none(c->script));
}
