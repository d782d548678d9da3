/* Terms, and the shape of each. */
#include "term_parts.h"

#include <string.h>

/* --- terms and their shapes --- */

static term *new_term(const binding *b, term_kind kind, const char *text) {
    term *t = mlp_arena_alloc(b->arena, 1, sizeof *t);
    if (t)
        *t = (term){.kind = kind, .text = text};
    return t;
}

const term *term_words(const binding *b, const char *text) {
    return new_term(b, TERM_WORDS, text);
}

const term *term_number(const binding *b, double number, const char *symbol) {
    term *t = new_term(b, TERM_NUMBER, NULL);
    if (!t)
        return NULL;
    t->number = number;
    t->shaped = true;
    t->symbol = symbol ? math_text(b->arena, MATH_SYMBOL, symbol) : NULL;
    return symbol && !t->symbol ? NULL : t;
}

static void take_shape(term *t, size_t ndim, const size_t *shape) {
    t->ndim = ndim;
    memcpy(t->shape, shape, ndim * sizeof *shape);
    t->shaped = true;
}

const term *term_tensor(const binding *b, const mlp_tensor *tensor, const math *symbol,
                        bool given) {
    term *t = symbol ? new_term(b, TERM_TENSOR, NULL) : NULL;
    if (!t)
        return NULL;
    t->tensor = tensor;
    t->symbol = symbol;
    t->given = given;
    take_shape(t, tensor->ndim, tensor->shape);
    return t;
}

/* As PyTorch broadcasts: counted from the last dimension, a size of 1 goes with any. */
static void broadcast(term *t, const term *part) {
    const size_t ndim = t->ndim > part->ndim ? t->ndim : part->ndim;
    size_t shape[MLP_MAX_DIMS];
    for (size_t i = 1; i <= ndim; i++) {
        const size_t a = i <= t->ndim ? t->shape[t->ndim - i] : 1;
        const size_t c = i <= part->ndim ? part->shape[part->ndim - i] : 1;
        if (a != c && a != 1 && c != 1) {
            t->shaped = false;
            return;
        }
        shape[ndim - i] = a == 1 ? c : a;
    }
    take_shape(t, ndim, shape);
}

static void shape_elementwise(term *t) {
    t->shaped = true;
    for (size_t i = 0; i < t->count && t->shaped; i++)
        if (t->part[i]->shaped)
            broadcast(t, t->part[i]);
        else
            t->shaped = false;
}

static bool is_digits(const term *t) {
    return t && t->kind == TERM_NUMBER && !t->symbol;
}

static bool is_one(const term *t) {
    return is_digits(t) && t->number == 1;
}

const term *term_with_parts(const binding *b, term_kind kind, const char *text, size_t count,
                            const term *const *parts) {
    if (kind == TERM_CALL && count == 1 && parts[0] && parts[0]->kind == TERM_CALL &&
        strcmp(text, "exp") == 0 && strcmp(parts[0]->text, "log") == 0)
        return parts[0]->part[0];
    if (kind == TERM_SUBTRACT && is_digits(parts[0]) && is_digits(parts[1]))
        return term_number(b, parts[0]->number - parts[1]->number, NULL);
    if (kind == TERM_POWER && is_one(parts[1]))
        return parts[0];
    if (kind == TERM_MULTIPLY && (is_one(parts[0]) || is_one(parts[1])))
        return parts[is_one(parts[0])];
    term *t = new_term(b, kind, text);
    if (!t)
        return NULL;
    t->count = count;
    for (size_t i = 0; i < count; i++) {
        t->part[i] = parts[i];
        if (!parts[i])
            return NULL;
    }
    shape_elementwise(t);
    return t;
}

/* --- products: PyTorch's x W^T of a vector is W x on paper --- */

const term *term_transposed(const binding *b, const term *of) {
    if (!of)
        return NULL;
    if (of->kind == TERM_TRANSPOSE)
        return of->part[0];
    term *t = new_term(b, TERM_TRANSPOSE, NULL);
    if (!t)
        return NULL;
    t->part[0] = of;
    t->count = 1;
    t->shaped = of->shaped && of->ndim >= 2;
    t->ndim = of->ndim;
    memcpy(t->shape, of->shape, sizeof t->shape);
    if (t->shaped) {
        t->shape[t->ndim - 1] = of->shape[t->ndim - 2];
        t->shape[t->ndim - 2] = of->shape[t->ndim - 1];
    }
    return t;
}

static bool is_vector(const term *t) {
    return t->shaped && t->ndim == 1;
}

static bool is_matrix(const term *t) {
    return t->shaped && t->ndim >= 2;
}

/* The last dimension of a meets the last but one of c, or c's only one. */
static void shape_product(term *t) {
    const term *a = t->part[0], *c = t->part[1];
    size_t shape[MLP_MAX_DIMS], ndim = 0;
    if (!a->shaped || !c->shaped || a->ndim < 1 || c->ndim < 1 || (a->ndim > 2 && c->ndim > 2) ||
        (c->ndim > 2 && a->ndim > 1) ||
        a->shape[a->ndim - 1] != c->shape[c->ndim > 1 ? c->ndim - 2 : 0])
        return;
    for (size_t i = 0; i + 1 < a->ndim; i++)
        shape[ndim++] = a->shape[i];
    if (c->ndim > 1)
        shape[ndim++] = c->shape[c->ndim - 1];
    take_shape(t, ndim, shape);
}

const term *term_product(const binding *b, const term *a, const term *c) {
    if (!a || !c)
        return NULL;
    const bool is_outer = a->kind == TERM_TRANSPOSE && is_vector(a->part[0]) && is_vector(c);
    if (is_outer)
        a = a->part[0];
    else if (is_vector(a) && is_matrix(c) && c->ndim == 2) {
        const term *flipped = term_transposed(b, c);
        c = a;
        a = flipped;
    }
    term *t = new_term(b, is_outer ? TERM_OUTER : TERM_PRODUCT, NULL);
    if (!t || !a)
        return NULL;
    t->part[0] = a;
    t->part[1] = c;
    t->count = 2;
    if (is_outer)
        take_shape(t, 2, (const size_t[]){a->shape[0], c->shape[0]});
    else
        shape_product(t);
    return t;
}

/* --- over dimensions --- */

static bool is_along_one(const mlp_step *step) {
    return step->options->has_dim || step->operation->traits & MLP_IS_NORMALISED;
}

static void find_named_dims(const binding *b, term *t, const term *of) {
    const mlp_options *o = b->step->options;
    const int64_t dim = o->dim < 0 ? o->dim + (int64_t)of->ndim : o->dim;
    for (size_t d = 0; d < of->ndim; d++)
        t->over[d] = o->has_dims ? o->dims[d] : !is_along_one(b->step) || (int64_t)d == dim;
}

/* What was broadcast to the shape of `of`. */
static void find_broadcast_dims(term *t, const term *of, const mlp_tensor *result) {
    for (size_t d = 0; d < of->ndim; d++) {
        const size_t from_end = of->ndim - d;
        t->over[d] = from_end > result->ndim ||
                     (result->shape[result->ndim - from_end] == 1 && of->shape[d] > 1);
    }
}

bool term_has_shape_of(const term *t, const mlp_tensor *tensor) {
    return t->ndim == tensor->ndim &&
           memcmp(t->shape, tensor->shape, t->ndim * sizeof *t->shape) == 0;
}

/* Of a loss, whether a sum goes over the classes of each sample: within another one, and where one
 * loss a sample comes of it. */
static bool is_over_classes(const binding *b, const term *of) {
    const bool is_loss = b->step->operation->traits & MLP_IS_LOSS_OVER_CLASSES && !b->gradient;
    return is_loss && (b->within_sum || of->ndim == 1 || of->ndim == b->result->ndim + 1);
}

static bool is_running(const mlp_operation *operation) {
    return operation == &mlp_running_mean || operation == &mlp_running_var;
}

/* Of a norm, what a mean goes over: of layer norm a row, the last dimensions; of batch norm all
 * numbers of a channel. False: the step is none. */
static bool find_normalised_dims(const binding *b, term *t, const term *of) {
    const mlp_operation *operation = b->step->operation;
    const bool by_channel = operation == &mlp_batch_norm || is_running(operation);
    if (strcmp(t->text, "mean") != 0 || !(by_channel || operation == &mlp_layer_norm))
        return false;
    const size_t rows = by_channel ? 1 : b->step->out[1]->tensor.numel;
    size_t left = by_channel || rows == 0 ? 1 : b->step->in[0]->tensor.numel / rows;
    for (size_t d = of->ndim; d-- > 0;) {
        t->over[d] = by_channel ? d != 1 : left > 1;
        left /= by_channel || of->shape[d] == 0 ? 1 : of->shape[d];
    }
    t->keeps = !is_running(operation);
    return true;
}

/* Whether the term has the result's shape, with the dimensions it goes over or without them. */
static bool gives_result(const binding *b, const term *t) {
    const term *of = t->part[0];
    size_t kept = 0;
    bool with = of->ndim == b->result->ndim, without = true;
    for (size_t d = 0; d < of->ndim; d++) {
        with = with && b->result->shape[d] == (t->over[d] ? 1 : of->shape[d]);
        if (t->over[d])
            continue;
        without = without && kept < b->result->ndim && b->result->shape[kept] == of->shape[d];
        kept++;
    }
    return with || (without && kept == b->result->ndim);
}

/* Of what reduces, but has no trait that says how: all dimensions, or the one that is named. */
static bool find_reduced_dims(const binding *b, term *t, const term *of) {
    const mlp_options *o = b->step->options;
    const int64_t dim = o->dim < 0 ? o->dim + (int64_t)of->ndim : o->dim;
    if (b->gradient || b->step->operation->traits & MLP_IS_LOSS_OVER_CLASSES)
        return false;
    for (size_t d = 0; d < of->ndim; d++)
        t->over[d] = o->has_dims ? o->dims[d] : b->result->numel == 1 && !o->has_dim;
    if (gives_result(b, t))
        return true;
    for (size_t d = 0; d < of->ndim; d++)
        t->over[d] = (int64_t)d == dim;
    return gives_result(b, t);
}

/* Over which dimensions sum(...) goes: what makes one element of the left side. */
static void find_dims(const binding *b, term *t) {
    const term *of = t->part[0];
    const bool reduces = b->step->operation->traits & MLP_IS_REDUCTION && !b->gradient;
    if (find_normalised_dims(b, t, of))
        return;
    if (is_over_classes(b, of)) {
        t->over[of->ndim > 1 ? 1 : 0] = true;
        return;
    }
    t->keeps = term_has_shape_of(of, b->result);
    if ((t->keeps && is_along_one(b->step)) || reduces)
        find_named_dims(b, t, of);
    else if (t->keeps || !find_reduced_dims(b, t, of))
        find_broadcast_dims(t, of, b->result);
    t->keeps = t->keeps || of->ndim == b->result->ndim;
}

/* A mean over nothing is none that the step takes. */
static bool is_over_something(const term *t) {
    bool is = strcmp(t->text, "mean") != 0 || t->part[0]->ndim == 0;
    for (size_t d = 0; d < t->part[0]->ndim; d++)
        is |= t->over[d];
    return is;
}

const term *term_over(const binding *b, const char *function, const term *of) {
    term *t = of ? new_term(b, TERM_OVER, function) : NULL;
    if (!t)
        return NULL;
    t->part[0] = of;
    t->count = 1;
    if (!of->shaped)
        return t;
    find_dims(b, t);
    t->shaped = is_over_something(t);
    for (size_t d = 0; d < of->ndim; d++)
        if (!t->over[d] || t->keeps)
            t->shape[t->ndim++] = t->over[d] ? 1 : of->shape[d];
    return t;
}

/* --- classes --- */

/* Of a logarithm, which is what losses are given, that of the one that was picked. */
const term *term_pick(const binding *b, const term *from, const term *target) {
    if (from && from->kind == TERM_CALL && from->count == 1)
        return term_with_parts(b, TERM_CALL, from->text, 1,
                               (const term *[]){term_pick(b, from->part[0], target)});
    term *t = from && target ? new_term(b, TERM_PICK, NULL) : NULL;
    if (!t)
        return NULL;
    t->part[0] = from;
    t->part[1] = target;
    t->count = 2;
    t->shaped = from->shaped && target->shaped && target->kind == TERM_TENSOR && from->ndim >= 1 &&
                target->ndim + 1 == from->ndim;
    t->ndim = target->ndim;
    memcpy(t->shape, target->shape, sizeof t->shape);
    return t;
}

const term *term_one_hot(const binding *b, const term *target) {
    term *t = target ? new_term(b, TERM_ONE_HOT, NULL) : NULL;
    if (!t)
        return NULL;
    t->part[0] = target;
    t->count = 1;
    if (target->kind == TERM_TENSOR && b->result->ndim == target->ndim + 1)
        take_shape(t, b->result->ndim, b->result->shape);
    return t;
}

const term *term_inverse(const binding *b, const term *of) {
    term *t = of ? new_term(b, TERM_INVERSE, NULL) : NULL;
    if (!t)
        return NULL;
    t->part[0] = of;
    t->count = 1;
    return t;
}

const term *term_reshaped(const binding *b, const term *of) {
    size_t numel = 1;
    for (size_t d = 0; of->shaped && d < of->ndim; d++)
        numel *= of->shape[d];
    if (!of->shaped || numel != b->result->numel || term_has_shape_of(of, b->result))
        return of;
    term *t = new_term(b, TERM_RESHAPED, NULL);
    if (!t)
        return NULL;
    t->part[0] = of;
    t->count = 1;
    take_shape(t, b->result->ndim, b->result->shape);
    return t;
}
