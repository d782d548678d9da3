#include "gradient_path.h"

bool path_new(gradient_path *p, mlp_arena *arena, const mlp_trace *trace) {
    size_t steps = 0;
    for (const mlp_step *step = trace->last_forward; step; step = step->previous)
        steps++;
    *p = (gradient_path){.graph = mlp_arena_alloc(arena, steps, sizeof *p->graph),
                         .steps = mlp_arena_alloc(arena, steps, sizeof *p->steps),
                         .marked = mlp_arena_alloc(arena, trace->values, sizeof *p->marked)};
    return p->graph && p->steps && p->marked;
}

/* Whether the gradient of the step's result goes on to in[i]. A function of the script has a
 * gradient of its own, but what it computed is what that is held against. */
static bool passes_on(const mlp_step *step, size_t i) {
    const mlp_value *in = step->in[i];
    if (!in || step->operation == &mlp_function)
        return in && i + 1 == MLP_MAX_INPUTS;
    return (in->requires_grad || in->inside) && (step->operation->gradients >> i & 1);
}

/* Marks what the step was computed from; returns how many values that are. */
static size_t mark_inputs(gradient_path *p, const mlp_step *step) {
    size_t count = 0;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        if (!passes_on(step, i) || (step->in[i]->leaf && !step->in[i]->inside) ||
            p->marked[step->in[i]->number])
            continue;
        p->marked[step->in[i]->number] = true;
        count++;
    }
    return count;
}

/* Marks the roots that were computed; returns how many values that are. *latest becomes the one
 * that was computed last. */
static size_t mark_roots(gradient_path *p, const mlp_root *roots, const mlp_value **latest) {
    size_t count = 0;
    *latest = NULL;
    for (const mlp_root *r = roots; r; r = r->next) {
        if (r->value->leaf || p->marked[r->value->number])
            continue;
        p->marked[r->value->number] = true;
        count++;
        if (!*latest || r->value->number > (*latest)->number)
            *latest = r->value;
    }
    return count;
}

void path_to(gradient_path *p, const mlp_root *roots) {
    const mlp_value *latest;
    size_t ahead = mark_roots(p, roots, &latest); /* values marked, whose step is still to come */
    p->graph_count = 0;
    for (const mlp_step *step = ahead ? latest->producer : NULL; ahead; step = step->previous) {
        if (!step->out[0] || !p->marked[step->out[0]->number])
            continue;
        p->marked[step->out[0]->number] = false;
        ahead += mark_inputs(p, step) - 1;
        p->graph[p->graph_count++] = step;
    }
}

static bool depends(const gradient_path *p, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (passes_on(step, i) && p->marked[step->in[i]->number])
            return true;
    return false;
}

void path_from(gradient_path *p, const mlp_value *leaf) {
    p->count = 0;
    p->marked[leaf->number] = true;
    for (size_t i = p->graph_count; i-- > 0;) {
        const mlp_step *step = p->graph[i];
        if (!depends(p, step))
            continue;
        p->marked[step->out[0]->number] = true;
        p->steps[p->count++] = step;
    }
    p->marked[leaf->number] = false;
    for (size_t i = 0; i < p->count; i++)
        p->marked[p->steps[i]->out[0]->number] = false;
}
