/* The bounds of what a step has just computed: its row says how. */
#include "mlpstep/bound.h"
#include "record.h"

#include "operations/bounded.h"

#include <math.h>
#include <string.h>

/* Room for so many numbers, or, of the scratch, four times as many. */
typedef struct {
    double *numbers;
    size_t capacity;
} room;

/* What a step's bounds are computed in; they are kept where some are not 0. */
struct mlp_bound_room {
    room zeros; /* the bounds of an exact tensor */
    room scratch;
    room out[MLP_MAX_OUTPUTS];
};

double mlp_value_bound(const mlp_value *value, size_t i) {
    return value->bound ? value->bound[i] : 0;
}

bool trace_bound_given(mlp_trace *trace, mlp_value *value) {
    const size_t n = value->tensor.numel;
    if (!trace->bounded || !trace->lost)
        return true;
    value->bound = mlp_arena_alloc(trace->arena, n, sizeof *value->bound);
    for (size_t i = 0; value->bound && i < n; i++)
        value->bound[i] = INFINITY;
    return value->bound != NULL;
}

static size_t largest_of(mlp_value *const values[], size_t count, size_t largest) {
    for (size_t i = 0; i < count; i++)
        if (values[i] && values[i]->tensor.numel > largest)
            largest = values[i]->tensor.numel;
    return largest;
}

/* Small rooms grow by half, so that they grow seldom; large ones are not to be wasted. */
static bool grow(mlp_trace *trace, room *r, size_t n, size_t times) {
    enum {
        LARGE = 1 << 20
    };
    if (r->numbers && r->capacity >= n)
        return true;
    r->capacity = n + (n < LARGE ? n / 2 : 0) + MLP_BOUND_ROOM;
    r->numbers = mlp_arena_alloc(trace->arena, r->capacity, times * sizeof *r->numbers);
    return r->numbers != NULL;
}

static bool make_room(mlp_trace *trace, const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    size_t n = largest_of(step->in, MLP_MAX_INPUTS, 0);
    n = largest_of(step->out, MLP_MAX_OUTPUTS, n);
    n = largest_of(of->in, MLP_MAX_INPUTS, n);
    n = largest_of(of->out, MLP_MAX_OUTPUTS, n);
    if (!trace->bound_room)
        trace->bound_room = mlp_arena_alloc(trace->arena, 1, sizeof *trace->bound_room);
    struct mlp_bound_room *rooms = trace->bound_room;
    bool well = rooms && grow(trace, &rooms->zeros, n, 1) && grow(trace, &rooms->scratch, n, 4);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS && well; i++)
        well = !step->out[i] || grow(trace, &rooms->out[i], step->out[i]->tensor.numel, 1);
    return well;
}

static const double *bound_of(const mlp_trace *trace, const mlp_value *value) {
    return !value ? NULL : value->bound ? value->bound : trace->bound_room->zeros.numbers;
}

static mlp_bounds bounds_of(const mlp_trace *trace, const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    mlp_bounds bounds = {.scratch = trace->bound_room->scratch.numbers};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        bounds.in[i] = bound_of(trace, of->in[i]);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        double *out = step->out[i] ? trace->bound_room->out[i].numbers : NULL;
        if (out)
            memset(out, 0, step->out[i]->tensor.numel * sizeof *out);
        bounds.of_out[i] = step->forward ? bound_of(trace, of->out[i]) : NULL;
        *(step->forward ? &bounds.din[i] : &bounds.out[i]) = out;
    }
    bounds.dout = step->forward ? bound_of(trace, step->in[0]) : NULL;
    return bounds;
}

static bool is_exact(const double *bound, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (bound[i] != 0)
            return false;
    return true;
}

/* What has no number has no bound either. */
static void settle(const mlp_trace *trace, const mlp_tensor *tensor, double *bound, bool known) {
    for (size_t i = 0; i < tensor->numel; i++)
        if (trace->lost || !known || isnan(bound[i]) || !isfinite(mlp_tensor_get(tensor, i)))
            bound[i] = INFINITY;
}

static bool keep(mlp_trace *trace, mlp_value *value, double *bound, bool known) {
    const size_t n = value->tensor.numel;
    settle(trace, &value->tensor, bound, known);
    if (is_exact(bound, n))
        return true;
    double *kept = mlp_arena_alloc(trace->arena, n, sizeof *kept);
    if (kept)
        value->bound = memcpy(kept, bound, n * sizeof *kept);
    return kept != NULL;
}

/* Runs the row's function; false where it has none for what it computes. */
static bool compute(const mlp_step *step, const mlp_call *call, const mlp_bounds *bounds) {
    const mlp_operation *operation = step->operation;
    const bool moves = operation->numbers != MLP_COMPUTED;
    if (step->forward && operation->bound_backward)
        operation->bound_backward(call, bounds);
    else if (!step->forward && operation->bound)
        operation->bound(call, bounds);
    else if (moves)
        (step->forward ? bound_moved_back : bound_moved)(operation, operation->gradients, call,
                                                         bounds);
    else
        return false;
    return true;
}

bool trace_bound_step(mlp_trace *trace, const mlp_step *step, const mlp_call *call) {
    if (!trace->bounded)
        return true;
    if (!make_room(trace, step))
        return false;
    const mlp_bounds bounds = bounds_of(trace, step);
    const bool known = compute(step, call, &bounds);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i] && !keep(trace, step->out[i], trace->bound_room->out[i].numbers, known))
            return false;
    return true;
}
