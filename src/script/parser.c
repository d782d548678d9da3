#include "ast.h"

#include "tensor/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    script *s;
    const token *at;
    size_t depth;
    map *assigned; /* of the def around; NULL at the top level and in a class */
} parser;

static node *parse_expression(parser *p);
static node *parse_block(parser *p);

static _Noreturn void fail_here(parser *p, const char *expected) {
    const token *t = p->at;
    switch (t->kind) {
    case TOKEN_NEWLINE:
    case TOKEN_END:
        script_fail(p->s, t->where, "expected %s before the end of the line", expected);
    case TOKEN_INDENT:
        script_fail(p->s, t->where, "this line is indented, but no block begins above it");
    case TOKEN_DEDENT:
        script_fail(p->s, t->where, "expected %s before the end of the block", expected);
    default:
        script_fail(p->s, t->where, "expected %s, not '%.*s'", expected,
                    (int)(t->length < 40 ? t->length : 40), t->start);
    }
}

static bool accept(parser *p, const char *text) {
    if (!token_is(p->at, text))
        return false;
    p->at++;
    return true;
}

static void expect(parser *p, const char *text, const char *expected) {
    if (!accept(p, text))
        fail_here(p, expected);
}

static node *new_node(parser *p, node_kind kind, const token *first) {
    node *n = script_alloc(p->s, 1, sizeof *n);
    n->kind = kind;
    n->where = first->where;
    n->first = n->last = first;
    return n;
}

/* Appends to a list whose end is *tail; returns the new end. */
static node **append(node **tail, node *item) {
    *tail = item;
    return &item->next;
}

static const char *expect_name(parser *p, const char *expected) {
    if (p->at->kind != TOKEN_NAME)
        fail_here(p, expected);
    const token *t = p->at++;
    return script_copy(p->s, t->start, t->length);
}

/* The name belongs to the def around. */
static void bind(parser *p, const char *name) {
    if (p->assigned && !map_put(p->assigned, p->s->arena, name, p))
        script_out_of_memory(p->s);
}

static void enter(parser *p) {
    if (++p->depth > MAX_NESTING)
        script_fail(p->s, p->at->where, "expressions are nested more than %d deep", MAX_NESTING);
}

/* --- expressions --- */

/* The digits without underscores, for strtod and strtoll. */
static char *digits_of(parser *p, const token *t) {
    char *text = script_copy(p->s, t->start, t->length), *to = text;
    for (const char *from = text; *from; from++)
        if (*from != '_')
            *to++ = *from;
    *to = '\0';
    return text;
}

static node *parse_number(parser *p) {
    const token *t = p->at++;
    node *n = new_node(p, t->kind == TOKEN_INTEGER ? NODE_INTEGER : NODE_FLOAT, t);
    const char *digits = digits_of(p, t);
    if (n->kind == NODE_FLOAT) {
        n->number = strtod(digits, NULL);
        return n;
    }
    errno = 0;
    n->integer = strtoll(digits, NULL, 10);
    if (errno)
        script_fail(p->s, t->where, "whole numbers beyond 64 bits are not supported");
    return n;
}

static char escape(char c) {
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case '0':
        return '\0';
    default:
        return c;
    }
}

static void append_string(parser *p, const token *t, char *to) {
    const char *from = t->start, *end = t->start + t->length;
    const bool raw = *from == 'r' || *from == 'R';
    from += *from != '"' && *from != '\'';
    const size_t quotes = t->length >= 6 && from[1] == *from && from[2] == *from ? 3 : 1;
    from += quotes;
    end -= quotes;
    to += strlen(to);
    for (; from < end; from++) {
        if (*from != '\\' || raw) {
            *to++ = *from;
        } else if (*++from == '\n') {
            continue;
        } else if (strchr("\\'\"ntr", *from)) {
            *to++ = escape(*from);
        } else {
            script_fail(p->s, t->where,
                        "the escape '\\%c' is not supported: write \\\\ for a "
                        "backslash",
                        *from);
        }
    }
    *to = '\0';
}

/* Neighbouring strings are one. */
static node *parse_string(parser *p) {
    node *n = new_node(p, NODE_STRING, p->at);
    size_t length = 1;
    for (const token *t = p->at; t->kind == TOKEN_STRING; t++)
        length += t->length;
    char *text = script_alloc(p->s, length, 1);
    for (; p->at->kind == TOKEN_STRING; p->at++)
        append_string(p, p->at, text);
    n->last = p->at - 1;
    n->name = text;
    return n;
}

/* Expressions up to `close`; *comma tells whether there was one. */
static void parse_items(parser *p, node *n, const char *close, bool *comma) {
    node **tail = &n->items;
    *comma = false;
    while (!token_is(p->at, close)) {
        tail = append(tail, parse_expression(p));
        n->count++;
        if (token_is(p->at, close))
            break;
        if (token_is(p->at, "for"))
            script_fail(p->s, p->at->where,
                        "comprehensions are outside the subset: write the "
                        "elements out");
        expect(p, ",", close[0] == ']' ? "',' or ']'" : "',' or ')'");
        *comma = true;
    }
    n->last = p->at++;
}

static node *parse_parenthesis(parser *p) {
    node *n = new_node(p, NODE_TUPLE, p->at++);
    bool comma;
    parse_items(p, n, ")", &comma);
    if (n->count != 1 || comma)
        return n;
    n->items->first = n->first; /* only grouped: the text keeps its parentheses */
    n->items->last = n->last;
    return n->items;
}

static node *parse_atom(parser *p) {
    const token *t = p->at;
    static const struct {
        const char *word;
        node_kind kind;
    } constants[] = {{"None", NODE_NONE}, {"True", NODE_TRUE}, {"False", NODE_FALSE}};
    for (size_t i = 0; i < 3; i++)
        if (accept(p, constants[i].word))
            return new_node(p, constants[i].kind, t);
    switch (t->kind) {
    case TOKEN_NAME: {
        node *n = new_node(p, NODE_NAME, t);
        n->name = expect_name(p, "a name");
        return n;
    }
    case TOKEN_INTEGER:
    case TOKEN_FLOAT:
        return parse_number(p);
    case TOKEN_STRING:
        return parse_string(p);
    default:
        break;
    }
    if (token_is(t, "("))
        return parse_parenthesis(p);
    if (token_is(t, "[")) {
        node *n = new_node(p, NODE_LIST, p->at++);
        bool comma;
        parse_items(p, n, "]", &comma);
        return n;
    }
    if (token_is(t, "{"))
        script_fail(
            p->s, t->where,
            "dictionaries and sets are outside the subset: give each value a name of its own");
    if (token_is(t, "lambda") || token_is(t, "not") || token_is(t, "await") || token_is(t, "yield"))
        script_fail(p->s, t->where, "'%.*s' is outside the subset: write a def and call it",
                    (int)t->length, t->start);
    fail_here(p, "an expression");
}

static node *parse_argument(parser *p) {
    const token *first = p->at;
    if (token_is(first, "*") || token_is(first, "**"))
        script_fail(p->s, first->where,
                    "unpacking arguments is outside the subset: write them "
                    "out");
    if (first->kind != TOKEN_NAME || !token_is(first + 1, "="))
        return parse_expression(p);
    node *n = new_node(p, NODE_KEYWORD, first);
    n->name = expect_name(p, "a name");
    p->at++;
    n->left = parse_expression(p);
    n->last = n->left->last;
    return n;
}

static node *parse_call(parser *p, node *callee) {
    node *n = new_node(p, NODE_CALL, callee->first);
    node **tail = &n->items;
    bool keyword = false;
    n->left = callee;
    p->at++;
    while (!token_is(p->at, ")")) {
        node *argument = parse_argument(p);
        if (keyword && argument->kind != NODE_KEYWORD)
            script_fail(p->s, argument->where,
                        "a positional argument cannot follow a keyword "
                        "argument");
        keyword |= argument->kind == NODE_KEYWORD;
        tail = append(tail, argument);
        n->count++;
        if (!accept(p, ",") && !token_is(p->at, ")"))
            fail_here(p, "',' or ')'");
    }
    n->last = p->at++;
    return n;
}

/* What follows an atom: calls and attributes. They are nested as deep as they are many. */
static node *parse_postfix(parser *p) {
    node *n = parse_atom(p);
    const size_t depth = p->depth;
    for (;; enter(p)) {
        if (token_is(p->at, "(")) {
            n = parse_call(p, n);
        } else if (accept(p, ".")) {
            node *attribute = new_node(p, NODE_ATTRIBUTE, n->first);
            attribute->left = n;
            attribute->last = p->at;
            attribute->where = p->at->where;
            attribute->name = expect_name(p, "the name of an attribute");
            n = attribute;
        } else if (token_is(p->at, "[")) {
            script_fail(p->s, p->at->where,
                        "indexing is outside the subset: give the part a "
                        "name of its own");
        } else {
            break;
        }
    }
    p->depth = depth;
    return n;
}

static node *parse_unary(parser *p) {
    const token *first = p->at;
    const bool plus = accept(p, "+");
    if (!plus && !accept(p, "-"))
        return parse_postfix(p);
    enter(p);
    node *n = new_node(p, plus ? NODE_PLUS : NODE_NEGATE, first);
    n->left = parse_unary(p);
    n->last = n->left->last;
    p->depth--;
    return n;
}

static node *parse_expression(parser *p) {
    enter(p);
    node *n = parse_unary(p);
    const token *t = p->at;
    static const char *const outside[] = {"+", "-",  "*",  "/",  "//", "%",   "**", "@",  "<",
                                          ">", "<=", ">=", "==", "!=", "and", "or", "&",  "|",
                                          "^", "<<", ">>", "in", "is", "if",  ":=", "not"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (token_is(t, outside[i]))
            script_fail(p->s, t->where,
                        "the operator '%s' is outside the subset: write the "
                        "number, or the torch.nn module that computes it",
                        outside[i]);
    p->depth--;
    return n;
}

/* expression {, expression}: a tuple needs no parentheses in a statement. */
static node *parse_expressions(parser *p) {
    node *first = parse_expression(p);
    if (!token_is(p->at, ","))
        return first;
    node *n = new_node(p, NODE_TUPLE, first->first);
    node **tail = append(&n->items, first);
    n->count = 1;
    while (accept(p, ",")) {
        if (p->at->kind == TOKEN_NEWLINE || token_is(p->at, "="))
            break;
        tail = append(tail, parse_expression(p));
        n->count++;
    }
    n->last = p->at - 1;
    return n;
}

/* --- statements --- */

static void end_statement(parser *p) {
    if (accept(p, ";")) {
        if (p->at->kind == TOKEN_NEWLINE)
            p->at++;
        return;
    }
    if (p->at->kind == TOKEN_NEWLINE)
        p->at++;
    else if (p->at->kind != TOKEN_END)
        fail_here(p, "the end of the statement");
}

static const char *parse_path(parser *p) {
    const char *path = expect_name(p, "the name of a module");
    while (accept(p, "."))
        path = script_printf(p->s, "%s.%s", path, expect_name(p, "the name of a module"));
    return path;
}

/* import a.b as c, ...: without `as` the first part of the path is bound. */
static node *parse_import(parser *p) {
    node *n = NULL, **tail = &n;
    p->at++;
    do {
        node *import = new_node(p, NODE_IMPORT, p->at);
        import->path = parse_path(p);
        import->last = p->at - 1;
        if (accept(p, "as"))
            import->name = expect_name(p, "a name");
        bind(p, import->name ? import->name
                             : script_copy(p->s, import->path, strcspn(import->path, ".")));
        tail = append(tail, import);
    } while (accept(p, ","));
    end_statement(p);
    return n;
}

static node *parse_from(parser *p) {
    node *n = new_node(p, NODE_FROM, p->at++), **tail = &n->items;
    n->path = parse_path(p);
    expect(p, "import", "'import'");
    if (token_is(p->at, "*"))
        script_fail(p->s, p->at->where, "import * is outside the subset: name what you import");
    const bool parenthesis = accept(p, "(");
    do {
        if (parenthesis && token_is(p->at, ")"))
            break;
        node *import = new_node(p, NODE_IMPORT, p->at);
        import->name = expect_name(p, "the name of what to import");
        import->path = script_printf(p->s, "%s.%s", n->path, import->name);
        if (accept(p, "as"))
            import->name = expect_name(p, "a name");
        bind(p, import->name);
        tail = append(tail, import);
    } while (accept(p, ","));
    if (parenthesis)
        expect(p, ")", "')'");
    end_statement(p);
    return n;
}

static void check_target(parser *p, const node *target) {
    if (target->kind == NODE_TUPLE || target->kind == NODE_LIST) {
        for (const node *item = target->items; item; item = item->next)
            check_target(p, item);
        return;
    }
    if (target->kind != NODE_NAME && target->kind != NODE_ATTRIBUTE)
        script_fail(p->s, target->where,
                    "only a name, an attribute or a tuple of them can be "
                    "assigned to");
    if (target->kind == NODE_NAME)
        bind(p, target->name);
}

static node *parse_simple(parser *p) {
    node *value = parse_expressions(p);
    if (p->at->kind == TOKEN_OPERATOR && p->at->length >= 2 &&
        p->at->start[p->at->length - 1] == '=')
        script_fail(p->s, p->at->where,
                    "'%.*s' is outside the subset: parameters are updated by "
                    "step() of torch.optim.SGD",
                    (int)p->at->length, p->at->start);
    if (token_is(p->at, ":"))
        script_fail(p->s, p->at->where,
                    "annotated variables are outside the subset: write "
                    "name = value");
    if (!token_is(p->at, "=")) {
        node *n = new_node(p, NODE_EXPRESSION, value->first);
        n->left = value;
        end_statement(p);
        return n;
    }
    node *n = new_node(p, NODE_ASSIGN, value->first), **tail = &n->items;
    while (accept(p, "=")) {
        check_target(p, value);
        tail = append(tail, value);
        value = parse_expressions(p);
    }
    n->left = value;
    end_statement(p);
    return n;
}

static node *parse_parameters(parser *p, node *define) {
    node **tail = &define->items;
    bool defaults = false;
    expect(p, "(", "'('");
    while (!token_is(p->at, ")")) {
        if (token_is(p->at, "*") || token_is(p->at, "**"))
            script_fail(p->s, p->at->where,
                        "*args, **kwargs and keyword-only parameters are "
                        "outside the subset");
        node *parameter = new_node(p, NODE_PARAMETER, p->at);
        parameter->name = expect_name(p, "the name of a parameter");
        if (map_find(&define->assigned, parameter->name))
            script_fail(p->s, parameter->where, "two parameters are named '%s'", parameter->name);
        if (!map_put(&define->assigned, p->s->arena, parameter->name, define))
            script_out_of_memory(p->s);
        if (accept(p, ":"))
            parse_expression(p); /* annotations mean nothing to a run */
        if (accept(p, "="))
            parameter->left = parse_expression(p);
        if (defaults && !parameter->left)
            script_fail(p->s, parameter->where,
                        "a parameter without a default cannot follow one "
                        "with a default");
        defaults |= parameter->left != NULL;
        tail = append(tail, parameter);
        define->count++;
        if (!accept(p, ",") && !token_is(p->at, ")"))
            fail_here(p, "',' or ')'");
    }
    p->at++;
    return define;
}

static node *parse_body(parser *p, map *assigned) {
    map *around = p->assigned;
    p->assigned = assigned;
    node *body = parse_block(p);
    p->assigned = around;
    return body;
}

static node *parse_define(parser *p) {
    node *n = new_node(p, NODE_DEFINE, p->at++);
    n->where = p->at->where;
    n->name = expect_name(p, "the name of the function");
    bind(p, n->name);
    parse_parameters(p, n);
    if (accept(p, "->"))
        parse_expression(p);
    n->body = parse_body(p, &n->assigned);
    return n;
}

static node *parse_class(parser *p) {
    node *n = new_node(p, NODE_CLASS, p->at++);
    n->where = p->at->where;
    n->name = expect_name(p, "the name of the class");
    bind(p, n->name);
    if (accept(p, "(") && !accept(p, ")")) {
        n->left = parse_expression(p);
        if (token_is(p->at, ","))
            script_fail(p->s, p->at->where,
                        "a class of several bases is outside the subset: "
                        "derive from nn.Module alone");
        expect(p, ")", "')'");
    }
    n->body = parse_body(p, NULL);
    return n;
}

static node *parse_return(parser *p) {
    node *n = new_node(p, NODE_RETURN, p->at++);
    if (p->at->kind != TOKEN_NEWLINE && !token_is(p->at, ";"))
        n->left = parse_expressions(p);
    end_statement(p);
    return n;
}

static void refuse_statement(parser *p) {
    static const struct {
        const char *word, *instead;
    } outside[] = {
        {"for", "write the steps out one after another"},
        {"while", "write the steps out one after another"},
        {"if", "keep only the branch that runs"},
        {"with", "write its block without it"},
        {"try", "write its block without it"},
        {"assert", "leave it out"},
        {"del", "leave it out"},
        {"raise", "leave it out"},
        {"global", "pass the value as an argument"},
        {"nonlocal", "pass the value as an argument"},
        {"async", "write a plain def"},
        {"break", "loops are too"},
        {"continue", "loops are too"},
        {"else", "keep only the branch that runs"},
        {"elif", "keep only the branch that runs"},
        {"except", "write its block without it"},
        {"finally", "write its block without it"},
        {"@", "call the function without a decorator"},
    };
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (token_is(p->at, outside[i].word))
            script_fail(p->s, p->at->where, "'%s' is outside the subset: %s", outside[i].word,
                        outside[i].instead);
}

static node *parse_statement(parser *p) {
    refuse_statement(p);
    if (token_is(p->at, "import"))
        return parse_import(p);
    if (token_is(p->at, "from"))
        return parse_from(p);
    if (token_is(p->at, "def"))
        return parse_define(p);
    if (token_is(p->at, "class"))
        return parse_class(p);
    if (token_is(p->at, "return"))
        return parse_return(p);
    if (token_is(p->at, "pass")) {
        node *n = new_node(p, NODE_PASS, p->at++);
        end_statement(p);
        return n;
    }
    return parse_simple(p);
}

/* Appends a statement, which an import of several names makes a list. */
static node **append_statement(parser *p, node **tail) {
    for (*tail = parse_statement(p); *tail; tail = &(*tail)->next)
        ;
    return tail;
}

static node *parse_block(parser *p) {
    node *body = NULL, **tail = &body;
    enter(p);
    expect(p, ":", "':'");
    if (p->at->kind != TOKEN_NEWLINE) { /* def f(): return 1 */
        do
            tail = append_statement(p, tail);
        while (p->at[-1].kind == TOKEN_OPERATOR);
    } else {
        p->at++;
        if (p->at->kind != TOKEN_INDENT)
            script_fail(p->s, p->at->where, "expected an indented block");
        p->at++;
        while (p->at->kind != TOKEN_DEDENT)
            tail = append_statement(p, tail);
        p->at++;
    }
    p->depth--;
    return body;
}

node *script_parse(script *s, const char *text, size_t length) {
    size_t count;
    parser p = {.s = s, .at = script_lex(s, text, length, &count)};
    node *statements = NULL, **tail = &statements;
    while (p.at->kind != TOKEN_END)
        tail = append_statement(&p, tail);
    return statements;
}

node *script_parse_expression(script *s, const char *text, size_t length) {
    size_t count;
    parser p = {.s = s, .at = script_lex(s, text, length, &count)};
    return parse_expression(&p);
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

const char *script_text(script *s, const node *expression) {
    size_t length = 1;
    for (const token *t = expression->first; t <= expression->last; t++)
        length += t->length + 1;
    char *text = script_alloc(s, length, 1), *to = text;
    for (const token *t = expression->first; t <= expression->last; t++) {
        if (token_is(t, "self") && token_is(t + 1, ".")) {
            t++;
            continue;
        }
        if (t->kind == TOKEN_NEWLINE)
            continue;
        to = append_shown(to, t);
        if (token_is(t, ",") && t < expression->last && !token_is(t + 1, ")"))
            *to++ = ' ';
    }
    return text;
}
