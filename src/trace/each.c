#include "each.h"

static bool visit_all(mlp_value *const values[], size_t count, visit_value *visit, void *context) {
    for (size_t i = 0; i < count; i++)
        if (values[i] && !visit(context, values[i]))
            return false;
    return true;
}

static bool visit_step(const mlp_step *step, visit_value *visit, void *context) {
    return visit_all(step->in, MLP_MAX_INPUTS, visit, context) &&
           visit_all(step->out, MLP_MAX_OUTPUTS, visit, context);
}

/* A sweep only reads the values, which are the trace's. */
static mlp_value *own(const mlp_value *value) {
    return (mlp_value *)value;
}

static bool visit_sweep(const mlp_sweep *sweep, visit_value *visit, void *context) {
    for (const mlp_root *r = sweep->roots; r; r = r->next)
        if (!visit(context, own(r->value)) || !visit(context, own(r->seed)))
            return false;
    for (const mlp_leaf_gradient *g = sweep->first; g; g = g->next)
        if (!visit(context, own(g->leaf)) || !visit(context, own(g->gradient)))
            return false;
    return true;
}

bool each_value(const mlp_trace *trace, visit_value *visit, void *context) {
    for (const mlp_step *step = trace->first_step; step; step = step->next)
        if (!visit_step(step, visit, context) ||
            (step->forward && !visit_step(step->forward, visit, context)))
            return false;
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        if (e->value && !visit(context, e->value))
            return false;
    for (const mlp_sweep *s = trace->first_sweep; s; s = s->next)
        if (!visit_sweep(s, visit, context))
            return false;
    return true;
}
