/* Sums, means and extremes: x.sum(dim=1), torch.max(x). */
#include "module.h"
#include "operators.h"
#include "tensor.h"

#include <math.h>
#include <string.h>

static object *apply(script *s, const mlp_operation *operation, mlp_value *x,
                     const double option[MLP_MAX_OPTIONS]) {
    mlp_value *in[MLP_MAX_INPUTS] = {x};
    return tensor_object(s, apply_inputs(s, NULL, operation, in, option));
}

/* --- sum, mean --- */

/* A set of dimensions, bit i for dimension i; a nan where the script names none. */
static double dims_option(script *s, const mlp_tensor *t, const object *dim) {
    unsigned set = 0;
    if (dim->kind == OBJECT_NONE)
        return (double)NAN;
    const bool several = dim->kind == OBJECT_TUPLE || dim->kind == OBJECT_LIST;
    object *const *items = several ? dim->as.sequence.items : (object *const *)&dim;
    for (size_t i = 0; i < (several ? dim->as.sequence.count : 1); i++) {
        if (items[i]->kind != OBJECT_INTEGER)
            script_fail(s, s->here, "dim takes a dimension or a tuple of them, not a %s",
                        object_type(items[i]));
        const unsigned bit = 1u << tensor_dim_of(s, t, items[i]->as.integer, 0);
        if (set & bit)
            script_fail(s, s->here, "dim names a dimension twice");
        set |= bit;
    }
    return several && set == 0 ? (double)NAN : set;
}

/* Arguments: dim, keepdim, dtype. */
static object *reduce(script *s, const mlp_operation *operation, const object *callee,
                      object **arguments) {
    const object *self = callee->self;
    if (arguments[2]->kind != OBJECT_NONE)
        self = tensor_cast(s, callee->self, dtype_argument(s, arguments[2]));
    mlp_value *x = tensor_value(s, self);
    return apply(s, operation, x,
                 (double[MLP_MAX_OPTIONS]){dims_option(s, &x->tensor, arguments[0]),
                                           arguments[1]->as.boolean});
}

static object *tensor_sum(script *s, const object *callee, object **arguments) {
    return reduce(s, &mlp_sum, callee, arguments);
}

static object *tensor_mean(script *s, const object *callee, object **arguments) {
    return reduce(s, &mlp_mean, callee, arguments);
}

/* Arguments: dim, unbiased, keepdim, correction. */
static object *spread(script *s, const mlp_operation *operation, const object *callee,
                      object **arguments) {
    mlp_value *x = tensor_value(s, callee->self);
    const object *dim = arguments[0], *unbiased = arguments[1];
    if (dim->kind == OBJECT_BOOL) { /* std(False) */
        unbiased = dim;
        dim = object_none(s);
    }
    const double correction =
        arguments[3]->kind == OBJECT_NONE ? unbiased->as.boolean : object_as_number(arguments[3]);
    if (correction != 0 && correction != 1)
        script_fail(s, s->here, "correction=%g is not supported: it is 0 or 1", correction);
    return apply(s, operation, x,
                 (double[MLP_MAX_OPTIONS]){dims_option(s, &x->tensor, dim),
                                           arguments[2]->as.boolean, correction});
}

static object *tensor_std(script *s, const object *callee, object **arguments) {
    return spread(s, &mlp_std, callee, arguments);
}

static object *tensor_var(script *s, const object *callee, object **arguments) {
    return spread(s, &mlp_var, callee, arguments);
}

/* 1 or 2; 'fro' is 2 over all elements or along one dimension. */
static double norm_p(script *s, const object *p, const object *dim) {
    const bool several = dim->kind == OBJECT_TUPLE || dim->kind == OBJECT_LIST;
    const bool frobenius = p->kind == OBJECT_STRING && strcmp(p->as.string, "fro") == 0;
    if (frobenius && several && dim->as.sequence.count > 1)
        script_fail(s, s->here, "norm() over several dimensions needs a number for p: write p=2");
    const double number = frobenius ? 2 : object_is_number(p) ? object_as_number(p) : 0;
    if (number != 1 && number != 2)
        script_fail(s, s->here, "norm() is supported for p=1 and p=2 only");
    return number;
}

/* Arguments: p, dim, keepdim. */
static object *tensor_norm(script *s, const object *callee, object **arguments) {
    mlp_value *x = tensor_value(s, callee->self);
    return apply(s, &mlp_norm, x,
                 (double[MLP_MAX_OPTIONS]){dims_option(s, &x->tensor, arguments[1]),
                                           arguments[2]->as.boolean,
                                           norm_p(s, arguments[0], arguments[1])});
}

/* --- max, min --- */

static const char *const pair_names[] = {"values", "indices"};

/* torch.return_types.max: the values, and where they stand. */
static object *value_and_index(script *s, const mlp_operation *operation, mlp_value *x,
                               const object *dim, const object *keepdim) {
    object *pair = object_sequence(s, OBJECT_TUPLE, 2);
    pair->as.sequence.keys = script_alloc(s, 2, sizeof(char *));
    memcpy(pair->as.sequence.keys, pair_names, sizeof pair_names);
    pair->as.sequence.type = operation == &mlp_max_dim ? "max" : "min";
    const double at = (double)tensor_dim_of(s, &x->tensor, dim->as.integer, 0);
    object *values = apply(s, operation, x, (double[MLP_MAX_OPTIONS]){at, keepdim->as.boolean});
    mlp_value *indices = values->as.tensor->value->producer->out[1];
    mlp_variable *variable = mlp_trace_variable(s->trace, indices, false);
    if (!variable || !mlp_trace_show(s->trace, indices->producer->phase, indices))
        script_out_of_memory(s);
    indices->leaf = true;
    pair->as.sequence.items[0] = values;
    pair->as.sequence.items[1] = tensor_object(s, variable);
    return pair;
}

/* max(), max(dim), max(other). */
static object *extreme(script *s, const object *callee, object **arguments,
                       const mlp_operation *all, const mlp_operation *along,
                       const mlp_operation *between) {
    mlp_value *x = tensor_value(s, callee->self);
    if (arguments[0]->kind == OBJECT_TENSOR)
        return tensor_pairwise(s, between, callee->self, arguments[0]);
    if (arguments[0]->kind == OBJECT_NONE)
        return apply(s, all, x, (double[MLP_MAX_OPTIONS]){0});
    if (arguments[0]->kind != OBJECT_INTEGER)
        script_fail(s, s->here, "dim takes a dimension, not a %s", object_type(arguments[0]));
    return value_and_index(s, along, x, arguments[0], arguments[1]);
}

static object *tensor_max(script *s, const object *callee, object **arguments) {
    return extreme(s, callee, arguments, &mlp_max, &mlp_max_dim, &mlp_maximum);
}

static object *tensor_min(script *s, const object *callee, object **arguments) {
    return extreme(s, callee, arguments, &mlp_min, &mlp_min_dim, &mlp_minimum);
}

static object *position(script *s, const mlp_operation *operation, const object *callee,
                        object **arguments) {
    mlp_value *x = tensor_value(s, callee->self);
    const double dim = arguments[0]->kind == OBJECT_NONE
                           ? (double)NAN
                           : (double)tensor_dim_of(s, &x->tensor, arguments[0]->as.integer, 0);
    return apply(s, operation, x, (double[MLP_MAX_OPTIONS]){dim, arguments[1]->as.boolean});
}

static object *tensor_argmax(script *s, const object *callee, object **arguments) {
    return position(s, &mlp_argmax, callee, arguments);
}

static object *tensor_argmin(script *s, const object *callee, object **arguments) {
    return position(s, &mlp_argmin, callee, arguments);
}

#define DIMS "dim = None, keepdim: bool = False, *, dtype = None"
#define SPREAD \
    "dim = None, unbiased: bool = True, keepdim: bool = False, *, correction: Optional[int] = None"
#define DIM "dim: Optional[int] = None, keepdim: bool = False"

const native native_reduce[] = {
    {.path = "Tensor.sum", .signature = DIMS, .call = tensor_sum, .is_function = true},
    {.path = "Tensor.mean", .signature = DIMS, .call = tensor_mean, .is_function = true},
    {.path = "Tensor.std", .signature = SPREAD, .call = tensor_std, .is_function = true},
    {.path = "Tensor.var", .signature = SPREAD, .call = tensor_var, .is_function = true},
    {.path = "Tensor.norm",
     .signature = "p = 'fro', dim = None, keepdim: bool = False",
     .call = tensor_norm,
     .is_function = true},
    {.path = "Tensor.max",
     .signature = "dim = None, keepdim: bool = False",
     .call = tensor_max,
     .is_function = true},
    {.path = "Tensor.min",
     .signature = "dim = None, keepdim: bool = False",
     .call = tensor_min,
     .is_function = true},
    {.path = "Tensor.argmax", .signature = DIM, .call = tensor_argmax, .is_function = true},
    {.path = "Tensor.argmin", .signature = DIM, .call = tensor_argmin, .is_function = true},
    {0}};
