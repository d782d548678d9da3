/* What follows from the numbers and is easily overlooked. */
#include "derivation.h"

#include <string.h>

enum {
    MOST_LISTED = 8
};

/* Counts, and lists as words: "0", "0 and 2", "0, 1 and 2". */
typedef struct {
    size_t places[MOST_LISTED];
    size_t count;
} place_list;

static void add_place(place_list *l, size_t place) {
    if (l->count < MOST_LISTED)
        l->places[l->count] = place;
    l->count++;
}

static const char *listed(mlp_arena *arena, const place_list *l) {
    const char *text = "";
    for (size_t i = 0; i < l->count && text; i++)
        text = mlp_arena_printf(arena, "%s%s%zu", text,
                                i == 0              ? ""
                                : i + 1 == l->count ? " and "
                                                    : ", ",
                                l->places[i]);
    return text;
}

static void say(const derivation *d, const place_list *l, const char *before, const char *after) {
    if (l->count == 0 || l->count > MOST_LISTED)
        return;
    const char *places = listed(d->d->arena, l);
    derivation_words(
        d, BLOCK_WORDS,
        places && after ? mlp_arena_printf(d->d->arena, "%s%s%s", before, places, after) : NULL);
}

static size_t row_length(const mlp_tensor *t) {
    return t->ndim ? t->shape[t->ndim - 1] : 1;
}

/* Which rows of a matrix, or elements of a vector, are all zeros. */
static void find_zero_rows(const mlp_tensor *t, place_list *l) {
    const size_t length = t->ndim > 1 ? row_length(t) : 1;
    for (size_t i = 0; length && i < t->numel / length; i++) {
        bool zero = true;
        for (size_t j = 0; j < length && zero; j++)
            zero = mlp_tensor_get(t, i * length + j) == 0;
        if (zero)
            add_place(l, i);
    }
}

static void find_zero_columns(const mlp_tensor *t, place_list *l) {
    const size_t length = row_length(t);
    for (size_t j = 0; length && j < length; j++) {
        bool zero = t->numel > 0;
        for (size_t i = j; i < t->numel && zero; i += length)
            zero = mlp_tensor_get(t, i) == 0;
        if (zero)
            add_place(l, j);
    }
}

/* --- dropout --- */

static void say_dropped(const derivation *d, const mlp_step *step) {
    place_list dropped = {.count = 0};
    const mlp_tensor *mask = &step->in[1]->tensor;
    if (mask->numel != row_length(mask))
        return;
    for (size_t i = 0; i < mask->numel; i++)
        if (mlp_tensor_get(mask, i) == 0)
            add_place(&dropped, i);
    say(d, &dropped, dropped.count == 1 ? "Dropped: unit " : "Dropped: units ", ".");
}

/* --- the side of a leaky activation that an element was on --- */

static void say_branches(const derivation *d, const mlp_step *step) {
    const mlp_tensor *x = &step->in[0]->tensor;
    place_list below = {.count = 0};
    for (size_t i = 0; i < x->numel; i++)
        if (!(mlp_tensor_get(x, i) > 0))
            add_place(&below, i);
    if (below.count == 0 || below.count > MOST_LISTED) {
        derivation_words(
            d, BLOCK_WORDS,
            below.count == 0
                ? "All elements are above 0: they are handed on, with the derivative 1."
                : mlp_arena_printf(d->d->arena,
                                   "%zu of %zu elements are not above 0: they are "
                                   "taken with the slope.",
                                   below.count, x->numel));
        return;
    }
    say(d, &below,
        below.count == 1 ? "Not above 0, and taken with the slope: element "
                         : "Not above 0, and taken with the slope: elements ",
        mlp_arena_printf(d->d->arena, " of %zu, counted from 0 row by row.", x->numel));
}

/* --- updates --- */

static bool moved_nowhere(const mlp_step *step) {
    const mlp_tensor *before = &step->in[0]->tensor, *after = &step->out[0]->tensor;
    for (size_t i = 0; i < before->numel; i++)
        if (mlp_tensor_get(before, i) != mlp_tensor_get(after, i))
            return false;
    return true;
}

/* A row whose gradient is 0 may still move, by momentum or weight decay. */
static void drop_moved(const mlp_step *step, place_list *l, size_t apart, size_t length,
                       size_t stride) {
    const mlp_tensor *before = &step->in[0]->tensor, *after = &step->out[0]->tensor;
    size_t kept = 0;
    for (size_t k = 0; k < l->count && k < MOST_LISTED; k++) {
        bool same = true;
        for (size_t i = 0; i < length && same; i++) {
            const size_t place = l->places[k] * apart + i * stride;
            same = mlp_tensor_get(before, place) == mlp_tensor_get(after, place);
        }
        if (same)
            l->places[kept++] = l->places[k];
    }
    l->count = l->count > MOST_LISTED ? l->count : kept;
}

static void say_rows(const derivation *d, const mlp_step *step, const mlp_tensor *gradient) {
    const bool is_matrix = gradient->ndim == 2;
    const size_t length = is_matrix ? row_length(gradient) : 1;
    place_list rows = {.count = 0}, columns = {.count = 0};
    find_zero_rows(gradient, &rows);
    drop_moved(step, &rows, length, length, 1);
    say(d, &rows,
        is_matrix         ? rows.count == 1 ? "No gradient, and no change: row "
                                            : "No gradient, and no change: rows "
        : rows.count == 1 ? "No gradient, and no change: element "
                          : "No gradient, and no change: elements ",
        ".");
    if (!is_matrix)
        return;
    find_zero_columns(gradient, &columns);
    drop_moved(step, &columns, 1, gradient->shape[0], length);
    say(d, &columns,
        columns.count == 1 ? "No gradient, and no change: column "
                           : "No gradient, and no change: columns ",
        ".");
}

static void say_unmoved(const derivation *d, const mlp_step *step) {
    const mlp_tensor *gradient = &step->in[1]->tensor;
    if (gradient->ndim == 0 || gradient->ndim > 2 || gradient->numel != step->in[0]->tensor.numel)
        return;
    if (moved_nowhere(step))
        derivation_words(d, BLOCK_WORDS, "Nothing of it changes.");
    else
        say_rows(d, step, gradient);
}

/* --- targets --- */

/* Which classes are right, of a few samples. */
static void say_classes(const derivation *d, const mlp_step *step) {
    const mlp_tensor *target = &step->in[1]->tensor;
    place_list classes = {.count = 0};
    for (size_t i = 0; i < target->numel; i++) {
        const int64_t at = mlp_tensor_get_int(target, i);
        if (at < 0)
            return;
        add_place(&classes, (size_t)at);
    }
    say(d, &classes, classes.count == 1 ? "The target is class " : "The targets are classes ", ".");
}

static void say_ignored(const derivation *d, const mlp_step *step) {
    const mlp_tensor *target = &step->in[1]->tensor;
    place_list ignored = {.count = 0};
    for (size_t i = 0; i < target->numel; i++)
        if (mlp_tensor_get_int(target, i) == step->options->ignore_index)
            add_place(&ignored, i);
    say(d, &ignored, ignored.count == 1 ? "Ignored: sample " : "Ignored: samples ",
        ", whose target is ignore_index.");
}

void derive_remarks(const derivation *d, const mlp_value *value) {
    const mlp_step *step = value->producer;
    if (!step || step->forward || value != step->out[0] || d->options->blank)
        return;
    if (step->operation->traits & MLP_IS_DROPOUT && step->in[1])
        say_dropped(d, step);
    if (step->operation->traits & MLP_IS_LEAKY)
        say_branches(d, step);
    if (step->operation->optimizer && step->in[1])
        say_unmoved(d, step);
    if (step->operation == &mlp_nll_loss && step->in[1]) {
        say_classes(d, step);
        say_ignored(d, step);
    }
}
