/* What a value is called, and which formula it came from. */
#include "term_parts.h"

#include <string.h>

enum {
    MOST_WITHIN = 12, /* formulas within one another */
    MOST_IN_ONE = 12  /* of gradients, from a parameter up to the loss */
};

mlp_call term_call_of(const mlp_step *step) {
    mlp_call call = {
        .operation = step->operation, .options = *step->options, .release = *step->release};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        call.in[i] = step->in[i] ? &step->in[i]->tensor : NULL;
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        call.out[i] = step->out[i] ? &step->out[i]->tensor : NULL;
    return call;
}

/* --- values --- */

const mlp_value *term_softmax_beside(const mlp_trace *trace, const mlp_step *step) {
    for (const mlp_step *s = trace->first_step; s; s = s->next)
        if (s->operation == &mlp_softmax && symbol_is_shown(s->out[0]) &&
            mlp_value_first(s->in[0]) == mlp_value_first(step->in[0]) &&
            mlp_step_has_lines_of(s, step))
            return s->out[0];
    return NULL;
}

/* The numbers of a value in the shape of another tensor, under its own symbol. */
static const term *in_shape_of(const binding *b, const mlp_value *value, const mlp_tensor *like) {
    mlp_tensor *tensor = mlp_arena_alloc(b->arena, 1, sizeof *tensor);
    if (!tensor)
        return NULL;
    *tensor = *like;
    tensor->dtype = value->tensor.dtype;
    tensor->data = value->tensor.data;
    return term_tensor(b, tensor, symbol_of(b->symbols, value), value->given);
}

/* A log_softmax that nobody goes by on paper, as a loss has it, is the logarithm of the softmax. */
static const term *log_of_softmax(const binding *b, const mlp_value *value) {
    const term *of =
        in_shape_of(b, term_softmax_beside(b->symbols->trace, value->producer), &value->tensor);
    return of ? term_with_parts(b, TERM_CALL, "log", 1, &of) : NULL;
}

/* The same numbers under another name: what has no name of its own has that of its origin. */
static const math *symbol_of_origin(const binding *b, const mlp_value *value) {
    const mlp_value *origin = mlp_value_first(value);
    return origin != value && symbol_is_shown(origin) ? symbol_of(b->symbols, origin) : NULL;
}

/* What has no name is its numbers, if they are few. */
static const math *few_numbers(const binding *b, const mlp_tensor *tensor) {
    enum {
        MOST = 6
    };
    const math *parts[MOST];
    for (size_t i = 0; i < tensor->numel && i < MOST; i++)
        parts[i] = math_option(b->arena, mlp_tensor_get(tensor, i));
    if (tensor->numel == 0 || tensor->numel > MOST || tensor->ndim > 1)
        return math_text(b->arena, MATH_CODE, "tensor");
    return tensor->ndim == 0 ? parts[0] : math_matrix(b->arena, 1, tensor->numel, true, parts);
}

/* What a gradient was before the steps that the trace has, in a sum with a new one. */
static const char *name_of_earlier(const binding *b) {
    const mlp_value *sum = b->step ? b->step->out[0] : NULL;
    if (!sum || b->step->phase != MLP_BACKWARD || b->step->forward || !symbol_is_gradient(sum) ||
        !sum->label.display)
        return NULL;
    return mlp_arena_printf(b->arena, "%s before", sum->label.display);
}

static const term *unknown_value(const binding *b, const mlp_value *value) {
    const char *name = value->label.display ? value->label.display : value->label.name;
    if (symbol_is_gradient(value))
        return term_tensor(b, &value->tensor, symbol_of(b->symbols, value), value->given);
    if (!name)
        name = value->producer ? value->producer->operation->name : name_of_earlier(b);
    return term_tensor(b, &value->tensor,
                       name ? math_text(b->arena, MATH_CODE, name) : few_numbers(b, &value->tensor),
                       value->given);
}

const term *term_of_value(const binding *b, const mlp_value *value) {
    while (!symbol_is_shown(value) && value->producer && value->producer->phase == MLP_FORWARD &&
           value->producer->operation == &mlp_expand)
        value = value->producer->in[0];
    const bool goes_on = b->in_one && symbol_is_gradient(value) && value->producer;
    if (symbol_is_shown(value) && !goes_on)
        return term_tensor(b, &value->tensor, symbol_of(b->symbols, value), value->given);
    const math *symbol = symbol_of_origin(b, value);
    if (symbol)
        return term_tensor(b, &value->tensor, symbol, value->given);
    if (!value->producer || b->depth >= (b->in_one ? MOST_IN_ONE : MOST_WITHIN))
        return unknown_value(b, value);
    if (value->producer->operation == &mlp_log_softmax &&
        term_softmax_beside(b->symbols->trace, value->producer))
        return log_of_softmax(b, value);
    term_formula f;
    if (!term_formula_of(b, value, &f))
        return NULL;
    return f.right ? f.right : unknown_value(b, value);
}

/* --- results of the step whose formula it is --- */

/* Whether it is the 1 that a backward() begins with. */
static bool is_seed(const binding *b, const mlp_value *gradient) {
    for (const mlp_sweep *sweep = b->symbols->trace->first_sweep; sweep; sweep = sweep->next)
        for (const mlp_root *root = sweep->roots; root; root = root->next)
            if (root->seed == gradient)
                return gradient->tensor.ndim == 0 && mlp_tensor_get(&gradient->tensor, 0) == 1;
    return false;
}

/* In a gradient, dy is what came back. The sizes that a reduction took away are 1. */
const term *term_of_result(const binding *b, const mlp_value *value) {
    if (is_seed(b, value))
        return term_number(b, 1, NULL);
    const term *t = term_of_value(b, value);
    const mlp_step *step = b->step;
    const mlp_value *x = step->in[0];
    const mlp_options *o = step->options;
    if (!t || t->kind != TERM_TENSOR || !b->gradient || !x ||
        !term_has_shape_of(t, &step->out[0]->tensor) || t->ndim >= x->tensor.ndim ||
        !(step->operation->traits & MLP_IS_REDUCTION || o->has_dim))
        return t;
    term *wide = mlp_arena_alloc(b->arena, 1, sizeof *wide);
    if (!wide)
        return NULL;
    *wide = *t;
    const size_t ndim = x->tensor.ndim;
    size_t from = 0;
    for (size_t d = 0; d < ndim; d++) {
        const bool gone = o->has_dims ? o->dims[d] : !o->has_dim || (int64_t)d == o->dim;
        wide->shape[d] = gone || from >= t->ndim ? 1 : t->shape[from++];
    }
    wide->ndim = ndim;
    return wide;
}

/* --- classes by hand: the gradient of a cross entropy is the softmax without the target --- */

static bool has_target(const mlp_tensor *targets, int64_t target) {
    for (size_t i = 0; i < targets->numel; i++)
        if (mlp_tensor_get_int(targets, i) == target)
            return true;
    return false;
}

/* The loss whose gradient comes to a log_softmax that has no entry of its own, where all its targets
 * count alike; NULL: it is something else. */
const mlp_step *term_loss_behind(const binding *b, const mlp_step *step) {
    const mlp_step *back = step->forward && step->forward->operation == &mlp_log_softmax &&
                                   !symbol_is_shown(step->in[0])
                               ? step->in[0]->producer
                               : NULL;
    const mlp_step *loss = back && back->forward ? back->forward : NULL;
    const bool plain = loss && loss->operation == &mlp_nll_loss && !loss->in[2] &&
                       loss->options->reduction != MLP_REDUCTION_NONE &&
                       !has_target(&loss->in[1]->tensor, loss->options->ignore_index);
    return plain && term_softmax_beside(b->symbols->trace, step->forward) ? loss : NULL;
}

static const term *class_gradient(const binding *b, const mlp_step *step, const mlp_step *loss) {
    const mlp_value *softmax = term_softmax_beside(b->symbols->trace, step->forward);
    binding of_loss = *b;
    of_loss.step = loss;
    of_loss.gradient = step->in[0]->producer->in[0];
    const term *parts[2] = {in_shape_of(b, softmax, b->result),
                            term_one_hot(b, term_of_value(b, loss->in[1]))};
    const term *g = parts[0] && parts[1] ? term_with_parts(b, TERM_SUBTRACT, NULL, 2, parts) : NULL;
    const size_t n = loss->in[1]->tensor.numel;
    if (g && loss->options->reduction == MLP_REDUCTION_MEAN && n > 1)
        g = term_with_parts(b, TERM_DIVIDE, NULL, 2,
                            (const term *[]){g, term_number(b, (double)n, "n")});
    const term *back = term_of_result(&of_loss, of_loss.gradient);
    return g && back ? term_with_parts(b, TERM_MULTIPLY, NULL, 2, (const term *[]){g, back}) : NULL;
}

/* --- the formula of a value --- */

/* Which result of its step the equation gives: of a gradient dNAME that of the input NAME, of an
 * update the parameter or a state, else y. */
static bool gives(const equation *e, const binding *b, size_t i) {
    const mlp_operation *operation = b->step->operation;
    const char *name = e->left->text;
    if (e->left->kind != FORMULA_NAME)
        return false;
    if (b->gradient)
        return *name == 'd' && mlp_formula_input(operation, name + 1) == i;
    if (operation->optimizer)
        return mlp_formula_input(operation, name) == (i ? i + 1 : 0);
    return i == 0 && term_is_result(name);
}

/* What has one result may call it by any name: the last equation is of it. */
static bool is_last(const equation *e, const binding *b, size_t i) {
    return i == 0 && !b->gradient && !b->step->operation->optimizer && !e->next &&
           e->left->kind == FORMULA_NAME;
}

static size_t place_among(const mlp_step *step, const mlp_value *value) {
    size_t i = 0;
    while (i + 1 < MLP_MAX_OUTPUTS && step->out[i] != value)
        i++;
    return i;
}

static binding binding_of(const binding *around, const mlp_value *value) {
    const mlp_step *step = value->producer;
    binding b = {.arena = around->arena,
                 .symbols = around->symbols,
                 .depth = around->depth + 1,
                 .in_one = around->in_one};
    b.step = step->forward ? step->forward : step;
    b.gradient = step->forward ? step->in[0] : NULL;
    b.result = &value->tensor;
    return b;
}

/* False without memory; without equations where the row has no formula. */
static bool read_equations(binding *b) {
    const mlp_operation *operation = b->step->operation;
    const char *notation = b->gradient ? operation->gradient : operation->formula;
    const mlp_call call = term_call_of(b->step);
    const char *text = notation ? mlp_formula_text(b->arena, notation, &call) : "";
    size_t at = 0;
    b->equations = text && *text ? notation_parse(b->arena, text, &at) : NULL;
    return text && at != SIZE_MAX;
}

/* In one chain, an activation's link is its derivative: LeakyReLU'(z), with a prime. */
static const term *primed(const binding *b) {
    const mlp_operation *operation = b->step->operation;
    const char *name = mlp_arena_printf(b->arena, "%s\xE2\x80\xB2",
                                        operation->module ? operation->module : operation->name);
    const term *x = term_of_value(b, b->step->in[0]);
    const term *link = name && x ? term_with_parts(b, TERM_CALL, name, 1, &x) : NULL;
    const term *parts[] = {term_of_result(b, b->gradient), link};
    return parts[0] && link ? term_with_parts(b, TERM_MULTIPLY, NULL, 2, parts) : NULL;
}

static bool is_activation(const binding *b) {
    return b->gradient && b->step->operation->elementwise &&
           b->step->operation->traits & MLP_IS_ACTIVATION && b->step->operation->gradients == 1;
}

bool term_formula_of(const binding *around, const mlp_value *value, term_formula *f) {
    binding b = binding_of(around, value);
    const mlp_step *loss = term_loss_behind(&b, value->producer);
    *f = (term_formula){0};
    if (loss)
        return (f->right = class_gradient(&b, value->producer, loss)) != NULL;
    if (b.in_one && is_activation(&b))
        return (f->right = primed(&b)) != NULL;
    if (!read_equations(&b))
        return false;
    const size_t i = place_among(value->producer, value);
    for (b.here = b.equations; b.here && !gives(b.here, &b, i) && !is_last(b.here, &b, i);)
        b.here = b.here->next;
    if (!b.here)
        return true;
    f->remark = b.here->remark;
    f->right = term_bind(&b, b.here->right);
    if (f->right && b.step->operation->numbers == MLP_RELABELED)
        f->right = term_reshaped(&b, f->right);
    return f->right != NULL;
}
