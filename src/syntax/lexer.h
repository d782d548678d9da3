/* Text to tokens, as Python's tokenizer splits it: line structure included. */
#ifndef MLPSTEP_SYNTAX_LEXER_H
#define MLPSTEP_SYNTAX_LEXER_H

#include "base/reader.h"

typedef enum token_kind {
    TOKEN_NAME,
    TOKEN_KEYWORD,
    TOKEN_INTEGER,
    TOKEN_FLOAT,
    TOKEN_STRING,
    TOKEN_OPERATOR,
    TOKEN_NEWLINE,
    TOKEN_INDENT,
    TOKEN_DEDENT,
    TOKEN_END
} token_kind;

typedef struct token {
    token_kind kind;
    const char *start; /* in the source */
    size_t length;     /* in bytes */
    mlp_span where;
} token;

/* Deeper brackets or blocks than this are refused. */
enum {
    MAX_NESTING = 100
};

/* The tokens of the text, whose first line has that number, ended by TOKEN_END; *count does not
 * include it. */
token *lex(reader *r, const char *text, size_t length, size_t line, size_t *count);
/* The tokens of an expression in the braces of an f-string, which begins at `where`. */
token *lex_inside(reader *r, const char *text, size_t length, mlp_span where);
/* The tokens of a value as a sheet of answers has it, where ? may stand for a number. */
token *lex_literal(reader *r, const char *text, size_t length, mlp_span where);

/* Of a token that is a name, a keyword or an operator: one that is none may begin where the text
 * ends. */
bool token_reads(const token *t, const char *text);

/* Most are something else from the first character on. */
static inline bool token_is(const token *t, const char *text) {
    const bool is_word =
        t->kind == TOKEN_OPERATOR || t->kind == TOKEN_NAME || t->kind == TOKEN_KEYWORD;
    return is_word && *t->start == *text && token_reads(t, text);
}

#endif
