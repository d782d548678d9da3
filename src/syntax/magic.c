/* Lines that a notebook understands and Python does not: %magic, !command, help?, and the calls of
 * get_ipython() that an export makes of them. What they do has no part in a network's numbers, and
 * they are left out, with a note; those that have are refused. */
#include "cells.h"

#include <string.h>

bool progress_at_start(const progress *p) {
    return !p->quote && p->depth == 0 && !p->continued;
}

static bool is_triple(const text_line *line, size_t i) {
    const char c = line->text[i];
    return line->length - i > 2 && line->text[i + 1] == c && line->text[i + 2] == c;
}

/* Behind the string, or at the end of the line; p->quote stays where it goes on with the next. */
static size_t over_string(progress *p, const text_line *line, size_t i) {
    for (; i < line->length; i++) {
        if (line->text[i] == '\\') {
            i++;
        } else if (line->text[i] == p->quote && (!p->triple || is_triple(line, i))) {
            p->quote = 0;
            return i + (p->triple ? 3 : 1);
        }
    }
    if (!p->triple && i == line->length) /* which no backslash ends */
        p->quote = 0;
    return line->length;
}

static size_t over_quote(progress *p, const text_line *line, size_t i) {
    p->quote = line->text[i];
    p->triple = is_triple(line, i);
    return over_string(p, line, i + (p->triple ? 3 : 1));
}

void progress_over(progress *p, const text_line *line) {
    size_t i = 0;
    p->continued = p->asks = false;
    if (p->quote)
        i = over_string(p, line, 0);
    while (i < line->length && line->text[i] != '#') {
        const char c = line->text[i];
        if (c == '"' || c == '\'') {
            i = over_quote(p, line, i);
            p->asks = false;
            continue;
        }
        p->continued = c == '\\' && i + 1 == line->length;
        p->asks = c == '?' || (p->asks && (c == ' ' || c == '\t'));
        p->depth += c && strchr("([{", c);
        p->depth -= p->depth && c && strchr(")]}", c);
        i++;
    }
}

/* --- left out --- */

static bool ends_in_backslash(const text_line *line) {
    return line->length && line->text[line->length - 1] == '\\';
}

/* In its place stands what does nothing, so that a block with nothing else remains one, and the
 * line before it is not the last of the cell. */
static void leave_out(cells_reader *b, const text_line *line, const char *message) {
    const size_t indentation = line_indentation(line);
    char *text = reader_alloc(&b->reader, indentation + sizeof "pass", 1);
    memcpy(text, line->text, indentation);
    memcpy(text + indentation, "pass", sizeof "pass");
    text_line rest = *line;
    rest.text = text;
    rest.length = strlen(text);
    cell_add(b, &rest);
    cell_note(b, line, message);
}

static const char not_python[] = "this line is for the notebook, not for Python: it is left out";

/* Whether the text at `at` is that name, and not the beginning of a longer one. */
static bool is_name(const char *at, const char *end, const char *name) {
    const size_t length = strlen(name);
    if ((size_t)(end - at) < length || memcmp(at, name, length) != 0)
        return false;
    static const char more[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    return at + length == end || !at[length] || !strchr(more, at[length]);
}

static bool is_one_of(const char *at, const char *end, const char *const *names) {
    for (; *names; names++)
        if (is_name(at, end, *names))
            return true;
    return false;
}

/* Those whose cell is written in something else. */
static const char *const other_languages[] = {
    "bash",   "cmd", "html", "HTML", "javascript", "js", "latex",     "markdown", "perl", "ruby",
    "script", "sh",  "svg",  "SVG",  "system",     "sx", "writefile", "file",     NULL};

/* Those that change what the rest of the notebook shows. */
static const char *const shown_otherwise[] = {"precision", "pprint", NULL};

static void cell_magic(cells_reader *b, const text_line *line) {
    const text_line name = line_behind(line, line_indentation(line) + 2);
    const char *end = name.text + name.length;
    if (is_one_of(name.text, end, other_languages) && b->cell->shows == MLP_SHOWS_LAST) {
        leave_out(b, line, "this cell is not in Python: it is left out");
        b->state = SKIPS_CELL;
    } else if (is_name(name.text, end, "time")) {
        cell_add(b, &(text_line){"", 0, line->number, line->shift});
        cell_note(b, line, not_python);
    } else {
        cell_fail(b, line,
                  "what becomes of a cell under this line is not known here: take the line out, or "
                  "the cell");
    }
}

static const char show_otherwise[] =
    "this line changes how the notebook shows values: take it out, and run the notebook without it";

/* %time statement runs the statement. */
static void run_timed(cells_reader *b, const text_line *line, const text_line *statement) {
    const size_t indentation = line_indentation(line);
    const size_t taken = (size_t)(statement->text - line->text) - indentation;
    char *text = reader_alloc(&b->reader, line->length - taken + 1, 1);
    memcpy(text, line->text, indentation);
    memcpy(text + indentation, statement->text, statement->length);
    text_line rest = *statement;
    rest.text = text;
    rest.length = line->length - taken;
    rest.shift -= indentation;
    cell_add(b, &rest);
    cell_note(b, &rest, "%time is left out, and what stands behind it is run");
    progress_over(&b->progress, &rest);
}

static void line_magic(cells_reader *b, const text_line *line) {
    const text_line name = line_behind(line, line_indentation(line) + 1);
    const char *end = name.text + name.length;
    if (is_one_of(name.text, end, shown_otherwise))
        cell_fail(b, line, show_otherwise);
    if (is_name(name.text, end, "time")) {
        const text_line behind = line_behind(&name, strlen("time"));
        const text_line statement = line_behind(&behind, line_indentation(&behind));
        if (statement.length) {
            run_timed(b, line, &statement);
            return;
        }
    }
    leave_out(b, line, not_python);
    b->state = ends_in_backslash(line) ? SKIPS_COMMAND : TAKES;
}

/* The text of the first string of a call: 'matplotlib' of .run_line_magic('matplotlib', 'inline'). */
static const char *first_string(const char *at, const char *end) {
    while (at < end && *at != '\'' && *at != '"')
        at++;
    return at < end ? at + 1 : end;
}

static bool contains(const text_line *line, const char *text) {
    for (size_t i = 0; i + strlen(text) <= line->length; i++)
        if (memcmp(line->text + i, text, strlen(text)) == 0)
            return true;
    return false;
}

/* Behind the string that begins at the quote; NULL where it does not end in the line. Its text, with
 * what stands for breaks and quotes in it, goes to `text`. */
static const char *read_string(const char *at, const char *end, buffer *text) {
    const char quote = *at++;
    for (; at < end && *at != quote; at++) {
        if (*at != '\\') {
            buffer_add(text, at, 1);
            continue;
        }
        if (++at == end)
            return NULL;
        if (*at == 'x' || *at == 'u' || *at == 'U' || *at == 'N' || (*at >= '0' && *at <= '7'))
            return NULL;
        if (*at == 'n' || *at == 't')
            buffer_text(text, *at == 'n' ? "\n" : "\t");
        else if (*at == '\\' || *at == '\'' || *at == '"')
            buffer_add(text, at, 1);
        else
            buffer_add(text, at - 1, 2);
    }
    return at < end ? at + 1 : NULL;
}

/* The last of the strings of a call that stands in one line: false where there is none. */
static bool last_string(cells_reader *b, const text_line *line, buffer *text) {
    const char *at = line->text, *end = line->text + line->length;
    bool any = false;
    while (at && (at = first_string(at, end)) < end) {
        *text = (buffer){.arena = b->reader.arena};
        buffer_text(text, "");
        at = read_string(at - 1, end, text);
        any = at != NULL;
    }
    return any && !text->failed;
}

/* What get_ipython().run_cell_magic('time', '', '...') runs, line by line. */
static void run_string(cells_reader *b, const text_line *line, const char *refusal) {
    buffer text;
    const size_t indentation = line_indentation(line);
    if (!last_string(b, line, &text) || indentation)
        cell_fail(b, line, refusal);
    size_t length = text.length;
    while (length && text.bytes[length - 1] == '\n')
        length--;
    text_lines lines = {text.bytes, text.bytes + length, 1};
    text_line each;
    while (next_line(&lines, &each)) {
        each.number = line->number;
        each.shift = line->shift;
        cell_add(b, &each);
    }
    cell_note(b, line, "what this line times is run");
}

static void exported_call(cells_reader *b, const text_line *line) {
    const char *end = line->text + line->length, *name = first_string(line->text, end);
    const bool is_cell = contains(line, ".run_cell_magic(");
    if (is_name(name, end, "time")) {
        run_string(b, line,
                   is_cell ? "this string holds a cell of the notebook: write its lines out instead"
                           : "this string holds a statement of the notebook: write it out instead");
        return;
    }
    if (is_cell && !is_one_of(name, end, other_languages))
        cell_fail(b, line, "this string holds a cell of the notebook: write its lines out instead");
    if (!is_cell && is_one_of(name, end, shown_otherwise))
        cell_fail(b, line, show_otherwise);
    leave_out(b, line, not_python);
    progress_over(&b->progress, line);
    b->state = progress_at_start(&b->progress) ? TAKES : SKIPS_CALL;
}

/* --- */

static void skip(cells_reader *b, const text_line *line) {
    cell_add(b, &(text_line){"", 0, line->number, line->shift});
    if (b->state == SKIPS_CALL)
        progress_over(&b->progress, line);
    if (b->state == SKIPS_CALL ? progress_at_start(&b->progress)
                               : b->state == SKIPS_COMMAND && !ends_in_backslash(line))
        b->state = TAKES;
}

/* x = !command and x = %magic. */
static bool takes_result(const text_line *line) {
    static const char target[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_., ";
    size_t i = line_indentation(line);
    while (i < line->length && line->text[i] && strchr(target, line->text[i]))
        i++;
    const text_line behind =
        line_behind(line, i < line->length && line->text[i] == '=' ? i + 1 : 0);
    const text_line value = line_behind(&behind, line_indentation(&behind));
    return behind.length < line->length && (line_begins(&value, "!") || line_begins(&value, "%"));
}

static void add_statement(cells_reader *b, const text_line *line) {
    if (takes_result(line))
        cell_fail(b, line, "only a notebook knows what this line gives: write the value out");
    progress_over(&b->progress, line);
    if (b->progress.asks && progress_at_start(&b->progress))
        leave_out(b, line, not_python);
    else
        cell_add(b, line);
}

/* A cell's magic stands in its first line. Where a cell of a script begins and ends is not known. */
static bool is_first(const cells_reader *b) {
    if (b->cell->shows == MLP_SHOWS_NOTHING)
        return true;
    for (size_t i = 0; i < b->text.length; i++)
        if (!strchr(" \t\n", b->text.bytes[i]))
            return false;
    return true;
}

void magic_line(cells_reader *b, const text_line *line) {
    const text_line code = line_behind(line, line_indentation(line));
    if (b->state != TAKES) {
        skip(b, line);
    } else if (!progress_at_start(&b->progress)) {
        progress_over(&b->progress, line);
        cell_add(b, line);
    } else if (line_begins(&code, "%%") && is_first(b)) {
        cell_magic(b, line);
    } else if (line_begins(&code, "%")) {
        line_magic(b, line);
    } else if (line_begins(&code, "!") || line_begins(&code, "?")) {
        leave_out(b, line, not_python);
        b->state = ends_in_backslash(line) ? SKIPS_COMMAND : TAKES;
    } else if (line_begins(&code, "get_ipython()")) {
        exported_call(b, line);
    } else {
        add_statement(b, line);
    }
}
