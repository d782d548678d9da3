/* Every leaf, every backward: analytic against numerical, element by element. */
#include "mlpstep/gradcheck.h"

#include "derivative.h"
#include "gradient_path.h"
#include "kinks.h"
#include "rounding.h"
#include "sample.h"

#include "base/out_of_memory.h"
#include "trace/entry_name.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* How much more than its estimated error a numerical gradient may be wrong by. */
static const double error_margin = 2;

/* What factors of float32 in an analytic gradient make of it, relatively. */
static const double error_of_factors = 5e-7;

/* How many budgets of a run a check may take: with the usual one, a minute or so. */
static const double most_budgets = 5;

/* Elements of a leaf that tell something. */
static const size_t fewest_elements = 8;

typedef struct {
    mlp_arena *arena;
    const mlp_trace *trace;
    mlp_replay *replay;
    gradient_path path;
    double *above; /* the roots at x + h, one after another */
    sample *first, *last;
    mlp_diagnostic *error;
} checker;

static bool fail_memory(const checker *c) {
    return out_of_memory(c->error, c->arena, "gradcheck needs");
}

/* --- the replay in float64 --- */

/* Integers and truth values that a step reads, as an index or a mask, stay as recorded: rounded
 * otherwise, they could choose something else, or what is not there. */
static bool hold_choices(const checker *c) {
    for (const mlp_step *step = c->trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            const mlp_value *in = step->in[i];
            if (!in || !in->producer || in == in->producer->out[0] ||
                mlp_dtype_is_floating(in->tensor.dtype))
                continue;
            double *numbers = mlp_arena_alloc(c->arena, in->tensor.numel, sizeof *numbers);
            for (size_t k = 0; numbers && k < in->tensor.numel; k++)
                numbers[k] = mlp_tensor_get(&in->tensor, k);
            if (!numbers)
                return false;
            mlp_replay_fix(c->replay, in, numbers, NULL);
        }
    return true;
}

static void compute_all(const checker *c) {
    for (const mlp_step *step = c->trace->first_step; step; step = step->next)
        if (!step->out[0] || mlp_dtype_is_floating(step->out[0]->tensor.dtype))
            mlp_replay_run(c->replay, step, step);
}

static bool new_checker(checker *c) {
    size_t largest = 0;
    for (const mlp_sweep *s = c->trace->first_sweep; s; s = s->next) {
        size_t numbers = 0;
        for (const mlp_root *r = s->roots; r; r = r->next)
            numbers += r->value->tensor.numel;
        if (numbers > largest)
            largest = numbers;
    }
    c->replay = mlp_replay_new(c->arena, c->trace, true);
    c->above = mlp_arena_alloc(c->arena, largest, sizeof *c->above);
    return c->replay && c->above && path_new(&c->path, c->arena, c->trace) && hold_choices(c);
}

/* --- what is checked --- */

/* NULL without memory. */
static const char *name_of(const checker *c, const mlp_value *leaf) {
    if (leaf->label.display)
        return leaf->label.display;
    if (leaf->variable->display)
        return leaf->variable->display;
    return leaf->label.name ? entry_name(c->arena, leaf->label.name) : "tensor";
}

static sample *find_sample(const checker *c, const mlp_value *leaf) {
    for (sample *s = c->first; s; s = s->next)
        if (s->result->variable == leaf->variable)
            return s;
    return NULL;
}

/* That of the leaf's variable, which all its values share; NULL without memory. */
static sample *sample_of(checker *c, const mlp_value *leaf) {
    sample *s = find_sample(c, leaf);
    if (s)
        return s;
    s = mlp_arena_alloc(c->arena, 1, sizeof *s);
    mlp_gradcheck_result *result = mlp_arena_alloc(c->arena, 1, sizeof *result);
    const char *name = name_of(c, leaf);
    if (!s || !result || !name)
        return NULL;
    *result =
        (mlp_gradcheck_result){.name = name, .variable = leaf->variable, .shape = &leaf->tensor};
    *s = (sample){.result = result};
    if (c->last) {
        c->last->next = s;
        c->last->result->next = result;
    } else {
        c->first = s;
    }
    return c->last = s;
}

/* Evaluations of the roots for one element, of which some six to ten pairs are usual. */
static const double evaluations = 16;

static double cost_of_step(const mlp_step *step) {
    const mlp_tensor *x = &step->in[0]->tensor, *y = &step->out[0]->tensor;
    const double numbers = (double)x->numel + (double)y->numel;
    return step->operation->work ? numbers + step->operation->work(x, y) : numbers;
}

static double cost_of_leaf(const gradient_path *p, const mlp_value *leaf) {
    double cost = 0;
    for (size_t i = 0; i < p->count; i++)
        cost += cost_of_step(p->steps[i]);
    return cost * (double)leaf->tensor.numel * evaluations;
}

/* Of all leaves, how many elements there are and what they cost. */
static bool count_elements(checker *c) {
    for (const mlp_sweep *sweep = c->trace->first_sweep; sweep; sweep = sweep->next) {
        path_to(&c->path, sweep->roots);
        for (const mlp_leaf_gradient *g = sweep->first; g; g = g->next) {
            sample *s = sample_of(c, g->leaf);
            if (!s)
                return fail_memory(c);
            path_from(&c->path, g->leaf);
            s->cost += cost_of_leaf(&c->path, g->leaf);
            s->result->all += g->leaf->tensor.numel;
        }
    }
    return true;
}

static bool choose_elements(checker *c, double budget) {
    const size_t most = sample_affordable(c->first, most_budgets * budget);
    const double least = sample_cost(c->first, fewest_elements) / most_budgets;
    if (least > budget)
        return mlp_error(
            c->error,
            "gradcheck computes the network anew for every element that it checks, and "
            "%zu of each parameter are too much here: --budget=%.0fG allows them, or "
            "take smaller layers, a smaller batch or fewer backward()",
            fewest_elements, ceil(least / 1e9));
    for (sample *s = c->first; s; s = s->next)
        if (!sample_choose(s, c->arena, most))
            return fail_memory(c);
    return true;
}

/* --- one leaf of one backward() --- */

typedef struct {
    checker *c;
    const mlp_root *roots;
    double *x; /* the element */
    uint64_t sides;
} nudge;

static void compute_path(const checker *c) {
    for (size_t i = 0; i < c->path.count; i++)
        mlp_replay_run(c->replay, c->path.steps[i], c->path.steps[i]);
}

static uint64_t sides_of_path(const checker *c) {
    return kinks_sides(c->replay, c->path.steps, c->path.count);
}

/* Computes the roots with the element at x; returns whether it is on the same side of all kinks. */
static bool compute_at(const nudge *n, double x) {
    *n->x = x;
    compute_path(n->c);
    return sides_of_path(n->c) == n->sides;
}

static const double *numbers_of(const nudge *n, const mlp_value *value) {
    return mlp_replay_tensor(n->c->replay, value)->data;
}

static void keep_above(const nudge *n) {
    double *above = n->c->above;
    for (const mlp_root *r = n->roots; r; above += r->value->tensor.numel, r = r->next)
        memcpy(above, numbers_of(n, r->value), r->value->tensor.numel * sizeof *above);
}

/* Of sum(seed * root), from what the roots are now to what they were at x + h: term by term, so
 * that what does not depend on the element cancels without a rest. */
static double rise_of(const nudge *n) {
    const double *above = n->c->above;
    double rise = 0;
    for (const mlp_root *r = n->roots; r; above += r->value->tensor.numel, r = r->next) {
        const double *seed = numbers_of(n, r->seed), *below = numbers_of(n, r->value);
        for (size_t i = 0; i < r->value->tensor.numel; i++)
            rise += seed[i] * (above[i] - below[i]);
    }
    return rise;
}

static central_difference difference_at(void *context, double h) {
    const nudge *n = context;
    const double x = *n->x, high = x + h, low = x - h;
    central_difference d = {.run = high - low};
    d.smooth = compute_at(n, high);
    keep_above(n);
    d.smooth = compute_at(n, low) && d.smooth;
    d.rise = rise_of(n);
    d.smooth = d.smooth && isfinite(d.rise) && isfinite(d.run);
    *n->x = x;
    return d;
}

static bool are_finite(const nudge *n) {
    for (const mlp_root *r = n->roots; r; r = r->next)
        for (size_t i = 0; i < r->value->tensor.numel; i++)
            if (!isfinite(numbers_of(n, r->value)[i]))
                return false;
    return true;
}

static void keep_larger(mlp_difference *largest, const mlp_difference *d) {
    if (largest->backward == 0 || d->size > largest->size)
        *largest = *d;
}

static void compare(mlp_gradcheck_result *result, mlp_difference d, double error) {
    const double difference = fabs(d.analytic - d.numerical);
    const bool comparable = isfinite(difference);
    d.size = comparable ? difference : (double)INFINITY;
    keep_larger(&result->absolute, &d);
    const double size = fmax(fmax(fabs(d.analytic), fabs(d.numerical)),
                             error_margin * error / MLP_GRADCHECK_TOLERANCE);
    if (comparable && difference > 0)
        d.size = difference / size;
    keep_larger(&result->relative, &d);
    result->differ += d.size > MLP_GRADCHECK_TOLERANCE;
}

/* Whether PyTorch itself rounds factors of the gradient to float32. */
static bool rounds_factors(const checker *c) {
    for (size_t i = 0; i < c->path.count; i++)
        if (c->path.steps[i]->operation->rounds_factors)
            return true;
    return false;
}

static void check_element(nudge *n, mlp_gradcheck_result *result, mlp_difference d,
                          double rounding) {
    const double x = *n->x;
    const bool defined = are_finite(n) && isfinite(x);
    derivative numerical = {.value = (double)NAN};
    if (defined)
        numerical = extrapolated_derivative(difference_at, n, x, rounding);
    compute_at(n, x); /* as it was, for the next element and the other leaves */
    result->elements++;
    if (defined && !numerical.found && isfinite(d.analytic)) {
        result->kinks++;
        return;
    }
    d.numerical = numerical.found ? numerical.value : (double)NAN;
    const double rounded = rounds_factors(n->c) ? error_of_factors * fabs(d.analytic) : 0;
    compare(result, d, numerical.error + rounded);
}

static void check_leaf(checker *c, const mlp_sweep *sweep, size_t backward, double rounding,
                       const mlp_leaf_gradient *g) {
    const mlp_tensor *leaf = mlp_replay_tensor(c->replay, g->leaf);
    const mlp_tensor *gradient = mlp_replay_tensor(c->replay, g->gradient);
    sample *s = find_sample(c, g->leaf);
    nudge n = {.c = c, .roots = sweep->roots, .sides = sides_of_path(c)};
    for (size_t i = 0; i < leaf->numel; i++) {
        if (!sample_takes(s))
            continue;
        n.x = (double *)leaf->data + i;
        const double analytic = mlp_tensor_get(gradient, i);
        check_element(&n, s->result,
                      (mlp_difference){.at = i, .backward = backward, .analytic = analytic},
                      rounding);
    }
}

/* --- all of them --- */

static void check_all(checker *c) {
    size_t backward = 0;
    for (const mlp_sweep *s = c->trace->first_sweep; s; s = s->next) {
        backward++;
        const double rounding = DBL_EPSILON * rounding_terms(c->replay, s);
        path_to(&c->path, s->roots);
        for (const mlp_leaf_gradient *g = s->first; g; g = g->next) {
            path_from(&c->path, g->leaf);
            check_leaf(c, s, backward, rounding, g);
        }
    }
}

mlp_gradcheck_result *mlp_gradcheck(mlp_arena *arena, const mlp_trace *trace, double budget,
                                    mlp_diagnostic *error) {
    checker c = {.arena = arena, .trace = trace, .error = error};
    if (!trace->first_sweep) {
        mlp_error(error,
                  trace->sweeps > 0
                      ? "there are no gradients to check: these steps never call backward()"
                      : "there are no gradients to check: the script never calls backward()");
        return NULL;
    }
    if (!new_checker(&c)) {
        fail_memory(&c);
        return NULL;
    }
    if (!count_elements(&c) || !choose_elements(&c, budget > 0 ? budget : MLP_BUDGET))
        return NULL;
    if (!c.first) {
        mlp_error(error, "there are no gradients to check: none that backward() computed came to a "
                         "leaf");
        return NULL;
    }
    compute_all(&c);
    check_all(&c);
    return c.first->result;
}

mlp_agreement mlp_gradcheck_agreement(const mlp_gradcheck_result *result) {
    if (result->differ > 0)
        return MLP_DIFFERS;
    return result->kinks > 0 && result->kinks == result->elements ? MLP_KINK : MLP_AGREES;
}
