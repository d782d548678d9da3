/* Expressions as text, for names and messages. */
#include "ast.h"

#include "base/text.h"

#include <string.h>

mlp_span node_span(const node *n) {
    mlp_span where = n->where;
    where.column = n->first->where.column;
    where.line = n->first->where.line;
    where.width = n->first->where.width;
    if (n->last->where.line == where.line)
        where.width = n->last->where.column + n->last->where.width - where.column;
    return where;
}

/* Bytes that the text of a token may be shown as: four where \x1b stands for one. Only a string may
 * hold what is not shown as it is. */
static size_t most_shown(const token *t) {
    return t->kind == TOKEN_STRING ? 4 * t->length : t->length;
}

static char *append_shown(char *to, const token *t) {
    if (t->kind != TOKEN_STRING) {
        memcpy(to, t->start, t->length);
        return to + t->length;
    }
    for (size_t i = 0; i < t->length; to += strlen(to))
        i += text_show(t->start + i, t->length - i, to);
    return to;
}

static bool is_one_of(const token *t, const char *const *texts) {
    for (; *texts; texts++)
        if (**texts == *t->start && token_is(t, *texts))
            return true;
    return false;
}

/* Whether an operand ends here, so that a sign behind it is a binary operator. */
static bool ends_operand(const token *t) {
    static const char *const ends[] = {")", "]", "}", "True", "False", "None", NULL};
    return t->kind == TOKEN_NAME || t->kind == TOKEN_INTEGER || t->kind == TOKEN_FLOAT ||
           t->kind == TOKEN_STRING || is_one_of(t, ends);
}

/* Operators that stand between spaces: a sign after an operand, and those that are never one.
 * An = in brackets names an argument. */
static bool is_spaced(const token *t, const token *before) {
    static const char *const always[] = {
        "/", "//", "%", "**", "@", "==", "!=", "<", "<=", ">", ">=", NULL};
    static const char *const signs[] = {"+", "-", "*", NULL};
    return is_one_of(t, always) || (before && is_one_of(t, signs) && ends_operand(before));
}

static bool is_word(const token *t) {
    return t->kind == TOKEN_NAME || t->kind == TOKEN_KEYWORD || t->kind == TOKEN_INTEGER ||
           t->kind == TOKEN_FLOAT || t->kind == TOKEN_STRING;
}

static bool is_keyword_operator(const token *t) {
    static const char *const words[] = {"and", "or", "not", "in", "is", "if", "else", NULL};
    return is_one_of(t, words);
}

/* Whether a space stands between two tokens; `earlier` is the one before them, or NULL. */
static bool has_space(const token *earlier, const token *left, const token *right) {
    static const char *const openers[] = {"(", "[", "{", NULL};
    static const char *const closers[] = {")", "]", "}", NULL};
    if (token_is(left, ","))
        return !is_one_of(right, closers);
    if (is_spaced(right, left) || is_spaced(left, earlier))
        return true;
    if (is_keyword_operator(left) || is_keyword_operator(right))
        return !is_one_of(left, openers) && !token_is(left, "=");
    return is_word(left) && is_word(right);
}

static const char *write_text(reader *r, const node *expression) {
    const token *earlier = NULL, *before = NULL;
    size_t length = TEXT_SHOWN;
    for (const token *t = expression->first; t <= expression->last; t++)
        length += most_shown(t) + 1;
    char *text = reader_alloc(r, length, 1), *to = text;
    for (const token *t = expression->first; t <= expression->last; t++) {
        if (t->kind == TOKEN_NEWLINE)
            continue;
        if (token_is(t, "self") && t < expression->last && token_is(t + 1, ".")) {
            t++;
            continue;
        }
        if (before && has_space(earlier, before, t))
            *to++ = ' ';
        earlier = before;
        before = t;
        to = append_shown(to, t);
    }
    return text;
}

/* A loop asks for the same text in every round. */
const char *node_text(reader *r, const node *expression) {
    if (!expression->text)
        ((node *)expression)->text = write_text(r, expression);
    return expression->text;
}
