/* match. Its patterns are nodes of expressions: a name takes what is there, _ anything, a NODE_LIST
 * is a sequence, a NODE_OR one of several, a NODE_NAMED a pattern with `as`; all else is a value. */
#include "parser.h"

#include <string.h>

/* It is no reserved word: match = 3 is as good as match x: with a case below. */
bool parser_is_match(const parser *p) {
    const token *t = p->at;
    if (!token_is(t, "match"))
        return false;
    while (t->kind != TOKEN_NEWLINE && t->kind != TOKEN_END)
        t++;
    return t - p->at > 2 && token_is(t - 1, ":") && t->kind == TOKEN_NEWLINE &&
           t[1].kind == TOKEN_INDENT && token_is(t + 2, "case");
}

static node *parse_pattern(parser *p);

static node *parse_capture(parser *p) {
    node *n = parser_node(p, NODE_NAME, p->at);
    n->name = parser_name(p, "a name");
    if (strcmp(n->name, "_") != 0)
        parser_bind(p, n->name, n->where);
    return n;
}

static node *parse_pattern_item(parser *p) {
    const token *first = p->at;
    if (!parser_accept(p, "*"))
        return parse_pattern(p);
    node *n = parser_node(p, NODE_STAR, first);
    n->left = parse_capture(p);
    return n;
}

/* Patterns up to `close`; one alone is a sequence only with a comma, or in [...]. */
static node *parse_pattern_items(parser *p, const token *first, const char *close) {
    node *n = parser_node(p, NODE_LIST, first), **tail = &n->items;
    bool is_sequence = close[0] == ']', has_star = false;
    while (!token_is(p->at, close) && !token_is(p->at, "if")) {
        node *item = parse_pattern_item(p);
        if (item->kind == NODE_STAR && has_star)
            reader_fail(p->reader, item->where, "only one '*' can stand in a pattern");
        has_star |= item->kind == NODE_STAR;
        tail = parser_append(tail, item);
        n->count++;
        if (!parser_accept(p, ","))
            break;
        is_sequence = true;
    }
    return is_sequence || n->count != 1 || has_star ? n : n->items;
}

static node *parse_value_pattern(parser *p) {
    const token *first = p->at;
    const bool is_negative = parser_accept(p, "-");
    node *n = parse_postfix(p);
    if (n->kind != NODE_CONSTANT && n->kind != NODE_ATTRIBUTE)
        reader_fail(p->reader, n->where,
                    "such a pattern is outside the subset: it is a value, a name, a list of "
                    "patterns or several with | between");
    if (!is_negative)
        return n;
    node *negative = parser_node(p, NODE_NEGATE, first);
    negative->left = n;
    negative->last = n->last;
    return negative;
}

static node *parse_closed_pattern(parser *p) {
    const token *t = p->at;
    if (token_is(t, "{") || (t->kind == TOKEN_NAME && token_is(t + 1, "(")))
        reader_fail(p->reader, t->where, "%s in a pattern is outside the subset: write an if",
                    token_is(t, "{") ? "a dict" : "a class");
    if (t->kind == TOKEN_NAME && !token_is(t + 1, "."))
        return parse_capture(p);
    if (!token_is(t, "(") && !token_is(t, "["))
        return parse_value_pattern(p);
    const char *close = token_is(t, "(") ? ")" : "]";
    p->at++;
    node *n = parse_pattern_items(p, t, close);
    parser_expect(p, close, "the end of the pattern");
    return n;
}

/* pattern | pattern as name */
static node *parse_pattern(parser *p) {
    parser_enter(p);
    node *n = parse_closed_pattern(p);
    if (token_is(p->at, "|")) {
        node *several = parser_node(p, NODE_OR, n->first), **tail = &several->items;
        tail = parser_append(tail, n);
        while (parser_accept(p, "|"))
            tail = parser_append(tail, parse_closed_pattern(p));
        n = several;
    }
    if (parser_accept(p, "as")) {
        node *named = parser_node(p, NODE_NAMED, n->first);
        named->right = n;
        named->left = parse_capture(p);
        n = named;
    }
    p->depth--;
    return n;
}

static node *parse_case(parser *p) {
    node *n = parser_node(p, NODE_CASE, p->at++);
    if (token_is(p->at, ":"))
        parser_fail(p, "a pattern");
    n->left = parse_pattern_items(p, p->at, ":");
    if (parser_accept(p, "if"))
        n->test = parse_named(p);
    n->body = parse_block(p);
    return n;
}

node *parse_match(parser *p) {
    node *n = parser_node(p, NODE_MATCH, p->at++), **tail = &n->items;
    n->left = parse_expressions(p);
    n->last = n->left->last;
    p->at += 3; /* the colon, the newline and the indent */
    while (token_is(p->at, "case")) {
        node *last = parse_case(p);
        if (last->left->kind == NODE_NAME && !last->test && token_is(p->at, "case"))
            reader_fail(p->reader, last->left->where,
                        "this pattern takes everything: no case can follow it");
        tail = parser_append(tail, last);
    }
    if (p->at->kind != TOKEN_DEDENT)
        parser_fail(p, "'case'");
    p->at++;
    return n;
}
