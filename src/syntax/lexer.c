#include "lexer.h"

#include "encoding.h"

#include "base/text.h"

#include <string.h>

/* Of a line, where a tab reaches the next multiple of 8, and where it counts as one space. Python
 * asks both, so that no line means something else in an editor with other tabs. */
typedef struct {
    size_t width, characters;
} indentation;

typedef struct {
    reader *reader;
    const char *at, *end;
    size_t line;
    const char *mark; /* where the column is known, so that a long line is counted once */
    size_t mark_column;
    char open[MAX_NESTING]; /* the brackets not closed yet */
    mlp_span opened[MAX_NESTING];
    size_t open_count;
    indentation indent[MAX_NESTING]; /* of the blocks we are in */
    size_t indent_count;
    token *tokens;
    size_t count, capacity;
    bool inside;  /* an f-string's braces, or a literal: lines and blocks do not count */
    bool literal; /* comments may stand in it, and ? for a number */
} lexer;

bool token_reads(const token *t, const char *text) {
    return strlen(text) == t->length && memcmp(t->start, text, t->length) == 0;
}

static mlp_span span_of(lexer *l, const char *from, const char *to) {
    l->mark_column += text_count_characters(l->mark, from);
    l->mark = from;
    return (mlp_span){l->line, l->mark_column, text_count_characters(from, to)};
}

static mlp_span span_here(lexer *l) {
    return span_of(l, l->at, l->at + (l->at < l->end));
}

static void add(lexer *l, token_kind kind, const char *start, mlp_span where) {
    if (l->count == l->capacity) {
        const size_t bytes = (size_t)(l->end - l->at), most = 1 << 15;
        const size_t guess = 4 + bytes / 2;
        const size_t first = guess < most ? guess : most;
        const size_t capacity = l->capacity ? l->capacity * 2 : first;
        token *more = reader_alloc(l->reader, capacity, sizeof *more);
        if (l->count)
            memcpy(more, l->tokens, l->count * sizeof *more);
        l->tokens = more;
        l->capacity = capacity;
    }
    l->tokens[l->count++] = (token){kind, start, (size_t)(l->at - start), where};
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static char peek(const lexer *l, size_t ahead) {
    return (size_t)(l->end - l->at) > ahead ? l->at[ahead] : '\0';
}

static void new_line(lexer *l) {
    l->line++;
    l->mark = l->at;
    l->mark_column = 1;
}

static void lex_name(lexer *l) {
    static const char *const keywords[] = {
        "False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
        "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};
    const char *start = l->at;
    while (l->at < l->end && (is_name_start(*l->at) || is_digit(*l->at)))
        l->at++;
    token_kind kind = TOKEN_NAME;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (keywords[i][0] == *start && strlen(keywords[i]) == (size_t)(l->at - start) &&
            memcmp(keywords[i], start, strlen(keywords[i])) == 0)
            kind = TOKEN_KEYWORD;
    add(l, kind, start, span_of(l, start, l->at));
}

static void skip_digits(lexer *l) {
    while (is_digit(peek(l, 0)) || (peek(l, 0) == '_' && is_digit(peek(l, 1))))
        l->at++;
}

/* 0x1F, 0o17 and 0b101, whose digits the parser reads. */
static bool skip_based(lexer *l) {
    if (peek(l, 0) != '0' || !peek(l, 1) || !strchr("xXoObB", peek(l, 1)))
        return false;
    l->at += 2;
    while (is_name_start(peek(l, 0)) || is_digit(peek(l, 0)))
        l->at++;
    return true;
}

static bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* 0x1.8p-3, which C prints and Python does not read. */
static bool skip_hexadecimal_float(lexer *l) {
    size_t n = 2, digits = 0;
    bool has_point = false;
    if (peek(l, 0) != '0' || (peek(l, 1) != 'x' && peek(l, 1) != 'X'))
        return false;
    for (; is_hexadecimal(peek(l, n)) || (peek(l, n) == '.' && !has_point); n++) {
        has_point |= peek(l, n) == '.';
        digits += peek(l, n) != '.';
    }
    const bool has_exponent = peek(l, n) == 'p' || peek(l, n) == 'P';
    if (digits == 0 || !(has_point || has_exponent))
        return false;
    n += has_exponent;
    n += has_exponent && (peek(l, n) == '-' || peek(l, n) == '+');
    if (has_exponent && !is_digit(peek(l, n)))
        return false;
    while (has_exponent && is_digit(peek(l, n)))
        n++;
    l->at += n;
    return true;
}

static void lex_number(lexer *l) {
    const char *start = l->at;
    token_kind kind = TOKEN_INTEGER;
    if (l->literal && skip_hexadecimal_float(l)) {
        add(l, TOKEN_FLOAT, start, span_of(l, start, l->at));
        return;
    }
    if (skip_based(l)) {
        add(l, kind, start, span_of(l, start, l->at));
        return;
    }
    skip_digits(l);
    if (peek(l, 0) == '.') {
        kind = TOKEN_FLOAT;
        l->at++;
        skip_digits(l);
    }
    const size_t sign = peek(l, 1) == '+' || peek(l, 1) == '-';
    if ((peek(l, 0) == 'e' || peek(l, 0) == 'E') && is_digit(peek(l, 1 + sign))) {
        kind = TOKEN_FLOAT;
        l->at += 1 + sign;
        skip_digits(l);
    }
    const mlp_span where = span_of(l, start, l->at);
    if ((peek(l, 0) == 'j' || peek(l, 0) == 'J') && !is_name_start(peek(l, 1)))
        reader_fail(l->reader, where,
                    "complex numbers are outside the subset: write the real and the imaginary part "
                    "as two floats");
    if (is_name_start(peek(l, 0)))
        reader_fail(l->reader, where,
                    "a number must not run into a name: write decimal numbers such "
                    "as 12, 0.5 or 1e-3");
    if (kind == TOKEN_INTEGER && l->at - start > 1 && start[0] == '0' && start[1] != '0')
        reader_fail(l->reader, where, "a whole number must not begin with 0");
    add(l, kind, start, where);
}

_Noreturn static void refuse_byte(lexer *l) {
    reader_fail(l->reader, span_here(l),
                "byte 0x%02x does not belong in a script: is this a text file?",
                (unsigned char)*l->at);
}

/* The quotes stay in the token; the parser takes them off. */
static void lex_string(lexer *l, const char *start) {
    const char quote = *l->at;
    const bool triple = peek(l, 1) == quote && peek(l, 2) == quote;
    mlp_span where = span_of(l, start, l->at + 1);
    l->at += triple ? 3 : 1;
    for (;;) {
        const char c = peek(l, 0);
        if (l->at == l->end || (c == '\n' && !triple))
            reader_fail(l->reader, where, "this string is not closed");
        if (c == quote && (!triple || (peek(l, 1) == quote && peek(l, 2) == quote)))
            break;
        l->at += c == '\\' && l->end - l->at > 1 ? 2 : 1;
        if (l->at[-1] == '\n')
            new_line(l);
    }
    l->at += triple ? 3 : 1;
    if (where.line == l->line)
        where = span_of(l, start, l->at);
    add(l, TOKEN_STRING, start, where);
}

/* What programs for texts and web pages make of plain characters. */
static void refuse_typographic(lexer *l) {
    static const char quote[] = "quote: write \" or '", minus[] = "minus sign: write -",
                      blank[] = "blank: write a plain one";
    static const struct {
        const char *character, *what;
    } table[] = {{"\xE2\x80\x9C", quote}, {"\xE2\x80\x9D", quote}, {"\xE2\x80\x9E", quote},
                 {"\xE2\x80\x98", quote}, {"\xE2\x80\x99", quote}, {"\xE2\x80\x9A", quote},
                 {"\xE2\x88\x92", minus}, {"\xE2\x80\x93", minus}, {"\xE2\x80\x94", minus},
                 {"\xC2\xA0", blank},     {"\xE2\x80\xAF", blank}, {"\xE2\x80\x8B", blank},
                 {"\xE3\x80\x80", blank}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const size_t length = strlen(table[i].character);
        if ((size_t)(l->end - l->at) >= length && memcmp(l->at, table[i].character, length) == 0)
            reader_fail(l->reader, span_here(l), "this is a typographic %s", table[i].what);
    }
}

static void lex_operator(lexer *l) {
    static const char *const operators[] = {
        "**=", "//=", ">>=", "<<=", "...", "->", ":=", "==", "!=", "<=", ">=", "+=",
        "-=",  "*=",  "/=",  "%=",  "@=",  "&=", "|=", "^=", "**", "//", "<<", ">>",
        "(",   ")",   "[",   "]",   "{",   "}",  ",",  ":",  ".",  "=",  ";",  "+",
        "-",   "*",   "/",   "%",   "@",   "&",  "|",  "^",  "~",  "<",  ">"};
    const char *start = l->at;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i][0] != *start)
            continue;
        const size_t n = strlen(operators[i]);
        if ((size_t)(l->end - start) >= n && memcmp(start, operators[i], n) == 0) {
            l->at += n;
            add(l, TOKEN_OPERATOR, start, span_of(l, start, l->at));
            return;
        }
    }
    const unsigned char byte = (unsigned char)*start;
    refuse_typographic(l);
    if (byte >= 0x80)
        reader_fail(l->reader, span_here(l),
                    "only plain letters may stand in names; others belong in "
                    "comments and strings");
    if (byte < 0x20 || byte == 0x7F)
        refuse_byte(l);
    reader_fail(l->reader, span_here(l), "'%c' has no meaning here", byte);
}

/* How far above is the same wherever the lines were taken from. */
static _Noreturn void refuse_closing(lexer *l, const token *t, char opening) {
    const size_t above = t->where.line - l->opened[l->open_count].line;
    if (above)
        reader_fail(l->reader, t->where,
                    "'%c' does not close the '%c' that was opened %zu %s above", *t->start, opening,
                    above, above == 1 ? "line" : "lines");
    reader_fail(l->reader, t->where, "'%c' does not close the '%c' that was opened in this line",
                *t->start, opening);
}

static void track_bracket(lexer *l) {
    const token *t = &l->tokens[l->count - 1];
    if (t->kind != TOKEN_OPERATOR || t->length != 1)
        return;
    const char *kinds = "([{)]}", *kind = strchr(kinds, *t->start);
    if (!kind)
        return;
    if (kind - kinds < 3) {
        if (l->open_count == MAX_NESTING)
            reader_fail(l->reader, t->where, "brackets are nested more than %d deep", MAX_NESTING);
        l->opened[l->open_count] = t->where;
        l->open[l->open_count++] = kind[3];
        return;
    }
    if (l->open_count == 0)
        reader_fail(l->reader, t->where, "'%c' closes nothing", *kind);
    const char wanted = l->open[--l->open_count];
    if (wanted != *kind)
        refuse_closing(l, t, strchr(kinds, wanted)[-3]);
}

/* A backslash at the end of a line goes on with it, where there is another. */
static bool skip_continuation(lexer *l) {
    if (peek(l, 0) != '\\' || peek(l, 1) != '\n')
        return false;
    if (l->end - l->at == 2)
        reader_fail(l->reader, span_here(l), "a backslash continues a line, but no other follows");
    l->at += 2;
    new_line(l);
    return true;
}

/* What is continued has the indentation of its first line. */
static indentation read_indentation(lexer *l) {
    indentation in = {0}, first = {0};
    for (;; l->at++) {
        while (skip_continuation(l))
            first = first.width ? first : (indentation){in.width, in.width};
        const char c = peek(l, 0);
        if (c == ' ')
            in = (indentation){in.width + 1, in.characters + 1};
        else if (c == '\t')
            in = (indentation){in.width / 8 * 8 + 8, in.characters + 1};
        else if (c == '\f')
            in = (indentation){0};
        else
            return first.width ? first : in;
    }
}

static _Noreturn void refuse_tabs(lexer *l) {
    reader_fail(l->reader, span_here(l),
                "TabError: this line is indented by tabs and spaces in another way than the block "
                "around it: indent by spaces alone");
}

/* At the start of a line: its indentation against that of the blocks. */
static void lex_indentation(lexer *l) {
    const indentation in = read_indentation(l);
    const indentation *block = &l->indent[l->indent_count - 1];
    const char c = peek(l, 0);
    if (c == '#' || c == '\n' || l->at == l->end)
        return; /* a blank line belongs to any block */
    if (in.width > block->width) {
        if (l->indent_count == MAX_NESTING)
            reader_fail(l->reader, span_here(l), "blocks are nested more than %d deep",
                        MAX_NESTING);
        if (in.characters <= block->characters)
            refuse_tabs(l);
        l->indent[l->indent_count++] = in;
        add(l, TOKEN_INDENT, l->at, span_here(l));
        return;
    }
    for (; in.width < block->width; block--) {
        l->indent_count--;
        add(l, TOKEN_DEDENT, l->at, span_here(l));
    }
    if (in.width != block->width)
        reader_fail(l->reader, span_here(l), "this indentation matches no block above");
    if (in.characters != block->characters)
        refuse_tabs(l);
}

static bool is_string_prefix(const lexer *l, size_t *length) {
    size_t n = 0;
    while (n < 2 && peek(l, n) && strchr("rRbBfFuU", peek(l, n)))
        n++;
    *length = n;
    return n > 0 && (peek(l, n) == '"' || peek(l, n) == '\'');
}

/* r, u, f, b, rf, fr, rb and br; the prefix stays in the token. */
static void lex_prefixed_string(lexer *l, size_t length) {
    const char *start = l->at, first = *start, second = length == 2 ? start[1] : '\0';
    const bool two = second && (strchr("rR", first) != NULL) != (strchr("rR", second) != NULL);
    if (second && (!two || strchr("uU", first) || strchr("uU", second)))
        reader_fail(l->reader, span_of(l, start, start + length), "'%.*s' is no prefix of a string",
                    (int)length, start);
    l->at += length;
    lex_string(l, start);
}

static void end_line(lexer *l) {
    const bool has_content = l->count && l->tokens[l->count - 1].kind != TOKEN_NEWLINE &&
                             l->tokens[l->count - 1].kind != TOKEN_INDENT &&
                             l->tokens[l->count - 1].kind != TOKEN_DEDENT;
    const char *start = l->at;
    if (has_content && l->open_count == 0 && !l->inside)
        add(l, TOKEN_NEWLINE, start, span_of(l, start, start));
}

/* One token, or the space before it. */
static void lex_next(lexer *l) {
    const char c = *l->at;
    size_t prefix;
    if (c == '\n') {
        end_line(l);
        l->at++;
        new_line(l);
        if (l->open_count == 0 && !l->inside)
            lex_indentation(l);
    } else if (c == '#') {
        if (l->inside && !l->literal)
            reader_fail(l->reader, span_here(l),
                        "a comment cannot stand in the braces of an f-string");
        while (l->at < l->end && *l->at != '\n')
            l->at++;
    } else if (c == ' ' || c == '\t' || c == '\f') {
        l->at++;
    } else if (skip_continuation(l)) {
        return;
    } else if (is_string_prefix(l, &prefix)) {
        lex_prefixed_string(l, prefix);
    } else if (is_name_start(c)) {
        lex_name(l);
    } else if (is_digit(c) || (c == '.' && is_digit(peek(l, 1)))) {
        lex_number(l);
    } else if (c == '"' || c == '\'') {
        lex_string(l, l->at);
    } else if (c == '?' && l->literal) {
        l->at++;
        add(l, TOKEN_OPERATOR, l->at - 1, span_of(l, l->at - 1, l->at));
    } else {
        lex_operator(l);
        track_bracket(l);
    }
}

static token *finish(lexer *l, size_t *count) {
    while (l->at < l->end)
        lex_next(l);
    if (l->open_count)
        reader_fail(l->reader, l->opened[l->open_count - 1], "this bracket is never closed");
    end_line(l);
    for (; l->indent_count > 1; l->indent_count--)
        add(l, TOKEN_DEDENT, l->at, span_here(l));
    add(l, TOKEN_END, l->at, span_here(l));
    *count = l->count - 1;
    return l->tokens;
}

token *lex(reader *r, const char *text, size_t length, size_t line, size_t *count) {
    lexer l = {.reader = r,
               .at = text,
               .end = text + length,
               .line = line,
               .mark = text,
               .mark_column = 1,
               .indent_count = 1};
    check_encoding(r, text, length, line);
    l.mark = l.at += text_mark_length(text, length);
    lex_indentation(&l);
    return finish(&l, count);
}

static token *lex_part(reader *r, const char *text, size_t length, mlp_span where, bool literal) {
    lexer l = {.reader = r,
               .at = text,
               .end = text + length,
               .line = where.line,
               .mark = text,
               .mark_column = where.column,
               .indent_count = 1,
               .inside = true,
               .literal = literal};
    size_t count;
    return finish(&l, &count);
}

token *lex_inside(reader *r, const char *text, size_t length, mlp_span where) {
    return lex_part(r, text, length, where, false);
}

token *lex_literal(reader *r, const char *text, size_t length, mlp_span where) {
    return lex_part(r, text, length, where, true);
}
