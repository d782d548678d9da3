/* A derivation as a document of LaTeX, or a piece of one, with amsmath alone. */
#include "latex_lines.h"

#include "base/out_of_memory.h"

#include <string.h>

enum {
    WIDTH = 470, /* points, of the 17 cm of a line */
    CELL_SPACE = 12,
    LETTER = 6,
    MOST_ROWS = 40 /* of a table on a page */
};

typedef struct {
    buffer out;
    latex_lines lines;
} latex_form;

static const char preamble[] = "\\documentclass{article}\n"
                               "\\usepackage[utf8]{inputenc}\n"
                               "\\usepackage{amsmath}\n"
                               "\\setlength{\\textwidth}{17cm}\n"
                               "\\setlength{\\oddsidemargin}{-0.54cm}\n"
                               "\\setlength{\\evensidemargin}{-0.54cm}\n"
                               "\\setlength{\\textheight}{24cm}\n"
                               "\\setlength{\\topmargin}{-1.5cm}\n"
                               "\\setlength{\\parindent}{0pt}\n"
                               "\\allowdisplaybreaks\n"
                               "\\begin{document}\n";

/* --- words --- */

static void put_math(latex_form *f, const math *row, size_t first, size_t end) {
    latex *l = &f->lines.side;
    l->b.length = 0;
    math_write_latex_parts(l, row, first, end);
    buffer_text(&f->out, "$");
    latex_put(&f->out, l->b.length && !l->b.failed ? l->b.bytes : "");
    buffer_text(&f->out, "$");
}

/* Returns about how many points it takes. */
static size_t put_row(latex_form *f, const math *m) {
    const math alone = {.kind = MATH_ROW, .count = 1, .parts = &m};
    const math *row = m->kind == MATH_ROW ? m : &alone;
    size_t points = 0;
    f->lines.side.points = 0;
    for (size_t i = 0, end; i < row->count; i = end) {
        const math *part = row->parts[i];
        const piece_kind kind = latex_piece(row, i, &end);
        if (kind == PIECE_MATH) {
            put_math(f, row, i, end);
            continue;
        }
        points += LETTER * strlen(part->text);
        buffer_text(&f->out, kind == PIECE_CODE ? "\\texttt{" : "");
        latex_write_text(&f->out, part->text, kind == PIECE_CODE ? TEXT_NAME : TEXT_WORDS);
        buffer_text(&f->out, kind == PIECE_CODE ? "}" : "");
    }
    return points + f->lines.side.points;
}

static void put_paragraph(latex_form *f, const char *before, const block *b, const char *behind) {
    buffer_text(&f->out, before);
    put_row(f, b->sides[0]);
    buffer_text(&f->out, behind);
}

/* --- tables --- */

/* Measures what it writes nowhere. */
static void measure_columns(latex_form *f, const block *b, size_t *widths) {
    const buffer out = f->out;
    f->out = (buffer){.arena = f->lines.rows.arena};
    for (size_t i = 0; i < b->count; i++) {
        f->out.length = 0;
        const size_t points = put_row(f, b->sides[i]) + CELL_SPACE;
        size_t *width = &widths[i % b->columns];
        *width = points > *width ? points : *width;
    }
    f->lines.rows.failed = f->lines.rows.failed || f->out.failed;
    f->out = out;
}

/* Columns that are too wide together share the line. */
static void begin_table(latex_form *f, size_t columns, const size_t *widths) {
    size_t all = 0;
    for (size_t k = 0; k < columns; k++)
        all += widths[k];
    buffer_text(&f->out, "\\begin{center}\n\\begin{tabular}{");
    for (size_t k = 0; k < columns; k++)
        if (all <= WIDTH)
            buffer_text(&f->out, "l");
        else
            buffer_printf(&f->out, "p{%zupt}", widths[k] * (WIDTH - CELL_SPACE * columns) / all);
    buffer_text(&f->out, "}\n");
}

static void put_cells(latex_form *f, const block *b, size_t first, bool is_wide) {
    for (size_t k = 0; k < b->columns && first + k < b->count; k++) {
        buffer_text(&f->out, k ? " & " : "");
        buffer_text(&f->out, is_wide ? "\\raggedright " : "");
        put_row(f, b->sides[first + k]);
    }
    buffer_text(&f->out, " \\tabularnewline\n");
}

static void put_table(latex_form *f, const document *d, const block *b) {
    size_t *widths = mlp_arena_numbers(d->arena, b->columns, sizeof *widths), all = 0;
    f->lines.rows.failed = f->lines.rows.failed || !widths;
    if (!widths)
        return;
    measure_columns(f, b, widths);
    for (size_t k = 0; k < b->columns; k++)
        all += widths[k];
    for (size_t first = b->columns, end; first < b->count; first = end) {
        begin_table(f, b->columns, widths);
        put_cells(f, b, 0, all > WIDTH);
        buffer_text(&f->out, "\\hline\n");
        end = first + MOST_ROWS * b->columns;
        for (size_t i = first; i < end && i < b->count; i += b->columns)
            put_cells(f, b, i, all > WIDTH);
        buffer_text(&f->out, "\\end{tabular}\n\\end{center}\n");
    }
}

/* --- equations --- */

/* The largest of the sizes in which the widest row fits, as far as there is one. */
static const char *size_of(size_t points) {
    static const struct {
        const char *name;
        size_t percent; /* of the width of the normal size */
    } sizes[] = {{"", 100}, {"small", 93}, {"footnotesize", 85}, {"scriptsize", 80}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (points * sizes[i].percent <= (size_t)WIDTH * 100)
            return sizes[i].name;
    return "tiny";
}

static const block *put_equations(latex_form *f, const block *b) {
    const block *next = latex_add_equations(&f->lines, b);
    const char *size = size_of(f->lines.widest);
    if (*size)
        buffer_printf(&f->out, "{\\%s\\setlength{\\arraycolsep}{2pt}%%\n", size);
    buffer_text(&f->out, "\\begin{align*}\n");
    buffer_add(&f->out, f->lines.rows.bytes ? f->lines.rows.bytes : "", f->lines.rows.length);
    buffer_text(&f->out, "\n\\end{align*}");
    buffer_text(&f->out, *size ? "}\n" : "\n");
    return next;
}

/* --- the whole --- */

/* Returns the block behind those it has written. */
static const block *put_blocks(latex_form *f, const document *d, const block *b) {
    switch (b->kind) {
    case BLOCK_TITLE:
        put_paragraph(f, "\\begin{center}\n\\Large\\bfseries\\sloppy ", b, "\n\\end{center}\n");
        break;
    case BLOCK_HEADING:
        put_paragraph(f, "\n\\section*{\\sloppy ", b, "}\n");
        break;
    case BLOCK_TOPIC:
        put_paragraph(f, "\n\\subsection*{\\sloppy ", b, "}\n");
        break;
    case BLOCK_WORDS:
        put_paragraph(f, "\n{\\sloppy\\raggedright ", b, "\\par}\n");
        break;
    case BLOCK_EQUATION:
    case BLOCK_ELEMENT:
        return put_equations(f, b);
    case BLOCK_TABLE:
        put_table(f, d, b);
        break;
    case BLOCK_PICTURE:
        break;
    }
    return b->next;
}

bool write_latex(FILE *out, const document *d, const form_options *options, mlp_diagnostic *error) {
    latex_form f = {
        .out = {.out = out},
        .lines = {.side = {.b = {.arena = d->arena}}, .rows = {.arena = d->arena}, .width = WIDTH}};
    buffer_text(&f.out, options->fragment ? "% Needs \\usepackage[utf8]{inputenc} and "
                                            "\\usepackage{amsmath}.\n"
                                          : preamble);
    for (const block *b = d->first; b && !f.lines.side.b.failed && !f.lines.rows.failed;)
        b = put_blocks(&f, d, b);
    if (!options->fragment)
        buffer_text(&f.out, "\\end{document}\n");
    return (!f.lines.side.b.failed && !f.lines.rows.failed) ||
           out_of_memory(error, d->arena, "the derivation needs");
}
