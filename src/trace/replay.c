/* A trace computed once more, with some of its values replaced. */
#include "mlpstep/replay.h"

#include "each.h"

#include <string.h>

/* A value's tensor in the replay; what is fixed of it. */
typedef struct {
    mlp_tensor tensor;
    const double *fixed; /* NULL: computed by its step */
    const bool *given;   /* NULL: all of it is fixed */
} slot;

struct mlp_replay {
    mlp_arena *arena;
    const mlp_trace *trace;
    bool in_float64;
    slot *slots; /* by the number of the value */
};

static mlp_dtype dtype_in(const mlp_replay *replay, mlp_dtype dtype) {
    return replay->in_float64 && dtype == MLP_FLOAT32 ? MLP_FLOAT64 : dtype;
}

static bool allocate(void *context, mlp_value *value) {
    mlp_replay *replay = context;
    slot *to = &replay->slots[value->number];
    const mlp_tensor *t = &value->tensor;
    mlp_diagnostic ignored;
    return to->tensor.data || mlp_tensor_new(&to->tensor, replay->arena, dtype_in(replay, t->dtype),
                                             t->ndim, t->shape, &ignored);
}

static bool restore(void *context, mlp_value *value) {
    mlp_replay *replay = context;
    slot *to = &replay->slots[value->number];
    const mlp_tensor *from = &value->tensor;
    to->fixed = NULL;
    to->given = NULL;
    if (to->tensor.dtype == from->dtype)
        memcpy(to->tensor.data, from->data, from->numel * mlp_dtype_size(from->dtype));
    else
        for (size_t i = 0; i < from->numel; i++)
            mlp_tensor_set(&to->tensor, i, mlp_tensor_get(from, i));
    return true;
}

mlp_replay *mlp_replay_new(mlp_arena *arena, const mlp_trace *trace, bool in_float64) {
    mlp_replay *replay = mlp_arena_alloc(arena, 1, sizeof *replay);
    if (!replay)
        return NULL;
    *replay = (mlp_replay){.arena = arena, .trace = trace, .in_float64 = in_float64};
    replay->slots = mlp_arena_alloc(arena, trace->values, sizeof *replay->slots);
    if (!replay->slots || !each_value(trace, allocate, replay))
        return NULL;
    mlp_replay_reset(replay);
    return replay;
}

void mlp_replay_reset(mlp_replay *replay) {
    each_value(replay->trace, restore, replay);
}

mlp_tensor *mlp_replay_tensor(mlp_replay *replay, const mlp_value *value) {
    return &replay->slots[value->number].tensor;
}

static void put_fixed(slot *to) {
    for (size_t i = 0; to->fixed && i < to->tensor.numel; i++)
        if (!to->given || to->given[i])
            mlp_tensor_set(&to->tensor, i, to->fixed[i]);
}

void mlp_replay_fix(mlp_replay *replay, const mlp_value *value, const double *numbers,
                    const bool *given) {
    slot *to = &replay->slots[value->number];
    to->fixed = numbers;
    to->given = given;
    put_fixed(to);
}

static mlp_tensor *tensor_of(mlp_replay *replay, const mlp_value *value) {
    return value ? &replay->slots[value->number].tensor : NULL;
}

static bool has_indices(const mlp_call *call) {
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++)
        if (call->in[i] && call->in[i]->dtype == MLP_INT64)
            return true;
    return false;
}

static bool is_refused(const mlp_step *of, const mlp_call *call) {
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    mlp_diagnostic ignored;
    mlp_call tried = *call;
    return !of->operation->check(&tried, shape, &ignored);
}

/* No kernel checks an index again. One that its operation would refuse, after other numbers were
 * put in its place, is the recorded one. */
static void keep_indices(const mlp_step *of, mlp_call *call) {
    if (!has_indices(call) || !is_refused(of, call))
        return;
    for (size_t i = 1; i < MLP_MAX_INPUTS; i++)
        if (call->in[i] && call->in[i]->dtype == MLP_INT64)
            call->in[i] = &of->in[i]->tensor;
}

/* Every member is set: a call is large, and to clear it first takes as long as a small step. */
static void fill_call(mlp_replay *replay, const mlp_step *step, mlp_call *call) {
    const mlp_step *of = step->forward ? step->forward : step;
    call->operation = of->operation;
    call->options = *step->options;
    call->release = *step->release;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call->in[i] = tensor_of(replay, of->in[i]);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        call->out[i] = tensor_of(replay, of->out[i]);
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call->din[i] = NULL;
    for (size_t i = 0; step->forward && i < MLP_MAX_OUTPUTS; i++)
        call->din[i] = tensor_of(replay, step->out[i]);
    call->dout = step->forward ? tensor_of(replay, step->in[0]) : NULL;
    call->dout_is_one = step->forward && mlp_value_is_one(step->in[0]);
    call->loop = mlp_step_loop(step);
    call->warning = NULL;
    keep_indices(of, call);
}

mlp_call mlp_replay_call(mlp_replay *replay, const mlp_step *step) {
    mlp_call call;
    fill_call(replay, step, &call);
    return call;
}

static void compute(mlp_replay *replay, const mlp_step *step) {
    mlp_call call;
    fill_call(replay, step, &call);
    if (replay->in_float64 && step->operation->in_float64)
        step->operation->in_float64(&call);
    if (step->forward)
        step->operation->backward(&call);
    else
        mlp_operation_forward(&call);
}

void mlp_replay_run(mlp_replay *replay, const mlp_step *first, const mlp_step *last) {
    for (const mlp_step *step = first ? first : replay->trace->first_step; step;
         step = step->next) {
        compute(replay, step);
        for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
            if (step->out[i])
                put_fixed(&replay->slots[step->out[i]->number]);
        if (step == last)
            return;
    }
}
