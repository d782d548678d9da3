/* Strings: their escapes, and the expressions in the braces of an f-string. */
#include "parser.h"

#include <string.h>

/* The text of a string token between its quotes, while it is read. */
typedef struct {
    parser *p;
    const token *t;
    const char *at, *end;
    const char *mark; /* a place that is known, so that a long string is counted once */
    mlp_span marked;
    bool raw, formatted, is_bytes;
    char *text; /* what was read since the last replacement */
    size_t length;
    node **tail; /* of the NODE_JOINED */
} string_reader;

static mlp_span span_at(string_reader *r, const char *at) {
    const bool is_behind = r->mark <= at;
    mlp_span where = is_behind ? r->marked : r->t->where;
    where.width = 1;
    for (const char *c = is_behind ? r->mark : r->t->start; c < at; c++) {
        where.column += ((unsigned char)*c & 0xC0) != 0x80;
        if (*c == '\n')
            where = (mlp_span){where.line + 1, 1, 1};
    }
    r->mark = at;
    return r->marked = where;
}

static _Noreturn void fail_at(string_reader *r, const char *at, const char *message) {
    reader_fail(r->p->reader, span_at(r, at), "%s", message);
}

static void put(string_reader *r, char c) {
    r->text[r->length++] = c;
}

/* A character as UTF-8. */
static void put_code(string_reader *r, unsigned code) {
    if (code < 0x80) {
        put(r, (char)code);
    } else if (code < 0x800) {
        put(r, (char)(0xC0 | code >> 6));
        put(r, (char)(0x80 | (code & 0x3F)));
    } else {
        put(r, (char)(0xE0 | code >> 12));
        put(r, (char)(0x80 | (code >> 6 & 0x3F)));
        put(r, (char)(0x80 | (code & 0x3F)));
    }
}

static int digit_of(char c) {
    const char *digits = "0123456789abcdef", *at;
    if (c >= 'A' && c <= 'F')
        c = (char)(c - 'A' + 'a');
    at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : 16;
}

/* \x1b, \u2713 and \033: up to `most` digits, all of them where `exact`. */
static void put_number(string_reader *r, int base, size_t most, bool exact) {
    const char *start = r->at;
    unsigned code = 0;
    size_t n = 0;
    for (; n < most && r->at < r->end && digit_of(*r->at) < base; n++)
        code = code * (unsigned)base + (unsigned)digit_of(*r->at++);
    if (r->is_bytes && code == 0)
        code = BYTES_NUL;
    else if (r->is_bytes && code > 0xFF)
        code = 0;
    if ((exact && n < most) || code == 0 || (code >= 0xD800 && code < 0xE000))
        fail_at(r, start - 1, "this escape is no character that a string can hold");
    put_code(r, code);
}

/* After a backslash. */
static void read_escape(string_reader *r) {
    static const char plain[] = "\\'\"ntrabfv", meaning[] = "\\'\"\n\t\r\a\b\f\v";
    const char c = *r->at, *known = c ? strchr(plain, c) : NULL;
    if (c == '\n') {
        r->at++;
    } else if (known) {
        r->at++;
        put(r, meaning[known - plain]);
    } else if (c == 'x' || (c == 'u' && !r->is_bytes)) {
        r->at++;
        put_number(r, 16, c == 'x' ? 2 : 4, true);
    } else if (c >= '0' && c <= '7') {
        put_number(r, 8, 3, false);
    } else {
        reader_fail(r->p->reader, r->t->where,
                    "the escape '\\%c' is not supported: write \\\\ for a "
                    "backslash",
                    c);
    }
}

/* One character of the string itself. */
static void read_character(string_reader *r) {
    if (*r->at == '\\' && !r->raw) {
        r->at++;
        read_escape(r);
    } else {
        put(r, *r->at++);
    }
}

static void flush(string_reader *r) {
    if (r->length == 0)
        return;
    node *n = parser_node(r->p, NODE_CONSTANT, r->t);
    const char *text = reader_copy(r->p->reader, r->text, r->length);
    parser_literal(r->p, n, (literal){.kind = LITERAL_STRING, .text = text});
    r->tail = parser_append(r->tail, n);
    r->length = 0;
}

/* The end of the expression that begins at r->at: what stands outside brackets and strings and
 * is `!`, `:`, `}` or a `=` that compares nothing. */
static const char *end_of_expression(string_reader *r) {
    size_t depth = 0;
    for (const char *c = r->at; c < r->end; c++) {
        if (*c == '\\')
            fail_at(r, c, "a backslash cannot stand in the braces of an f-string");
        if (*c == '\'' || *c == '"') {
            const char *close = memchr(c + 1, *c, (size_t)(r->end - c - 1));
            if (!close)
                fail_at(r, c, "this string is not closed");
            c = close;
        } else if (strchr("([{", *c)) {
            depth++;
        } else if (depth == 0) {
            const bool doubled = c + 1 < r->end && c[1] == '=';
            if (*c == '}' || *c == ':' || (*c == '!' && !doubled))
                return c;
            if (*c == '=' && !doubled && !strchr("=!<>", c[-1]))
                return c;
        } else if (strchr(")]}", *c)) {
            depth--;
        }
    }
    fail_at(r, r->at - 1,
            "this brace is never closed: use other quotes inside than around the "
            "string");
}

static node *parse_inside(string_reader *r, const char *end) {
    const char *start = r->at;
    const mlp_span where = span_at(r, start);
    parser inner = *r->p;
    inner.at = lex_inside(r->p->reader, start, (size_t)(end - start), where);
    if (inner.at->kind == TOKEN_END)
        fail_at(r, start - 1, "an expression is missing in these braces");
    node *n = parse_expressions(&inner);
    if (inner.at->kind != TOKEN_END)
        parser_fail(&inner, "'}'");
    return n;
}

static void read_text(string_reader *r, bool nested);

/* The format after ':': text, in which braces may stand once more. */
static node *read_spec(string_reader *r) {
    node *spec = parser_node(r->p, NODE_JOINED, r->t);
    node **outer = r->tail;
    r->at++;
    r->tail = &spec->items;
    read_text(r, true);
    flush(r);
    r->tail = outer;
    return spec;
}

static void put_source(string_reader *r, const char *from, const char *to) {
    for (; from < to; from++)
        put(r, *from);
}

/* {expression=!r:spec}, after the opening brace. */
static void read_replacement(string_reader *r, bool nested) {
    const char *start = r->at, *end = end_of_expression(r);
    node *n = parser_node(r->p, NODE_REPLACEMENT, r->t);
    parser_enter(r->p);
    n->left = parse_inside(r, end);
    r->at = end;
    if (*r->at == '=') {
        do
            r->at++;
        while (r->at < r->end && *r->at == ' ');
        put_source(r, start, r->at);
        n->conversion = r->at < r->end && *r->at == ':' ? 0 : 'r';
    }
    flush(r);
    if (r->at < r->end && *r->at == '!') {
        n->conversion = r->end - r->at > 1 ? r->at[1] : '\0';
        if (n->conversion != 'r' && n->conversion != 's')
            fail_at(r, r->at, "after '!' in an f-string stands r or s");
        r->at += 2;
    }
    if (r->at < r->end && *r->at == ':') {
        if (nested)
            fail_at(r, r->at, "the format of a format is outside the subset");
        n->right = read_spec(r);
    }
    if (r->at == r->end || *r->at != '}')
        fail_at(r, r->at < r->end ? r->at : r->at - 1, "expected '}' in this f-string");
    r->at++;
    r->p->depth--;
    r->tail = parser_append(r->tail, n);
}

/* Up to the end of the string; of a format (nested): up to its closing brace. */
static void read_text(string_reader *r, bool nested) {
    while (r->at < r->end) {
        const char c = *r->at, following = r->end - r->at > 1 ? r->at[1] : '\0';
        if (!r->formatted || (c != '{' && c != '}')) {
            read_character(r);
        } else if (nested && c == '}') {
            return;
        } else if (c == following && !nested) {
            put(r, c);
            r->at += 2;
        } else if (c == '}') {
            fail_at(r, r->at, "a single '}' in an f-string is written '}}'");
        } else {
            r->at++;
            if (nested)
                flush(r);
            read_replacement(r, nested);
        }
    }
}

static void read_token(string_reader *r, const token *t) {
    r->t = t;
    r->at = r->mark = t->start;
    r->marked = t->where;
    r->raw = r->formatted = r->is_bytes = false;
    for (; *r->at != '"' && *r->at != '\''; r->at++) {
        r->raw |= *r->at == 'r' || *r->at == 'R';
        r->formatted |= *r->at == 'f' || *r->at == 'F';
        r->is_bytes |= *r->at == 'b' || *r->at == 'B';
    }
    const size_t rest = (size_t)(t->start + t->length - r->at);
    const size_t quotes = rest >= 6 && r->at[1] == *r->at && r->at[2] == *r->at ? 3 : 1;
    r->at += quotes;
    r->end = t->start + t->length - quotes;
    for (const char *at = r->at; r->is_bytes && at < r->end; at++)
        if ((unsigned char)*at >= 0x80)
            fail_at(r, at, "SyntaxError: bytes can only contain ASCII literal characters");
    read_text(r, false);
}

node *parse_strings(parser *p) {
    node *joined = parser_node(p, NODE_JOINED, p->at);
    string_reader r = {.p = p, .tail = &joined->items};
    size_t length = 1;
    bool formatted = false, is_bytes = false;
    for (const token *t = p->at; t->kind == TOKEN_STRING; t++)
        length += t->length;
    r.text = reader_alloc(p->reader, length, 1);
    for (; p->at->kind == TOKEN_STRING; p->at++) {
        read_token(&r, p->at);
        if (p->at > joined->first && r.is_bytes != is_bytes)
            reader_fail(p->reader, p->at->where,
                        "SyntaxError: cannot mix bytes and nonbytes literals");
        formatted |= r.formatted;
        is_bytes = r.is_bytes;
    }
    joined->last = p->at - 1;
    if (formatted) {
        flush(&r);
        return joined;
    }
    const char *text = reader_copy(p->reader, r.text, r.length);
    parser_literal(p, joined,
                   (literal){.kind = is_bytes ? LITERAL_BYTES : LITERAL_STRING, .text = text});
    return joined;
}
