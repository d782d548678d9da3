/* Where PyTorch would have the numbers of a value in memory. Here they always stand one behind the
 * other; there a view has strides, and what is computed from it element by element follows them. */
#include "record.h"

#include <string.h>

static mlp_strided in_order(const mlp_tensor *t) {
    return mlp_layout_in_order(t->ndim, t->shape);
}

mlp_strided mlp_value_layout(const mlp_value *value) {
    return value->memory.layout ? *value->memory.layout : in_order(&value->tensor);
}

/* Dimensions of size 1 may have any stride, which PyTorch still compares. */
static bool is_in_order(const mlp_strided *layout) {
    size_t stride = 1;
    for (size_t d = layout->ndim; d-- > 0;) {
        if (layout->shape[d] == 0)
            return true;
        if (layout->shape[d] != 1 && layout->stride[d] != stride)
            return false;
        stride *= layout->shape[d];
    }
    return true;
}

bool mlp_value_is_contiguous(const mlp_value *value) {
    return !value->memory.layout || is_in_order(value->memory.layout);
}

/* Whether a step gives its gradient to an input as it came: of a sum of two, or another view. */
static bool passes_on(const mlp_step *step, const mlp_value *gradient) {
    const mlp_operation *of = step->operation;
    if (of == &mlp_add || of == &mlp_sub)
        return of == &mlp_add || gradient == step->out[0];
    return of->arrange && of != &mlp_slice && gradient->tensor.numel == step->in[0]->tensor.numel;
}

bool mlp_value_is_one(const mlp_value *gradient) {
    const mlp_step *step = gradient->producer;
    for (; step && step->forward && passes_on(step, gradient); step = gradient->producer)
        gradient = step->in[0];
    return step && step->forward && step->operation == &mlp_sum && step->in[0]->tensor.numel == 1;
}

/* A matrix whose columns lie one behind the other, or, times a vector, with gaps between them. */
static bool is_by_columns(const mlp_value *value, bool with_gaps) {
    const mlp_strided layout = mlp_value_layout(value);
    if (layout.ndim != 2 || layout.stride[0] != 1)
        return false;
    return layout.stride[1] == layout.shape[0] || (with_gaps && layout.stride[1] > layout.shape[0]);
}

void trace_note_columns(mlp_options *options, mlp_value *const in[MLP_MAX_INPUTS]) {
    options->transposed = is_by_columns(in[0], in[1]->tensor.ndim == 1);
    options->transposed_b = is_by_columns(in[1], false);
}

/* --- what is computed element by element --- */

enum {
    SAME = 0,
    INNER = -1, /* the first is the inner one */
    OUTER = 1
};

/* Which of two dimensions is the inner one, by the first input that tells. */
static int compare_dims(const mlp_strided *layouts, size_t count, size_t a, size_t b) {
    for (size_t i = 0; i < count; i++) {
        const mlp_strided *l = &layouts[i];
        if (l->stride[a] == 0 || l->stride[b] == 0)
            continue;
        if (l->stride[a] != l->stride[b])
            return l->stride[a] < l->stride[b] ? INNER : OUTER;
        if (l->shape[a] > l->shape[b])
            return OUTER;
    }
    return SAME;
}

/* The dimensions from the innermost on, sorted as PyTorch sorts them (reorder_dimensions of
 * aten/src/ATen/TensorIterator.cpp): not every two of them can be compared. */
static void sort_dims(const mlp_strided *layouts, size_t count, size_t *order) {
    const size_t ndim = layouts[0].ndim;
    for (size_t i = 0; i < ndim; i++)
        order[i] = ndim - 1 - i;
    for (size_t i = 1; i < ndim; i++)
        for (size_t at = i, before = i; before-- > 0;) {
            const size_t a = order[before], b = order[at];
            const int compared = compare_dims(layouts, count, a, b);
            if (compared == INNER)
                break;
            if (compared == SAME)
                continue;
            order[before] = b;
            order[at] = a;
            at = before;
        }
}

/* Without gaps, in the order of the given ones, which have one shape. */
static mlp_strided packed(const mlp_strided *layouts, size_t count) {
    mlp_strided result = {.ndim = layouts[0].ndim};
    size_t order[MLP_MAX_DIMS] = {0}, stride = 1;
    memcpy(result.shape, layouts[0].shape, sizeof result.shape);
    sort_dims(layouts, count, order);
    for (size_t i = 0; i < result.ndim; stride *= result.shape[order[i++]])
        result.stride[order[i]] = stride;
    return result;
}

mlp_strided mlp_value_order(const mlp_value *value) {
    const mlp_strided layout = mlp_value_layout(value);
    return packed(&layout, 1);
}

/* Whether the dimension goes on where the one within it ends, in every layout. */
static bool goes_on(const mlp_strided *layouts, size_t count, size_t outer, size_t inner) {
    for (size_t i = 0; i < count; i++)
        if (layouts[i].stride[outer] != layouts[i].shape[inner] * layouts[i].stride[inner])
            return false;
    return true;
}

/* PyTorch joins dimensions from the innermost on, and computes by vectors along it where the numbers
 * stand one behind the other, but for one input of several that may stand still (vectorized_loop2d of
 * aten/src/ATen/native/cpu/Loops.h). */
static size_t run_of(const mlp_strided *layouts, size_t count, const size_t *order) {
    size_t run = 1, inner = layouts[0].ndim, still = 0;
    for (size_t k = 0; k < layouts[0].ndim; k++) {
        const size_t d = order[k];
        if (layouts[0].shape[d] == 1)
            continue;
        if (run > 1 && !goes_on(layouts, count, d, inner))
            break;
        if (run == 1)
            for (size_t i = 0; i < count; i++)
                if (layouts[i].stride[d] > 1 || (layouts[i].stride[d] == 0 && still++ > 0))
                    return 1;
        run *= layouts[0].shape[d];
        inner = d;
    }
    return run;
}

/* --- of gradients --- */

/* How many steps back a layout is looked for. */
enum {
    MOST_STEPS = 16
};

/* sum() spreads the gradient of its result, which lies as `below` says, without copying. */
static void spread(const mlp_step *step, mlp_strided *layout, const mlp_strided *below) {
    const mlp_options *o = step->options;
    for (size_t d = 0, at = 0; d < layout->ndim; d++) {
        const bool is_summed = o->dims[d] || !o->has_dims;
        layout->stride[d] = is_summed ? 0 : below->stride[at];
        at += !is_summed || o->keepdim;
    }
}

/* The gradient of a transpose, transposed back. */
static void turned_back(const mlp_step *step, mlp_strided *layout, const mlp_strided *below) {
    const mlp_call call = trace_call_of(step);
    const mlp_strided usual = *layout;
    mlp_strided view = usual;
    if (!call.operation->arrange(&call, &view) || view.ndim != usual.ndim)
        return;
    for (size_t d = 0; d < usual.ndim; d++)
        for (size_t e = 0; e < view.ndim; e++)
            if (view.stride[e] == usual.stride[d] && view.shape[e] == usual.shape[d])
                layout->stride[d] = below->stride[e];
}

/* The layout along the dimensions of another tensor: what has none of them stands still. */
static mlp_strided along(mlp_strided layout, const mlp_tensor *like) {
    mlp_strided result = in_order(like);
    for (size_t d = 0; d < result.ndim; d++)
        result.stride[d] = layout.ndim == like->ndim ? layout.stride[d] : 0;
    return result;
}

/* Whether the gradient lies as those are from which it is computed. */
static bool follows_back(const mlp_operation *of) {
    return of->elementwise && !(of->traits & MLP_FILLS_ZEROS);
}

/* Which input of the step's forward it is the gradient of. */
static size_t input_of(const mlp_value *gradient) {
    size_t i = 0;
    while (gradient->producer->out[i] != gradient)
        i++;
    return i;
}

/* Computed from the gradient of the result and from what the operation's gradient reads. */
static void followed_back(const mlp_value *gradient, mlp_strided *layout,
                          const mlp_strided *below) {
    const mlp_tensor *like = &gradient->tensor;
    const mlp_step *of = gradient->producer->forward;
    const unsigned reads = of->operation->reads[input_of(gradient)];
    mlp_strided layouts[MLP_MAX_INPUTS + 2] = {along(*below, like)};
    size_t count = 1;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (of->in[i] && (reads >> i & 1) && mlp_tensor_same_shape(&of->in[i]->tensor, like))
            layouts[count++] = mlp_value_layout(of->in[i]);
    if (of->operation->reads_output && mlp_tensor_same_shape(&of->out[0]->tensor, like))
        layouts[count++] = mlp_value_layout(of->out[0]);
    *layout = packed(layouts, count);
}

/* Whether where it lies follows from where the gradient of the result does. */
static bool has_layout_below(const mlp_value *gradient) {
    const mlp_step *step = gradient->producer;
    if (!step || !step->forward)
        return false;
    const mlp_operation *of = step->operation;
    if (of == &mlp_sum || passes_on(step, gradient))
        return true;
    const mlp_value *x = step->forward->in[input_of(gradient)];
    return !((of->traits & MLP_IS_PRODUCT) && is_by_columns(x, false)) && follows_back(of);
}

/* Where it lies, if nothing follows from the gradient of the result. */
static mlp_strided own_layout(const mlp_value *gradient) {
    const mlp_step *step = gradient->producer;
    if (step && step->forward && (step->operation->traits & MLP_IS_PRODUCT)) {
        const mlp_value *x = step->forward->in[input_of(gradient)];
        if (is_by_columns(x, false))
            return mlp_value_order(x);
    }
    return mlp_value_layout(gradient);
}

/* The layout of the gradient by that of the result's. */
static mlp_strided layout_by(const mlp_value *gradient, const mlp_strided *below) {
    const mlp_step *step = gradient->producer;
    mlp_strided layout = mlp_value_layout(gradient);
    if (step->operation == &mlp_sum)
        spread(step, &layout, below);
    else if (!passes_on(step, gradient))
        followed_back(gradient, &layout, below);
    else if (step->operation->arrange)
        turned_back(step, &layout, below);
    else
        return *below;
    return layout;
}

/* Back to where a layout is known, and forth again: without recursion, which takes stack. */
static mlp_strided gradient_layout(const mlp_value *gradient) {
    const mlp_value *chain[MOST_STEPS];
    size_t count = 0;
    while (count < MOST_STEPS && has_layout_below(gradient)) {
        chain[count++] = gradient;
        gradient = gradient->producer->in[0];
    }
    mlp_strided layout = count == MOST_STEPS ? mlp_value_layout(gradient) : own_layout(gradient);
    while (count-- > 0)
        layout = layout_by(chain[count], &layout);
    return layout;
}

/* --- how a loop goes --- */

/* A call as the loop sees it: of a backward dy is the gradient that it begins with. */
typedef struct {
    const mlp_operation *of;
    const mlp_value *dy;
    mlp_value *const *in;
    size_t inputs;
    const mlp_value *like; /* has the shape that the loop goes over */
} looped;

static looped looped_of(const mlp_step *step) {
    const mlp_operation *gradient_of = step->operation->gradient_of;
    looped l = {.of = step->operation, .in = step->in, .inputs = MLP_MAX_INPUTS};
    if (step->forward || gradient_of)
        l.dy = step->in[0];
    if (step->forward)
        l.in = step->forward->in;
    else if (gradient_of)
        l = (looped){gradient_of, l.dy, step->in + 1, MLP_MAX_INPUTS - 1, NULL};
    const mlp_value *y = l.dy ? l.dy : step->out[0];
    l.like = l.of == &mlp_glu ? y : l.in[0];
    return l;
}

/* As a tensor of its own, computed before it was repeated. */
static mlp_strided recomputed(mlp_strided layout) {
    mlp_strided once = layout;
    for (size_t d = 0; d < layout.ndim; d++)
        once.shape[d] = layout.stride[d] ? layout.shape[d] : 1;
    once = packed(&once, 1);
    for (size_t d = 0; d < layout.ndim; d++)
        layout.stride[d] = layout.stride[d] ? once.stride[d] : 0;
    return layout;
}

/* Over what it goes, in the order in which PyTorch asks them how to go. */
static size_t operands_of(const looped *l, mlp_strided layouts[MLP_MAX_INPUTS + 2]) {
    unsigned over = l->dy ? l->of->loops : ~0U;
    size_t count = 0;
    if (l->dy && (l->of->traits & MLP_FILLS_ZEROS))
        layouts[count++] = along(in_order(&l->in[0]->tensor), &l->like->tensor);
    if (!over) {
        over = l->of->reads[0];
        layouts[count++] = along(gradient_layout(l->dy), &l->like->tensor);
    }
    if (l->of == &mlp_binary_cross_entropy_with_logits && !l->dy) /* 1 - target is the first */
        layouts[count++] = along(mlp_value_layout(l->in[1]), &l->like->tensor);
    if (l->of == &mlp_glu && !l->dy) /* its halves are two, where one may stand still */
        layouts[count++] = along(mlp_value_layout(l->in[0]), &l->like->tensor);
    for (size_t i = 0; i < l->inputs; i++)
        if (l->in[i] && (over >> i & 1))
            layouts[count++] = along(mlp_value_layout(l->in[i]), &l->like->tensor);
    if (l->of == &mlp_pow_tensor && l->dy) /* the exponent less 1 */
        layouts[1] = recomputed(layouts[1]);
    return count;
}

/* Of what adds up numbers as they stand in memory. */
static mlp_loop loop_over(const mlp_strided *layout) {
    return (mlp_loop){.scattered = !is_in_order(layout), .order = *layout};
}

static mlp_loop loop_of(const mlp_step *step) {
    const mlp_operation *gradient_of = step->operation->gradient_of;
    const mlp_operation *of = gradient_of ? gradient_of : step->operation;
    const bool is_draft = !step->forward && !step->out[0];
    if (!is_draft && (of->traits & MLP_IS_BY_MEMORY)) {
        const size_t i = of->loops == 1 << 1 ? 1 : 0;
        const mlp_strided layout =
            step->forward ? gradient_layout(step->in[0]) : mlp_value_layout(step->in[i]);
        return loop_over(&layout);
    }
    if (is_draft || !(of->traits & MLP_IS_BY_LOOP))
        return (mlp_loop){0};
    const looped l = looped_of(step);
    if (!l.like || !l.in[0])
        return (mlp_loop){0};
    mlp_strided layouts[MLP_MAX_INPUTS + 2] = {{0}};
    size_t order[MLP_MAX_DIMS] = {0};
    const size_t count = operands_of(&l, layouts);
    bool scattered = false;
    for (size_t i = 0; i < count; i++)
        scattered = scattered || !is_in_order(&layouts[i]);
    if (!scattered)
        return (mlp_loop){0};
    sort_dims(layouts, count, order);
    return (mlp_loop){.input_scattered = !mlp_value_is_contiguous(l.in[0]),
                      .scattered = true,
                      .run = run_of(layouts, count, order),
                      .order = packed(layouts, count)};
}

mlp_loop mlp_step_loop(const mlp_step *step) {
    mlp_loop loop = loop_of(step);
    loop.wide = mlp_release_is_wide(step->release);
    return loop;
}

/* Of the inputs that have the result's shape. Where all have one layout without gaps, PyTorch
 * takes that one, which is what sorting gives too. */
static mlp_strided follow(const mlp_step *step) {
    mlp_strided layouts[MLP_MAX_INPUTS];
    size_t count = 0;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (step->in[i] && mlp_tensor_same_shape(&step->in[i]->tensor, &step->out[0]->tensor))
            layouts[count++] = mlp_value_layout(step->in[i]);
    return count ? packed(layouts, count) : in_order(&step->out[0]->tensor);
}

static bool inputs_are_in_order(const mlp_step *step) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (step->in[i] && !mlp_value_is_contiguous(step->in[i]))
            return false;
    return true;
}

static bool lay_out(mlp_trace *trace, mlp_value *value, const mlp_strided *layout) {
    const mlp_strided usual = in_order(&value->tensor);
    if (layout->offset == 0 &&
        memcmp(layout->stride, usual.stride, usual.ndim * sizeof *usual.stride) == 0)
        return true;
    mlp_strided *kept = mlp_arena_alloc(trace->arena, 1, sizeof *kept);
    if (!kept)
        return false;
    *kept = *layout;
    value->memory.layout = kept;
    return true;
}

/* Whether the result is a view of the input, whose layout becomes that of the result. */
static bool is_arranged(const mlp_step *step, mlp_strided *layout) {
    const mlp_call call = trace_call_of(step);
    return step->operation->arrange(&call, layout);
}

bool trace_note_layout(mlp_trace *trace, mlp_value *value) {
    const mlp_step *step = value->producer;
    const mlp_operation *gradient_of = step->operation->gradient_of;
    const bool arranges = step->operation->arrange != NULL;
    const bool follows = gradient_of ? follows_back(gradient_of) : step->operation->elementwise;
    if (!arranges && (!follows || inputs_are_in_order(step)))
        return true;
    mlp_strided layout = arranges ? mlp_value_layout(step->in[0]) : follow(step);
    return (arranges && !is_arranged(step, &layout)) || lay_out(trace, value, &layout);
}

bool mlp_trace_lay_out(mlp_trace *trace, mlp_value *value, const mlp_value *like) {
    const mlp_strided order = mlp_value_order(like);
    return lay_out(trace, value, &order);
}

bool mlp_value_can_be_viewed(const mlp_value *value, const mlp_sizes *sizes) {
    mlp_strided layout = mlp_value_layout(value);
    const mlp_call call = {.in = {&value->tensor}, .options.sizes = *sizes};
    return mlp_reshape.arrange(&call, &layout);
}

static bool has_gaps(const mlp_value *value) {
    const mlp_strided layout = mlp_value_layout(value), order = packed(&layout, 1);
    for (size_t d = 0; d < layout.ndim; d++)
        if (layout.shape[d] != 1 && layout.stride[d] != order.stride[d])
            return true;
    return false;
}

bool mlp_values_share(const mlp_value *a, const mlp_value *b) {
    const size_t numel = a->tensor.numel, others = b->tensor.numel;
    if (a->memory.counter != b->memory.counter || !numel || !others || has_gaps(a) || has_gaps(b))
        return false;
    const size_t x = mlp_value_layout(a).offset, y = mlp_value_layout(b).offset;
    return x < y + others && y < x + numel;
}

bool mlp_values_overlap(const mlp_value *a, const mlp_value *b) {
    const mlp_strided x = mlp_value_layout(a), y = mlp_value_layout(b);
    const bool is_same = x.offset == y.offset && a->tensor.numel == b->tensor.numel &&
                         x.ndim == y.ndim &&
                         memcmp(x.stride, y.stride, x.ndim * sizeof *x.stride) == 0;
    return mlp_values_share(a, b) && !is_same;
}
