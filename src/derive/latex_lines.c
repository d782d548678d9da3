#include "latex_lines.h"

#include <stdlib.h>
#include <string.h>

enum {
    EQUAL = 14, /* points, with its space */
    QUAD = 10
};

/* --- what may be broken --- */

void latex_put(buffer *out, const char *text) {
    while (*text) {
        const size_t length = strcspn(text, LATEX_BREAKS);
        buffer_add(out, text, length);
        text += length;
        if (*text)
            text = strchr(text, LATEX_BROKEN) + 1;
    }
}

static const char *side_of(const latex_lines *l) {
    return l->side.b.bytes && l->side.b.length && !l->side.b.failed ? l->side.b.bytes : "";
}

static size_t render(latex_lines *l, const math *m) {
    l->side.b.length = 0;
    l->side.points = 0;
    math_write_latex(&l->side, m);
    return l->side.points;
}

static void count(latex_lines *l, size_t points) {
    l->column += points;
    if (l->column > l->widest)
        l->widest = l->column;
}

static void begin_row(latex_lines *l, const char *text, size_t column) {
    buffer_text(&l->rows, " \\\\\n");
    buffer_text(&l->rows, text);
    l->column = column;
}

/* The side as it was rendered; further rows begin at `left`. */
static void put_side(latex_lines *l, size_t left) {
    const char *at = side_of(l);
    bool in_words = false;
    for (size_t points = 0, to; *at; points = to) {
        const char *end = at + strcspn(at, LATEX_BREAKS);
        char *behind = NULL;
        to = *end ? strtoul(end + 1, &behind, 10) : l->side.points;
        if (points > 0 && l->column + (to - points) > l->width) {
            buffer_text(&l->rows, in_words ? "}" : "");
            begin_row(l, in_words ? "&\\quad \\text{" : "&\\quad {}", left + QUAD);
            at += *at == ' ';
        }
        in_words = *end == LATEX_WORD_BREAK;
        buffer_add(&l->rows, at, (size_t)(end - at));
        count(l, to - points);
        at = *end ? behind + 1 : end;
    }
}

/* How wide the widest piece is that cannot be broken. */
static size_t widest_piece(const latex_lines *l) {
    size_t widest = 0, points = 0;
    const char *at = side_of(l);
    for (at += strcspn(at, LATEX_BREAKS); *at; at += 1 + strcspn(at + 1, LATEX_BREAKS)) {
        const size_t to = strtoul(at + 1, NULL, 10);
        widest = to - points > widest ? to - points : widest;
        points = to;
    }
    return l->side.points - points > widest ? l->side.points - points : widest;
}

/* --- equations --- */

enum {
    REMARK = 28 /* points, of its brackets and what stands before them */
};

/* What a line of Markdown may begin with only where it means something else. */
static void put_left(latex_lines *l, const math *m) {
    render(l, m);
    const char *text = side_of(l);
    if (l->side.markdown && strchr("-+=>0123456789", *text))
        buffer_text(&l->rows, "{}");
    latex_put(&l->rows, text);
}

static size_t measure(latex_lines *l, const block *b, size_t left) {
    size_t points = left;
    for (size_t i = 1; i < b->count; i++)
        points += EQUAL + render(l, b->sides[i]);
    return b->remark ? points + REMARK + render(l, b->remark) : points;
}

/* In the last row if it fits there, or below it. */
static void put_remark(latex_lines *l, const math *remark, size_t left) {
    const bool fenced = remark->kind == MATH_FENCED;
    const size_t points = render(l, remark);
    if (l->column + REMARK + points <= l->width) {
        buffer_text(&l->rows, fenced ? " \\qquad " : " \\qquad (");
        count(l, REMARK);
    } else {
        begin_row(l, fenced ? "&\\quad " : "&\\quad (", left + QUAD);
        l->side.split = true;
        render(l, remark);
        l->side.split = false;
    }
    put_side(l, left);
    buffer_text(&l->rows, fenced ? "" : ")");
}

/* In one row, or a row for each side. */
static void add_equation(latex_lines *l, const block *b, size_t left) {
    const bool whole = measure(l, b, left) <= l->width;
    if (l->rows.length)
        begin_row(l, "", 0);
    put_left(l, b->sides[0]);
    l->column = 0;
    count(l, left);
    buffer_text(&l->rows, " &");
    for (size_t i = 1; i < b->count; i++) {
        if (i > 1 && !whole)
            begin_row(l, "&", left);
        else if (i > 1)
            buffer_text(&l->rows, " ");
        buffer_text(&l->rows, i == 1 && b->becomes ? "\\gets " : "= ");
        render(l, b->sides[i]);
        count(l, EQUAL);
        put_side(l, left + EQUAL);
    }
    if (b->remark)
        put_remark(l, b->remark, left + EQUAL);
}

/* --- those below each other --- */

/* Whether it fits beside a left side of a third of the width. */
static bool is_ordinary(latex_lines *l, const block *b) {
    const size_t left = l->width / 3;
    if (render(l, b->sides[0]) > left)
        return false;
    for (size_t i = 1; i < b->count; i++) {
        render(l, b->sides[i]);
        if (left + EQUAL + QUAD + widest_piece(l) > l->width)
            return false;
    }
    return true;
}

const block *latex_add_equations(latex_lines *l, const block *first) {
    const block *end = first;
    size_t left = 0;
    l->rows.length = 0;
    l->widest = 0;
    do {
        const size_t points = render(l, end->sides[0]);
        left = points > left ? points : left;
        end = end->next;
    } while (end && end->kind == first->kind && is_ordinary(l, first) && is_ordinary(l, end));
    for (const block *b = first; b != end; b = b->next)
        add_equation(l, b, left);
    return end;
}

/* --- words between mathematics --- */

piece_kind latex_piece(const math *row, size_t first, size_t *end) {
    *end = first + 1;
    if (row->parts[first]->kind == MATH_WORDS)
        return PIECE_WORDS;
    while (*end < row->count && row->parts[*end]->kind != MATH_WORDS)
        ++*end;
    return *end == first + 1 && row->parts[first]->kind == MATH_CODE ? PIECE_CODE : PIECE_MATH;
}
