#include "graph.h"

#include "base/out_of_memory.h"

#include <string.h>

/* A step that is drawn, or that an edge passes through. */
typedef struct {
    const mlp_step *step;
    const mlp_value *gradient[MLP_MAX_INPUTS]; /* what its backward computed for in[i] */
    unsigned several;                          /* bit i: there was more than one */
    bool used;
} drawn_step;

/* What is known of a value. */
typedef struct {
    bool wanted;
    size_t readers;   /* inputs of used steps that it is ... */
    size_t receivers; /* ... and that a gradient may come back by */
    size_t node;      /* 1 + the node that an edge from it begins at; 0: none */
    /* Where that node has another value, which is passed through to this one: the input where that
     * begins, and the gradient of which comes back. */
    const drawn_step *path;
    size_t path_input;
    const mlp_value *gradient; /* all that came to it; NULL: nothing did */
    bool several;              /* more than once */
} place;

typedef struct {
    const mlp_trace *trace;
    drawn_step *steps;
    size_t count;
    place *places;       /* by the values' numbers */
    drawn_step **makers; /* likewise: the step that has the value as a result */
    graph *g;
} drawing;

static place *place_of(const drawing *d, const mlp_value *value) {
    return &d->places[value->number];
}

/* --- what belongs to it --- */

/* A leaf is one for the picture, too, though it took its numbers from elsewhere, as under .data = or
 * requires_grad_(), and so is what the script gave in another shape. */
static bool is_source(const mlp_value *value) {
    return value->leaf && (value->requires_grad ||
                           (value->given && value->producer->operation->numbers == MLP_RELABELED));
}

/* What autograd's own steps computed is drawn where it is differentiated itself. */
static bool is_drawn(const mlp_step *step) {
    const mlp_value *out = step->out[0];
    if (!out || step->forward || is_source(out))
        return false;
    return step->phase == MLP_FORWARD || (step->phase == MLP_BACKWARD && out->requires_grad);
}

/* A function of the script has its result as an input, too: it is computed within. */
static bool reads(const mlp_step *step, size_t i) {
    return step->in[i] && !(step->operation == &mlp_function && i == MLP_MAX_INPUTS - 1);
}

/* An entry that is there for people only, as the softmax of a cross entropy, is no part of what
 * PyTorch computes; of a function of the script the result is. */
static void want_shown(const drawing *d) {
    for (const mlp_entry *e = d->trace->first_entry; e; e = e->next)
        if (e->kind == MLP_ENTRY_VALUE && e->phase == MLP_FORWARD &&
            !e->value->label.unless_computed && !e->value->inside)
            place_of(d, e->value)->wanted = true;
    for (const mlp_sweep *sweep = d->trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_root *root = sweep->roots; root; root = root->next)
            place_of(d, root->value)->wanted = true;
}

static bool passes_gradient(const mlp_step *step, size_t i) {
    return step->reached && step->in[i]->requires_grad && (step->operation->gradients >> i & 1);
}

static void want_input(const drawing *d, const mlp_step *step, size_t i) {
    place *p = place_of(d, step->in[i]);
    p->wanted = true;
    p->readers++;
    p->receivers += passes_gradient(step, i);
}

static bool is_wanted(const drawing *d, const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i] && place_of(d, step->out[i])->wanted)
            return true;
    return false;
}

/* From the last step to the first, so that whoever reads a value was there before. */
static void want_needed(const drawing *d) {
    for (size_t k = d->count; k-- > 0;) {
        const mlp_step *step = d->steps[k].step;
        d->steps[k].used = is_drawn(step) && is_wanted(d, step);
        for (size_t i = 0; d->steps[k].used && i < MLP_MAX_INPUTS; i++)
            if (reads(step, i))
                want_input(d, step, i);
    }
}

/* --- gradients --- */

static void note_backward(const drawing *d, const mlp_step *backward) {
    drawn_step *of =
        backward->forward->out[0] ? d->makers[backward->forward->out[0]->number] : NULL;
    for (size_t i = 0; of && i < MLP_MAX_INPUTS; i++) {
        if (!backward->out[i])
            continue;
        of->several |= of->gradient[i] ? 1u << i : 0;
        of->gradient[i] = backward->out[i];
    }
}

static void note_gradient(const drawing *d, const mlp_value *of, const mlp_value *gradient) {
    place *p = place_of(d, of);
    p->several |= p->gradient != NULL;
    p->gradient = gradient;
}

static void note_gradients(const drawing *d) {
    for (size_t k = 0; k < d->count; k++)
        if (d->steps[k].step->forward)
            note_backward(d, d->steps[k].step);
    for (const mlp_sweep *sweep = d->trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_leaf_gradient *g = sweep->first; g; g = g->next)
            note_gradient(d, g->leaf, g->gradient);
    for (const mlp_entry *e = d->trace->first_entry; e; e = e->next) {
        const mlp_label *label = e->kind == MLP_ENTRY_VALUE ? &e->value->label : NULL;
        if (label && label->part_of && !label->part_of->leaf && strcmp(label->suffix, ".grad") == 0)
            note_gradient(d, label->part_of, e->value);
    }
}

/* The gradient of in[i] of the step: what backward computed for that input, or, where it is not
 * computed in one step, all that came to the value, if nobody else reads it. */
static void label_edge(const drawing *d, graph_edge *edge, const drawn_step *by, size_t i) {
    const place *p = place_of(d, by->step->in[i]);
    if (p->path && p->readers == 1) {
        by = p->path;
        i = p->path_input;
        p = place_of(d, by->step->in[i]);
    }
    const mlp_value *gradient = by->gradient[i];
    if (gradient) {
        edge->label = by->several >> i & 1 ? GRAPH_SHAPE : GRAPH_NUMBERS;
        edge->gradient = &gradient->tensor;
    } else if (p->gradient && passes_gradient(by->step, i)) {
        edge->label = p->several || p->receivers > 1 ? GRAPH_SHAPE : GRAPH_NUMBERS;
        edge->gradient = &p->gradient->tensor;
    }
}

/* --- nodes and edges --- */

static const char *operation_name(const mlp_step *step) {
    return step->function ? step->function->grad_fn : step->operation->name;
}

static size_t add_node(const drawing *d, graph_kind kind, const mlp_value *value,
                       const mlp_step *step) {
    graph *g = d->g;
    g->nodes[g->node_count] = (graph_node){.kind = kind,
                                           .name = value->label.display,
                                           .operation = step ? operation_name(step) : NULL,
                                           .tensor = &value->tensor};
    return ++g->node_count;
}

/* The node that an edge from the value begins at; one for what the script gave is made now. */
static size_t source_node(const drawing *d, const mlp_value *value) {
    place *p = place_of(d, value);
    if (!p->node) {
        const bool is_parameter = value->variable && value->variable->is_parameter;
        p->node = add_node(d, is_parameter ? GRAPH_PARAMETER : GRAPH_GIVEN, value, NULL);
    }
    return p->node;
}

/* The only input of a step that shows nothing and computes nothing, as a reshape that no line of the
 * script asks for; MLP_MAX_INPUTS where the step is drawn. */
static size_t passed_input(const mlp_step *step) {
    size_t input = MLP_MAX_INPUTS;
    const bool passes = !step->out[0]->label.display && step->operation->numbers != MLP_COMPUTED;
    for (size_t i = 0; passes && i < MLP_MAX_INPUTS; i++) {
        if (step->in[i] && input != MLP_MAX_INPUTS)
            return MLP_MAX_INPUTS;
        input = step->in[i] ? i : input;
    }
    return input;
}

static void pass_through(const drawing *d, const drawn_step *s, size_t i) {
    const place *from = place_of(d, s->step->in[i]);
    place *to = place_of(d, s->step->out[0]);
    to->node = source_node(d, s->step->in[i]);
    const bool goes_on = from->path && from->readers == 1;
    to->path = goes_on ? from->path : s;
    to->path_input = goes_on ? from->path_input : i;
}

static void draw_step(const drawing *d, const drawn_step *s) {
    graph *g = d->g;
    const mlp_step *step = s->step;
    const size_t first = g->edge_count;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        if (!reads(step, i))
            continue;
        graph_edge *edge = &g->edges[g->edge_count++];
        *edge = (graph_edge){.from = source_node(d, step->in[i]) - 1};
        label_edge(d, edge, s, i);
    }
    const size_t node = add_node(d, GRAPH_OPERATION, step->out[0], step);
    for (size_t k = first; k < g->edge_count; k++)
        g->edges[k].to = node - 1;
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        if (step->out[i])
            place_of(d, step->out[i])->node = node;
}

static void draw_steps(const drawing *d) {
    for (size_t k = 0; k < d->count; k++) {
        if (!d->steps[k].used)
            continue;
        const size_t passed = passed_input(d->steps[k].step);
        if (passed < MLP_MAX_INPUTS)
            pass_through(d, &d->steps[k], passed);
        else
            draw_step(d, &d->steps[k]);
    }
}

static void mark_losses(const drawing *d) {
    for (const mlp_sweep *sweep = d->trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_root *root = sweep->roots; root; root = root->next)
            d->g->nodes[source_node(d, root->value) - 1].kind = GRAPH_LOSS;
}

/* A leaf that an update reads, as W -= 0.1 * W.grad does, is a parameter without being called so. */
static void mark_updated(const drawing *d) {
    for (size_t k = 0; k < d->count; k++)
        for (size_t i = 0; d->steps[k].step->phase == MLP_UPDATE && i < MLP_MAX_INPUTS; i++) {
            const mlp_value *in = d->steps[k].step->in[i];
            const mlp_value *leaf = in ? mlp_value_first(in) : NULL;
            const size_t node = leaf ? place_of(d, leaf)->node : 0;
            if (node && leaf->requires_grad && d->g->nodes[node - 1].kind == GRAPH_GIVEN)
                d->g->nodes[node - 1].kind = GRAPH_PARAMETER;
        }
}

/* --- the whole --- */

static void list_steps(drawing *d) {
    for (const mlp_step *step = d->trace->first_step; step; step = step->next) {
        drawn_step *s = &d->steps[d->count++];
        s->step = step;
        for (size_t i = 0; !step->forward && i < MLP_MAX_OUTPUTS; i++)
            if (step->out[i])
                d->makers[step->out[i]->number] = s;
    }
}

static size_t count_roots(const mlp_trace *trace) {
    size_t count = 0;
    for (const mlp_sweep *sweep = trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_root *root = sweep->roots; root; root = root->next)
            count++;
    return count;
}

static bool make_room(drawing *d) {
    mlp_arena *arena = d->trace->arena;
    const size_t values = d->trace->values;
    size_t steps = 0;
    for (const mlp_step *step = d->trace->first_step; step; step = step->next)
        steps++;
    d->steps = mlp_arena_alloc(arena, steps, sizeof *d->steps);
    d->places = mlp_arena_alloc(arena, values, sizeof *d->places);
    d->makers = mlp_arena_alloc(arena, values, sizeof *d->makers);
    return d->steps && d->places && d->makers;
}

/* Each used step has at most one node and an edge for each input, which may have a node of its own. */
static bool make_lists(const drawing *d) {
    mlp_arena *arena = d->trace->arena;
    size_t inputs = 0, steps = 0;
    for (size_t k = 0; k < d->count; k++) {
        steps += d->steps[k].used;
        for (size_t i = 0; d->steps[k].used && i < MLP_MAX_INPUTS; i++)
            inputs += d->steps[k].step->in[i] != NULL;
    }
    d->g->edges = mlp_arena_alloc(arena, inputs, sizeof *d->g->edges);
    d->g->nodes =
        mlp_arena_alloc(arena, steps + inputs + count_roots(d->trace), sizeof *d->g->nodes);
    return d->g->edges && d->g->nodes;
}

bool graph_make(graph *g, const mlp_trace *trace, mlp_diagnostic *error) {
    drawing d = {.trace = trace, .g = g};
    *g = (graph){0};
    if (!make_room(&d))
        return out_of_memory(error, trace->arena, "the graph needs");
    list_steps(&d);
    want_shown(&d);
    want_needed(&d);
    note_gradients(&d);
    if (!make_lists(&d))
        return out_of_memory(error, trace->arena, "the graph needs");
    draw_steps(&d);
    mark_losses(&d);
    mark_updated(&d);
    return true;
}
