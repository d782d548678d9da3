/* Tensors as a program holds them: several may show the same numbers, and any of them may
 * change these. What changed is made anew for the others when they are read again. */
#include "mlpstep/trace.h"

#include "record.h"

#include <math.h>

mlp_variable *mlp_trace_variable(mlp_trace *trace, mlp_value *value, bool requires_grad) {
    mlp_variable *variable = mlp_arena_alloc(trace->arena, 1, sizeof *variable);
    if (!variable)
        return NULL;
    *variable = (mlp_variable){.value = value, .requires_grad = requires_grad};
    if (!value->producer && !value->variable) {
        value->variable = variable;
        value->requires_grad = requires_grad;
    }
    return variable;
}

/* --- sharing --- */

/* The same numbers once more, without history, in the shape of `like`. */
static mlp_value *copy(mlp_trace *trace, mlp_value *of, const mlp_tensor *like,
                       mlp_diagnostic *error) {
    double sizes[MLP_MAX_OPTIONS];
    for (size_t i = 0; i < MLP_MAX_OPTIONS; i++)
        sizes[i] = i < like->ndim ? (double)like->shape[i] : (double)NAN;
    const bool no_grad = trace->no_grad;
    mlp_value *const in[MLP_MAX_INPUTS] = {of};
    trace->no_grad = true;
    mlp_value *out = trace_compute(trace, &mlp_reshape, NULL, in, sizes, NULL, error);
    trace->no_grad = no_grad;
    return out;
}

/* A leaf's new value bears the leaf's name. */
static void install(mlp_variable *variable, mlp_value *value) {
    value->variable = variable;
    value->requires_grad = variable->requires_grad;
    value->leaf = true;
    value->of_gradient = false;
    mlp_value_name(value, variable->value->name, variable->value->rank);
    variable->value = value;
}

/* The numbers were written by way of another variable. */
static mlp_value *follow_storage(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error) {
    mlp_value *fresh = copy(trace, variable->storage->latest, &variable->value->tensor, error);
    if (!fresh)
        return NULL;
    variable->value->replaced = true;
    install(variable, fresh);
    variable->seen = variable->storage->latest;
    return fresh;
}

/* The step that made the view is done again with the base's present value. */
static mlp_value *follow_base(mlp_trace *trace, mlp_variable *view, mlp_value *base,
                              mlp_diagnostic *error) {
    const mlp_value *old = view->value;
    const mlp_step *step = old->producer;
    mlp_value *in[MLP_MAX_INPUTS] = {base};
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++)
        in[i] = step->in[i];
    mlp_value *fresh =
        trace_compute(trace, step->operation, step->origin, in, step->option, NULL, error);
    if (!fresh)
        return NULL;
    mlp_value_name(fresh, old->name, old->rank);
    view->value->replaced = true;
    view->value = fresh;
    view->seen = base;
    return fresh;
}

mlp_value *mlp_variable_value(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error) {
    if (variable->storage && variable->seen != variable->storage->latest)
        return follow_storage(trace, variable, error);
    if (!variable->view_of)
        return variable->value;
    mlp_value *base = mlp_variable_value(trace, variable->view_of, error);
    if (!base || base == variable->seen)
        return base ? variable->value : NULL;
    return follow_base(trace, variable, base, error);
}

static bool open_storage(mlp_trace *trace, mlp_variable *variable) {
    if (variable->storage)
        return true;
    variable->storage = mlp_arena_alloc(trace->arena, 1, sizeof *variable->storage);
    if (!variable->storage)
        return false;
    variable->storage->latest = variable->value;
    variable->seen = variable->value;
    return true;
}

/* The value of a variable that shares the numbers of `of`; NULL where it cannot. */
static mlp_value *share(mlp_trace *trace, mlp_variable *of, mlp_diagnostic *error) {
    mlp_value *value = mlp_variable_value(trace, of, error);
    if (!value)
        return NULL;
    if (!of->view_of && !open_storage(trace, of)) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    return copy(trace, value, &value->tensor, error);
}

mlp_variable *mlp_trace_detach(mlp_trace *trace, mlp_variable *of, mlp_diagnostic *error) {
    mlp_value *value = share(trace, of, error);
    mlp_variable *variable = value ? mlp_trace_variable(trace, value, false) : NULL;
    if (!variable) {
        if (value)
            trace_out_of_memory(trace, error);
        return NULL;
    }
    if (of->view_of)
        return variable->view_of = of, variable->seen = of->value, variable;
    variable->storage = of->storage;
    variable->seen = of->storage->latest;
    variable->detached_of = of;
    return variable;
}

mlp_variable *mlp_trace_view(mlp_trace *trace, mlp_variable *base, mlp_value *value,
                             mlp_diagnostic *error) {
    mlp_variable *view = mlp_trace_variable(trace, value, value->requires_grad);
    if (!view) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    view->view_of = base;
    view->seen = base->value;
    return view;
}

bool mlp_variable_shares(const mlp_variable *variable) {
    return variable->detached_of && variable->detached_of->storage == variable->storage;
}

bool mlp_trace_share(mlp_trace *trace, mlp_variable *variable, mlp_variable *of,
                     mlp_diagnostic *error) {
    if (of->view_of)
        return mlp_error(error, "a view cannot become the data of another tensor: write "
                                ".clone() behind it");
    mlp_value *value = share(trace, of, error);
    if (!value)
        return false;
    const bool updates = value->of_gradient;
    if (variable->value->requires_grad && !variable->value->leaf)
        return mlp_error(error, "the data of a computed tensor cannot be set: only that of a leaf");
    variable->value->replaced = true;
    install(variable, value);
    variable->storage = of->storage;
    variable->seen = of->storage->latest;
    variable->detached_of = variable->view_of = NULL;
    return !updates || mlp_trace_show(trace, MLP_UPDATE, value) ||
           trace_out_of_memory(trace, error);
}

/* --- leaves --- */

bool mlp_trace_require_grad(mlp_trace *trace, mlp_variable *variable, bool requires_grad,
                            mlp_diagnostic *error) {
    mlp_value *value = mlp_variable_value(trace, variable, error);
    if (!value)
        return false;
    if (value->requires_grad && !value->leaf)
        return mlp_error(error, "requires_grad can only be changed on a leaf: write .detach() to "
                                "have a tensor without history");
    variable->requires_grad = requires_grad;
    if (value->requires_grad == requires_grad)
        return true;
    const bool shown = value->shown;
    if (value->used) /* what was computed from it keeps its history */
        value = copy(trace, value, &value->tensor, error);
    if (!value)
        return false;
    value->shown = shown;
    install(variable, value);
    return true;
}

/* --- in-place changes --- */

static bool check_assignable(const mlp_trace *trace, const mlp_variable *variable, bool detached,
                             const mlp_value *value, mlp_diagnostic *error) {
    const mlp_value *old = variable->value;
    if (variable->view_of)
        return mlp_error(error, "this tensor is a view, made by indexing, .T, view() or the like: "
                                "change the tensor that it was made from instead, or a .clone()");
    if (!mlp_tensor_same_shape(&old->tensor, &value->tensor) ||
        old->tensor.dtype != value->tensor.dtype) {
        char shape[MLP_SHAPE_TEXT], result[MLP_SHAPE_TEXT];
        return mlp_error(
            error, "a %s tensor of shape %s cannot hold the %s result of shape %s in place",
            mlp_dtype_name(old->tensor.dtype), mlp_shape_text(shape, &old->tensor),
            mlp_dtype_name(value->tensor.dtype), mlp_shape_text(result, &value->tensor));
    }
    if (!old->requires_grad)
        return true;
    if (old->leaf && !detached && !trace->no_grad)
        return mlp_error(error, "a leaf that requires grad cannot be changed in place: leave "
                                "the change out, or make it under torch.no_grad()");
    if (!old->leaf && (detached || trace->no_grad))
        return mlp_error(error, "a computed tensor that requires grad cannot be changed in place "
                                "without its history: make a new tensor");
    return true;
}

bool mlp_trace_assign(mlp_trace *trace, mlp_variable *variable, mlp_value *value,
                      mlp_diagnostic *error) {
    bool detached = false;
    while (mlp_variable_shares(variable)) {
        variable = variable->detached_of;
        detached = true;
    }
    mlp_value *old = mlp_variable_value(trace, variable, error);
    if (!old || !check_assignable(trace, variable, detached, value, error))
        return false;
    old->replaced = true;
    old->replaced_by = value->producer;
    if (old->leaf && variable->requires_grad) {
        install(variable, value);
    } else {
        variable->value = value;
        variable->requires_grad = value->requires_grad;
    }
    if (variable->storage)
        variable->seen = variable->storage->latest = value;
    return true;
}
