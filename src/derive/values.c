/* One value: its formula, with numbers put in, and as result. */
#include "derivation.h"

#include <math.h>
#include <string.h>

enum {
    MOST_ELEMENTS = 6, /* of a tensor that are spelled out; of a larger one two */
    MOST_OPTIONS = 8,  /* that have letters */
    MOST_NUMBERS = 16  /* of all matrices that are put in, in a formula */
};

/* --- options that are written as letters --- */

typedef struct {
    const term *options[MOST_OPTIONS];
    size_t count;
} letters;

static void find_letters(letters *l, const term *t) {
    const bool is_letter = t->kind == TERM_NUMBER && t->symbol && t->number != acos(-1.0);
    for (size_t i = 0; is_letter && i < l->count; i++)
        if (strcmp(l->options[i]->symbol->text, t->symbol->text) == 0)
            return;
    if (is_letter && l->count < MOST_OPTIONS)
        l->options[l->count++] = t;
    for (size_t i = 0; i < t->count; i++)
        find_letters(l, t->part[i]);
}

static void separate(math_row *row) {
    if (row->count)
        math_add_words(row, ", ");
}

static void add_letters(const derivation *d, math_row *row, const term *t) {
    letters l = {.count = 0};
    find_letters(&l, t);
    for (size_t i = 0; i < l.count; i++) {
        separate(row);
        math_add(row, l.options[i]->symbol);
        math_add_sign(row, MATH_EQUAL);
        math_add(row, math_option(d->d->arena, l.options[i]->number));
    }
}

static bool goes_over_several(const term *t) {
    bool several = false;
    for (size_t i = 0; i < t->part[0]->ndim; i++)
        several |= t->over[i] && t->part[0]->shape[i] != 1;
    return several;
}

/* "sum over dimension 1": which elements a sum, a mean or the largest is of, where not of all. */
static void add_dimensions(const derivation *d, math_row *row, const term *t, const char **said) {
    const term *of = t->part[0];
    const char *text = t->text;
    bool all = true;
    for (size_t i = 0; t->kind == TERM_OVER && t->shaped && i < of->ndim; i++) {
        all &= t->over[i];
        if (t->over[i] && text)
            text = mlp_arena_printf(d->d->arena, "%s%s%zu", text,
                                    text == t->text ? " over dimension " : ", ", i);
    }
    if (t->kind == TERM_OVER && t->shaped && !all && goes_over_several(t) && text != t->text &&
        (!*said || !text || strcmp(*said, text) != 0)) {
        separate(row);
        math_add_words(row, text);
        *said = text;
    }
    for (size_t i = 0; i < t->count; i++)
        add_dimensions(d, row, t->part[i], said);
}

/* A view says nothing but where it has another shape, and where no gradient goes back. */
static void add_own_remark(math_row *row, const mlp_value *value, const char *remark) {
    const mlp_step *step = value->producer;
    const bool is_view = step->operation->numbers == MLP_RELABELED && !step->forward;
    const bool stops = is_view && step->in[0]->requires_grad && !value->requires_grad;
    if (is_view && mlp_tensor_same_shape(&value->tensor, &step->in[0]->tensor))
        remark = NULL;
    if (stops)
        remark = "no gradient goes back here";
    if (!remark)
        return;
    separate(row);
    math_add_words(row, remark);
}

/* The shape, what letters stand for, dimensions, and what the formula's own remark says. */
static void set_remark(const derivation *d, block *e, const mlp_value *value,
                       const term_formula *f) {
    math_row row = {.arena = d->d->arena};
    const math *shape = derivation_shape(d, &value->tensor);
    const char *said = NULL;
    if (shape)
        math_add(&row, shape);
    if (f->right) {
        add_letters(d, &row, f->right);
        add_dimensions(d, &row, f->right, &said);
    }
    add_own_remark(&row, value, f->remark);
    if (!e || row.count == 0)
        return;
    e->remark = math_row_end(&row);
    d->d->failed |= !e->remark;
}

/* --- elements --- */

static const math *indexed(const derivation *d, const mlp_value *value, size_t place) {
    mlp_arena *arena = d->d->arena;
    size_t index[MLP_MAX_DIMS] = {0};
    const math *parts[1 + MLP_MAX_DIMS] = {symbol_of(&d->names, value)};
    if (parts[0] && parts[0]->kind == MATH_PARTIAL)
        parts[0] = math_of(arena, MATH_FENCED, 1, parts);
    term_index_of(&value->tensor, place, index);
    for (size_t i = 0; i < value->tensor.ndim; i++)
        parts[1 + i] = math_option(arena, (double)index[i]);
    return math_of(arena, MATH_INDEX, 1 + value->tensor.ndim, parts);
}

static const math *because(const derivation *d, const math *comparison) {
    math_row row = {.arena = d->d->arena};
    math_add_words(&row, "since ");
    math_add(&row, comparison);
    return math_row_end(&row);
}

/* Whether there is more to say than that a number is itself. */
static bool says_something(const term_element_result *e) {
    return e->numbers && (e->because || !math_is_number(e->numbers));
}

static void add_element(const derivation *d, const mlp_value *value, size_t place,
                        const term_element_result *e) {
    const bool repeats = e->numbers->kind == MATH_NUMBER || e->numbers->kind == MATH_BLANK;
    const math *sides[4] = {indexed(d, value, place)};
    size_t count = 1;
    if (!repeats)
        sides[count++] = e->numbers;
    if (e->collapsed)
        sides[count++] = e->collapsed;
    sides[count++] = d->options->blank
                         ? math_blank(d->d->arena)
                         : math_element(d->d->arena, &value->tensor, place, d->options->precision);
    block *b = document_add(d->d, BLOCK_ELEMENT, count, sides);
    if (b && e->because) {
        b->remark = because(d, e->because);
        d->d->failed |= !b->remark;
    }
}

static void derive_element(const derivation *d, const mlp_value *value, size_t place,
                           const term *right, const term_style *style) {
    term_element_result e;
    d->d->failed = d->d->failed || !term_element(right, &value->tensor, place, style, &e);
    if (!d->d->failed && says_something(&e))
        add_element(d, value, place, &e);
}

static void derive_elements(const derivation *d, const mlp_value *value, const term *right) {
    const mlp_tensor *tensor = &value->tensor;
    const term_style style = {d->d->arena, d->options->precision, d->options->blank};
    if (tensor->numel > MOST_ELEMENTS) {
        derive_element(d, value, 0, right, &style);
        derive_element(d, value, term_other_place(right, tensor, &style), right, &style);
        return;
    }
    for (size_t place = 0; place < tensor->numel; place++)
        derive_element(d, value, place, right, &style);
}

/* --- matrices --- */

/* Whether all of it is small enough to be put in as a whole; counts what is put in. */
static bool is_small(const term *t, size_t *numbers) {
    const bool is_tensor = t->kind == TERM_TENSOR;
    *numbers += is_tensor ? t->tensor->numel : 0;
    if (is_tensor && (t->ndim > 2 || *numbers > MOST_NUMBERS))
        return false;
    for (size_t i = 0; i < t->count; i++)
        if (!is_small(t->part[i], numbers))
            return false;
    return true;
}

static bool has_product(const term *t) {
    bool has = t->kind == TERM_PRODUCT || t->kind == TERM_OUTER;
    for (size_t i = 0; i < t->count; i++)
        has |= has_product(t->part[i]);
    return has;
}

/* The same term, in which matrices stand for their symbols; NULL without memory. */
static const term *with_matrices(const derivation *d, const term *t) {
    term *copy = mlp_arena_alloc(d->d->arena, 1, sizeof *copy);
    if (!copy)
        return NULL;
    *copy = *t;
    if (t->kind == TERM_TENSOR)
        copy->symbol = derivation_numbers(d, t->tensor, t->given);
    if (t->kind == TERM_NUMBER)
        copy->symbol = math_option(d->d->arena, t->number);
    for (size_t i = 0; i < t->count; i++) {
        copy->part[i] = with_matrices(d, t->part[i]);
        if (!copy->part[i])
            return NULL;
    }
    return copy;
}

/* A product of matrices with all its numbers; NULL where it is none, or large. */
static const math *matrices_of(const derivation *d, const term *t) {
    size_t numbers = 0;
    if (!has_product(t) || !is_small(t, &numbers))
        return NULL;
    const term *copy = with_matrices(d, t);
    const math *m = copy ? term_math(copy, d->d->arena) : NULL;
    d->d->failed |= !m;
    return m;
}

/* --- the whole --- */

/* What has no formula is shown as what it does. */
static const math *operation_of(const derivation *d, const mlp_value *value) {
    const mlp_step *step = value->producer;
    const binding b = derivation_binding(d);
    math_row row = {.arena = d->d->arena};
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        const term *t = step->in[i] ? term_of_value(&b, step->in[i]) : NULL;
        if (!step->in[i])
            continue;
        if (row.count)
            math_add_sign(&row, MATH_COMMA);
        math_add(&row, t ? term_math(t, d->d->arena) : NULL);
    }
    const mlp_step *of = step->forward ? step->forward : step;
    const bool is_place = value != step->out[0] && value->tensor.dtype == MLP_INT64;
    const char *name = step->forward || is_place
                           ? mlp_arena_printf(d->d->arena, "%s of %s",
                                              is_place ? "places" : "gradient", of->operation->name)
                           : of->operation->name;
    return name ? math_function(d->d->arena, name, math_row_end(&row)) : NULL;
}

static bool has_tensor(const term *t) {
    bool has = t->kind == TERM_TENSOR;
    for (size_t i = 0; i < t->count; i++)
        has |= has_tensor(t->part[i]);
    return has;
}

static size_t add_scalar_sides(const derivation *d, const mlp_value *value, const term *right,
                               const math **sides) {
    const term_style style = {d->d->arena, d->options->precision, d->options->blank};
    term_element_result e;
    size_t count = 0;
    d->d->failed |= !term_element(right, &value->tensor, 0, &style, &e);
    if (d->d->failed || !says_something(&e))
        return 0;
    sides[count++] = e.numbers;
    if (e.collapsed)
        sides[count++] = e.collapsed;
    return count;
}

static void add_in_one(const derivation *d, const mlp_value *value) {
    const math *sides[] = {symbol_of(&d->names, value), derive_in_one(d, value)};
    block *e = sides[1] ? document_add(d->d, BLOCK_EQUATION, 2, sides) : NULL;
    if (!e)
        return;
    e->remark = math_text(d->d->arena, MATH_WORDS, "as one chain");
    d->d->failed |= !e->remark;
}

/* Whether the input is an earlier gradient of the same, by the same symbol, of which the value takes
 * the place: it is clipped, or another one is added to it. */
static bool is_earlier(const derivation *d, const mlp_value *value, const mlp_value *in) {
    if (!in || !symbol_is_gradient(in) || !symbol_is_gradient(value))
        return false;
    const mlp_variable *of = in->label.part_of->variable;
    return of && of == value->label.part_of->variable &&
           d->names.loss[in->number] == d->names.loss[value->number];
}

static bool changes(const derivation *d, const mlp_value *value) {
    const mlp_step *step = value->producer;
    bool earlier = false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        earlier |= is_earlier(d, value, step->in[i]);
    return earlier ||
           (step->phase == MLP_UPDATE && (value->variable || step->operation->optimizer));
}

static bool is_digits(const term *t) {
    return t && t->kind == TERM_NUMBER && !t->symbol;
}

/* The formula; where it is the 1 that a backward() begins with, that gradient; where there is none,
 * what the step does. */
static const math *formula_side(const derivation *d, const mlp_value *value, const term *right) {
    const mlp_step *step = value->producer;
    if (!right)
        return operation_of(d, value);
    if (is_digits(right) && right->number == 1 && step->forward)
        return symbol_of(&d->names, step->in[0]);
    return term_math(right, d->d->arena);
}

static void derive_computed(const derivation *d, const mlp_value *value) {
    const binding b = derivation_binding(d);
    const bool is_scalar = value->tensor.ndim == 0, links = d->options->links;
    const math *sides[6] = {symbol_of(&d->names, value)};
    size_t count = 1;
    term_formula f;
    if (!term_formula_of(&b, value, &f)) {
        d->d->failed = true;
        return;
    }
    const math *chain = derive_chain(d, value);
    if (chain)
        sides[count++] = chain;
    if (!is_scalar || !is_digits(f.right) || f.right->number == 1)
        sides[count++] = formula_side(d, value, f.right);
    const math *matrices = f.right && !is_scalar && !links ? matrices_of(d, f.right) : NULL;
    if (matrices)
        sides[count++] = matrices;
    if (is_scalar && f.right && !links && has_tensor(f.right))
        count += add_scalar_sides(d, value, f.right, sides + count);
    sides[count++] = derivation_numbers(d, &value->tensor, false);
    block *e = document_add(d->d, BLOCK_EQUATION, count, sides);
    if (e)
        e->becomes = changes(d, value);
    set_remark(d, e, value, &f);
    add_in_one(d, value);
    if (!is_scalar && f.right && !links)
        derive_elements(d, value, f.right);
}

void derive_value(const derivation *d, const mlp_value *value) {
    const math *sides[] = {symbol_of(&d->names, value),
                           derivation_numbers(d, &value->tensor, !value->producer)};
    if (value->producer)
        derive_computed(d, value);
    else
        document_add(d->d, BLOCK_EQUATION, 2, sides);
}
