/* What stands in brackets: tuples, lists, sets and dicts, written out or as comprehensions. */
#include "parser.h"

/* Expressions up to `close`; *comma tells whether there was one. */
static void parse_items(parser *p, node *n, const char *close, bool *comma) {
    node **tail = &n->items;
    *comma = false;
    while (!token_is(p->at, close)) {
        tail = parser_append(tail, parse_item(p));
        n->count++;
        if (token_is(p->at, close) || token_is(p->at, "for"))
            break;
        parser_expect(p, ",", close[0] == ']' ? "',' or ']'" : "',' or ')'");
        *comma = true;
    }
}

/* Whether the one element that was read is that of a comprehension. */
static bool is_comprehension(parser *p, const node *n) {
    if (!token_is(p->at, "for"))
        return false;
    if (n->count != 1)
        reader_fail(p->reader, n->where,
                    "the element of a comprehension is one expression: put the tuple in brackets");
    return true;
}

node *parse_parenthesis(parser *p) {
    const token *first = p->at++;
    node *n = parser_node(p, NODE_TUPLE, first);
    bool comma;
    parse_items(p, n, ")", &comma);
    if (is_comprehension(p, n))
        n = parse_comprehension(p, n->items, first, NODE_COMPREHENSION);
    n->last = p->at;
    parser_expect(p, ")", "')'");
    if (n->kind != NODE_TUPLE || n->count != 1 || comma)
        return n;
    if (n->items->kind == NODE_STAR)
        reader_fail(p->reader, n->items->where, "'*' stands in a tuple: put a comma behind it");
    n->items->first = n->first; /* only grouped: the text keeps its parentheses */
    n->items->last = n->last;
    return n->items;
}

node *parse_list(parser *p) {
    const token *first = p->at++;
    node *n = parser_node(p, NODE_LIST, first);
    bool comma;
    parse_items(p, n, "]", &comma);
    if (is_comprehension(p, n))
        n = parse_comprehension(p, n->items, first, NODE_LIST);
    n->last = p->at;
    parser_expect(p, "]", "']'");
    return n;
}

/* key: value, or **dict; of a set an element. */
static node *parse_entry(parser *p, node_kind *kind) {
    const token *first = p->at;
    if (parser_accept(p, "**")) {
        node *n = parser_node(p, NODE_DOUBLE_STAR, first);
        n->left = parse_or(p);
        n->last = n->left->last;
        *kind = NODE_DICT;
        return n;
    }
    node *left = parse_item(p);
    *kind = token_is(p->at, ":") && left->kind != NODE_STAR ? NODE_DICT : NODE_SET;
    if (*kind == NODE_SET)
        return left;
    p->at++;
    node *pair = parser_node(p, NODE_PAIR, first);
    pair->left = left;
    pair->right = parse_expression(p);
    pair->last = pair->right->last;
    return pair;
}

node *parse_braces(parser *p) {
    const token *first = p->at++;
    node *n = parser_node(p, NODE_DICT, first), **tail = &n->items;
    while (!token_is(p->at, "}")) {
        node_kind kind;
        const mlp_span where = p->at->where;
        tail = parser_append(tail, parse_entry(p, &kind));
        if (n->count++ > 0 && kind != n->kind)
            reader_fail(p->reader, where, "a dict has 'key: value' throughout, a set has none");
        n->kind = kind;
        if (token_is(p->at, "for") && n->items->kind != NODE_DOUBLE_STAR) {
            if (is_comprehension(p, n))
                n = parse_comprehension(p, n->items, first, kind);
            break;
        }
        if (!parser_accept(p, ",") && !token_is(p->at, "}"))
            parser_fail(p, "',' or '}'");
    }
    n->last = p->at;
    parser_expect(p, "}", "'}'");
    return n;
}

/* for left in right if ... if ...; the names on the left are the comprehension's. */
static node *parse_clause(parser *p, node *comprehension, parser *around) {
    node *n = parser_node(p, NODE_CLAUSE, p->at), **tail = &n->items;
    const bool is_first = comprehension->items == NULL;
    parser_expect(p, "for", "'for'");
    n->left = parse_targets(p);
    parser_target(p, n->left);
    parser_expect(p, "in", "'in'");
    p->define = is_first ? around->define : comprehension; /* what it goes through is not inside */
    n->right = parse_or(p);
    p->define = comprehension;
    while (parser_accept(p, "if")) {
        tail = parser_append(tail, parse_or(p));
        n->count++;
    }
    return n;
}

node *parse_comprehension(parser *p, node *element, const token *first, node_kind makes) {
    parser around = *p;
    map used = {0};
    node *n = parser_node(p, NODE_COMPREHENSION, first), **tail = &n->items;
    if (element->kind == NODE_STAR)
        reader_fail(p->reader, element->where,
                    "'*' cannot stand in a comprehension: go through it with another 'for'");
    n->makes = makes;
    n->left = element;
    p->define = n;
    p->used = &used;
    while (token_is(p->at, "for")) {
        tail = parser_append(tail, parse_clause(p, n, &around));
        n->count++;
    }
    p->define = around.define;
    p->used = around.used;
    n->last = p->at - 1;
    return n;
}
