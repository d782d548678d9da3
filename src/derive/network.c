/* The network as formulas, and what is given. */
#include "derivation.h"

#include <string.h>

/* --- the table of symbols --- */

static const math *words_of(const derivation *d, const char *text) {
    return math_text(d->d->arena, MATH_WORDS, text);
}

static bool is_listed(const derivation *d, const symbol_row *row) {
    const mlp_value *value = row->value;
    const bool is_state = row->symbol->kind == MATH_INDEX;
    const bool is_new = value->producer && value->producer->phase == MLP_UPDATE;
    return derivation_speaks_of(d, value) && (is_state || (!value->of_gradient && !is_new));
}

static void write_table(const derivation *d) {
    size_t count = 0;
    const math **cells = mlp_arena_alloc(d->d->arena, 3 * (d->names.count + 1), sizeof *cells);
    d->d->failed |= !cells;
    if (!cells)
        return;
    cells[count++] = words_of(d, "symbol");
    cells[count++] = words_of(d, "in the script");
    cells[count++] = words_of(d, "shape");
    for (size_t i = 0; i < d->names.count; i++) {
        const symbol_row *row = &d->names.rows[i];
        const math *shape = derivation_shape(d, &row->value->tensor);
        if (!is_listed(d, row))
            continue;
        cells[count++] = row->symbol;
        cells[count++] = math_text(d->d->arena, MATH_CODE, row->name);
        cells[count++] = shape ? shape : words_of(d, "scalar");
    }
    block *table = document_add(d->d, BLOCK_TABLE, count, cells);
    if (table)
        table->columns = 3;
}

/* --- formulas --- */

static void write_formula(const derivation *d, const mlp_value *value) {
    const binding b = derivation_binding(d);
    term_formula f;
    d->d->failed |= !term_formula_of(&b, value, &f);
    if (d->d->failed || !f.right)
        return;
    const math *sides[] = {symbol_of(&d->names, value), term_math(f.right, d->d->arena)};
    block *e = document_add(d->d, BLOCK_EQUATION, 2, sides);
    if (e)
        e->remark = derivation_shape(d, &value->tensor);
}

/* Up to the first update: what is computed behind it is the same again. */
static void write_formulas(const derivation *d) {
    for (const mlp_entry *e = d->trace->first_entry; e && !d->d->failed; e = e->next) {
        if (e->kind == MLP_ENTRY_SECTION && e->phase == MLP_UPDATE)
            return;
        if (e->kind == MLP_ENTRY_VALUE && e->phase == MLP_FORWARD &&
            derivation_speaks_of(d, e->value) && !e->value->given && e->value->producer)
            write_formula(d, e->value);
    }
}

/* --- what is given --- */

static bool is_given(const derivation *d, const mlp_entry *e) {
    return e->kind == MLP_ENTRY_VALUE && e->value->given && derivation_speaks_of(d, e->value) &&
           !symbol_is_gradient(e->value);
}

static bool has_given(const derivation *d) {
    for (const mlp_entry *e = d->trace->first_entry; e; e = e->next)
        if (is_given(d, e))
            return true;
    return false;
}

/* What is a part of something else that is given, or that in another order, says so. */
static void write_given_value(const derivation *d, const mlp_value *value) {
    const binding b = derivation_binding(d);
    const math *sides[3] = {symbol_of(&d->names, value)};
    size_t count = 1;
    term_formula f = {0};
    if (value->producer && symbol_is_shown(value->producer->in[0]))
        d->d->failed |= !term_formula_of(&b, value, &f);
    if (f.right)
        sides[count++] = term_math(f.right, d->d->arena);
    sides[count++] = derivation_numbers(d, &value->tensor, true);
    block *e = document_add(d->d, BLOCK_EQUATION, count, sides);
    const char *remark = symbol_is_mask(value) ? "drawn: 1 stays, 0 is dropped" : f.remark;
    if (e && remark)
        e->remark = words_of(d, remark);
}

static void write_given(const derivation *d) {
    if (!has_given(d))
        return;
    derivation_words(d, BLOCK_HEADING, "Given");
    for (const mlp_entry *e = d->trace->first_entry; e && !d->d->failed; e = e->next) {
        if (!is_given(d, e))
            continue;
        write_given_value(d, e->value);
    }
}

void derive_network(const derivation *d) {
    derivation_words(d, BLOCK_HEADING, "The network");
    write_table(d);
    if (d->names.losses > 1)
        derivation_words(
            d, BLOCK_WORDS,
            "\xE2\x84\x93 without a number is the sum of the losses whose gradients were added up.");
    write_formulas(d);
    if (!d->options->only && !d->options->blank) /* gradients stand in it */
        document_add(d->d, BLOCK_PICTURE, 0, NULL);
    write_given(d);
}
