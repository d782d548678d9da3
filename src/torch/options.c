#include "options.h"

#include "python/arithmetic.h"
#include "python/native.h"
#include "python/off.h"

#include <string.h>

mlp_number option_number(const object *v) {
    if (v->kind == OBJECT_INTEGER)
        return mlp_integer(v->as.integer);
    mlp_number number = mlp_real(object_as_number(v));
    number.off = object_estimate(v).off;
    return number;
}

double option_exact(call *c, const object *v) {
    trace_of(c)->lost |= object_estimate(v).off > 0;
    return object_as_number(v);
}

double option_decides(call *c, const object *v) {
    if (object_estimate(v).off > 0)
        script_doubt(c->script);
    return object_as_number(v);
}

call *option_raises_overflow(call *c, mlp_dtype dtype) {
    static const char *const names[MLP_DTYPES] = {[MLP_INT64] = "int64_t",
                                                  [MLP_INT32] = "int",
                                                  [MLP_INT16] = "int16_t",
                                                  [MLP_INT8] = "int8_t",
                                                  [MLP_UINT8] = "uint8_t"};
    return names[dtype]
               ? call_raises(c, RUNTIME_ERROR,
                             "value cannot be converted to type %s without overflow", names[dtype])
               : c;
}

void option_check_fits(call *c, mlp_number number, mlp_dtype dtype) {
    if (!mlp_number_fits(number, dtype))
        call_fail(option_raises_overflow(c, dtype), "%g does not fit in %s", number.real,
                  mlp_dtype_name(dtype));
}

void option_check_object(call *c, const object *number, mlp_dtype dtype) {
    const mlp_number n = option_number(number);
    if (dtype == MLP_UINT8 && number->kind == OBJECT_FLOAT && n.real < 0) /* an integer wraps */
        call_fail(option_raises_overflow(c, dtype), "%g does not fit in %s", n.real,
                  mlp_dtype_name(dtype));
    option_check_fits(c, n, dtype);
}

/* Those of None, of a number, or of a list of two or more. False for anything else. */
static bool numbers_of(const object *v, mlp_number numbers[MLP_MAX_NUMBERS], size_t *count) {
    *count = v->kind == OBJECT_NONE ? 0 : object_is_sequence(v) ? v->as.sequence.count : 1;
    if (*count > MLP_MAX_NUMBERS || (object_is_sequence(v) && *count < 2))
        return false;
    for (size_t i = 0; i < *count; i++) {
        const object *item = object_is_sequence(v) ? v->as.sequence.items[i] : v;
        if (!object_is_number(item))
            return false;
        numbers[i] = option_number(item);
    }
    return true;
}

static bool set_numbers(call *c, mlp_options *options, const char *name, const object *v) {
    mlp_number numbers[MLP_MAX_NUMBERS];
    size_t count;
    if (!numbers_of(v, numbers, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        trace_of(c)->lost |= numbers[i].off > 0;
    return mlp_options_set(options, name, numbers, count);
}

mlp_reduction option_reduction(call *c, const object *v) {
    static const char *const names[] = {
        [MLP_REDUCTION_NONE] = "none", [MLP_REDUCTION_MEAN] = "mean", [MLP_REDUCTION_SUM] = "sum"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(v->as.string, names[i]) == 0)
            return (mlp_reduction)i;
    call_fail(call_raises(c, VALUE_ERROR, "%s is not a valid value for reduction", v->as.string),
              "reduction='%s' is not known: it is 'none', 'mean' or 'sum'", v->as.string);
}

/* The argument of that name, to be changed; NULL where the function has none. */
static object **argument_of(call *c, const char *name) {
    const char *names[MAX_ARGUMENTS];
    const size_t count = signature_names(c->script, c->native->signature, names);
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return &c->arguments[i];
    return NULL;
}

void option_read_deprecated(call *c) {
    object **average = argument_of(c, "size_average"), **reduce = argument_of(c, "reduce");
    if (!average || !reduce || ((*average)->kind == OBJECT_NONE && (*reduce)->kind == OBJECT_NONE))
        return;
    const bool averages =
        (*average)->kind == OBJECT_NONE || python_truth(c->script, *average, c->where);
    const bool reduces =
        (*reduce)->kind == OBJECT_NONE || python_truth(c->script, *reduce, c->where);
    const char *reduction = !reduces ? "none" : averages ? "mean" : "sum";
    call_warn_as_python(c,
                        "size_average and reduce args will be deprecated, please use "
                        "reduction='%s' instead.",
                        reduction);
    *argument_of(c, "reduction") = object_string(c->script, reduction);
    *average = *reduce = object_none(c->script);
}

bool option_set(call *c, mlp_options *options, const char *name, const object *v) {
    if (strcmp(name, "size_average") == 0 || strcmp(name, "reduce") == 0)
        return v->kind == OBJECT_NONE; /* what they were given stands in reduction */
    if (strcmp(name, "reduction") == 0 && v->kind == OBJECT_STRING) {
        options->reduction = option_reduction(c, v);
        return true;
    }
    if (strcmp(name, "approximate") == 0 && v->kind == OBJECT_STRING) {
        options->approximate_by_tanh = strcmp(v->as.string, "tanh") == 0;
        if (!options->approximate_by_tanh && strcmp(v->as.string, "none") != 0)
            call_fail(
                call_raises(c, RUNTIME_ERROR, "approximate argument must be either none or tanh."),
                "approximate='%s' is not known: it is 'none' or 'tanh'", v->as.string);
        return true;
    }
    return set_numbers(c, options, name, v);
}

void option_require(call *c, mlp_options *options, const char *name, const object *v) {
    if (!option_set(c, options, name, v))
        call_fail(c, "%s cannot be a value of type %s", name, object_type(v));
}

void option_take(call *c, mlp_options *options, const char *name) {
    option_require(c, options, name, call_argument(c, name));
}
