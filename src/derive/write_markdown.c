/* A derivation as Markdown, with mathematics between dollars, as GitHub and Jupyter show it. */
#include "latex_lines.h"

#include "base/out_of_memory.h"
#include "base/text.h"

#include <string.h>

enum {
    WIDTH = 440 /* points, of what both show without a bar to scroll */
};

typedef struct {
    buffer out;
    latex_lines lines;
} markdown_form;

/* --- words --- */

/* No sign of it means anything to Markdown. */
static void put_escaped(buffer *out, const char *text, bool begins) {
    char shown[TEXT_SHOWN];
    const char *first = text;
    const size_t number = strspn(text, "0123456789");
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_show(text, left, shown);
        for (const char *at = shown; *at; at++) {
            const bool list = begins && ((text == first && strchr("-+", *at)) ||
                                         (text == first + number && number && strchr(".)", *at)));
            if (*at == '&')
                buffer_text(out, "&amp");
            else if (list || strchr("\\`*_[]<>|$~#", *at))
                buffer_text(out, "\\");
            buffer_fill(out, *at == '&' ? ';' : *at, 1);
        }
    }
}

/* Between more backquotes than the text has in a row. */
static void put_code(buffer *out, const char *text, bool in_table) {
    size_t most = 0, run = 0;
    for (const char *at = text; *at; at++) {
        run = *at == '`' ? run + 1 : 0;
        most = run > most ? run : most;
    }
    buffer_fill(out, '`', most + 1);
    buffer_text(out, most || *text == ' ' || !*text ? " " : "");
    char shown[TEXT_SHOWN];
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_show(text, left, shown);
        buffer_text(out, *text == '|' && in_table ? "\\" : "");
        buffer_text(out, shown);
    }
    buffer_text(out, most ? " " : "");
    buffer_fill(out, '`', most + 1);
}

/* A dollar stands beside no space. */
static void put_math(markdown_form *f, const math *row, size_t first, size_t end) {
    latex *l = &f->lines.side;
    l->b.length = 0;
    l->in_line = true;
    math_write_latex_parts(l, row, first, end);
    l->in_line = false;
    if (l->b.failed || l->b.length == 0)
        return;
    char *text = l->b.bytes + strspn(l->b.bytes, " "), *last = l->b.bytes + l->b.length;
    const bool before = *l->b.bytes == ' ', behind = last[-1] == ' ';
    while (last > text && last[-1] == ' ')
        *--last = '\0';
    buffer_text(&f->out, before ? " $" : "$");
    latex_put(&f->out, text);
    buffer_text(&f->out, behind ? "$ " : "$");
}

static void put_row(markdown_form *f, const math *m, bool in_table) {
    const math alone = {.kind = MATH_ROW, .count = 1, .parts = &m};
    const math *row = m->kind == MATH_ROW ? m : &alone;
    for (size_t i = 0, end; i < row->count; i = end)
        switch (latex_piece(row, i, &end)) {
        case PIECE_WORDS:
            put_escaped(&f->out, row->parts[i]->text, i == 0);
            break;
        case PIECE_CODE:
            put_code(&f->out, row->parts[i]->text, in_table);
            break;
        case PIECE_MATH:
            put_math(f, row, i, end);
            break;
        }
}

static void put_paragraph(markdown_form *f, const char *before, const block *b) {
    buffer_text(&f->out, before);
    put_row(f, b->sides[0], false);
    buffer_text(&f->out, "\n");
}

/* --- tables and equations --- */

static void put_table(markdown_form *f, const block *b) {
    for (size_t i = 0; i < b->count; i++) {
        buffer_text(&f->out, i % b->columns ? " | " : "| ");
        put_row(f, b->sides[i], true);
        if ((i + 1) % b->columns && i + 1 < b->count)
            continue;
        buffer_text(&f->out, " |\n");
        for (size_t k = 0; k < b->columns && i + 1 == b->columns; k++)
            buffer_text(&f->out, k + 1 < b->columns ? "| --- " : "| --- |\n");
    }
}

static const block *put_equations(markdown_form *f, const block *b) {
    const block *next = latex_add_equations(&f->lines, b);
    buffer_text(&f->out, "$$\n\\begin{aligned}\n");
    buffer_add(&f->out, f->lines.rows.bytes ? f->lines.rows.bytes : "", f->lines.rows.length);
    buffer_text(&f->out, "\n\\end{aligned}\n$$\n");
    return next;
}

/* Returns the block behind those it has written. */
static const block *put_blocks(markdown_form *f, const block *b) {
    switch (b->kind) {
    case BLOCK_TITLE:
        put_paragraph(f, "# ", b);
        break;
    case BLOCK_HEADING:
        put_paragraph(f, "## ", b);
        break;
    case BLOCK_TOPIC:
        put_paragraph(f, "### ", b);
        break;
    case BLOCK_WORDS:
        put_paragraph(f, "", b);
        break;
    case BLOCK_EQUATION:
    case BLOCK_ELEMENT:
        return put_equations(f, b);
    case BLOCK_TABLE:
        put_table(f, b);
        break;
    case BLOCK_PICTURE:
        break;
    }
    return b->next;
}

bool write_markdown(FILE *out, const document *d, const form_options *options,
                    mlp_diagnostic *error) {
    markdown_form f = {.out = {.out = out},
                       .lines = {.side = {.b = {.arena = d->arena}, .markdown = true},
                                 .rows = {.arena = d->arena},
                                 .width = WIDTH}};
    (void)options;
    for (const block *b = d->first; b && !f.lines.side.b.failed && !f.lines.rows.failed;) {
        if (b != d->first && b->kind != BLOCK_PICTURE)
            buffer_text(&f.out, "\n");
        b = put_blocks(&f, b);
    }
    return (!f.lines.side.b.failed && !f.lines.rows.failed) ||
           out_of_memory(error, d->arena, "the derivation needs");
}
