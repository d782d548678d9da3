/* How a step comes into the trace: it is appended, its outputs are allocated, and it is run. */
#include "record.h"

#include <string.h>

static const mlp_tensor *given_to(const mlp_value *value) {
    return value ? &value->tensor : NULL;
}

static mlp_tensor *written_by(mlp_value *value) {
    return value ? &value->tensor : NULL;
}

mlp_call trace_call_of(const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    mlp_call call = {0};
    memcpy(call.option, step->option, sizeof call.option);
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call.in[i] = given_to(of->in[i]);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        call.out[i] = written_by(of->out[i]);
    if (!step->forward)
        return call;
    call.dout = given_to(step->in[0]);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        call.din[i] = written_by(step->out[i]);
    return call;
}

mlp_shape trace_shape_of(const mlp_value *value) {
    const mlp_tensor *tensor = &value->tensor;
    mlp_shape shape = {.dtype = tensor->dtype, .ndim = tensor->ndim};
    memcpy(shape.shape, tensor->shape, sizeof shape.shape);
    return shape;
}

static void append(mlp_trace *trace, mlp_step *step) {
    step->previous = trace->last_forward;
    if (step->phase == MLP_FORWARD)
        trace->last_forward = step;
    if (trace->last_step)
        trace->last_step->next = step;
    else
        trace->first_step = step;
    trace->last_step = step;
}

static mlp_value *new_output(mlp_trace *trace, mlp_step *step, const mlp_shape *shape,
                             mlp_diagnostic *error) {
    mlp_tensor tensor;
    if (!mlp_tensor_new(&tensor, trace->arena, shape->dtype, shape->ndim, shape->shape, error))
        return NULL;
    mlp_value *value = mlp_trace_given(trace, tensor);
    if (!value) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    value->producer = step;
    value->given = false;
    return value;
}

mlp_step *trace_add_step(mlp_trace *trace, const mlp_step *draft, unsigned outputs,
                         const mlp_shape shape[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    mlp_step *step = mlp_arena_alloc(trace->arena, 1, sizeof *step);
    if (!step) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    *step = *draft;
    append(trace, step);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (outputs >> i & 1 && !(step->out[i] = new_output(trace, step, &shape[i], error)))
            return NULL;
    mlp_call call = trace_call_of(step);
    if (step->forward)
        step->operation->backward(&call);
    else
        step->operation->forward(&call);
    return step;
}

/* Where a step that computes from these values belongs: what is made of gradients alone, without
 * being differentiated itself, prepares an update. */
static mlp_phase phase_of(mlp_value *const in[MLP_MAX_INPUTS], bool requires_grad) {
    for (size_t i = 0; i < MLP_MAX_INPUTS && !requires_grad; i++)
        if (in[i] && in[i]->of_gradient)
            return MLP_UPDATE;
    return MLP_FORWARD;
}

/* Whether the step's result is differentiated: some input is, and the operation by it. */
static bool passes_gradient(const mlp_operation *operation, mlp_value *const in[MLP_MAX_INPUTS]) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (in[i] && in[i]->requires_grad && (operation->gradients >> i & 1))
            return true;
    return false;
}

mlp_value *trace_compute(mlp_trace *trace, const mlp_operation *operation, const mlp_origin *origin,
                         mlp_value *const in[MLP_MAX_INPUTS], const double option[MLP_MAX_OPTIONS],
                         bool with_history, const char **warning, mlp_diagnostic *error) {
    mlp_step draft = {.operation = operation, .origin = origin};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    memcpy(draft.in, in, sizeof draft.in);
    memcpy(draft.option, option, sizeof draft.option);
    mlp_call call = trace_call_of(&draft);
    if (!operation->check(&call, shape, error))
        return NULL;
    if (warning)
        *warning = call.warning;
    memcpy(draft.option, call.option, sizeof draft.option);
    const bool requires_grad =
        with_history && passes_gradient(operation, in) && mlp_dtype_is_floating(shape[0].dtype);
    draft.phase = phase_of(in, requires_grad);
    const mlp_step *step =
        trace_add_step(trace, &draft, (1u << operation->outputs) - 1, shape, error);
    if (!step)
        return NULL;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (in[i])
            in[i]->used = true;
    for (size_t i = 0; i < operation->outputs; i++)
        step->out[i]->of_gradient = draft.phase == MLP_UPDATE;
    step->out[0]->requires_grad = requires_grad;
    step->out[0]->leaf = !requires_grad;
    trace_note_origin(step->out[0]);
    return step->out[0];
}

/* The comment, and the inputs that have no entry yet. */
static bool show(mlp_trace *trace, const mlp_step *step) {
    bool well = trace_show_formula(trace, step);
    for (size_t i = 0; i < MLP_MAX_INPUTS && well; i++)
        well = !step->in[i] || mlp_trace_show(trace, step->phase, step->in[i]);
    return well;
}

mlp_value *mlp_trace_apply(mlp_trace *trace, const mlp_operation *operation,
                           const mlp_origin *origin, mlp_value *const in[MLP_MAX_INPUTS],
                           const double option[MLP_MAX_OPTIONS], const char **warning,
                           mlp_diagnostic *error) {
    mlp_value *out =
        trace_compute(trace, operation, origin, in, option, !trace->no_grad, warning, error);
    if (!out || show(trace, out->producer))
        return out;
    trace_out_of_memory(trace, error);
    return NULL;
}
