/* Notebooks of Jupyter: JSON, in which each cell has its lines. */
#include "cells.h"
#include "encoding.h"
#include "json.h"

#include "base/text.h"

#include <string.h>

static bool contains(const char *text, size_t length, const char *word) {
    const size_t n = strlen(word);
    for (; length >= n; text++, length--)
        if (memcmp(text, word, n) == 0)
            return true;
    return false;
}

static bool ends_in(const char *name, const char *ending) {
    const size_t n = strlen(name), length = strlen(ending);
    return n >= length && strcmp(name + n - length, ending) == 0;
}

bool notebook_is_one(const char *name, const char *text, size_t length) {
    if (ends_in(name, ".ipynb") || ends_in(name, ".py"))
        return ends_in(name, ".ipynb");
    size_t blanks = text_mark_length(text, length);
    while (blanks < length && text[blanks] && strchr(" \t\r\n", text[blanks]))
        blanks++;
    return blanks < length && text[blanks] == '{' &&
           (contains(text, length, "\"cells\"") || contains(text, length, "\"worksheets\""));
}

/* A string, or an array of strings that are put together. */
static void decode(cells_reader *b, const char *value, buffer *out) {
    if (*value == '[') {
        for (const char *line = json_first(value); line; line = json_next(line)) {
            if (*line != '"')
                json_fail(&b->reader, line, "a line of a cell is a string");
            decode(b, line, out);
        }
        return;
    }
    char character[JSON_CHARACTER];
    if (*value != '"')
        json_fail(&b->reader, value, "the source of a cell is a string or an array of strings");
    value++;
    for (size_t n; (n = json_character(&value, character)) > 0;)
        buffer_add(out, character, n);
    if (out->failed)
        reader_out_of_memory(&b->reader);
}

static bool is_blank(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!text[i] || !strchr(" \t\r\n", text[i]))
            return false;
    return true;
}

/* The indentation of the first line of a cell is taken off all lines that have it. */
static void read_lines(cells_reader *b, const char *text, size_t length) {
    text_lines lines = {text, text + length, 1};
    text_line line, first = {0};
    while (next_line(&lines, &line)) {
        if (!first.text && !line_is_blank(&line))
            first = line;
        const size_t indentation = first.text ? line_indentation(&first) : 0;
        const bool has_it = line.length >= indentation &&
                            (indentation == 0 || memcmp(line.text, first.text, indentation) == 0);
        line = line_behind(&line, has_it ? indentation : 0);
        magic_line(b, &line);
    }
}

/* An empty cell has no number, as when all of a notebook are run. */
static void read_cell(cells_reader *b, const char *cell, size_t *number) {
    const char *source = json_member(cell, "source"), *type = json_member(cell, "cell_type");
    const char *language = json_member(cell, "language"); /* in format 3, as `input` */
    if (!type)
        json_fail(&b->reader, cell, "a cell of a notebook is an object with a cell_type");
    if (!json_is(type, "code"))
        return;
    if (language && !json_is(language, "python"))
        json_fail(&b->reader, language, "only cells in Python are read");
    source = source ? source : json_member(cell, "input");
    if (!source)
        json_fail(&b->reader, cell, "this cell has no source");
    buffer text = {.arena = b->reader.arena};
    decode(b, source, &text);
    if (is_blank(text.bytes, text.length))
        return;
    cell_begin(b, MLP_SHOWS_LAST, ++*number, text.bytes, text.length);
    read_lines(b, text.bytes, text.length);
    cell_end(b);
}

static void read_array(cells_reader *b, const char *cells, size_t *number) {
    if (*cells != '[')
        json_fail(&b->reader, cells, "the cells of a notebook are an array");
    for (const char *cell = json_first(cells); cell; cell = json_next(cell))
        read_cell(b, cell, number);
}

/* What the notebook says of its language, where it says something. */
static void check_language(cells_reader *b, const char *notebook) {
    static const char *const paths[][2] = {{"kernelspec", "language"}, {"language_info", "name"}};
    const char *metadata = json_member(notebook, "metadata");
    for (size_t i = 0; metadata && i < 2; i++) {
        const char *part = json_member(metadata, paths[i][0]);
        const char *language = part ? json_member(part, paths[i][1]) : NULL;
        if (language && !json_is(language, "python"))
            json_fail(&b->reader, language, "only notebooks in Python are read");
    }
}

void notebook_read(cells_reader *b) {
    check_bytes(&b->reader, b->reader.source, b->reader.length, 1);
    const char *notebook = json_object(&b->reader, "a notebook");
    const char *cells = json_member(notebook, "cells");
    const char *sheets = json_member(notebook, "worksheets");
    const char *sheet = sheets ? json_first(sheets) : NULL;
    size_t number = 0;
    check_language(b, notebook);
    if (cells)
        read_array(b, cells, &number);
    for (; !cells && sheet; sheet = json_next(sheet))
        if (json_member(sheet, "cells"))
            read_array(b, json_member(sheet, "cells"), &number);
    if (number == 0)
        json_fail(&b->reader, notebook, "this notebook has no cell with code");
}
