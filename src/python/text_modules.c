/* The modules string and textwrap. */
#include "native.h"
#include "run.h"

#include <string.h>

/* --- textwrap --- */

static size_t indent_of(const char *line) {
    return strspn(line, " \t");
}

static bool is_blank(const char *line) {
    const char end = line[indent_of(line)];
    return end == '\0' || end == '\n';
}

/* Behind the line and its end. */
static const char *next_line(const char *line) {
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

/* What all lines that are not blank begin with. */
static size_t common_margin(const char *text, const char **margin) {
    size_t length = 0;
    *margin = NULL;
    for (const char *line = text; *line; line = next_line(line)) {
        if (is_blank(line))
            continue;
        if (!*margin) {
            *margin = line;
            length = indent_of(line);
            continue;
        }
        size_t same = 0;
        while (same < length && same < indent_of(line) && line[same] == (*margin)[same])
            same++;
        length = same;
    }
    return length;
}

static object *taken(call *c, buffer *text) {
    if (text->failed)
        script_out_of_memory(c->script);
    return object_string(c->script, text->bytes);
}

static object *dedent(call *c) {
    const char *text = c->arguments[0]->as.string, *margin;
    const size_t length = common_margin(text, &margin);
    buffer out = {.arena = script_arena(c->script)};
    buffer_text(&out, "");
    for (const char *line = text; *line; line = next_line(line)) {
        const char *from = line + (is_blank(line) ? indent_of(line) : length);
        buffer_add(&out, from, (size_t)(next_line(line) - from));
    }
    return taken(c, &out);
}

static object *indent(call *c) {
    const char *text = c->arguments[0]->as.string;
    buffer out = {.arena = script_arena(c->script)};
    buffer_text(&out, "");
    for (const char *line = text; *line; line = next_line(line)) {
        if (!is_blank(line))
            buffer_text(&out, c->arguments[1]->as.string);
        buffer_add(&out, line, (size_t)(next_line(line) - line));
    }
    return taken(c, &out);
}

void native_add_text_modules(script *s) {
    static const native rows[] = {
        {.path = "textwrap.dedent", .signature = "text: str", .call = dedent},
        {.path = "textwrap.indent", .signature = "text: str, prefix: str", .call = indent},
        {0}};
    static const char *const constants[][2] = {
        {"string.ascii_lowercase", "abcdefghijklmnopqrstuvwxyz"},
        {"string.ascii_uppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
        {"string.ascii_letters", "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
        {"string.digits", "0123456789"},
        {"string.hexdigits", "0123456789"
                             "abcdefABCDEF"},
        {"string.octdigits", "01234567"},
        {"string.punctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
        {"string.whitespace", " \t\n\r\v\f"},
        {"string.printable", "0123456789"
                             "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
                             " \t\n\r\v\f"}};
    native_add_table(s, rows);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        native_constant(s, constants[i][0], object_string(s, constants[i][1]));
}
