/* Definitions: functions and classes. */
#include "parser.h"

/* What the parameters of a def have been so far. */
typedef struct {
    node *define, **tail;
    bool is_lambda;    /* no annotations, and a colon ends them */
    bool has_defaults; /* among those by position */
    bool has_rest;     /* *name, or a * alone */
    bool is_bare;      /* a * alone, behind which a name is still to come */
} parameters;

static bool ends_parameters(const parser *p, const parameters *all) {
    return token_is(p->at, all->is_lambda ? ":" : ")");
}

static node *parse_parameter_name(parser *p, parameters *all, parameter_kind kind) {
    node *n = parser_node(p, NODE_PARAMETER, p->at);
    n->parameter = kind;
    n->name = parser_name(p, "the name of a parameter");
    if (map_find(&all->define->assigned, n->name))
        reader_fail(p->reader, n->where, "two parameters are named '%s'", n->name);
    parser_check_bindable(p, n->name, n->where);
    parser_put_name(p, &all->define->assigned, n->name);
    if (!all->is_lambda && parser_accept(p, ":"))
        n->right = parse_expression(p);
    all->tail = parser_append(all->tail, n);
    all->define->count++;
    return n;
}

/* name: annotation = default */
static void parse_parameter(parser *p, parameters *all) {
    node *n = parse_parameter_name(p, all, all->has_rest ? PARAMETER_KEYWORD_ONLY : PARAMETER_ANY);
    all->is_bare = false;
    if (parser_accept(p, "="))
        n->left = parse_expression(p);
    if (all->has_rest)
        return;
    if (all->has_defaults && !n->left)
        reader_fail(p->reader, n->where,
                    "a parameter without a default cannot follow one with a default");
    all->has_defaults |= n->left != NULL;
}

/* A * alone, or *name. */
static void parse_rest(parser *p, parameters *all) {
    if (all->has_rest)
        reader_fail(p->reader, p->at->where, "only one '*' can stand among parameters");
    p->at++;
    all->has_rest = true;
    all->is_bare = token_is(p->at, ",");
    if (!all->is_bare)
        parse_parameter_name(p, all, PARAMETER_REST);
}

/* Those before it are taken by position alone. */
static void parse_slash(parser *p, const parameters *all) {
    if (all->has_rest || !all->define->items ||
        all->define->items->parameter == PARAMETER_POSITIONAL_ONLY)
        reader_fail(p->reader, p->at->where, "'/' stands once, behind a parameter and before '*'");
    for (node *n = all->define->items; n; n = n->next)
        n->parameter = PARAMETER_POSITIONAL_ONLY;
    p->at++;
}

static void parse_parameters(parser *p, node *define) {
    parameters all = {
        .define = define, .tail = &define->items, .is_lambda = define->kind == NODE_LAMBDA};
    while (!ends_parameters(p, &all)) {
        bool is_last = false;
        if (token_is(p->at, "*")) {
            parse_rest(p, &all);
        } else if (token_is(p->at, "/")) {
            parse_slash(p, &all);
        } else if (parser_accept(p, "**")) {
            parse_parameter_name(p, &all, PARAMETER_KEYWORDS);
            is_last = true;
        } else {
            parse_parameter(p, &all);
        }
        if (ends_parameters(p, &all))
            break;
        parser_expect(p, ",", all.is_lambda ? "',' or ':'" : "',' or ')'");
        if (is_last && !ends_parameters(p, &all))
            reader_fail(p->reader, p->at->where, "nothing can follow the '**' of a parameter");
    }
    if (all.is_bare)
        reader_fail(p->reader, p->at->where, "a named parameter must follow the '*'");
}

/* What a lambda returns. */
static node *parse_value(parser *p) {
    node *n = parser_node(p, NODE_RETURN, p->at);
    n->left = parse_expression(p);
    return n;
}

/* The body of a def, of a lambda or, define being NULL, of a class. */
static node *parse_body(parser *p, node *define) {
    const parser around = *p;
    map used = {0};
    p->define = p->function = define;
    p->used = &used;
    p->loops = p->with = p->yields = 0;
    p->shows = false;
    node *body = define && define->kind == NODE_LAMBDA ? parse_value(p) : parse_block(p);
    if (define)
        define->is_generator = p->yields > 0;
    p->define = around.define;
    p->function = around.function;
    p->used = around.used;
    p->yields = around.yields;
    p->loops = around.loops;
    p->with = around.with;
    p->shows = around.shows;
    return body;
}

node *parse_define(parser *p) {
    node *n = parser_node(p, NODE_DEFINE, p->at++);
    n->where = p->at->where;
    n->name = parser_name(p, "the name of the function");
    parser_bind(p, n->name, n->where);
    parser_expect(p, "(", "'('");
    parse_parameters(p, n);
    p->at++;
    if (parser_accept(p, "->"))
        n->right = parse_expression(p);
    n->body = parse_body(p, n);
    return n;
}

node *parse_lambda(parser *p) {
    parser_enter(p);
    node *n = parser_node(p, NODE_LAMBDA, p->at++);
    n->name = "<lambda>";
    parse_parameters(p, n);
    parser_expect(p, ":", "':'");
    n->body = parse_body(p, n);
    n->last = p->at - 1;
    p->depth--;
    return n;
}

/* metaclass=ABCMeta is what deriving from ABC does. */
static node *parse_class_keyword(parser *p) {
    if (token_is(p->at, "metaclass"))
        reader_fail(p->reader, p->at->where,
                    "a metaclass is outside the subset: derive from abc.ABC in the place of "
                    "metaclass=ABCMeta");
    node *n = parser_node(p, NODE_KEYWORD, p->at);
    n->name = parser_name(p, "a keyword");
    parser_expect(p, "=", "'='");
    n->left = parse_expression(p);
    return n;
}

/* Bases and keywords, with a comma behind the last one or not. */
static void parse_bases(parser *p, node *n) {
    node **tail = &n->right, **bases = &n->items;
    do {
        if (token_is(p->at, ")"))
            break;
        if (p->at->kind == TOKEN_NAME && token_is(p->at + 1, "=")) {
            tail = parser_append(tail, parse_class_keyword(p));
            continue;
        }
        bases = parser_append(bases, parse_expression(p));
        n->count++;
    } while (parser_accept(p, ","));
    parser_expect(p, ")", "')'");
}

node *parse_class(parser *p) {
    node *n = parser_node(p, NODE_CLASS, p->at++);
    n->where = p->at->where;
    n->name = parser_name(p, "the name of the class");
    parser_bind(p, n->name, n->where);
    if (parser_accept(p, "("))
        parse_bases(p, n);
    n->body = parse_body(p, NULL);
    return n;
}

/* @expression above a def or a class, once or several times. */
node *parse_decorated(parser *p) {
    node *decorators = NULL, **tail = &decorators;
    while (parser_accept(p, "@")) {
        tail = parser_append(tail, parse_expression(p));
        parser_end_statement(p);
    }
    if (!token_is(p->at, "def") && !token_is(p->at, "class"))
        parser_fail(p, "a def or a class behind its decorators");
    node *n = token_is(p->at, "def") ? parse_define(p) : parse_class(p);
    n->left = decorators;
    return n;
}
