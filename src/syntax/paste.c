/* Scripts that were copied, told by their first line: sessions of python3 and IPython, exports of
 * notebooks, texts between the ``` of markdown, and what is indented as a whole. */
#include "cells.h"

#include "base/text.h"

#include "encoding.h"

#include <string.h>

/* The first line that is not blank, the cursor standing before it. False where there is none. */
static bool first_line(text_lines *lines, text_line *line) {
    text_lines ahead = *lines;
    while (next_line(&ahead, line)) {
        if (!line_is_blank(line))
            return true;
        *lines = ahead;
    }
    return false;
}

static void skip_line(text_lines *lines) {
    text_line line;
    next_line(lines, &line);
}

/* --- >>> --- */

/* Whether a prompt stands there, and nothing right behind it. */
static bool is_prompt(const text_line *line, const char *prompt) {
    const size_t length = strlen(prompt);
    return line_begins(line, prompt) && (line->length == length || line->text[length] == ' ');
}

static text_line behind_prompt(const text_line *line, const char *prompt) {
    const size_t length = strlen(prompt);
    return line_behind(line, length + (line->length > length));
}

static bool is_session(const text_line *first) {
    const text_line line = line_behind(first, line_indentation(first));
    return is_prompt(&line, ">>>") || (line_begins(&line, "Python 3.") && line.length > 40);
}

/* What stands between the prompts is what was printed. */
static void read_session(cells_reader *b, text_lines lines) {
    text_line line;
    while (next_line(&lines, &line)) {
        const text_line code = line_behind(&line, line_indentation(&line));
        const bool begins = is_prompt(&code, ">>>");
        const bool goes_on = b->cell && is_prompt(&code, "...");
        if (b->cell && !goes_on)
            cell_end(b);
        if (begins)
            cell_begin(b, MLP_SHOWS_ALL, 0, b->reader.source, b->reader.length);
        if (begins || goes_on) {
            const text_line statement = behind_prompt(&code, begins ? ">>>" : "...");
            cell_add(b, &statement);
        }
    }
    if (b->cell)
        cell_end(b);
}

/* --- In [1]: --- */

static size_t digits(const text_line *line, size_t from) {
    size_t i = from;
    while (i < line->length && line->text[i] >= '0' && line->text[i] <= '9')
        i++;
    return i - from;
}

/* In [1]: x = 1. Returns the length of the prompt, 0 where there is none. */
static size_t in_prompt(const text_line *line) {
    static const char opening[] = "In [";
    const size_t from = strlen(opening), n = line_begins(line, opening) ? digits(line, from) : 0;
    const text_line rest = line_behind(line, n ? from + n : 0);
    return n && line_begins(&rest, "]:") ? from + n + 2 : 0;
}

/* That of the prompt; 0 where it is beyond all use. */
static size_t number_of(const text_line *line) {
    const size_t from = strlen("In ["), count = digits(line, from);
    size_t number = 0;
    for (size_t i = 0; i < count && count < 9; i++)
        number = 10 * number + (size_t)(line->text[from + i] - '0');
    return number;
}

/* ...: behind blanks, for what goes on. */
static size_t in_continuation(const text_line *line) {
    const size_t from = line_indentation(line);
    const text_line rest = line_behind(line, from);
    return line_begins(&rest, "...:") ? from + strlen("...:") : 0;
}

static text_line behind_blank(const text_line *line, size_t prompt) {
    return line_behind(line, prompt + (line->length > prompt && line->text[prompt] == ' '));
}

/* Behind "In [1]:" alone, as a browser copies it, nobody can tell a cell from its output. */
static void refuse_bare(cells_reader *b, const text_line *prompt, const text_line *next) {
    const text_line rest = line_behind(prompt, in_prompt(prompt));
    if (line_is_blank(&rest) && !line_is_blank(next) && !in_prompt(next) && !in_continuation(next))
        reader_fail(&b->reader, (mlp_span){next->number, 1, 1},
                    "where this cell ends and its output begins cannot be told: take the code from "
                    "the notebook itself, or save that as .ipynb");
}

static void read_cells(cells_reader *b, text_lines lines) {
    text_line line, prompt = {0};
    while (next_line(&lines, &line)) {
        const size_t begins = in_prompt(&line), goes_on = b->cell ? in_continuation(&line) : 0;
        if (b->cell && b->cell->line_count == 1 && prompt.text)
            refuse_bare(b, &prompt, &line);
        if (b->cell && !goes_on)
            cell_end(b);
        if (begins) {
            prompt = line;
            cell_begin(b, MLP_SHOWS_LAST, 0, b->reader.source, b->reader.length);
            b->cell->prompt = number_of(&line);
        }
        if (begins || goes_on) {
            const text_line code = behind_blank(&line, begins ? begins : goes_on);
            magic_line(b, &code);
        }
    }
    if (b->cell)
        cell_end(b);
}

/* --- scripts --- */

/* Whether all statements have the indentation of the first one. */
static bool is_indented(text_lines lines, const text_line *first) {
    const size_t indentation = line_indentation(first);
    progress p = {0};
    text_line line;
    while (next_line(&lines, &line)) {
        const text_line code = line_behind(&line, line_indentation(&line));
        const bool has_it =
            line.length >= indentation && memcmp(line.text, first->text, indentation) == 0;
        if (progress_at_start(&p) && !has_it && code.length && *code.text != '#')
            return false;
        progress_over(&p, &line);
    }
    return indentation > 0;
}

/* Marks of cells, lines that are a notebook's, or what Jupyter makes of them. */
static bool is_export(text_lines lines, const text_line *first) {
    static const char *const marks[] = {"# %%",    "#%%",   "# In[",       "get_ipython()",
                                        "%%time",  "%time", "%matplotlib", "%load_ext",
                                        "%config", "%pip",  "!pip",        NULL};
    const text_line code = line_behind(first, line_indentation(first));
    text_line line;
    if (line_begins(&code, "%") || line_begins(&code, "!"))
        return true;
    while (next_line(&lines, &line))
        for (const char *const *mark = marks; *mark; mark++)
            if (line_begins(&line, *mark))
                return true;
    return false;
}

/* A file of a script shows nothing, whatever it was made of: python3 shows nothing either. */
static void read_script(cells_reader *b, text_lines lines, bool exported, size_t indentation) {
    text_line line, first = {0};
    cell_begin(b, MLP_SHOWS_NOTHING, 0, b->reader.source, b->reader.length);
    while (next_line(&lines, &line)) {
        if (!first.text && !line_is_blank(&line))
            first = line;
        const bool has_it = first.text && line.length >= indentation &&
                            memcmp(line.text, first.text, indentation) == 0;
        const text_line code = line_behind(&line, has_it ? indentation : 0);
        if (exported)
            magic_line(b, &code);
        else
            cell_add(b, &code);
        if (indentation && first.text == line.text)
            cell_note(b, &code, "the script is indented as a whole: it is read as if it were not");
    }
    cell_end(b);
}

/* --- what stands around --- */

/* Lines $ of the terminal, before or behind. Returns whether there are some. */
static bool trim_prompts(text_lines *lines) {
    const char *begin = lines->at, *end = lines->end;
    text_line line, last = {0};
    while (first_line(lines, &line) && is_prompt(&line, "$")) {
        skip_line(lines);
        begin = NULL;
    }
    for (text_lines ahead = *lines; next_line(&ahead, &line);)
        if (!line_is_blank(&line))
            last = line;
    if (last.text && is_prompt(&last, "$"))
        lines->end = last.text;
    return !begin || lines->end != end;
}

static bool is_fence(const text_line *line) {
    return line_begins(line, "```") || line_begins(line, "~~~");
}

/* Between ``` and ```: the lines within. */
static void trim_fence(cells_reader *b, text_lines *lines) {
    text_line opening, line = {0};
    next_line(lines, &opening);
    text_lines within = *lines;
    while (next_line(&within, &line) && !(is_fence(&line) && *line.text == *opening.text))
        ;
    if (within.at == within.end && !(is_fence(&line) && *line.text == *opening.text))
        reader_fail(&b->reader, (mlp_span){opening.number, 1, 3},
                    "the %.3s that closes this one is missing", opening.text);
    lines->end = line.text;
    if (first_line(&within, &line))
        reader_fail(&b->reader, (mlp_span){line.number, 1, 1},
                    "behind the closing %.3s there is more: leave the script alone in the file",
                    opening.text);
}

static void read_lines(cells_reader *b, text_lines lines, bool is_part) {
    text_line first;
    if (!first_line(&lines, &first))
        return;
    const bool exported = is_export(lines, &first), indented = is_indented(lines, &first);
    if (is_session(&first))
        read_session(b, lines);
    else if (in_prompt(&first))
        read_cells(b, lines);
    else if (is_part || exported || indented)
        read_script(b, lines, exported, indented ? line_indentation(&first) : 0);
}

void paste_read(cells_reader *b) {
    const reader *r = &b->reader;
    text_lines lines = {r->source + text_mark_length(r->source, r->length), r->source + r->length,
                        1};
    text_line first;
    const bool trimmed = trim_prompts(&lines);
    const bool is_fenced = first_line(&lines, &first) && is_fence(&first);
    if (is_fenced)
        trim_fence(b, &lines);
    read_lines(b, lines, trimmed || is_fenced);
    if (b->cells->first)
        check_bytes(&b->reader, r->source, r->length, 1);
}
