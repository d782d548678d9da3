/* How a step comes into the trace: it is appended, its outputs are allocated, and it is run. */
#include "record.h"

#include "keep.h"

#include "base/spend.h"

#include <string.h>

static const mlp_tensor *given_to(const mlp_value *value) {
    return value ? &value->tensor : NULL;
}

static mlp_tensor *written_by(mlp_value *value) {
    return value ? &value->tensor : NULL;
}

/* Of a draft: what it is computed from. */
static mlp_call call_of_draft(const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    mlp_call call = {
        .operation = of->operation, .options = *step->options, .release = *step->release};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call.in[i] = given_to(of->in[i]);
    return call;
}

/* The step has its outputs by now. */
static void complete_call(mlp_call *call, const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        call->out[i] = written_by(of->out[i]);
    call->loop = mlp_step_loop(step);
    if (!step->forward)
        return;
    call->dout = given_to(step->in[0]);
    call->dout_is_one = mlp_value_is_one(step->in[0]);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        call->din[i] = written_by(step->out[i]);
}

mlp_call trace_call_of(const mlp_step *step) {
    mlp_call call = call_of_draft(step);
    complete_call(&call, step);
    return call;
}

bool trace_passes_on(const mlp_step *step, size_t i) {
    return step->in[i] && step->in[i]->requires_grad && (step->operation->gradients >> i & 1);
}

mlp_shape trace_shape_of(const mlp_value *value) {
    const mlp_tensor *tensor = &value->tensor;
    mlp_shape shape = {.dtype = tensor->dtype, .ndim = tensor->ndim};
    memcpy(shape.shape, tensor->shape, sizeof shape.shape);
    return shape;
}

static void append(mlp_trace *trace, mlp_step *step) {
    step->previous = trace->settles ? NULL : trace->last_forward;
    if (step->phase == MLP_FORWARD || (step->phase == MLP_BACKWARD && !step->forward))
        trace->last_forward = step;
    if (trace->last_step)
        trace->last_step->next = step;
    else
        trace->first_step = step;
    trace->last_step = step;
}

/* Says of the step's results what their inputs tell, which may be let go of. */
static void note_results(const mlp_step *step, const mlp_call *call) {
    const mlp_operation *of = step->operation;
    const bool is_hidden = of->arrange ? step->in[0]->memory.hidden_view
                                       : of->is_hidden_view && of->is_hidden_view(call);
    const bool relabels = of->numbers == MLP_RELABELED;
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        mlp_value *out = step->out[i];
        if (!out)
            continue;
        out->computed_by = relabels ? step->in[0]->computed_by : of;
        out->memory.hidden_view = out->memory.counter->of_hidden_view = is_hidden;
    }
}

/* Whether nothing of out[i] has to be 0 before the step is run. */
static bool writes_all(const mlp_step *step, size_t i) {
    const mlp_step *of = step->forward ? step->forward : step;
    return of->operation->traits & MLP_WRITES_ALL &&
           (step->forward || i == 0 || of->operation->optimizer);
}

static mlp_value *new_output(mlp_trace *trace, mlp_step *step, size_t i, const mlp_shape *shape,
                             mlp_diagnostic *error) {
    mlp_tensor tensor;
    if (!(writes_all(step, i) ? mlp_tensor_new_unset : mlp_tensor_new)(
            &tensor, trace->arena, shape->dtype, shape->ndim, shape->shape, error))
        return NULL;
    mlp_value *value = mlp_trace_given(trace, tensor);
    if (!value) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    value->producer = step;
    value->given = false;
    value->inside = trace->inside;
    value->inference = trace->inference > 0;
    return value;
}

enum {
    SHARED = 256, /* how many different options are remembered ... */
    PLACES = 8    /* ... each in one of so many places, which follow one another */
};

/* Of what a loop varies: most options go with the operation and the module. */
static size_t hash(const mlp_step *draft) {
    const mlp_options *options = draft->options;
    uint64_t number, hash = 0;
    memcpy(&number, &options->number.real, sizeof number);
    const uint64_t words[] = {
        (uintptr_t)draft->operation, (uintptr_t)draft->origin, number,
        (uint64_t)options->dim,      (uint64_t)options->index, (uint64_t)options->start,
        (uint64_t)options->stop,     (uint64_t)options->step};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        hash = (hash << 5 | hash >> 59) ^ words[i];
    hash *= 0x9e3779b97f4a7c15U;
    return (size_t)(hash >> 32);
}

/* To the byte, so that 0.0 and -0.0 differ. */
static bool is_same(const void *a, const void *b) {
    return memcmp(a, b, sizeof(mlp_options)) == 0;
}

/* Where the options are remembered, or can be: where no place is free, one is made so. */
static const mlp_options **place_of(mlp_trace *trace, const mlp_step *draft) {
    const size_t first = hash(draft);
    for (size_t i = 0; i < PLACES; i++) {
        const mlp_options **place = &trace->options[(first + i) % SHARED];
        if (!*place || is_same(*place, draft->options))
            return place;
    }
    const mlp_options **place = &trace->options[(first + trace->values % PLACES) % SHARED];
    *place = NULL;
    return place;
}

/* Those of a backward step are the forward step's. Else they are the options of an earlier step that
 * are the same ones, or a copy; NULL without memory. A long training thus keeps those of its first
 * round. Where padding differs, a copy more is made. */
static const mlp_options *share_options(mlp_trace *trace, const mlp_step *draft) {
    if (draft->forward)
        return draft->options;
    if (!trace->options)
        trace->options = mlp_arena_alloc(trace->arena, SHARED, sizeof *trace->options);
    if (!trace->options)
        return NULL;
    const mlp_options **place = place_of(trace, draft);
    mlp_options *copy = *place ? NULL : mlp_arena_alloc(trace->arena, 1, sizeof *copy);
    if (copy)
        *place = memcpy(copy, draft->options, sizeof *copy);
    return *place;
}

static double numbers_in(mlp_value *const values[], size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i] ? (double)values[i]->tensor.numel : 0;
    return sum;
}

/* The numbers that the step reads and writes; of a product, its terms: backward has as many for
 * each gradient. */
static double work_of(const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    double work = numbers_in(step->in, MLP_MAX_INPUTS) + numbers_in(step->out, MLP_MAX_OUTPUTS);
    if (step->forward)
        work += numbers_in(of->in, MLP_MAX_INPUTS);
    for (size_t i = 0; of->operation->work && i < MLP_MAX_OUTPUTS; i++)
        work += step->out[i] ? of->operation->work(&of->in[0]->tensor, &of->out[0]->tensor) : 0;
    return work;
}

static mlp_step *add_step(mlp_trace *trace, const mlp_step *draft, mlp_call *call, unsigned outputs,
                          const mlp_shape shape[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    mlp_step *step = mlp_arena_alloc(trace->arena, 1, sizeof *step);
    const mlp_options *options = share_options(trace, draft);
    if (!step || !options) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    *step = *draft;
    step->options = options;
    step->release = &trace->release;
    append(trace, step);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (outputs >> i & 1 && !(step->out[i] = new_output(trace, step, i, &shape[i], error)))
            return NULL;
    if (trace->budget && !spend(trace->budget, work_of(step), error))
        return NULL;
    complete_call(call, step);
    note_results(step, call);
    if (step->forward)
        step->operation->backward(call);
    else
        mlp_operation_forward(call);
    keep_note_step(trace, step);
    if (!trace_bound_step(trace, step, call)) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    return step;
}

mlp_step *trace_add_backward(mlp_trace *trace, const mlp_step *draft, unsigned outputs,
                             const mlp_shape shape[MLP_MAX_OUTPUTS], mlp_diagnostic *error) {
    mlp_call call = call_of_draft(draft);
    return add_step(trace, draft, &call, outputs, shape, error);
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

/* PyTorch saves nothing for a backward that was made without one in mind. */
static bool check_no_inference(const mlp_operation *operation, mlp_value *const in[MLP_MAX_INPUTS],
                               mlp_diagnostic *error) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        for (size_t j = 0; j < MLP_MAX_INPUTS; j++)
            if (in[i] && in[i]->requires_grad && (operation->gradients >> i & 1) &&
                (operation->reads[i] >> j & 1) && in[j] && in[j]->inference)
                return mlp_error(error,
                                 "a tensor that was made under torch.inference_mode() cannot "
                                 "take part in a gradient: make it under torch.no_grad()");
    return true;
}

static void note_use(const mlp_trace *trace, const mlp_step *step, bool requires_grad) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        mlp_value *in = step->in[i];
        if (!in)
            continue;
        in->used = true;
        in->given |= keep_is_given(trace, in);
        if (requires_grad && in->variable && in->requires_grad)
            in->variable->differentiated = true;
    }
}

/* All outputs, of an optimizer's states those that it keeps: bit i for out[i]. */
static unsigned outputs_of(const mlp_operation *operation, const mlp_options *options) {
    return operation->optimizer ? 1 | operation->optimizer->kept(options) << 1
                                : (1u << operation->outputs) - 1;
}

mlp_value *trace_compute(mlp_trace *trace, const mlp_request *request, bool no_grad,
                         const char **warning, mlp_diagnostic *error) {
    const mlp_operation *operation = request->operation;
    mlp_step draft = {.operation = operation,
                      .origin = request->origin,
                      .options = &request->options,
                      .release = &trace->release};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    memcpy(draft.in, request->in, sizeof draft.in);
    mlp_call call = call_of_draft(&draft);
    if (!operation->check(&call, shape, error))
        return NULL;
    if (warning)
        *warning = call.warning;
    const bool requires_grad = !request->without_history && !no_grad && trace->inference == 0 &&
                               passes_gradient(operation, draft.in) &&
                               mlp_dtype_is_floating(shape[0].dtype);
    if (requires_grad && !check_no_inference(operation, draft.in, error))
        return NULL;
    draft.phase = trace->sweeping ? MLP_BACKWARD : phase_of(draft.in, requires_grad);
    if (operation->traits & MLP_IS_PRODUCT)
        trace_note_columns(&call.options, draft.in);
    draft.options = &call.options;
    const mlp_step *step =
        add_step(trace, &draft, &call, outputs_of(operation, &call.options), shape, error);
    if (!step)
        return NULL;
    note_use(trace, step, requires_grad);
    mlp_value *out = step->out[0];
    out->of_gradient = step->phase == MLP_UPDATE;
    for (size_t i = 1; i < operation->outputs; i++)
        if (step->out[i])
            step->out[i]->of_gradient = out->of_gradient;
    out->requires_grad = requires_grad;
    out->leaf = !requires_grad;
    trace_note_origin(out);
    if (!trace_note_unseeded(trace, out) || !trace_note_layout(trace, out)) {
        trace_out_of_memory(trace, error);
        return NULL;
    }
    return out;
}

bool trace_show_step(mlp_trace *trace, const mlp_step *step) {
    const bool is_shown = step->out[0] && !step->out[0]->label.hidden;
    bool well = (!is_shown || trace_come_to(trace, step->phase)) && trace_show_formula(trace, step);
    for (size_t i = 0; i < MLP_MAX_INPUTS && well; i++)
        well = !step->in[i] || mlp_trace_show(trace, step->phase, step->in[i]);
    return well;
}

mlp_value *mlp_trace_record(mlp_trace *trace, const mlp_request *request, const char **warning,
                            mlp_diagnostic *error) {
    mlp_value *out = trace_compute(trace, request, trace->no_grad, warning, error);
    if (!out)
        return NULL;
    out->label.hidden = request->hidden;
    if (trace_show_step(trace, out->producer) && mlp_trace_show(trace, out->producer->phase, out))
        return out;
    trace_out_of_memory(trace, error);
    return NULL;
}

mlp_value *mlp_trace_function(mlp_trace *trace, const mlp_function_of_script *function,
                              mlp_value *const in[MLP_MAX_INPUTS], mlp_diagnostic *error) {
    mlp_request request = {.operation = &mlp_function};
    memcpy(request.in, in, sizeof request.in);
    mlp_value *out = mlp_trace_record(trace, &request, NULL, error);
    if (!out)
        return NULL;
    out->producer->function = function;
    out->producer->grad_fn = function->grad_fn;
    return out;
}
