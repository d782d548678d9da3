#include "text_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Growing text. */
typedef struct {
    char *bytes;
    size_t length, capacity;
} growing;

struct text_cases {
    FILE *file;
    size_t count, line_number;
    bool refused;
    growing line, input, expected;
};

static void append(growing *g, const char *text, size_t length) {
    if (g->length + length + 1 > g->capacity) {
        g->capacity = 2 * (g->length + length) + 256;
        g->bytes = realloc(g->bytes, g->capacity);
        assert_non_null(g->bytes);
    }
    memcpy(g->bytes + g->length, text, length);
    g->length += length;
    g->bytes[g->length] = '\0';
}

static void empty(growing *g) {
    g->length = 0;
    append(g, "", 0);
}

/* One line without its newline; false at the end of the file. */
static bool read_line(text_cases *cases) {
    int c;
    empty(&cases->line);
    while ((c = fgetc(cases->file)) != EOF && c != '\n')
        append(&cases->line, &(char){(char)c}, 1);
    cases->line_number++;
    return c != EOF || cases->line.length > 0;
}

text_cases *text_cases_open(const char *name) {
    char path[1024];
    text_cases *cases = calloc(1, sizeof *cases);
    assert_non_null(cases);
    snprintf(path, sizeof path, "%s/%s", FIXTURES, name);
    cases->file = fopen(path, "rb");
    if (!cases->file)
        fail_msg("cannot open %s", path);
    return cases;
}

void text_cases_close(text_cases *cases) {
    fclose(cases->file);
    free(cases->line.bytes);
    free(cases->input.bytes);
    free(cases->expected.bytes);
    free(cases);
}

static void take_line(text_cases *cases) {
    const growing *line = &cases->line;
    if (strncmp(line->bytes, "> ", 2) == 0) {
        if (cases->expected.length)
            append(&cases->expected, "\n", 1);
        append(&cases->expected, line->bytes + 2, line->length - 2);
    } else if (strcmp(line->bytes, "!") == 0) {
        cases->refused = true;
    } else {
        append(&cases->input, line->bytes, line->length);
        append(&cases->input, "\n", 1);
    }
}

bool text_cases_next(text_cases *cases) {
    empty(&cases->input);
    empty(&cases->expected);
    cases->refused = false;
    while (read_line(cases)) {
        if (cases->line.bytes[0] == '#')
            continue;
        if (cases->line.length > 0) {
            take_line(cases);
        } else if (cases->input.length > 0) {
            cases->count++;
            return true;
        }
    }
    assert_true(cases->count > 0);
    assert_true(cases->input.length == 0); /* the last one has its blank line too */
    return false;
}

const char *text_case_input(const text_cases *cases) {
    return cases->input.bytes;
}

const char *text_case_expected(const text_cases *cases) {
    return cases->refused ? NULL : cases->expected.bytes;
}

void text_case_expect(const text_cases *cases, const char *got) {
    const char *expected = text_case_expected(cases);
    if (expected && got && strcmp(expected, got) == 0)
        return;
    if (!expected && !got)
        return;
    fail_msg("line %zu of the fixture:\n%.2000s--- expected\n%s\n--- printed\n%s",
             cases->line_number, cases->input.bytes, expected ? expected : "(an error)",
             got ? got : "(an error)");
}
