/* Why a softmax and its loss over classes have one link together. */
#include "derivation.h"
#include "term_parts.h"

static const math *symbol(const derivation *d, const char *text) {
    return math_text(d->d->arena, MATH_SYMBOL, text);
}

/* of[i], of[i, j]: j may be NULL. */
static const math *indexed(const derivation *d, const math *of, const char *i, const char *j) {
    const math *parts[] = {of, symbol(d, i), j ? symbol(d, j) : NULL};
    return math_of(d->d->arena, MATH_INDEX, j ? 3 : 2, parts);
}

static const math *partial(const derivation *d, const math *of, const math *by) {
    return math_of(d->d->arena, MATH_PARTIAL, 2, (const math *[]){of, by});
}

/* -1 / y[c] */
static const math *minus_inverse(const derivation *d, const math *y) {
    const math *parts[] = {math_text(d->d->arena, MATH_NUMBER, "1"), indexed(d, y, "c", NULL)};
    math_row row = {.arena = d->d->arena};
    math_add_sign(&row, MATH_MINUS);
    math_add(&row, math_of(d->d->arena, MATH_FRACTION, 2, parts));
    return math_row_end(&row);
}

/* y[c] (delta[c, k] - y[k]) */
static const math *softmax_link(const derivation *d, const math *y, const math *delta) {
    math_row inner = {.arena = d->d->arena}, row = {.arena = d->d->arena};
    math_add(&inner, delta);
    math_add_sign(&inner, MATH_MINUS);
    math_add(&inner, indexed(d, y, "k", NULL));
    const math *difference = math_row_end(&inner);
    math_add(&row, indexed(d, y, "c", NULL));
    math_add_sign(&row, MATH_BESIDE);
    math_add(&row, math_of(d->d->arena, MATH_FENCED, 1, &difference));
    return math_row_end(&row);
}

static void add_equation(math_row *row, const math *left, const math *right) {
    math_add(row, left);
    math_add_sign(row, MATH_EQUAL);
    math_add(row, right);
}

void derive_class_link(const derivation *d, const mlp_value *value) {
    const binding b = derivation_binding(d);
    const mlp_step *step = value->producer;
    if (!step || !step->forward || !term_loss_behind(&b, step))
        return;
    const math *y = symbol_of(&d->names, term_softmax_beside(d->trace, step->forward));
    const math *right = indexed(d, y, "c", NULL);
    const math *o = indexed(d, symbol_of(&d->names, step->forward->in[0]), "k", NULL);
    const math *delta = indexed(d, symbol(d, "\xCE\xB4"), "c", "k");
    math_row row = {.arena = d->d->arena};
    math_add_words(&row, "Two links in one: with the target's class c, ");
    add_equation(&row, partial(d, symbol(d, "\xE2\x84\x93"), right), minus_inverse(d, y));
    math_add_words(&row, " and ");
    add_equation(&row, partial(d, right, o), softmax_link(d, y, delta));
    math_add_words(&row, ", where ");
    math_add(&row, delta);
    math_add_words(&row, " is 1 if k = c, else 0.");
    const math *m = math_row_end(&row);
    document_add(d->d, BLOCK_WORDS, 1, &m);
}
