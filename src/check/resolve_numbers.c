#include "resolve_numbers.h"

#include "tolerance.h"

#include "base/buffer.h"

#include <string.h>

mlp_tensor answer_shape(const mlp_answer *a) {
    mlp_tensor t = {.ndim = a->ndim, .numel = a->numel};
    memcpy(t.shape, a->shape, sizeof t.shape);
    return t;
}

bool spread_blank(marking *m, item *it) {
    const mlp_tensor *t = &it->mark.value->tensor;
    if (it->mark.answer->ndim > 0 || it->mark.answer->numbers[0].given)
        return true;
    mlp_answer *blank = mlp_arena_alloc(m->arena, 1, sizeof *blank);
    if (!blank)
        return marking_out_of_memory(m);
    *blank = *it->mark.answer;
    blank->ndim = t->ndim;
    memcpy(blank->shape, t->shape, sizeof blank->shape);
    blank->numel = t->numel;
    blank->numbers = mlp_arena_alloc(m->arena, t->numel, sizeof *blank->numbers);
    it->mark.answer = blank;
    return blank->numbers || marking_out_of_memory(m);
}

/* Sizes of 1 in front count for nothing: a batch of one is as good as none. */
static bool shapes_fit(const mlp_answer *a, const mlp_tensor *t) {
    size_t i = 0, j = 0;
    while (i < a->ndim && a->shape[i] == 1)
        i++;
    while (j < t->ndim && t->shape[j] == 1)
        j++;
    return a->ndim - i == t->ndim - j &&
           memcmp(a->shape + i, t->shape + j, (a->ndim - i) * sizeof *a->shape) == 0;
}

/* Whether all numbers stand in one line, a row, a column or whatever the other sizes of 1 make it. */
static bool is_line(const size_t *shape, size_t ndim) {
    size_t longer = 0;
    for (size_t i = 0; i < ndim; i++)
        longer += shape[i] != 1;
    return longer <= 1;
}

/* A column is as good as a row where somebody wrote it by hand: there is one way to read it. */
static bool lines_fit(const mlp_answer *a, const mlp_tensor *t) {
    return a->is_list && a->numel == t->numel && is_line(a->shape, a->ndim) &&
           is_line(t->shape, t->ndim);
}

static bool is_transposed(const mlp_answer *a, const mlp_tensor *t) {
    return a->ndim == 2 && t->ndim == 2 && a->shape[0] == t->shape[1] && a->shape[1] == t->shape[0];
}

/* Whether a comma without a blank, as one for a decimal point, stands behind a number of a list. */
static bool has_tight_comma(const mlp_answer *a) {
    for (size_t i = 0; a->is_list && i + 1 < a->numel; i++) {
        const mlp_written *w = &a->numbers[i];
        if (w->length && w->text[w->length] == ',' && w->text[w->length + 1] >= '0' &&
            w->text[w->length + 1] <= '9')
            return true;
    }
    return false;
}

/* NULL without memory. */
static const char *shape_in_words(marking *m, const mlp_tensor *t) {
    char shape[MLP_SHAPE_TEXT];
    return t->ndim == 0 ? "is a single number"
                        : mlp_arena_printf(m->arena, "has shape %s", mlp_shape_text(shape, t));
}

bool check_shape(marking *m, item *it) {
    const mlp_answer *a = it->mark.answer;
    const mlp_tensor *t = &it->mark.value->tensor, given = answer_shape(a);
    if (!a->name || shapes_fit(a, t) || lines_fit(a, t)) /* a printed one was found by its shape */
        return true;
    const char *wanted = shape_in_words(m, t), *written = shape_in_words(m, &given);
    if (!wanted || !written)
        return marking_out_of_memory(m);
    mlp_error(m->error, "%.100s %s, but this %s%s", it->mark.name, wanted, written,
              item_is_of_given(it)  ? ": this is the sheet of another exercise, or was changed"
              : is_transposed(a, t) ? ": it is transposed"
              : has_tight_comma(a)  ? ": write a '.' for a decimal point, not a ','"
                                    : "");
    m->refused |= item_is_of_given(it);
    return marking_leave_out(m, it, a->value);
}

bool check_whole(marking *m, item *it) {
    const mlp_answer *a = it->mark.answer;
    const mlp_tensor *t = &it->mark.value->tensor;
    size_t missing = 0, first = 0, index[MLP_MAX_DIMS];
    buffer at = {.arena = m->arena};
    for (size_t i = a->numel; i-- > 0;) {
        missing += !a->numbers[i].given;
        first = a->numbers[i].given ? first : i;
    }
    if (!m->options->port || m->options->parts || missing == 0 || missing == a->numel)
        return true;
    for (size_t d = t->ndim; d-- > 0; first /= t->shape[d])
        index[d] = first % t->shape[d];
    for (size_t d = 0; d < t->ndim; d++)
        buffer_printf(&at, "[%zu]", index[d]);
    if (at.failed)
        return marking_out_of_memory(m);
    mlp_error(m->error, "of %.100s %zu of %zu numbers are not there: the first is %.100s%s",
              it->mark.name, missing, a->numel, it->mark.name, at.bytes);
    return marking_leave_out(m, it, a->where);
}

bool take_numbers(marking *m, item *it) {
    const mlp_answer *a = it->mark.answer;
    it->tolerance = tolerance_for(m, it->mark.name, a->name);
    it->exact = mlp_arena_alloc(m->arena, a->numel, sizeof *it->exact);
    it->numbers = mlp_arena_alloc(m->arena, a->numel, sizeof *it->numbers);
    it->rounding = mlp_arena_alloc(m->arena, a->numel, sizeof *it->rounding);
    it->given = mlp_arena_alloc(m->arena, a->numel, sizeof *it->given);
    if (!it->exact || !it->numbers || !it->rounding || !it->given)
        return marking_out_of_memory(m);
    const bool is_floating = mlp_dtype_is_floating(it->mark.value->tensor.dtype);
    for (size_t i = 0; i < a->numel; i++) {
        it->given[i] = a->numbers[i].given;
        it->numbers[i] = a->numbers[i].value;
        it->rounding[i] = is_floating ? rounding_of(m, it, &a->numbers[i]) : 0;
        it->mark.given += a->numbers[i].given;
    }
    it->is_whole = it->mark.given == a->numel;
    return true;
}
