/* The numbers of a tensor, and its shape beside them. */
#include "derivation.h"

enum {
    MOST_SHOWN = 6, /* along a dimension; of a larger one ... */
    FIRST_SHOWN = 3 /* ... these and the last one */
};

typedef struct {
    const derivation *d;
    const mlp_tensor *tensor;
    bool blank;
} listing;

static size_t shown_along(size_t size) {
    return size <= MOST_SHOWN ? size : FIRST_SHOWN + 2;
}

/* Which element stands at a place that is shown; false: dots. */
static bool element_at(size_t size, size_t place, size_t *element) {
    *element = size <= MOST_SHOWN || place < FIRST_SHOWN ? place : size - 1;
    return size <= MOST_SHOWN || place != FIRST_SHOWN;
}

static const math *number_at(const listing *l, size_t place) {
    mlp_arena *arena = l->d->d->arena;
    return l->blank
               ? math_blank(arena)
               : math_number(arena, mlp_tensor_get(l->tensor, place), l->d->options->precision);
}

static const math *matrix_of(const listing *l, size_t from) {
    const mlp_tensor *t = l->tensor;
    mlp_arena *arena = l->d->d->arena;
    const size_t m = t->ndim > 1 ? t->shape[t->ndim - 2] : 1, n = t->shape[t->ndim - 1];
    const size_t rows = shown_along(m), columns = shown_along(n);
    const math *parts[MOST_SHOWN * MOST_SHOWN];
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++) {
            size_t row, column;
            const bool in_row = element_at(m, i, &row), in_column = element_at(n, j, &column);
            parts[i * columns + j] = in_row && in_column ? number_at(l, from + row * n + column)
                                                         : math_sign_of(arena, MATH_DOTS);
        }
    if (m == 0 || n == 0)
        return math_of(arena, MATH_LIST, 0, NULL);
    return math_matrix(arena, rows, columns, t->ndim == 1, parts);
}

/* The slices along dimension `dim`, the first number of which stands at `from`. */
static const math *slices(const listing *l, size_t dim, size_t from) {
    const mlp_tensor *t = l->tensor;
    mlp_arena *arena = l->d->d->arena;
    const math *parts[MOST_SHOWN];
    size_t step = 1;
    if (dim + 2 >= t->ndim)
        return matrix_of(l, from);
    for (size_t d = dim + 1; d < t->ndim; d++)
        step *= t->shape[d];
    for (size_t i = 0; i < shown_along(t->shape[dim]); i++) {
        size_t element;
        parts[i] = element_at(t->shape[dim], i, &element)
                       ? slices(l, dim + 1, from + element * step)
                       : math_sign_of(arena, MATH_DOTS);
    }
    return math_of(arena, MATH_LIST, shown_along(t->shape[dim]), parts);
}

const math *derivation_numbers(const derivation *d, const mlp_tensor *tensor, bool given) {
    const listing l = {d, tensor, d->options->blank && !given};
    const math *m = tensor->ndim == 0 ? number_at(&l, 0) : slices(&l, 0, 0);
    d->d->failed |= !m;
    return m;
}

/* 3 x 2, with the sign; NULL of a single number. */
const math *derivation_shape(const derivation *d, const mlp_tensor *tensor) {
    const char *text = "";
    if (tensor->ndim == 0)
        return NULL;
    for (size_t i = 0; i < tensor->ndim && text; i++)
        text =
            mlp_arena_printf(d->d->arena, "%s%s%zu", text, i ? " \xC3\x97 " : "", tensor->shape[i]);
    const math *m = text ? math_text(d->d->arena, MATH_WORDS, text) : NULL;
    d->d->failed |= !m;
    return m;
}
