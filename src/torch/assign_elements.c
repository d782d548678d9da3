/* tensor[index] = value: a step that makes the tensor anew, with other numbers at some places. The
 * places are found by taking the same index of a tensor that numbers the elements. */
#include "operators.h"
#include "options.h"
#include "tensor.h"

#include <string.h>

/* --- where --- */

static mlp_variable *numbered(call *c, const mlp_tensor *like) {
    mlp_variable *last = torch_of(c)->numbering;
    if (last && mlp_tensor_same_shape(&last->value->tensor, like))
        return last;
    mlp_variable *places = tensor_new(c, MLP_INT64, like->ndim, like->shape, false);
    for (size_t i = 0; i < like->numel; i++)
        ((int64_t *)places->value->tensor.data)[i] = (int64_t)i;
    places->value->label.hidden = true;
    return torch_of(c)->numbering = places;
}

/* The tensor that has the numbers of a view. *detached is one on the way that .data or detach()
 * made, .data if both, or NULL. */
static mlp_variable *base_of(mlp_variable *variable, const mlp_variable **detached) {
    for (*detached = NULL; variable->view_of; variable = variable->view_of)
        if (variable->detached_view && (!*detached || variable->is_data))
            *detached = variable;
    return variable;
}

/* The base holds the result of a change by way of a view. */
static void hold(call *c, mlp_variable *base, const mlp_variable *detached, mlp_value *result,
                 bool without_history) {
    if (detached && detached->is_data)
        tensor_assign(c, tensor_data(c, base), result);
    else if (detached || without_history)
        tensor_replace(c, base, result);
    else
        tensor_assign(c, base, result);
}

/* The places of a view's elements in its base: the steps that made the view, done with them. */
static mlp_variable *places_of(call *c, mlp_variable *variable) {
    if (!variable->view_of)
        return numbered(c, &variable->value->tensor);
    script_enter(c->script, c->where, "views");
    mlp_variable *base = places_of(c, variable->view_of);
    const mlp_step *step = variable->value->producer;
    mlp_request request = {.operation = step->operation,
                           .in = {base->value},
                           .options = *step->options,
                           .hidden = true};
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++)
        request.in[i] = step->in[i];
    mlp_variable *result = mlp_trace_variable(trace_of(c), tensor_step(c, &request), false);
    if (!result)
        script_out_of_memory(c->script);
    script_leave(c->script);
    return result;
}

static bool are_ascending(const mlp_tensor *places) {
    for (size_t i = 1; i < places->numel; i++)
        if (mlp_tensor_get_int(places, i) <= mlp_tensor_get_int(places, i - 1))
            return false;
    return true;
}

/* Along one dimension the last of several values for an element stays, as long as PyTorch does not
 * divide the work. */
static bool is_walked_in_order(const mlp_tensor *places) {
    return places->ndim == 1 && places->numel < 32768;
}

/* Which of two values an element gets that is named twice depends on how PyTorch walks. */
static void check_distinct(call *c, const mlp_tensor *places, size_t numel, bool basic,
                           const mlp_tensor *values) {
    const size_t size = values ? mlp_dtype_size(values->dtype) : 0;
    if (are_ascending(places))
        return;
    size_t *seen =
        script_alloc(c->script, numel, sizeof *seen); /* 1 + which of the places it was */
    for (size_t i = 0; i < places->numel; i++) {
        size_t *before = &seen[mlp_tensor_get_int(places, i)];
        if (*before && basic)
            call_fail(c, "elements of an expanded tensor cannot be assigned to: write .clone() "
                         "behind it");
        if (*before && values && !is_walked_in_order(places) &&
            memcmp((const char *)values->data + (*before - 1) * size,
                   (const char *)values->data + i * size, size) != 0)
            call_fail(
                c, "the index names an element twice, for different values: to add them all, write "
                   "index_put_((index,), values, accumulate=True)");
        *before = i + 1;
    }
}

/* --- what --- */

/* PyTorch knows no history of a view that it made with others, or without one, and that is changed. */
static void check_view(call *c, const mlp_variable *variable) {
    for (; variable->view_of; variable = variable->view_of) {
        if (!variable->is_alone)
            continue;
        if (variable->value->producer->operation->of_several)
            call_fail(c, "a row that was made together with others, by unbind(), split() or a loop "
                         "over a tensor, cannot be changed in place with a history: change "
                         "x[i] instead");
        call_fail(c, "a view that was made under torch.no_grad() cannot be changed in place with a "
                     "history: make both there, or both outside");
    }
}

/* Whether PyTorch makes a view first, to change that: for whatever is no tensor or list. */
static bool makes_view(const object *index) {
    const bool several = index->kind == OBJECT_TUPLE;
    for (size_t i = 0; several && i < index->as.sequence.count; i++)
        if (makes_view(index->as.sequence.items[i]))
            return true;
    return !several && !is_tensor(index) && index->kind != OBJECT_LIST &&
           index->kind != OBJECT_ELLIPSIS;
}

/* Whether the tensor is what a backward hook of a module watches. */
static bool is_watched(const mlp_value *value) {
    const char *node = value->leaf ? NULL : mlp_value_grad_fn(value);
    return node && strcmp(node, "BackwardHookFunctionBackward") == 0;
}

void tensor_check_watched(call *c, const mlp_variable *variable) {
    while (variable->view_of && !is_watched(variable->value))
        variable = variable->view_of;
    if (is_watched(variable->value) && !trace_of(c)->no_grad)
        call_fail(c, "what a module with a backward hook takes or returns cannot be changed in "
                     "place: leave inplace=True out, or write .clone() before the change");
}

/* A view that requires grad by now is refused, too, though what it was made from does not. */
void tensor_check_leaf(call *c, mlp_variable *variable, bool is_part) {
    tensor_check_watched(c, variable);
    const mlp_variable *of = mlp_variable_original(variable), *root = of;
    while (root->view_of && !root->detached_view)
        root = root->view_of;
    if (!mlp_variable_requires_grad(variable) || !root->value->leaf ||
        (root == of && !root->requires_grad))
        return;
    call_fail(
        call_raises(c, RUNTIME_ERROR,
                    "a %sleaf Variable that requires grad is being used in an in-place operation.",
                    root != of || is_part ? "view of a " : ""),
        "a leaf that requires grad, or a part of it, cannot be changed in place: leave the change "
        "out, or make it under torch.no_grad() or by way of .data");
}

/* Whether the change has a history. A detached tensor has none, and receives none. */
static bool check_history(call *c, mlp_variable *variable, bool brings, bool is_basic) {
    const mlp_variable *detached;
    base_of(variable, &detached);
    const bool requires_grad = mlp_variable_requires_grad(variable);
    if (trace_of(c)->no_grad || (!requires_grad && !brings))
        return false;
    tensor_check_leaf(c, variable, is_basic);
    if (detached)
        call_fail(c, "a tensor with a history cannot be put into one that was made by detach() or "
                     ".data: write .detach() behind it");
    check_view(c, variable);
    return true;
}

/* One number for several elements must lie in the range of their dtype; decimals are cut off. */
static void check_range(call *c, mlp_dtype dtype, mlp_number number) {
    if (!mlp_number_fits(number, dtype))
        call_fail(option_raises_overflow(c, dtype), "%g does not fit in a tensor of %s",
                  number.real, mlp_dtype_name(dtype));
}

/* A number as the dtype can hold it. */
static mlp_number number_for(call *c, const mlp_tensor *x, const object *v) {
    if (!object_is_number(v))
        call_fail(v->kind == OBJECT_STRING
                      ? call_raises(c, TYPE_ERROR, "can't assign a str to a torch.%sTensor",
                                    mlp_dtype_word(x->dtype))
                      : c,
                  "elements of a Tensor are set to a number or a Tensor, not to a value of type "
                  "%s",
                  object_type(v));
    const mlp_number number = option_number(v);
    check_range(c, x->dtype, number);
    option_check_object(c, v, x->dtype);
    return number;
}

static mlp_value *with_sizes(call *c, const mlp_operation *operation, mlp_value *v,
                             mlp_sizes sizes) {
    return tensor_step(
        c,
        &(mlp_request){.operation = operation, .in = {v}, .options.sizes = sizes, .hidden = true});
}

/* What PyTorch raises of values that do not fit; c where they do. */
static call *raises_unfit(call *c, const mlp_tensor *values, const mlp_tensor *places, bool basic) {
    char shape[MLP_SHAPE_TEXT], wanted[MLP_SHAPE_TEXT];
    mlp_shape_text(shape, values);
    mlp_shape_text(wanted, places);
    if (values->ndim > places->ndim)
        return basic ? call_raises(c, RUNTIME_ERROR,
                                   "expand(torch.%sTensor{%s}, size=%s): the number of sizes "
                                   "provided (%zu) must be greater or equal to the number of "
                                   "dimensions in the tensor (%zu)",
                                   mlp_dtype_word(values->dtype), shape, wanted, places->ndim,
                                   values->ndim)
                     : c;
    for (size_t d = values->ndim; d-- > 0;) {
        const size_t to = places->ndim - values->ndim + d;
        if (values->shape[d] == 1 || values->shape[d] == places->shape[to])
            continue;
        return basic
                   ? call_raises(c, RUNTIME_ERROR,
                                 "The expanded size of the tensor (%zu) must match the existing "
                                 "size (%zu) at non-singleton dimension %zu.  Target sizes: %s.  "
                                 "Tensor sizes: %s",
                                 places->shape[to], values->shape[d], to, wanted, shape)
                   : call_raises(c, RUNTIME_ERROR,
                                 "shape mismatch: value tensor of shape %s cannot be broadcast to "
                                 "indexing result of shape %s",
                                 shape, wanted);
    }
    return c;
}

/* A tensor in the shape of the places; sizes of 1 in front do not count. */
static mlp_value *values_for(call *c, const mlp_tensor *places, mlp_dtype dtype, bool basic,
                             const object *v) {
    mlp_value *values = tensor_value(c, v);
    if (values->tensor.dtype != dtype && !basic)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Index put requires the source and destination dtypes match, got %s "
                              "for the destination and %s for the source.",
                              mlp_dtype_word(dtype), mlp_dtype_word(values->tensor.dtype)),
                  "elements that are chosen by tensors or lists are set to a tensor of the same "
                  "dtype: %s, not %s",
                  mlp_dtype_name(dtype), mlp_dtype_name(values->tensor.dtype));
    if (values->tensor.ndim == 0 && places->ndim > 0 && mlp_dtype_is_floating(values->tensor.dtype))
        check_range(c, dtype, mlp_real(mlp_tensor_get(&values->tensor, 0)));
    values = tensor_step(
        c, &(mlp_request){.operation = values->tensor.dtype == dtype ? &mlp_clone : &mlp_to,
                          .in = {values},
                          .options.dtype = dtype,
                          .hidden = true});
    const mlp_tensor *t = &values->tensor;
    size_t ones = 0;
    while (ones < t->ndim && t->shape[ones] == 1)
        ones++;
    if (ones)
        values = with_sizes(c, &mlp_reshape, values, tensor_sizes(t->ndim - ones, t->shape + ones));
    if (mlp_tensor_same_shape(&values->tensor, places))
        return values;
    return with_sizes(raises_unfit(c, &values->tensor, places, basic), &mlp_expand, values,
                      tensor_sizes(places->ndim, places->shape));
}

/* PyTorch refuses to set what tensors choose where they, or what it is set to, share its memory. One
 * number for what a mask chooses is set in another way. */
static void check_apart(call *c, const object *a, object *index, const object *v) {
    const bool several = index->kind == OBJECT_TUPLE;
    object *const *items = several ? index->as.sequence.items : &index;
    const size_t count = several ? index->as.sequence.count : 1;
    const mlp_value *x = tensor_value(c, a), *value = is_tensor(v) ? tensor_value(c, v) : NULL;
    const bool is_mask = is_tensor(index) && tensor_value(c, index)->tensor.dtype == MLP_BOOL;
    bool shares = value && !(is_mask && value->tensor.numel == 1) && mlp_values_share(x, value);
    for (size_t i = 0; i < count; i++)
        shares = shares || (is_tensor(items[i]) && x->tensor.dtype == MLP_INT64 &&
                            mlp_values_share(x, tensor_value(c, items[i])));
    if (shares)
        call_fail(c, "this sets elements by a tensor, or to one, that shares its numbers with the "
                     "one that is changed: write .clone() behind it");
}

/* --- all of it --- */

/* Of x[...] = v. */
static const char *node_of_whole(call *c, const object *a, const object *index, const object *v) {
    if (index->kind != OBJECT_ELLIPSIS)
        return NULL;
    const size_t ndim = tensor_value(c, a)->tensor.ndim;
    const bool fills = ndim > 0 && (!is_tensor(v) || tensor_value(c, v)->tensor.ndim == 0);
    return fills ? "FillBackward3" : "CopyBackwards";
}

void tensor_assign_elements(call *c, object *a, object *index, object *v) {
    const mlp_variable *detached;
    mlp_variable *base = base_of(variable_of(a), &detached);
    const bool brings = is_tensor(v) && mlp_variable_requires_grad(variable_of(v)) &&
                        mlp_dtype_is_floating(tensor_value(c, a)->tensor.dtype);
    const bool has_history = check_history(c, variable_of(a), brings, makes_view(index));
    object *all = variable_object(c, places_of(c, variable_of(a)));
    const object *chosen = tensor_index_hidden(c, all, index);
    const bool basic = chosen == all || variable_of(chosen)->view_of;
    mlp_value *places = tensor_value(c, chosen);
    mlp_request request = {.operation = &mlp_index_put,
                           .in = {tensor_value(c, variable_object(c, base)), places},
                           .without_history = !has_history};
    const mlp_tensor *x = &request.in[0]->tensor;
    if (basic && is_tensor(v))
        tensor_check_overlap(c, tensor_index_hidden(c, a, index), v);
    if (!basic)
        check_apart(c, a, index, v);
    if (is_tensor(v))
        request.in[2] = values_for(c, &places->tensor, x->dtype, basic, v);
    else
        request.options.number = number_for(c, x, v);
    check_distinct(c, &places->tensor, x->numel, basic,
                   request.in[2] ? &request.in[2]->tensor : NULL);
    bool done = false;
    if (!request.in[2] && request.options.number.off == 0 && !places->bound &&
        !mlp_trace_put(trace_of(c), request.in[0], &places->tensor, request.options.number, &done,
                       script_error(c->script)))
        call_give_up(c);
    if (done)
        return;
    const char *whole = node_of_whole(c, a, index, v);
    request.options.inplace = whole != NULL;
    mlp_value *result = tensor_step(c, &request);
    if (makes_view(index) || mlp_variable_original(variable_of(a))->view_of)
        whole = "CopySlices";
    result->producer->grad_fn = whole;
    mlp_value_name(result, base->value->label.name, base->value->label.rank);
    hold(c, base, detached, result, false);
}

bool tensor_assign_whole(call *c, object *a, object *v, const char *grad_fn) {
    mlp_variable *x = mlp_variable_original(variable_of(a));
    if (!x->view_of && x->value->leaf && x->requires_grad)
        return false; /* which cannot be changed so */
    const bool brings = is_tensor(v) && mlp_variable_requires_grad(variable_of(v));
    if (!check_history(c, x, brings && mlp_dtype_is_floating(x->value->tensor.dtype), false))
        return false;
    object whole = {.kind = OBJECT_ELLIPSIS};
    tensor_assign_elements(c, a, &whole, v);
    if (!x->view_of)
        tensor_value(c, a)->producer->grad_fn = grad_fn;
    return true;
}

void tensor_assign_view(call *c, mlp_variable *view, mlp_value *v, bool without_history) {
    const mlp_variable *detached;
    mlp_variable *base = base_of(view, &detached);
    if (!mlp_value_fits(view->value, v, script_error(c->script)))
        call_give_up(c);
    const bool has_history = !without_history && check_history(c, view, v->requires_grad, true);
    mlp_request request = {
        .operation = &mlp_index_put,
        .in = {tensor_value(c, variable_object(c, base)), places_of(c, view)->value, v},
        .without_history = !has_history};
    check_distinct(c, &request.in[1]->tensor, request.in[0]->tensor.numel, true, NULL);
    mlp_value *result = tensor_step(c, &request);
    result->producer->grad_fn = "CopySlices";
    view->value->memory.replaced_by = v->producer; /* which may have read it */
    mlp_value_name(result, base->value->label.name, base->value->label.rank);
    hold(c, base, detached, result, without_history);
}

void tensor_augment_elements(call *c, operator op, object *a, object *index, object *v) {
    char shape[MLP_SHAPE_TEXT], result_shape[MLP_SHAPE_TEXT];
    object *old = tensor_index_hidden(c, a, index);
    tensor_check_overlap(c, old, v);
    object *fresh = tensor_binary(c, op, old, v);
    variable_of(old)->value->memory.replaced_by = variable_of(fresh)->value->producer;
    const mlp_tensor *t = &tensor_value(c, old)->tensor, *result = &tensor_value(c, fresh)->tensor;
    if (!mlp_tensor_same_shape(t, result))
        call_fail(c, "elements of shape %s cannot hold the result of shape %s in place",
                  mlp_shape_text(shape, t), mlp_shape_text(result_shape, result));
    if (t->dtype != result->dtype &&
        !(mlp_dtype_is_floating(t->dtype) && mlp_dtype_is_floating(result->dtype)) &&
        !(mlp_dtype_is_integer(t->dtype) && mlp_dtype_is_integer(result->dtype)))
        call_fail(c, "elements that are %s cannot hold the %s result in place",
                  mlp_dtype_name(t->dtype), mlp_dtype_name(result->dtype));
    fresh = tensor_cast(c, fresh, t->dtype);
    tensor_assign_elements(c, a, index, fresh);
    if (variable_of(old)->view_of) /* it was changed, and then assigned to where it is */
        mlp_value_changed_again(variable_of(a)->value);
}
