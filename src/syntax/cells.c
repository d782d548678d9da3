#include "cells.h"

#include "base/out_of_memory.h"
#include "base/text.h"

#include <string.h>

/* --- lines --- */

bool next_line(text_lines *lines, text_line *line) {
    const char *at = lines->at;
    if (at == lines->end)
        return false;
    while (at < lines->end && *at != '\n' && *at != '\r')
        at++;
    *line = (text_line){lines->at, (size_t)(at - lines->at), lines->number++, 0};
    at += at < lines->end && *at == '\r' && lines->end - at > 1 && at[1] == '\n';
    lines->at = at + (at < lines->end);
    return true;
}

size_t line_indentation(const text_line *line) {
    size_t n = 0;
    while (n < line->length && (line->text[n] == ' ' || line->text[n] == '\t'))
        n++;
    return n;
}

bool line_is_blank(const text_line *line) {
    return line_indentation(line) == line->length;
}

bool line_begins(const text_line *line, const char *text) {
    const size_t length = strlen(text);
    return line->length >= length && memcmp(line->text, text, length) == 0;
}

text_line line_behind(const text_line *line, size_t bytes) {
    text_line rest = *line;
    rest.shift += text_count_characters(line->text, line->text + bytes);
    rest.text += bytes;
    rest.length -= bytes;
    return rest;
}

/* --- cells --- */

void cell_begin(cells_reader *b, mlp_shows shows, size_t number, const char *source,
                size_t length) {
    b->cell = reader_alloc(&b->reader, 1, sizeof *b->cell);
    *b->cell = (mlp_cell){.line = b->line,
                          .shows = shows,
                          .number = number,
                          .prompt = number,
                          .source = source,
                          .source_length = length};
    b->text = (buffer){.arena = b->reader.arena};
    b->lines = NULL;
    b->line_capacity = 0;
    b->progress = (progress){0};
    b->state = TAKES;
}

static void add_place(cells_reader *b, mlp_cell_line place) {
    mlp_cell *cell = b->cell;
    if (cell->line_count == b->line_capacity) {
        b->line_capacity = b->line_capacity ? 2 * b->line_capacity : 16;
        mlp_cell_line *more = reader_alloc(&b->reader, b->line_capacity, sizeof *more);
        if (cell->line_count)
            memcpy(more, b->lines, cell->line_count * sizeof *more);
        b->lines = more;
    }
    b->lines[cell->line_count++] = place;
    b->line++;
}

/* Lines have a break between them, and none at the end, so that what is wrong there is wrong in the
 * last line. */
void cell_add(cells_reader *b, const text_line *line) {
    if (b->cell->line_count)
        buffer_text(&b->text, "\n");
    buffer_add(&b->text, line->text, line->length);
    if (b->text.failed)
        reader_out_of_memory(&b->reader);
    add_place(b, (mlp_cell_line){line->number, line->shift});
}

void cell_end(cells_reader *b) {
    if (b->cell->line_count == 0)
        cell_add(b, &(text_line){"", 0, 1, 0});
    b->cell->text = b->text.bytes ? b->text.bytes : "";
    b->cell->length = b->text.length;
    b->cell->lines = b->lines;
    *b->next = b->cell;
    b->next = &b->cell->next;
    b->cell = NULL;
}

static mlp_span span_in(const text_line *line, size_t number) {
    const size_t from = line_indentation(line);
    size_t to = line->length;
    while (to > from && (line->text[to - 1] == ' ' || line->text[to - 1] == '\t'))
        to--;
    return (mlp_span){number, 1 + from, text_count_characters(line->text + from, line->text + to)};
}

void cell_note(cells_reader *b, const text_line *line, const char *message) {
    mlp_warning *note = reader_alloc(&b->reader, 1, sizeof *note);
    note->diagnostic.where = span_in(line, b->line - 1);
    mlp_error(&note->diagnostic, "%s", message);
    *b->next_removed = note;
    b->next_removed = &note->next;
}

/* The line becomes the last one of its cell, so that there is a cell to name. */
void cell_fail(cells_reader *b, const text_line *line, const char *message) {
    const mlp_span where = span_in(line, b->line);
    cell_add(b, line);
    cell_end(b);
    b->fails_in_cell = true;
    reader_fail(&b->reader, where, "%s", message);
}

/* --- */

static void read_cells(cells_reader *b, const char *name) {
    reader *r = &b->reader;
    if (notebook_is_one(name, r->source, r->length))
        notebook_read(b);
    else
        paste_read(b);
}

bool mlp_cells_read(mlp_arena *arena, const char *name, const char *text, size_t length,
                    mlp_cells *cells, mlp_diagnostic *error) {
    cells_reader *b = mlp_arena_alloc(arena, 1, sizeof *b);
    *cells = (mlp_cells){0};
    *error = (mlp_diagnostic){0};
    if (!b) {
        out_of_memory(error, arena, "the script needs");
        return false;
    }
    *b = (cells_reader){.reader = {.arena = arena,
                                   .source = text ? text : "",
                                   .length = length,
                                   .needs = "the script needs",
                                   .error = error},
                        .cells = cells,
                        .next = &cells->first,
                        .next_removed = &cells->removed,
                        .line = 1};
    if (setjmp(b->reader.failed)) {
        if (!b->fails_in_cell)
            cells->first = NULL;
        return false;
    }
    read_cells(b, name);
    return true;
}

const mlp_cell *mlp_cells_find(const mlp_cells *cells, mlp_span *where) {
    const mlp_cell *cell = cells->first;
    if (!cell || where->line == 0)
        return NULL;
    while (cell->next && cell->next->line <= where->line)
        cell = cell->next;
    const size_t i = where->line - cell->line;
    const mlp_cell_line *line = &cell->lines[i < cell->line_count ? i : cell->line_count - 1];
    where->line = line->line;
    where->column += line->shift;
    return cell;
}
