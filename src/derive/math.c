#include "math.h"

#include <stdint.h>
#include <string.h>

static math *make(mlp_arena *arena, math_kind kind) {
    math *m = mlp_arena_alloc(arena, 1, sizeof *m);
    if (m)
        m->kind = kind;
    return m;
}

const math *math_text(mlp_arena *arena, math_kind kind, const char *text) {
    math *m = text ? make(arena, kind) : NULL;
    if (m)
        m->text = text;
    return m;
}

const math *math_sign_of(mlp_arena *arena, math_sign sign) {
    math *m = make(arena, MATH_SIGN);
    if (m)
        m->sign = sign;
    return m;
}

const math *math_blank(mlp_arena *arena) {
    return make(arena, MATH_BLANK);
}

const math *math_hat(mlp_arena *arena, const char *text) {
    math *m = text ? make(arena, MATH_SYMBOL) : NULL;
    if (!m)
        return NULL;
    m->text = text;
    m->hat = true;
    return m;
}

static math *make_of(mlp_arena *arena, math_kind kind, size_t count, const math *const *parts) {
    for (size_t i = 0; i < count; i++)
        if (!parts[i])
            return NULL;
    math *m = make(arena, kind);
    const math **copy = m ? mlp_arena_alloc(arena, count, sizeof(math *)) : NULL;
    if (!copy)
        return NULL;
    if (count)
        memcpy(copy, parts, count * sizeof(math *));
    m->count = count;
    m->parts = copy;
    return m;
}

const math *math_of(mlp_arena *arena, math_kind kind, size_t count, const math *const *parts) {
    if (kind != MATH_ROW)
        return make_of(arena, kind, count, parts);
    math_row row = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        math_add(&row, parts[i]);
    return row.failed ? NULL : make_of(arena, kind, row.count, row.parts);
}

const math *math_function(mlp_arena *arena, const char *name, const math *argument) {
    math *m = name ? make_of(arena, MATH_FUNCTION, 1, &argument) : NULL;
    if (m)
        m->text = name;
    return m;
}

const math *math_matrix(mlp_arena *arena, size_t rows, size_t columns, bool is_vector,
                        const math *const *parts) {
    math *m = make_of(arena, MATH_MATRIX, rows * columns, parts);
    if (!m)
        return NULL;
    m->rows = rows;
    m->columns = columns;
    m->is_vector = is_vector;
    return m;
}

/* --- rows --- */

/* A product within a sum, or another product, which is the same without brackets. */
static bool is_taken_apart(const math_row *row, const math *part) {
    const math *before = row->count ? row->parts[row->count - 1] : NULL;
    const bool divides = before && before->kind == MATH_SIGN && before->sign == MATH_DIVIDED;
    return part->kind == MATH_ROW && !divides && math_is_product(part) && !math_is_sum(part);
}

void math_add(math_row *row, const math *part) {
    if (!part || row->failed) {
        row->failed = true;
        return;
    }
    if (is_taken_apart(row, part)) {
        for (size_t i = 0; i < part->count; i++)
            math_add(row, part->parts[i]);
        return;
    }
    if (row->count == row->capacity) {
        const size_t capacity = row->capacity ? 2 * row->capacity : 8;
        const math **parts = mlp_arena_alloc(row->arena, capacity, sizeof(math *));
        row->failed = !parts;
        if (!parts)
            return;
        if (row->count)
            memcpy(parts, row->parts, row->count * sizeof(math *));
        row->parts = parts;
        row->capacity = capacity;
    }
    row->parts[row->count++] = part;
}

void math_add_sign(math_row *row, math_sign sign) {
    math_add(row, math_sign_of(row->arena, sign));
}

void math_add_words(math_row *row, const char *words) {
    math_add(row, math_text(row->arena, MATH_WORDS, words));
}

const math *math_row_end(math_row *row) {
    if (row->failed)
        return NULL;
    if (row->count == 1)
        return row->parts[0];
    return make_of(row->arena, MATH_ROW, row->count, row->parts);
}

/* --- brackets --- */

static bool is_multiplied(math_sign sign) {
    return sign == MATH_TIMES || sign == MATH_EACH_TIMES || sign == MATH_BESIDE ||
           sign == MATH_DIVIDED;
}

bool math_is_sum(const math *m) {
    if (m->kind == MATH_CASES)
        return true;
    if (m->kind == MATH_SIGN)
        return !is_multiplied(m->sign) && m->sign != MATH_DOTS;
    for (size_t i = 0; m->kind == MATH_ROW && i < m->count; i++)
        if (math_is_sum(m->parts[i]))
            return true;
    return false;
}

bool math_is_negative(const math *m) {
    while (m->kind == MATH_ROW && m->count > 0)
        m = m->parts[0];
    return m->kind == MATH_SIGN ? m->sign == MATH_MINUS
                                : m->kind == MATH_NUMBER && m->text[0] == '-';
}

bool math_is_product(const math *m) {
    if (m->kind == MATH_SIGN)
        return is_multiplied(m->sign);
    for (size_t i = 0; m->kind == MATH_ROW && i < m->count; i++)
        if (math_is_product(m->parts[i]))
            return true;
    return false;
}

bool math_part_is_fenced(const math *row, size_t i) {
    const math *part = row->parts[i];
    const math *before = i > 0 ? row->parts[i - 1] : NULL;
    const math *after = i + 1 < row->count ? row->parts[i + 1] : NULL;
    if (part->kind == MATH_SIGN)
        return false;
    if (before && before->kind == MATH_SIGN && before->sign <= MATH_DIVIDED) {
        const bool sum = math_is_sum(part) && before->sign != MATH_PLUS;
        const bool divisor = math_is_product(part) && before->sign == MATH_DIVIDED;
        if (sum || divisor || math_is_negative(part))
            return true;
    }
    return after && after->kind == MATH_SIGN && is_multiplied(after->sign) && math_is_sum(part) &&
           part->kind != MATH_NUMBER;
}

bool math_is_number(const math *m) {
    const bool is_negated = m->kind == MATH_ROW && m->count == 2 &&
                            m->parts[0]->kind == MATH_SIGN && m->parts[0]->sign == MATH_MINUS;
    return m->kind == MATH_NUMBER || (is_negated && m->parts[1]->kind == MATH_NUMBER);
}
