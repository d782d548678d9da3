/* torch.nn.utils: gradients that are made smaller, and parameters as one vector. */
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include "python/format.h"
#include "python/iterate.h"
#include "python/native.h"

#include <math.h>
#include <string.h>

/* The parameters of an iterable: of one alone, its rows. */
static object *read_parameters(call *c, object *given) {
    object *list = iterate_all(c->script, given, OBJECT_LIST, c->where);
    script_work(c->script, c->where, list->as.sequence.count);
    for (size_t i = 0; i < list->as.sequence.count; i++)
        if (!is_tensor(list->as.sequence.items[i]))
            call_fail(c, "the parameters are Tensors, but one is a value of type %s",
                      object_type(list->as.sequence.items[i]));
    return list;
}

/* Those of them that have a gradient; here a parameter may stand alone. */
static object *with_gradients(call *c, object *given) {
    object *list = object_sequence(c->script, OBJECT_LIST, 0), *all;
    if (is_tensor(given)) {
        all = object_sequence(c->script, OBJECT_LIST, 1);
        all->as.sequence.items[0] = given;
    } else {
        all = read_parameters(c, given);
    }
    for (size_t i = 0; i < all->as.sequence.count; i++)
        if (mlp_variable_original(variable_of(all->as.sequence.items[i]))->grad)
            list_append(c->script, list, all->as.sequence.items[i]);
    return list;
}

static mlp_variable *gradient_of(const object *list, size_t i) {
    return mlp_variable_original(variable_of(list->as.sequence.items[i]))->grad;
}

static mlp_value *gradient_value(call *c, const object *list, size_t i) {
    return tensor_value(c, variable_object(c, gradient_of(list, i)));
}

/* The gradient is what the operation makes of it, and named so, as one that backward gave. */
static void change_gradient(call *c, const object *list, size_t i, mlp_request request) {
    request.in[0] = gradient_value(c, list, i);
    request.without_history = true;
    mlp_value *changed = tensor_step(c, &request);
    changed->label.part_of = tensor_value(c, list->as.sequence.items[i]);
    changed->label.suffix = ".grad";
    tensor_replace(c, gradient_of(list, i), changed);
}

/* --- clip_grad_norm_ --- */

static mlp_value *hidden(call *c, mlp_request request) {
    request.hidden = request.without_history = true;
    return tensor_step(c, &request);
}

static mlp_value *norm_of(call *c, mlp_value *x, double p) {
    if (p != (double)INFINITY)
        return hidden(c, (mlp_request){.operation = mlp_norm_by(p), .in = {x}, .options.p = p});
    mlp_value *sizes = hidden(c, (mlp_request){.operation = &mlp_abs, .in = {x}});
    return hidden(c, (mlp_request){.operation = &mlp_max, .in = {sizes}});
}

static double norm_type(call *c, const object *given) {
    const bool is_inf = given->kind == OBJECT_STRING && strcmp(given->as.string, "inf") == 0;
    if (!is_inf && !object_is_number(given))
        call_fail(c, "norm_type is a number, or 'inf', not a %s", object_type(given));
    return is_inf ? (double)INFINITY : option_decides(c, given);
}

/* The norm of the norms, which the script has. */
static mlp_value *total_norm(call *c, const object *list, double p) {
    const size_t count = list->as.sequence.count;
    mlp_value **norms = script_alloc(c->script, count, sizeof(mlp_value *));
    for (size_t i = 0; i < count; i++) {
        norms[i] = norm_of(c, gradient_value(c, list, i), p);
        if (norms[i]->tensor.dtype != norms[0]->tensor.dtype)
            call_fail(c, "gradients of float32 and of float64 have no common norm here: clip each "
                         "kind by itself");
    }
    mlp_value *all = tensor_stacked(c, norms, count);
    if (p == (double)INFINITY)
        return tensor_step(
            c, &(mlp_request){.operation = &mlp_max, .in = {all}, .without_history = true});
    return tensor_step(
        c, &(mlp_request){
               .operation = mlp_norm_by(p), .in = {all}, .options.p = p, .without_history = true});
}

static void check_finite(call *c, const mlp_value *total, double p) {
    const object type = {.kind = OBJECT_FLOAT, .as.number = p};
    const bool is_finite = isfinite(mlp_tensor_get(&total->tensor, 0));
    if (!is_finite || !total->bound || !isfinite(total->bound[0]))
        tensor_decides(c, total); /* else it is finite in all builds */
    if (is_finite)
        return;
    call_fail(call_raises(c, RUNTIME_ERROR,
                          "The total norm of order %s for gradients from `parameters` is "
                          "non-finite, so it cannot be clipped. To disable this error and scale "
                          "the gradients by the non-finite norm anyway, set "
                          "`error_if_nonfinite=False`",
                          format_repr(c, &type)),
              "the total norm of the gradients is not finite, so that they cannot be clipped: "
              "leave out error_if_nonfinite=True to scale them all the same");
}

/* max_norm / (total + 1e-6), as PyTorch computes it, and at most 1. */
static mlp_value *coefficient(call *c, mlp_value *total, mlp_number max_norm) {
    mlp_value *x =
        hidden(c, (mlp_request){.operation = &mlp_add, .in = {total}, .options.number.real = 1e-6});
    x = hidden(c, (mlp_request){.operation = &mlp_reciprocal, .in = {x}});
    x = hidden(c, (mlp_request){.operation = &mlp_mul, .in = {x}, .options.number = max_norm});
    mlp_request clamp = {.operation = &mlp_clamp, .in = {x}};
    clamp.options.max = 1;
    clamp.options.has_max = true;
    return hidden(c, clamp);
}

/* A number, or a Tensor of one, which is read as such. */
static mlp_number largest_norm(call *c, object *given) {
    const bool is_one = is_tensor(given) && tensor_value(c, given)->tensor.numel == 1;
    if (is_one)
        given = call_positional(c, native_member(c->script, "Tensor", "item", given), NULL, 0);
    if (!object_is_number(given))
        call_fail(c, "max_norm is a number, or a Tensor of one, not a value of type %s",
                  object_type(given));
    return option_number(given);
}

/* Arguments: parameters, max_norm, norm_type, error_if_nonfinite. */
static object *clip_grad_norm_(call *c) {
    const object *list = with_gradients(c, c->arguments[0]);
    const double p = norm_type(c, c->arguments[2]);
    const mlp_number max_norm = largest_norm(c, c->arguments[1]);
    if (list->as.sequence.count == 0)
        return variable_object(c, tensor_new(c, torch_of(c)->dtype, 0, NULL, false));
    mlp_value *total = total_norm(c, list, p);
    if (c->arguments[3]->as.boolean)
        check_finite(c, total, p);
    mlp_value *scale = coefficient(c, total, max_norm);
    for (size_t i = 0; i < list->as.sequence.count; i++) {
        const mlp_tensor *t = &gradient_value(c, list, i)->tensor;
        mlp_shape shape = {.dtype = t->dtype, .ndim = t->ndim};
        memcpy(shape.shape, t->shape, sizeof t->shape);
        change_gradient(
            c, list, i,
            (mlp_request){.operation = &mlp_mul, .in = {NULL, tensor_expanded(c, scale, &shape)}});
    }
    mlp_variable *result = mlp_trace_variable(trace_of(c), total, false);
    if (!result)
        script_out_of_memory(c->script);
    return variable_object(c, result);
}

/* The name of before. */
static object *clip_grad_norm(call *c) {
    if (release_has(c, MLP_DEPRECATES_BY_FUTURE_WARNING))
        call_warn_otherwise(c);
    call_warn_as_python(c, "torch.nn.utils.clip_grad_norm is now deprecated in favor of "
                           "torch.nn.utils.clip_grad_norm_.");
    return clip_grad_norm_(c);
}

/* Arguments: parameters, clip_value. */
static object *clip_grad_value_(call *c) {
    const object *list = with_gradients(c, c->arguments[0]);
    const double value = option_exact(c, c->arguments[1]);
    mlp_request clamp = {.operation = &mlp_clamp};
    clamp.options.min = -value;
    clamp.options.max = value;
    clamp.options.has_min = clamp.options.has_max = true;
    for (size_t i = 0; i < list->as.sequence.count; i++)
        change_gradient(c, list, i, clamp);
    return object_none(c->script);
}

/* --- parameters as one vector --- */

static object *method(call *c, object *self, const char *name, object *given) {
    object *bound = native_member(c->script, "Tensor", name, self);
    return call_positional(c, bound, &given, 1);
}

/* torch.cat of each p.view(-1). */
static object *parameters_to_vector(call *c) {
    object *list = read_parameters(c, c->arguments[0]);
    object *parts = object_sequence(c->script, OBJECT_LIST, list->as.sequence.count);
    for (size_t i = 0; i < list->as.sequence.count; i++)
        parts->as.sequence.items[i] =
            method(c, list->as.sequence.items[i], "view", object_integer(c->script, -1));
    return call_positional(c, native_member(c->script, "torch", "cat", NULL), &parts, 1);
}

/* param.data = vec[from:to].view_as(param).data, one behind the other. */
static object *vector_to_parameters(call *c) {
    if (is_tensor(c->arguments[1]))
        call_fail(c,
                  "vector_to_parameters() would set the rows of one parameter alone, and leave it "
                  "as it is: write [parameter]");
    const object *list = read_parameters(c, c->arguments[1]);
    int64_t at = 0;
    for (size_t i = 0; i < list->as.sequence.count; i++) {
        object *p = list->as.sequence.items[i];
        const mlp_tensor *t = &tensor_value(c, p)->tensor;
        object *index = script_alloc(c->script, 1, sizeof *index);
        *index = (object){.kind = OBJECT_SLICE};
        index->as.slice.start = object_integer(c->script, at);
        at += (int64_t)t->numel;
        index->as.slice.stop = object_integer(c->script, at);
        object *sizes = object_sequence(c->script, OBJECT_TUPLE, t->ndim);
        for (size_t d = 0; d < t->ndim; d++)
            sizes->as.sequence.items[d] = object_integer(c->script, (int64_t)t->shape[d]);
        object *part = method(c, tensor_index_hidden(c, c->arguments[0], index), "view", sizes);
        tensor_type.set_attribute(c, p, "data",
                                  variable_object(c, tensor_data(c, variable_of(part))));
    }
    return object_none(c->script);
}

#define CLIP_NORM \
    .signature = "parameters, max_norm, norm_type = 2.0, error_if_nonfinite: bool = False", .call
#define CLIP_VALUE .signature = "parameters, clip_value: number", .call = clip_grad_value_

const native native_clip[] = {
    {.path = "torch.nn.utils.clip_grad_norm_", CLIP_NORM = clip_grad_norm_},
    {.path = "torch.nn.utils.clip_grad_norm", CLIP_NORM = clip_grad_norm},
    {.path = "torch.nn.utils.clip_grad.clip_grad_norm", CLIP_NORM = clip_grad_norm},
    {.path = "torch.nn.utils.clip_grad.clip_grad_norm_", CLIP_NORM = clip_grad_norm_},
    {.path = "torch.nn.utils.clip_grad_value_", CLIP_VALUE},
    {.path = "torch.nn.utils.clip_grad.clip_grad_value_", CLIP_VALUE},
    {.path = "torch.nn.utils.parameters_to_vector",
     .signature = "parameters",
     .call = parameters_to_vector},
    {.path = "torch.nn.utils.vector_to_parameters",
     .signature = "vec: Tensor, parameters",
     .call = vector_to_parameters},
    {0}};
