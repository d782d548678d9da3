#include "judge.h"

#include "mlpstep/replay.h"

#include <math.h>

enum {
    MOST_COMPARED = 64 /* numbers of a tensor, each with each */
};

static const double saturated = 0.99, near = 0.01;

/* --- one tensor --- */

static double number(const mlp_tensor *t, size_t i) {
    return mlp_tensor_get(t, i);
}

static bool is_finite(const mlp_tensor *t) {
    for (size_t i = 0; i < t->numel; i++)
        if (!isfinite(number(t, i)))
            return false;
    return true;
}

static bool is_zero(const mlp_tensor *t) {
    for (size_t i = 0; i < t->numel; i++)
        if (number(t, i) != 0)
            return false;
    return t->numel > 0;
}

static double largest(const mlp_tensor *t) {
    double most = 0;
    for (size_t i = 0; i < t->numel; i++)
        most = fmax(most, fabs(number(t, i)));
    return most;
}

static bool has_new_equals(const mlp_tensor *given, const mlp_tensor *t) {
    if (t->numel > MOST_COMPARED)
        return false;
    for (size_t i = 0; i < t->numel; i++)
        for (size_t j = 0; j < i; j++)
            if (number(t, i) == number(t, j) && number(t, i) != 0 &&
                number(given, i) != number(given, j))
                return true;
    return false;
}

static bool has_one_shape(const mlp_value *a, const mlp_value *b) {
    if (!a || !b)
        return a == b;
    if (a->tensor.dtype != b->tensor.dtype || a->tensor.ndim != b->tensor.ndim)
        return false;
    for (size_t d = 0; d < a->tensor.ndim; d++)
        if (a->tensor.shape[d] != b->tensor.shape[d])
            return false;
    return true;
}

/* Of a mask, too. */
static const char *judge_value(const mlp_value *given, const mlp_value *value) {
    if (!value)
        return NULL;
    if (is_zero(&value->tensor) && !is_zero(&given->tensor))
        return "has a tensor of zeros";
    if (!is_finite(&value->tensor) && is_finite(&given->tensor))
        return "has numbers that are not finite";
    return NULL;
}

/* --- one step --- */

static bool is_saturated(const mlp_step *step) {
    const bool is_log = step->operation == &mlp_log_softmax;
    if (step->phase != MLP_FORWARD || !(is_log || step->operation == &mlp_softmax))
        return false;
    const mlp_tensor *y = &step->out[0]->tensor;
    for (size_t i = 0; i < y->numel; i++)
        if (number(y, i) > (is_log ? log(saturated) : saturated))
            return true;
    return false;
}

/* Numbers for the sides that a call stands on, which differ where any side does. */
typedef struct {
    uint64_t sides; /* FNV-1a */
    bool on_kink;
} stand;

static void take_side(void *context, int side) {
    stand *s = context;
    s->sides = (s->sides ^ (uint64_t)(side + 2)) * 1099511628211U;
    s->on_kink |= side == 0;
}

static void shift(mlp_tensor *t, double by) {
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, number(t, i) + by);
}

/* With the numbers that it looks at, the first input's or the result's, moved by a part of the
 * largest one. */
static stand stand_moved(mlp_replay *replay, const mlp_step *step, double part) {
    mlp_tensor *x = mlp_replay_tensor(replay, step->in[0]),
               *y = mlp_replay_tensor(replay, step->out[0]);
    const double by_x = part * largest(x), by_y = x == y ? 0 : part * largest(y);
    stand s = {.sides = 14695981039346656037U};
    shift(x, by_x);
    shift(y, by_y);
    const mlp_call call = mlp_replay_call(replay, step);
    step->operation->kinks(&call, take_side, &s);
    shift(x, -by_x);
    shift(y, -by_y);
    return s;
}

static bool is_near_kink(mlp_replay *replay, const mlp_step *step) {
    if (step->phase != MLP_FORWARD || !step->operation->kinks || !step->in[0] || !step->out[0] ||
        !mlp_dtype_is_floating(step->in[0]->tensor.dtype) ||
        !mlp_dtype_is_floating(step->out[0]->tensor.dtype))
        return false;
    const stand here = stand_moved(replay, step, 0), below = stand_moved(replay, step, -near),
                above = stand_moved(replay, step, near);
    return here.on_kink || below.sides != here.sides || above.sides != here.sides;
}

typedef struct {
    mlp_replay *given, *variant; /* in float64 */
} replays;

static const char *judge_step(const replays *r, const mlp_step *given, const mlp_step *step) {
    const char *flaw = NULL;
    for (size_t i = 0; i < MLP_MAX_INPUTS && !flaw; i++)
        flaw = judge_value(given->in[i], step->in[i]);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS && !flaw; i++)
        flaw = judge_value(given->out[i], step->out[i]);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS && !flaw && step->phase == MLP_FORWARD; i++)
        if (step->out[i] && mlp_dtype_is_floating(step->out[i]->tensor.dtype) &&
            has_new_equals(&given->out[i]->tensor, &step->out[i]->tensor))
            flaw = "has equal numbers that were different";
    if (!flaw && is_saturated(step) && !is_saturated(given))
        flaw = "has a softmax above 0.99";
    if (!flaw && is_near_kink(r->variant, step) && !is_near_kink(r->given, given))
        flaw = "comes too near to a kink, as of ReLU at 0";
    return flaw;
}

static bool has_one_form(const mlp_step *given, const mlp_step *step) {
    if (given->operation != step->operation || given->phase != step->phase)
        return false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (!has_one_shape(given->in[i], step->in[i]))
            return false;
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (!has_one_shape(given->out[i], step->out[i]))
            return false;
    return true;
}

static bool have_one_form(const mlp_trace *given, const mlp_trace *variant) {
    const mlp_step *a = given->first_step, *b = variant->first_step;
    for (; a && b; a = a->next, b = b->next)
        if (!has_one_form(a, b))
            return false;
    return a == b;
}

const char *judge_variant(mlp_arena *arena, const mlp_trace *given, const mlp_trace *variant) {
    if (!have_one_form(given, variant))
        return "takes other steps";
    const replays r = {mlp_replay_new(arena, given, true), mlp_replay_new(arena, variant, true)};
    if (!r.given || !r.variant)
        return "takes more memory than a run may use; --memory=SIZE allows more";
    const mlp_step *a = given->first_step, *b = variant->first_step;
    for (; a && a->phase != MLP_UPDATE; a = a->next, b = b->next) {
        const char *flaw = judge_step(&r, a, b);
        if (flaw)
            return flaw;
    }
    return NULL;
}
