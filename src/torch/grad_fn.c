/* Tensor.grad_fn, and the nodes that stand behind it. */
#include "grad_fn.h"

#include "tensor.h"

#include <string.h>

/* --- the nodes of one step --- */

enum {
    MAX_EDGES = 3,
    BEHIND = 8, /* an edge BEHIND + k: to part k of the same step, not to an input */
    NOWHERE = 16
};

/* Some steps are several nodes in PyTorch. Part 0 is the one that made the result. */
typedef struct {
    const char *name, *later; /* NULL: the result's; later: since MLP_RENAMES_NODES, or NULL */
    size_t count;
    unsigned char edges[MAX_EDGES];
} part;

typedef struct {
    mlp_value *value;  /* the result of a step, or a leaf */
    const part *parts; /* of its step; NULL: it is one node, with an edge to every input */
    size_t at;         /* which of them */
} node;

static const part parts_of_linear[] = {{NULL, NULL, 3, {2, 0, BEHIND + 1}},
                                       {"TBackward0", NULL, 1, {1}}};
static const part parts_without_bias[] = {{NULL, NULL, 2, {0, BEHIND + 1}},
                                          {"TBackward0", NULL, 1, {1}}};
static const part parts_within_view[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                         {"AddmmBackward0", NULL, 3, {2, BEHIND + 2, BEHIND + 3}},
                                         {"ViewBackward0", NULL, 1, {0}},
                                         {"TBackward0", NULL, 1, {1}}};
static const part parts_of_vector_by_layer[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                                {"MmBackward0", NULL, 2, {BEHIND + 2, BEHIND + 3}},
                                                {"UnsqueezeBackward0", NULL, 1, {0}},
                                                {"TBackward0", NULL, 1, {1}}};
static const part parts_of_vector_with_bias[] = {
    {NULL, NULL, 2, {BEHIND + 1, 2}},
    {"SqueezeBackward3", "SqueezeBackward4", 1, {BEHIND + 2}},
    {"MmBackward0", NULL, 2, {BEHIND + 3, BEHIND + 4}},
    {"UnsqueezeBackward0", NULL, 1, {0}},
    {"TBackward0", NULL, 1, {1}}};
static const part parts_of_batch_by_layer[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                               {"MmBackward0", NULL, 2, {BEHIND + 2, BEHIND + 3}},
                                               {"ReshapeAliasBackward0", "ViewBackward0", 1, {0}},
                                               {"TBackward0", NULL, 1, {1}}};
static const part parts_of_vector[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                       {"MmBackward0", NULL, 2, {BEHIND + 2, 1}},
                                       {"UnsqueezeBackward0", NULL, 1, {0}}};
static const part parts_of_batch[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                      {"MmBackward0", NULL, 2, {BEHIND + 2, 1}},
                                      {"ReshapeAliasBackward0", "ViewBackward0", 1, {0}}};
static const part parts_of_copy[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                     {"CloneBackward0", NULL, 1, {0}}};
static const part parts_behind_slice[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                          {"SliceBackward0", NULL, 1, {0}}};
static const part parts_behind_slices[] = {{NULL, NULL, 1, {BEHIND + 1}},
                                           {"SliceBackward0", NULL, 1, {BEHIND + 2}},
                                           {"SliceBackward0", NULL, 1, {0}}};
static const part with_constant[] = {{NULL, NULL, 2, {0, NOWHERE}}};
static const part with_constant_first[] = {{NULL, NULL, 2, {NOWHERE, 0}}};
/* Not known here. */
static const part unknown[] = {{0}};

static const part *parts_of_layer(const mlp_step *step) {
    const mlp_value *bias = step->in[2];
    const mlp_call call_of = {.in = {&step->in[0]->tensor, NULL, bias ? &bias->tensor : NULL},
                              .release = *step->release};
    if (step->in[0]->tensor.ndim == 2)
        return bias ? parts_of_linear : parts_without_bias;
    if (mlp_linear.is_hidden_view(&call_of))
        return parts_within_view;
    if (step->in[0]->tensor.ndim == 1)
        return bias ? parts_of_vector_with_bias : parts_of_vector_by_layer;
    return bias ? unknown : parts_of_batch_by_layer;
}

static const part *parts_of_product(const mlp_step *step) {
    const size_t a = step->in[0]->tensor.ndim, b = step->in[1]->tensor.ndim;
    if (b > 2)
        return unknown;
    if (a == 1)
        return b == 2 ? parts_of_vector : NULL;
    return a > 2 ? (b == 2 ? parts_of_batch : unknown) : NULL;
}

static const part *parts_of(const mlp_step *step) {
    const mlp_operation *operation = step->operation;
    const bool renames = mlp_release_has(step->release, MLP_RENAMES_NODES);
    if (step->slices)
        return step->slices == 1   ? parts_behind_slice
               : step->slices == 2 ? parts_behind_slices
                                   : unknown;
    if (operation == &mlp_linear)
        return parts_of_layer(step);
    if (operation == &mlp_matmul)
        return parts_of_product(step);
    if (operation == &mlp_reshape_copy)
        return parts_of_copy;
    if (operation == &mlp_rpow && !renames)
        return with_constant_first;
    if (operation == &mlp_dropout || operation == &mlp_binary_cross_entropy ||
        operation == &mlp_binary_cross_entropy_with_logits)
        return with_constant;
    if (operation == &mlp_cross_entropy_smoothed || operation == &mlp_cross_entropy_probabilities)
        return unknown;
    return NULL;
}

static const node *node_of(const object *o) {
    return o->as.data;
}

static const char *name_of(const node *n) {
    const part *p = n->parts ? &n->parts[n->at] : NULL;
    if (n->value->leaf)
        return "AccumulateGrad";
    if (!p || !p->name)
        return mlp_value_grad_fn(n->value);
    return p->later && mlp_release_has(n->value->producer->release, MLP_RENAMES_NODES) ? p->later
                                                                                       : p->name;
}

/* --- edges --- */

static object *node_object(call *c, mlp_value *value, const part *parts, size_t at);

/* Whether it stands between the step and a tensor of the script: operands are cast and expanded
 * within a node, and some are brought into a shape. */
static bool is_within(const mlp_step *step, const mlp_value *in) {
    const mlp_operation *of = step->operation, *made_by = in->producer->operation;
    if (made_by->hands_on)
        return true;
    if (!in->label.hidden || of->broadcasts)
        return false;
    const bool is_shaped = of == &mlp_prelu || of == &mlp_repeat || of == &mlp_masked_select;
    return made_by == &mlp_expand || made_by == &mlp_to || made_by == &mlp_unsqueeze_part ||
           made_by == &mlp_repeat_shape || (made_by == &mlp_clone && of == &mlp_index_put) ||
           (made_by == &mlp_reshape && is_shaped);
}

static mlp_value *source_of(const mlp_step *step, mlp_value *in) {
    while (in->requires_grad && !in->leaf && is_within(step, in))
        in = in->producer->in[0];
    return in;
}

/* Which of the results of its node the value is. */
static int64_t number_of(const mlp_value *value) {
    const mlp_step *step = value->leaf ? NULL : value->producer;
    if (step && step->function)
        return (int64_t)step->function->number;
    if (!step || !step->operation->of_several)
        return 0;
    const mlp_options *options = step->options;
    if (step->operation == &mlp_unbind)
        return options->index;
    const int64_t size = options->stop - options->start;
    return size ? options->start / size : 0;
}

/* (node, number), or (None, 0) where no gradient goes. */
static object *edge(call *c, object *to, int64_t number) {
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = to;
    pair->as.sequence.items[1] = object_integer(c->script, number);
    return pair;
}

_Noreturn static void refuse(call *c, const char *name) {
    call_fail(c,
              "what stands behind %s in PyTorch's graph is not known here: do its steps one by "
              "one, or leave its next_functions out",
              name);
}

/* |x| + 1 on the way to x / (|x| + 1). */
static bool is_of_softsign(const mlp_value *in) {
    const mlp_value *size = in->leaf ? NULL : in->producer->in[0];
    return size && in->producer->operation == &mlp_add && !size->leaf &&
           size->producer->operation == &mlp_abs && size->label.rank == MLP_UNNAMED;
}

/* A tensor that the script never had is one on the way through a function that is several steps,
 * here other ones than in PyTorch. */
static void check_seen(call *c, const mlp_step *step, const mlp_value *in) {
    static const mlp_operation *const known[] = {
        &mlp_nll_loss, &mlp_mean,      &mlp_sum,        &mlp_abs,     &mlp_softmax,   &mlp_select,
        &mlp_slice,    &mlp_unsqueeze, &mlp_reciprocal, &mlp_reshape, &mlp_index_put, &mlp_tanh};
    bool is_known = in->leaf || in->label.rank != MLP_UNNAMED || is_of_softsign(in);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        is_known = is_known || step->operation == known[i] || in->producer->operation == known[i];
    if (!is_known)
        refuse(c, mlp_value_grad_fn(step->out[0]));
}

static object *edge_to(call *c, const mlp_step *step, mlp_value *in) {
    mlp_value *value = in ? source_of(step, in) : NULL;
    if (!value || !value->requires_grad)
        return edge(c, object_none(c->script), 0);
    check_seen(c, step, value);
    return edge(c, node_object(c, value, value->leaf ? NULL : parts_of(value->producer), 0),
                number_of(value));
}

static object *edges_of_part(call *c, const node *n) {
    const mlp_step *step = n->value->producer;
    const part *p = &n->parts[n->at];
    object *edges = object_sequence(c->script, OBJECT_TUPLE, p->count);
    if (n->parts == unknown)
        refuse(c, name_of(n));
    for (size_t i = 0; i < p->count; i++) {
        const size_t to = p->edges[i];
        edges->as.sequence.items[i] =
            to == NOWHERE ? edge(c, object_none(c->script), 0)
            : to < BEHIND ? edge_to(c, step, step->in[to])
                          : edge(c, node_object(c, n->value, n->parts, to - BEHIND), 0);
    }
    return edges;
}

/* Whether PyTorch has a place for an input that is not there: for a number, which it makes a
 * tensor of, or for the weight of a norm. */
static bool has_place(const mlp_step *step) {
    static const mlp_operation *const all[] = {&mlp_add, &mlp_sub,        &mlp_mul,
                                               &mlp_div, &mlp_layer_norm, &mlp_batch_norm};
    const char *name = mlp_value_grad_fn(step->out[0]);
    bool has = false;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        has = has || step->operation == all[i];
    return has && name[strlen(name) - 1] == '0';
}

/* A tensor, and the two that the product beside it is of. */
static object *edges_of_sum(call *c, const mlp_step *step) {
    object *edges = object_sequence(c->script, OBJECT_TUPLE, 3);
    const mlp_step *product = step->in[1]->producer;
    edges->as.sequence.items[0] = edge_to(c, step, step->in[0]);
    edges->as.sequence.items[1] = edge_to(c, product, product->in[0]);
    edges->as.sequence.items[2] = edge_to(c, product, product->in[1]);
    return edges;
}

static object *next_functions(call *c, const node *n) {
    if (n->value->leaf)
        return object_sequence(c->script, OBJECT_TUPLE, 0);
    if (n->parts)
        return edges_of_part(c, n);
    const mlp_step *step = n->value->producer;
    if (step->operation == &mlp_addmm || step->operation == &mlp_addmm_scaled)
        return edges_of_sum(c, step);
    object *edges = object_sequence(c->script, OBJECT_TUPLE, MLP_MAX_INPUTS);
    size_t count = 0;
    if (n->value->memory.rebased)
        refuse(c, name_of(n));
    const bool is_inverse = step->operation == &mlp_solve && step->grad_fn;
    for (size_t i = 0; i < (is_inverse ? 1 : MLP_MAX_INPUTS); i++)
        if (step->operation->gradients >> i & 1 && (step->in[i] || has_place(step)))
            edges->as.sequence.items[count++] = edge_to(c, step, step->in[i]);
    edges->as.sequence.count = count;
    return edges;
}

/* --- what a node hands on --- */

static bool parts_hand_on(const part *parts, node_gradients *found) {
    const bool is_known = parts == parts_of_linear || parts == parts_without_bias ||
                          parts == with_constant || parts == with_constant_first;
    found->count = is_known ? parts[0].count : 0;
    for (size_t i = 0; i < found->count; i++) {
        const int to = parts[0].edges[i];
        found->items[i].turned = to > BEHIND && to != NOWHERE;
        found->items[i].input = to == NOWHERE ? -1 : to < BEHIND ? to : parts[1].edges[0];
    }
    return is_known;
}

/* Whether the gradient is that of the tensor in PyTorch, and not of what it was expanded to. */
static bool hands_on_whole(const mlp_step *step, size_t input) {
    mlp_value *in = step->in[input];
    return !in || !in->requires_grad || source_of(step, in) == in;
}

bool find_node_gradients(call *c, const mlp_value *value, node_gradients *found) {
    const mlp_step *step = value->producer;
    const mlp_operation *operation = step->operation;
    const part *parts = parts_of(step);
    *found = (node_gradients){0};
    if (parts)
        return parts_hand_on(parts, found);
    if (step->function || value->memory.rebased || operation->of_several ||
        operation == &mlp_solve || operation == &mlp_addmm || operation == &mlp_addmm_scaled)
        return false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        if (!(operation->gradients >> i & 1) || (!step->in[i] && !has_place(step)))
            continue;
        if (!hands_on_whole(step, i))
            return false;
        if (step->in[i] && step->in[i]->requires_grad)
            check_seen(c, step, step->in[i]);
        found->items[found->count++].input = (int)i;
    }
    return true;
}

/* --- the object --- */

static object *name(call *c) {
    const char *name = name_of(node_of(c->self));
    const bool is_of_engine =
        strcmp(name, "AccumulateGrad") == 0 || strcmp(name, "CopySlices") == 0;
    return object_string(
        c->script, is_of_engine ? script_printf(c->script, "torch::autograd::%s", name) : name);
}

static object *attribute(call *c, object *self, const char *attribute) {
    static const native method = {.path = "grad_fn.name", .signature = "", .call = name};
    const node *n = node_of(self);
    if (strcmp(attribute, "name") == 0)
        return native_bound(c->script, &method, self);
    if (strcmp(attribute, "next_functions") == 0)
        return next_functions(c, n);
    if (strcmp(attribute, "variable") == 0 && n->value->leaf)
        return variable_object(c, n->value->variable);
    return NULL;
}

_Noreturn static void write(call *c, const object *self, buffer *out) {
    (void)self;
    (void)out;
    call_fail(c, "what Python prints for a grad_fn differs from run to run: print its name(), or "
                 "the tensor");
}

/* Each kind of node is a class, which scripts print the name of. */
static object *class(call *c, const object *self) {
    const char *name = name_of(node_of(self));
    const char *path = script_printf(c->script, "grad_fn.%s", name);
    object *known = native_object(c->script, path, NULL);
    if (known)
        return known;
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = path, .class_name = name, .is_type = true};
    native_add(c->script, row);
    return native_object(c->script, path, NULL);
}

/* The node is one and the same however it was come by. */
static const void *identity(const object *self) {
    const node *n = node_of(self);
    if (n->value->leaf)
        return n->value->variable;
    return n->at ? (const void *)&n->value->producer->in[n->at] : n->value->producer;
}

static object *node_object(call *c, mlp_value *value, const part *parts, size_t at) {
    static const struct type types[] = {{.name = "grad_fn",
                                         .identity = identity,
                                         .attribute = attribute,
                                         .class = class,
                                         .write = write},
                                        {.name = "grad_fn of a Function",
                                         .identity = identity,
                                         .attribute = attribute,
                                         .class = class,
                                         .write = write}};
    const bool of_function = !value->leaf && value->producer->function;
    if (of_function && value->producer->function->first)
        value = value->producer->function->first;
    node *n = script_alloc(c->script, 1, sizeof *n);
    *n = (node){value, parts, at};
    return object_extension(c->script, &types[of_function], n);
}

object *grad_fn(call *c, const object *tensor) {
    mlp_variable *variable = variable_of(tensor);
    if (!mlp_variable_has_known_history(trace_of(c), variable, script_error(c->script)))
        call_give_up(c);
    mlp_value *v = tensor_value(c, tensor);
    if (!mlp_variable_requires_grad(variable) || !mlp_value_grad_fn(v))
        return object_none(c->script);
    while (v->producer->operation->hands_on)
        v = v->producer->in[0]; /* PyTorch hands the tensor itself on */
    return node_object(c, v, parts_of(v->producer), 0);
}

object *tensor_autograd_attribute(call *c, const object *tensor, const char *name) {
    if (strcmp(name, "_version") == 0 && variable_of(tensor)->is_data)
        call_fail(c, "the changes by way of .data are not counted: ask the tensor itself, or write "
                     ".detach()");
    if (strcmp(name, "_version") == 0)
        return object_integer(c->script, (int64_t)mlp_value_version(tensor_value(c, tensor)));
    if (strcmp(name, "output_nr") == 0)
        return object_integer(c->script, number_of(tensor_value(c, tensor)));
    if (strcmp(name, "retains_grad") == 0)
        return object_bool(c->script, tensor_value(c, tensor)->retainer != NULL);
    return NULL;
}
