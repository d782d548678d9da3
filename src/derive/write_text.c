/* A derivation as Unicode text. */
#include "document.h"
#include "math_text.h"

#include "base/out_of_memory.h"

#include <string.h>

enum {
    WIDTH = 100,
    EQUATION_INDENT = 4,
    ELEMENT_INDENT = 8,
    MOST_HANG = 48, /* what goes on is indented below the first side, but no more than this */
    REMARK_GAP = 3,
    COLUMN_GAP = 3 /* of a table */
};

typedef struct {
    FILE *out;
    buffer line;
    size_t column; /* of the line that is being written */
} text_form;

static bool is_break(char c) {
    return c > 0 && c <= BREAK_LAST;
}

/* A piece of text without the breaks in it. */
static void put(text_form *f, const char *from, const char *to) {
    for (const char *at = from; at < to; at++)
        if (!is_break(*at))
            fputc(*at, f->out);
    f->column += text_columns(from, to);
}

static void put_fill(text_form *f, char c, size_t count) {
    for (size_t i = 0; i < count; i++)
        fputc(c, f->out);
    f->column += count;
}

static void end_line(text_form *f, size_t indent) {
    fputc('\n', f->out);
    f->column = 0;
    put_fill(f, ' ', indent);
}

static const char *skip_spaces(const char *at, const char *to) {
    while (at < to && (*at == ' ' || is_break(*at)))
        at++;
    return at;
}

/* The best place to end the line, or the next one where none is within the width; `to` where
 * the rest fits. Of words the last place is the best. */
static const char *find_break(const char *from, const char *to, size_t room, bool of_words) {
    const char *best = NULL;
    int level = 0;
    size_t columns = 0;
    for (const char *at = from; at < to; at++) {
        if ((unsigned char)*at >= 0x80) /* its columns count once, at its first byte */
            columns += ((unsigned char)*at & 0xC0) == 0x80 ? 0 : text_columns(at, at + 1);
        else
            columns += !is_break(*at);
        if (columns > room && best)
            return best;
        if (!is_break(*at) || columns == 0)
            continue;
        const int found = of_words && *at < BREAK_WORD ? BREAK_WORD : *at;
        if (columns > room)
            return at;
        if (!best || found <= level) {
            best = at;
            level = found;
        }
    }
    return to;
}

/* What does not fit goes on in further lines, indented by `hang`, and within brackets further. */
static void put_lines(text_form *f, const char *from, const char *to, size_t hang, bool of_words) {
    for (;;) {
        const size_t room = f->column < WIDTH ? WIDTH - f->column : 0;
        const char *end = find_break(from, to, room, of_words);
        put(f, from, end);
        const size_t brackets = *end >= BREAK_INNER ? (size_t)(*end - BREAK_INNER + 1) : 0;
        from = skip_spaces(end, to);
        if (from >= to)
            return;
        end_line(f, hang + brackets);
    }
}

/* --- equations --- */

/* The whole text of what was written to the line; "" is nothing. */
static const char *line_of(const text_form *f) {
    return f->line.bytes && !f->line.failed ? f->line.bytes : "";
}

static const char *end_of(const text_form *f) {
    return line_of(f) + (f->line.failed ? 0 : f->line.length);
}

static void begin_line(text_form *f) {
    f->line.length = 0;
    if (f->line.bytes)
        f->line.bytes[0] = '\0';
}

/* Returns how many columns the left side takes. */
static size_t render_equation(text_form *f, const block *b) {
    begin_line(f);
    math_write_text(&f->line, b->sides[0]);
    const size_t left = text_columns(line_of(f), end_of(f));
    for (size_t i = 1; i < b->count; i++) {
        buffer_fill(&f->line, BREAK_EQUAL, i > 1);
        buffer_text(&f->line, i == 1 && b->becomes ? " ← " : " = ");
        math_write_text(&f->line, b->sides[i]);
    }
    return left;
}

static const char *find_equal(const char *from, const char *to) {
    while (from < to && *from != BREAK_EQUAL)
        from++;
    return from;
}

static void put_remark(text_form *f, const math *remark, size_t hang) {
    begin_line(f);
    const bool fenced = remark->kind == MATH_FENCED;
    buffer_text(&f->line, fenced ? "" : "(");
    math_write_text(&f->line, remark);
    buffer_text(&f->line, fenced ? "" : ")");
    const char *text = line_of(f), *end = end_of(f);
    if (f->column + REMARK_GAP + text_columns(text, end) <= WIDTH)
        put_fill(f, ' ', REMARK_GAP);
    else
        end_line(f, hang);
    put_lines(f, text, end, hang + 1, true);
}

/* Further sides below the first one, their = below its =. */
static void put_sides(text_form *f, const char *from, const char *to, size_t equal) {
    const char *end = find_equal(from, to);
    put_lines(f, from, end, equal + 2, false);
    while (end < to) {
        from = skip_spaces(end, to);
        end = find_equal(from, to);
        end_line(f, equal);
        put_lines(f, from, end, equal + 2, false);
    }
}

/* In one line, or a line for each side. */
static void put_equation(text_form *f, const block *b) {
    const size_t indent = b->kind == BLOCK_ELEMENT ? ELEMENT_INDENT : EQUATION_INDENT;
    const size_t below = indent + render_equation(f, b) + 1; /* the first = */
    const size_t equal = below > MOST_HANG ? indent + 2 : below;
    const char *from = line_of(f), *to = end_of(f);
    put_fill(f, ' ', indent);
    if (indent + text_columns(from, to) <= WIDTH)
        put(f, from, to);
    else
        put_sides(f, from, to, equal);
    if (b->remark)
        put_remark(f, b->remark, equal + 2);
    end_line(f, 0);
}

/* --- words --- */

static void put_words(text_form *f, const block *b, char below) {
    begin_line(f);
    math_write_text(&f->line, b->sides[0]);
    const char *text = line_of(f), *end = end_of(f);
    put_lines(f, text, end, 0, true);
    const size_t columns = f->column;
    end_line(f, 0);
    if (below) {
        put_fill(f, below, columns);
        end_line(f, 0);
    }
}

/* --- tables --- */

/* All cells behind each other, each ended by 0. */
static void render_cells(text_form *f, const block *b) {
    begin_line(f);
    for (size_t i = 0; i < b->count; i++) {
        math_write_text(&f->line, b->sides[i]);
        buffer_fill(&f->line, '\0', 1);
    }
}

static void put_rule(text_form *f, const block *b, const size_t *widths) {
    for (size_t i = 0; i < b->columns; i++) {
        put_fill(f, ' ', i ? COLUMN_GAP : EQUATION_INDENT);
        put_fill(f, '-', widths[i]);
    }
    end_line(f, 0);
}

static void put_table(text_form *f, const document *d, const block *b) {
    render_cells(f, b);
    size_t *widths = mlp_arena_numbers(d->arena, b->columns, sizeof *widths);
    f->line.failed = f->line.failed || !widths;
    if (f->line.failed)
        return;
    const char *cell = line_of(f);
    for (size_t i = 0; i < b->count; i++, cell += strlen(cell) + 1) {
        const size_t columns = text_columns(cell, cell + strlen(cell));
        if (columns > widths[i % b->columns])
            widths[i % b->columns] = columns;
    }
    cell = line_of(f);
    for (size_t i = 0; i < b->count; i++, cell += strlen(cell) + 1) {
        const size_t in_row = i % b->columns;
        put_fill(f, ' ', in_row ? COLUMN_GAP : EQUATION_INDENT);
        const size_t begin = f->column;
        put(f, cell, cell + strlen(cell));
        if (in_row + 1 < b->columns && i + 1 < b->count)
            put_fill(f, ' ', begin + widths[in_row] - f->column);
        else
            end_line(f, 0);
        if (i + 1 == b->columns)
            put_rule(f, b, widths);
    }
}

/* --- the whole --- */

static bool is_equation(const block *b) {
    return b->kind == BLOCK_EQUATION || b->kind == BLOCK_ELEMENT;
}

static bool has_gap(const block *before, const block *b) {
    return before && !(is_equation(b) && (is_equation(before) || before->kind == BLOCK_TOPIC));
}

static void put_block(text_form *f, const document *d, const block *b) {
    switch (b->kind) {
    case BLOCK_TITLE:
        put_words(f, b, '=');
        break;
    case BLOCK_HEADING:
        put_words(f, b, '-');
        break;
    case BLOCK_TOPIC:
    case BLOCK_WORDS:
        put_words(f, b, '\0');
        break;
    case BLOCK_EQUATION:
    case BLOCK_ELEMENT:
        put_equation(f, b);
        break;
    case BLOCK_TABLE:
        put_table(f, d, b);
        break;
    case BLOCK_PICTURE:
        break;
    }
}

bool write_text(FILE *out, const document *d, const form_options *options, mlp_diagnostic *error) {
    text_form f = {.out = out, .line = {.arena = d->arena}};
    const block *before = NULL;
    (void)options;
    for (const block *b = d->first; b && !f.line.failed; b = b->next) {
        if (b->kind == BLOCK_PICTURE)
            continue;
        if (has_gap(before, b))
            fputc('\n', out);
        put_block(&f, d, b);
        before = b;
    }
    return !f.line.failed || out_of_memory(error, d->arena, "the derivation needs");
}
