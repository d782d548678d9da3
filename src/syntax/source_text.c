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

/* A string may hold anything, but the name of an entry must stay on its line. */
static char *append_shown(char *to, const token *t) {
    for (size_t i = 0, n; i < t->length; i += n ? n : 1) {
        n = t->start[i] == '\t' ? 0 : text_character_length(t->start + i, t->length - i);
        memcpy(to, n ? t->start + i : "?", n ? n : 1);
        to += n ? n : 1;
    }
    return to;
}

static bool is_one_of(const token *t, const char *const *texts) {
    for (; *texts; texts++)
        if (token_is(t, *texts))
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

const char *node_text(reader *r, const node *expression) {
    const token *earlier = NULL, *before = NULL;
    size_t length = 1;
    for (const token *t = expression->first; t <= expression->last; t++)
        length += t->length + 1;
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
