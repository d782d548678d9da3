/* Tensors as a program holds them: several may show the same numbers, and any of them may
 * change these. What changed is made anew for the others when they are read again. */
#include "mlpstep/trace.h"

#include "record.h"

#include "base/spend.h"

#include <string.h>

mlp_variable *mlp_trace_variable(mlp_trace *trace, mlp_value *value, bool requires_grad) {
    mlp_variable *variable = mlp_arena_alloc(trace->arena, 1, sizeof *variable);
    if (!variable)
        return NULL;
    *variable = (mlp_variable){.value = value, .requires_grad = requires_grad};
    variable->inherits_from = variable;
    if (!value->producer && !value->variable) {
        value->variable = variable;
        value->requires_grad = requires_grad;
    }
    return variable;
}

/* --- memory --- */

/* The value stands in the memory of the other one. */
static void join(mlp_value *value, const mlp_value *with) {
    value->memory.counter = with->memory.counter;
    value->memory.version = value->memory.counter->changes;
    value->memory.expected = value->memory.counter->counted;
}

bool trace_is_overwritten(const mlp_value *value) {
    return value->memory.replaced || value->memory.counter->changes != value->memory.version;
}

/* --- sharing --- */

/* The same numbers once more, without history, in the shape of `like`, still in their memory. */
static mlp_value *copy(mlp_trace *trace, mlp_value *of, const mlp_tensor *like,
                       mlp_diagnostic *error) {
    mlp_request request = {.operation = &mlp_reshape, .in = {of}};
    request.options.sizes.count = like->ndim;
    memcpy(request.options.sizes.size, like->shape, sizeof like->shape);
    mlp_value *out = trace_compute(trace, &request, true, NULL, error);
    if (!out)
        return NULL;
    join(out, of);
    out->memory.layout = of->memory.layout;
    return out;
}

/* A leaf's new value bears the leaf's name. */
static void install(mlp_variable *variable, mlp_value *value) {
    value->variable = variable;
    value->requires_grad = variable->requires_grad;
    value->leaf = true;
    value->of_gradient = false;
    mlp_value_name(value, variable->value->label.name, variable->value->label.rank);
    variable->value = value;
}

static bool has_history(const mlp_value *value) {
    return value->requires_grad && !value->leaf;
}

/* A computed tensor keeps its history, whatever its numbers are by now. */
static mlp_value *overwritten(mlp_trace *trace, mlp_value *old, mlp_value *by,
                              mlp_diagnostic *error) {
    const mlp_request request = {.operation = &mlp_overwrite, .in = {old, by}};
    mlp_value *fresh = trace_compute(trace, &request, false, NULL, error);
    if (!fresh)
        return NULL;
    fresh->memory.layout = old->memory.layout;
    mlp_value_name(fresh, old->label.name, old->label.rank);
    return fresh;
}

static mlp_value *follow_written(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error) {
    mlp_value *old = variable->value, *latest = variable->storage->latest;
    mlp_value *fresh = overwritten(trace, old, latest, error);
    if (!fresh)
        return NULL;
    join(fresh, latest);
    old->memory.replaced = true;
    variable->value = fresh;
    variable->seen = latest;
    return fresh;
}

/* The numbers were written by way of another variable. */
static mlp_value *follow_storage(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error) {
    if (has_history(variable->value))
        return follow_written(trace, variable, error);
    mlp_value *fresh = copy(trace, variable->storage->latest, &variable->value->tensor, error);
    if (!fresh)
        return NULL;
    variable->value->memory.replaced = true;
    install(variable, fresh);
    variable->seen = variable->storage->latest;
    return fresh;
}

/* --- views --- */

bool mlp_variable_requires_grad(const mlp_variable *variable) {
    return variable->requires_grad || variable->inherits_from->requires_grad;
}

/* Whether autograd has counted changes of the base since the view was made. What hands its input on
 * is that tensor itself, whose history is its own at any time. */
static bool has_changed(const mlp_variable *view, mlp_value *base) {
    return view->value->producer->operation->hands_on ||
           base->memory.counter->counted != view->counted;
}

/* The step that made the view once more, of what its base holds now. */
static mlp_value *made_again(mlp_trace *trace, const mlp_variable *view, mlp_value *base,
                             bool without_history, mlp_diagnostic *error) {
    const mlp_step *step = view->value->producer;
    mlp_request request = {.operation = step->operation,
                           .origin = step->origin,
                           .in = {base},
                           .options = *step->options};
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++)
        request.in[i] = step->in[i];
    mlp_value *fresh = trace_compute(trace, &request, without_history, NULL, error);
    if (!fresh)
        return NULL;
    join(fresh, base);
    fresh->label.hidden = step->operation->hands_on;
    return fresh;
}

/* A view without history requires grad, or not, as its base does. */
static void inherit(mlp_variable *view) {
    mlp_value *value = view->value;
    if (value->leaf && !value->variable)
        value->requires_grad = mlp_variable_requires_grad(view);
}

static bool is_lost(const mlp_variable *view) {
    return view->is_lost && view->inherits_from->requires_grad;
}

static bool refuse_lost(mlp_diagnostic *error) {
    return mlp_error(error, "this view was made under torch.no_grad(), or by a loop over a tensor "
                            "that requires grad, and the tensor was changed in place since: make "
                            "the view again");
}

bool mlp_variable_has_known_history(mlp_trace *trace, mlp_variable *variable,
                                    mlp_diagnostic *error) {
    return trace_value_of(trace, variable, true, error) &&
           (!is_lost(variable) || refuse_lost(error));
}

/* The base is itself a view that was made a leaf which requires grad, later than this view of it:
 * in PyTorch both are views of one tensor, and this one knows nothing of that leaf. */
static bool was_made_leaf(const mlp_variable *view, const mlp_value *base) {
    return view->view_of->view_of && base->leaf && base->requires_grad && base->variable &&
           !has_history(view->value) && !view->requires_grad && !view->detached_view;
}

/* The step that made the view is done again with the base's present value. */
static mlp_value *follow_base(mlp_trace *trace, mlp_variable *view, mlp_value *base,
                              mlp_diagnostic *error) {
    mlp_value *old = view->value;
    const bool is_leaf = view->requires_grad && old->leaf && old->variable;
    const bool counts = has_changed(view, base);
    const bool is_lost = view->is_alone && counts;
    if (has_history(old) && !view->detached_view && !base->requires_grad) {
        mlp_error(error, "the tensor that this view was made from requires grad no more, and was "
                         "changed in place: make the view again");
        return NULL;
    }
    if (was_made_leaf(view, base)) {
        mlp_error(error, "the view that this view was made from requires grad since, and was "
                         "changed in place: make the view again");
        return NULL;
    }
    const bool has_none = is_leaf || is_lost || view->detached_view;
    mlp_value *fresh =
        made_again(trace, view, base, has_none || (!counts && !has_history(old)), error);
    if (!fresh)
        return NULL;
    old->memory.replaced = true;
    fresh->memory.rebased = counts || old->memory.rebased;
    view->seen = base;
    if (mlp_variable_requires_grad(view)) /* before, a change asks for no history */
        view->counted = base->memory.counter->counted;
    view->is_lost = view->is_lost || is_lost;
    if (is_leaf) {
        install(view, fresh);
        return fresh;
    }
    mlp_value_name(fresh, old->label.name, old->label.rank);
    view->value = fresh;
    view->requires_grad = fresh->requires_grad;
    inherit(view);
    return fresh;
}

/* The value of a view, which is made anew only where the numbers of its base changed. */
static mlp_value *view_value(mlp_trace *trace, mlp_variable *view, mlp_value *base,
                             mlp_diagnostic *error) {
    if (base == view->seen)
        return view->value;
    if (base->memory.counter != view->value->memory.counter) {
        mlp_error(error, "the tensor that this view was made from was given other numbers through "
                         ".data, or another shape in place, since: make the view again");
        return NULL;
    }
    const bool needs_history = mlp_variable_requires_grad(view) && !view->requires_grad &&
                               !view->detached_view && !view->is_lost && has_changed(view, base);
    if (needs_history || trace_is_overwritten(view->value))
        return follow_base(trace, view, base, error);
    view->seen = base;
    return view->value;
}

static mlp_value *view_with_history(mlp_trace *trace, mlp_variable *view, mlp_value *base,
                                    bool no_grad, mlp_diagnostic *error) {
    mlp_value *value = view_value(trace, view, base, error);
    if (!value || (!no_grad && is_lost(view) && !refuse_lost(error)))
        return NULL;
    inherit(view);
    return value;
}

static bool is_overtaken(const mlp_variable *variable) {
    return variable->storage && variable->seen != variable->storage->latest;
}

/* A view may be one of a view, and so on, a hundred thousand times: no recursion, and work that is
 * charged. */
mlp_value *trace_value_of(mlp_trace *trace, mlp_variable *variable, bool no_grad,
                          mlp_diagnostic *error) {
    size_t views = 0;
    variable->next_view = NULL;
    for (; !is_overtaken(variable) && variable->view_of; views++) {
        variable->view_of->next_view = variable;
        variable = variable->view_of;
    }
    if (trace->budget && !spend(trace->budget, (double)views, error))
        return NULL;
    mlp_value *value =
        is_overtaken(variable) ? follow_storage(trace, variable, error) : variable->value;
    while (value && (variable = variable->next_view))
        value = view_with_history(trace, variable, value, no_grad, error);
    return value;
}

mlp_value *mlp_variable_value(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error) {
    return trace_value_of(trace, variable, trace->no_grad, error);
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
    mlp_value *value = trace_value_of(trace, of, true, error);
    if (!value)
        return NULL;
    if (!of->view_of && !open_storage(trace, of)) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    return copy(trace, value, &value->tensor, error);
}

/* The variable's value was just made out of base's present one. */
static mlp_variable *as_view(mlp_variable *variable, mlp_variable *base, bool detached) {
    join(variable->value, base->value);
    variable->view_of = base;
    variable->seen = base->value;
    variable->detached_view = detached;
    variable->inherits_from = detached ? variable : base->inherits_from;
    base->has_views |= !detached;
    base->is_base = true;
    variable->counted = base->value->memory.counter->counted;
    return variable;
}

/* Not after .data = of another tensor. */
static bool still_shares(const mlp_variable *variable) {
    return variable->detached_of && variable->detached_of->storage == variable->storage;
}

mlp_variable *mlp_variable_root(mlp_variable *variable) {
    while (still_shares(variable) && !has_history(variable->detached_of->value))
        variable = variable->detached_of;
    return variable;
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
        return as_view(variable, of, true);
    variable->storage = of->storage;
    if (trace->settles && has_history(of->value)) /* whose graph the detached one must not hold */
        of->seen = of->storage->latest = value;
    else
        variable->detached_of = mlp_variable_root(of); /* not of one after the other */
    variable->seen = of->storage->latest;
    return variable;
}

mlp_variable *mlp_trace_data(mlp_trace *trace, mlp_variable *of, mlp_diagnostic *error) {
    mlp_variable *variable = mlp_trace_detach(trace, of, error);
    if (variable)
        variable->is_data = true;
    return variable;
}

bool mlp_trace_forget(mlp_trace *trace, mlp_variable *variable, mlp_diagnostic *error) {
    mlp_value *value = trace_value_of(trace, variable, true, error);
    value = value ? copy(trace, value, &value->tensor, error) : NULL;
    if (!value)
        return false;
    variable->value->memory.forgotten = true;
    variable->requires_grad = false;
    install(variable, value);
    if (variable->storage)
        variable->seen = variable->storage->latest = value;
    return true;
}

mlp_variable *mlp_trace_view(mlp_trace *trace, mlp_variable *base, mlp_value *value,
                             mlp_diagnostic *error) {
    mlp_variable *view = mlp_trace_variable(trace, value, value->requires_grad);
    if (!view) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    as_view(view, base, false);
    view->is_alone = trace->no_grad || value->producer->operation->of_several;
    inherit(view);
    return view;
}

mlp_variable *mlp_trace_stand_in(mlp_trace *trace, const mlp_variable *view,
                                 mlp_diagnostic *error) {
    mlp_variable *copied = mlp_arena_alloc(trace->arena, 1, sizeof *copied);
    if (!copied) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    *copied = *view;
    if (view->inherits_from == view)
        copied->inherits_from = copied;
    return copied;
}

void mlp_trace_rearrange(mlp_variable *variable, mlp_variable *stand_in, mlp_value *value) {
    variable->value->memory.replaced = true; /* a change like any other, to autograd */
    variable->value->memory.replaced_by = value->producer;
    variable->value = value;
    if (stand_in)
        as_view(variable, stand_in, variable->detached_view);
}

/* In PyTorch a leaf's gradient has the shape that the leaf had when its graph began, as long as
 * anything of that graph lives. */
static bool check_shape(const mlp_variable *variable, const mlp_value *data,
                        mlp_diagnostic *error) {
    return !variable->differentiated ||
           mlp_tensor_same_shape(&variable->value->tensor, &data->tensor) ||
           mlp_error(error, ".data cannot give another shape to a tensor that requires grad and "
                            "that was computed with: make a new tensor");
}

bool mlp_trace_share(mlp_trace *trace, mlp_variable *variable, mlp_variable *of,
                     mlp_diagnostic *error) {
    for (const mlp_variable *base = of->view_of; base; base = base->view_of)
        if (base == variable)
            return mlp_error(error, "a view cannot become the data of the tensor that it was made "
                                    "from: write .clone() behind it");
    mlp_value *value = share(trace, of, error);
    if (!value)
        return false;
    if (!check_shape(variable, value, error))
        return false;
    const bool updates = value->of_gradient;
    if (has_history(variable->value))
        return mlp_error(error, "the data of a computed tensor cannot be set: only that of a leaf");
    variable->value->memory.replaced = true;
    install(variable, value);
    variable->storage = of->view_of ? NULL : of->storage;
    variable->seen = of->view_of ? NULL : of->storage->latest;
    if (variable->inherits_from != variable)
        variable->inherits_from->has_strays = true;
    variable->detached_of = variable->view_of = NULL;
    variable->inherits_from = variable;
    if (of->view_of)
        as_view(variable, of, true);
    return !updates || mlp_trace_show(trace, MLP_UPDATE, value) ||
           trace_out_of_memory(trace, error);
}

/* --- leaves --- */

bool mlp_trace_require_grad(mlp_trace *trace, mlp_variable *variable, bool requires_grad,
                            mlp_diagnostic *error) {
    if (requires_grad && variable->has_strays)
        return mlp_error(error, "a view of this tensor was given other numbers through .data, and "
                                "would require grad with it: set requires_grad before that");
    mlp_value *value = mlp_variable_value(trace, variable, error);
    if (!value)
        return false;
    if (has_history(value))
        return requires_grad ||
               mlp_error(
                   mlp_raises(
                       error,
                       "RuntimeError: you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach()."),
                   "requires_grad can only be taken from a leaf: write .detach() to "
                   "have a tensor without history");
    const bool keeps_gradients = value->requires_grad && value->variable;
    variable->requires_grad = requires_grad;
    if (keeps_gradients == requires_grad)
        return true;
    const bool shown = value->label.shown;
    if (value->used) /* what was computed from it keeps its history */
        value = variable->view_of
                    ? made_again(trace, variable, variable->view_of->value, true, error)
                    : copy(trace, value, &value->tensor, error);
    if (!value)
        return false;
    value->label.shown = shown;
    install(variable, value);
    if (variable->view_of && !requires_grad) {
        value->variable = NULL;
        inherit(variable);
    }
    return true;
}

/* --- in-place changes --- */

bool mlp_value_fits(const mlp_value *old, const mlp_value *value, mlp_diagnostic *error) {
    char shape[MLP_SHAPE_TEXT], result[MLP_SHAPE_TEXT];
    if (mlp_tensor_same_shape(&old->tensor, &value->tensor) &&
        old->tensor.dtype == value->tensor.dtype)
        return true;
    if (old->tensor.dtype != value->tensor.dtype)
        mlp_raises(error,
                   "RuntimeError: result type %s can't be cast to the desired output type %s",
                   mlp_dtype_word(value->tensor.dtype), mlp_dtype_word(old->tensor.dtype));
    else
        mlp_raises(error, "RuntimeError: output with shape %s doesn't match the broadcast shape %s",
                   mlp_shape_text(shape, &old->tensor), mlp_shape_text(result, &value->tensor));
    return mlp_error(error,
                     "a tensor of %s and shape %s cannot hold a result of %s and shape %s in place",
                     mlp_dtype_name(old->tensor.dtype), mlp_shape_text(shape, &old->tensor),
                     mlp_dtype_name(value->tensor.dtype), mlp_shape_text(result, &value->tensor));
}

static bool check_assignable(const mlp_variable *variable, bool detached, const mlp_value *value,
                             bool no_grad, mlp_diagnostic *error) {
    const mlp_value *old = variable->value;
    if (variable->view_of)
        return mlp_error(error, "this tensor is a view, made by indexing, .T, view() or the like: "
                                "change the tensor that it was made from instead");
    if (!mlp_value_fits(old, value, error))
        return false;
    if (!old->requires_grad)
        return true;
    if (old->leaf && !detached && !no_grad)
        return mlp_error(
            mlp_raises(error, "RuntimeError: a leaf Variable that requires grad is being used "
                              "in an in-place operation."),
            "a leaf that requires grad cannot be changed in place: leave "
            "the change out, or make it under torch.no_grad()");
    if (!old->leaf && !value->requires_grad)
        return mlp_error(error, "a computed tensor that requires grad cannot be changed in place "
                                "without its history: make a new tensor");
    return true;
}

/* What a change under no_grad() leaves in the place of a computed tensor. The numbers have its name,
 * and are shown once. */
static mlp_value *overwritten_at(mlp_trace *trace, mlp_value *old, mlp_value *by,
                                 mlp_diagnostic *error) {
    if (!mlp_value_fits(old, by, error))
        return NULL;
    mlp_value_name(by, old->label.name, old->label.rank);
    mlp_value *fresh = overwritten(trace, old, by, error);
    if (fresh)
        fresh->label.hidden = true;
    return fresh;
}

mlp_variable *mlp_variable_original(mlp_variable *variable) {
    while (variable->view_of && variable->value->producer->operation->hands_on)
        variable = variable->view_of;
    return variable;
}

/* The tensor that this one was detached from has other memory by now, but to PyTorch the change
 * counts as one of it, and gives its views another history. */
static bool changes_views(const mlp_variable *variable) {
    const mlp_variable *of = variable->detached_of;
    return of && of->requires_grad && of->has_views && !variable->is_data &&
           !still_shares(variable);
}

/* In how many changes PyTorch comes to the value: decay on its own is one. */
static size_t writes_of(const mlp_value *value) {
    return value->producer && value->producer->operation == &mlp_adamw ? 2 : 1;
}

size_t mlp_value_version(const mlp_value *value) {
    return value->memory.counter->counted;
}

void mlp_value_changed_again(mlp_value *value) {
    value->memory.expected = ++value->memory.counter->counted;
}

bool mlp_trace_assign(mlp_trace *trace, mlp_variable *variable, mlp_value *value,
                      bool without_history, mlp_diagnostic *error) {
    if (changes_views(variable))
        return mlp_error(error,
                         "the tensor that this one was detached from was given other numbers "
                         "since, and has views: write .clone() behind .detach()");
    const bool no_grad = without_history || trace->no_grad, is_data = variable->is_data;
    variable->value->memory.replaced_by = value->producer;
    variable = mlp_variable_original(variable);
    /* A result with a history belongs to the detached variable alone. */
    mlp_variable *root = has_history(value) ? variable : mlp_variable_root(variable);
    const bool detached = root != variable;
    variable = root;
    mlp_value *old = trace_value_of(trace, variable, no_grad, error);
    const bool overwrites = old && no_grad && !detached && has_history(old) && !has_history(value);
    if (overwrites && !(value = overwritten_at(trace, old, value, error)))
        return false;
    if (!old || !check_assignable(variable, detached, value, no_grad, error))
        return false;
    old->memory.counter->changes++;
    old->memory.counter->counted += is_data ? 0 : writes_of(value);
    join(value, old);
    if (value->producer && value->producer->operation == &mlp_index_put && value->producer->in[2])
        join(value->producer->in[2], old); /* it was computed in place, in a part of them */
    /* New numbers make a hidden view anew, though it is nobody's that is seen. */
    value->memory.rebased = old->memory.counter->of_hidden_view && value->producer &&
                            value->producer->operation->numbers != MLP_RELABELED;
    value->retainer = old->retainer; /* .grad is that of the present numbers */
    old->retainer = NULL;
    value->memory.layout = old->memory.layout;
    old->memory.replaced = true;
    old->memory.replaced_by = value->producer;
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
