/* Expressions, by Python's precedence: each function parses one level and calls the next. */
#include "parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- atoms --- */

/* The digits without underscores, for strtod and strtoull. */
static char *digits_of(parser *p, const token *t) {
    char *text = reader_copy(p->reader, t->start, t->length), *to = text;
    for (const char *from = text; *from; from++)
        if (*from != '_')
            *to++ = *from;
    *to = '\0';
    return text;
}

static int base_of(const char *digits) {
    const char letter = digits[0] == '0' ? digits[1] : '\0';
    if (letter == 'x' || letter == 'X')
        return 16;
    if (letter == 'o' || letter == 'O')
        return 8;
    return letter == 'b' || letter == 'B' ? 2 : 10;
}

static node *parse_number(parser *p) {
    const token *t = p->at++;
    node *n = parser_node(p, NODE_CONSTANT, t);
    const char *digits = digits_of(p, t);
    if (t->kind == TOKEN_FLOAT) {
        parser_literal(p, n, (literal){.kind = LITERAL_FLOAT, .number = strtod(digits, NULL)});
        return n;
    }
    const int base = base_of(digits);
    const char *first = base == 10 ? digits : digits + 2;
    char *end;
    errno = 0;
    const unsigned long long integer = strtoull(first, &end, base);
    if (end == first || *end)
        reader_fail(p->reader, t->where, "this is no number to the base %d", base);
    const bool is_large = errno != 0 || integer > INT64_MAX;
    parser_literal(p, n,
                   (literal){.kind = LITERAL_INTEGER,
                             .integer = integer,
                             .text = is_large ? first : NULL,
                             .base = (unsigned)base});
    return n;
}

static node *parse_constant(parser *p) {
    const token *t = p->at;
    const bool true_ = token_is(t, "True");
    if (!true_ && !token_is(t, "False") && !token_is(t, "None"))
        return NULL;
    node *n = parser_node(p, NODE_CONSTANT, t);
    parser_literal(
        p, n,
        (literal){.kind = token_is(t, "None") ? LITERAL_NONE : LITERAL_BOOL, .boolean = true_});
    p->at++;
    return n;
}

static void refuse_atom(parser *p) {
    if (token_is(p->at, "await"))
        reader_fail(p->reader, p->at->where,
                    "'await' is outside the subset: write a plain def and call it");
    if (token_is(p->at, "yield"))
        reader_fail(
            p->reader, p->at->where,
            "'yield' inside an expression is outside the subset: write x = yield ... first");
}

static node *parse_atom(parser *p) {
    const token *t = p->at;
    node *n = parse_constant(p);
    if (n)
        return n;
    switch (t->kind) {
    case TOKEN_NAME:
        n = parser_node(p, NODE_NAME, t);
        n->name = parser_name(p, "a name");
        parser_use(p, n->name);
        return n;
    case TOKEN_INTEGER:
    case TOKEN_FLOAT:
        return parse_number(p);
    case TOKEN_STRING:
        return parse_strings(p);
    default:
        break;
    }
    if (parser_accept(p, "..."))
        return parser_node(p, NODE_ELLIPSIS, t);
    if (token_is(t, "("))
        return parse_parenthesis(p);
    if (token_is(t, "["))
        return parse_list(p);
    if (token_is(t, "{"))
        return parse_braces(p);
    refuse_atom(p);
    parser_fail(p, "an expression");
}

/* --- calls, attributes, subscripts --- */

/* *list or **dict */
static node *parse_unpacked(parser *p, node_kind kind) {
    node *n = parser_node(p, kind, p->at++);
    n->left = parse_expression(p);
    n->last = n->left->last;
    return n;
}

static node *parse_argument(parser *p) {
    const token *first = p->at;
    if (token_is(first, "*") || token_is(first, "**"))
        return parse_unpacked(p, token_is(first, "*") ? NODE_STAR : NODE_DOUBLE_STAR);
    if (first->kind != TOKEN_NAME || !token_is(first + 1, "=")) {
        node *argument = parse_named(p);
        return token_is(p->at, "for") ? parse_comprehension(p, argument, first, NODE_COMPREHENSION)
                                      : argument;
    }
    node *n = parser_node(p, NODE_KEYWORD, first);
    n->name = parser_name(p, "a name");
    p->at++;
    n->left = parse_expression(p);
    n->last = n->left->last;
    return n;
}

/* What the arguments of a call have been so far. */
typedef struct {
    map names; /* of keyword arguments */
    bool has_keywords, has_dicts;
} given_arguments;

/* Keyword arguments come last, and each name once. */
static void check_argument(parser *p, given_arguments *given, const node *argument) {
    if (argument->kind == NODE_DOUBLE_STAR) {
        given->has_dicts = true;
        return;
    }
    if (argument->kind == NODE_STAR && given->has_dicts)
        reader_fail(p->reader, argument->where, "'*' cannot follow '**' in a call");
    if (argument->kind != NODE_KEYWORD) {
        if (argument->kind != NODE_STAR && (given->has_keywords || given->has_dicts))
            reader_fail(p->reader, argument->where,
                        "a positional argument cannot follow a keyword argument");
        return;
    }
    given->has_keywords = true;
    if (map_find(&given->names, argument->name))
        reader_fail(p->reader, argument->where, "the argument '%s' is given twice", argument->name);
    parser_put_name(p, &given->names, argument->name);
}

/* f(x for x in y) */
static bool is_bare_generator(const node *n) {
    return n->kind == NODE_COMPREHENSION && n->makes == NODE_COMPREHENSION &&
           !token_is(n->first, "(");
}

static node *parse_call(parser *p, node *callee) {
    node *n = parser_node(p, NODE_CALL, callee->first);
    node **tail = &n->items;
    given_arguments given = {0};
    n->left = callee;
    p->at++;
    while (!token_is(p->at, ")")) {
        node *argument = parse_argument(p);
        check_argument(p, &given, argument);
        tail = parser_append(tail, argument);
        if (is_bare_generator(argument) && (n->count > 0 || !token_is(p->at, ")")))
            reader_fail(p->reader, argument->where,
                        "a generator expression beside other arguments needs its own brackets");
        n->count++;
        if (!parser_accept(p, ",") && !token_is(p->at, ")"))
            parser_fail(p, "',' or ')'");
    }
    n->last = p->at++;
    return n;
}

static bool ends_slice(const parser *p) {
    return token_is(p->at, "]") || token_is(p->at, ",") || token_is(p->at, ":");
}

/* An index, or start:stop:step, or ... */
static node *parse_slice(parser *p) {
    const token *first = p->at;
    if (parser_accept(p, "..."))
        return parser_node(p, NODE_ELLIPSIS, first);
    if (token_is(first, "*"))
        return parse_starred(p);
    node *start = token_is(first, ":") ? NULL : parse_named(p);
    if (!token_is(p->at, ":"))
        return start;
    node *n = parser_node(p, NODE_SLICE, first);
    n->left = start;
    p->at++;
    n->right = ends_slice(p) ? NULL : parse_expression(p);
    if (parser_accept(p, ":"))
        n->test = ends_slice(p) ? NULL : parse_expression(p);
    n->last = p->at - 1;
    return n;
}

static node *parse_subscript(parser *p, node *o) {
    node *n = parser_node(p, NODE_SUBSCRIPT, o->first);
    n->left = o;
    p->at++;
    node *index = parse_slice(p);
    if (token_is(p->at, ",") || index->kind == NODE_STAR) {
        node *tuple = parser_node(p, NODE_TUPLE, index->first);
        node **tail = parser_append(&tuple->items, index);
        tuple->count = 1;
        while (parser_accept(p, ",") && !token_is(p->at, "]")) {
            tail = parser_append(tail, parse_slice(p));
            tuple->count++;
        }
        tuple->last = p->at - 1;
        index = tuple;
    }
    n->right = index;
    n->last = p->at;
    parser_expect(p, "]", "']'");
    return n;
}

static node *parse_attribute(parser *p, node *o) {
    node *n = parser_node(p, NODE_ATTRIBUTE, o->first);
    p->at++;
    n->left = o;
    n->last = p->at;
    n->where = p->at->where;
    n->name = parser_name(p, "the name of an attribute");
    return n;
}

/* What follows an atom. They are nested as deep as they are many, and so are operands below. */
node *parse_postfix(parser *p) {
    node *n = parse_atom(p);
    const size_t depth = p->depth;
    for (;; parser_enter(p)) {
        if (token_is(p->at, "("))
            n = parse_call(p, n);
        else if (token_is(p->at, "."))
            n = parse_attribute(p, n);
        else if (token_is(p->at, "["))
            n = parse_subscript(p, n);
        else
            break;
    }
    p->depth = depth;
    return n;
}

/* --- operators --- */

static node *parse_unary(parser *p);

static node *new_binary(parser *p, operator op, node *left, node *right) {
    node *n = parser_node(p, NODE_BINARY, left->first);
    n->op = op;
    n->left = left;
    n->right = right;
    n->last = right->last;
    return n;
}

/* -x ** -y is -(x ** (-y)). */
static node *parse_power(parser *p) {
    node *n = parse_postfix(p);
    if (!parser_accept(p, "**"))
        return n;
    parser_enter(p);
    n = new_binary(p, OPERATOR_POW, n, parse_unary(p));
    p->depth--;
    return n;
}

static node *parse_unary(parser *p) {
    const token *first = p->at;
    const node_kind kind = token_is(first, "+")   ? NODE_PLUS
                           : token_is(first, "-") ? NODE_NEGATE
                                                  : NODE_INVERT;
    if (kind == NODE_INVERT && !token_is(first, "~"))
        return parse_power(p);
    p->at++;
    parser_enter(p);
    node *n = parser_node(p, kind, first);
    n->left = parse_unary(p);
    n->last = n->left->last;
    p->depth--;
    return n;
}

typedef struct {
    const char *text;
    operator op;
} spelling;

/* The operator of the table that stands here, or NULL. */
static const spelling *accept_operator(parser *p, const spelling *table) {
    for (; table->text; table++)
        if (parser_accept(p, table->text))
            return table;
    return NULL;
}

static node *parse_left_to_right(parser *p, const spelling *table, node *parse_operand(parser *p)) {
    node *n = parse_operand(p);
    const size_t depth = p->depth;
    for (const spelling *o; p->at->kind == TOKEN_OPERATOR && (o = accept_operator(p, table));
         parser_enter(p))
        n = new_binary(p, o->op, n, parse_operand(p));
    p->depth = depth;
    return n;
}

static node *parse_term(parser *p) {
    static const spelling table[] = {{"*", OPERATOR_MUL},       {"/", OPERATOR_TRUEDIV},
                                     {"//", OPERATOR_FLOORDIV}, {"%", OPERATOR_MOD},
                                     {"@", OPERATOR_MATMUL},    {0}};
    return parse_left_to_right(p, table, parse_unary);
}

static node *parse_sum(parser *p) {
    static const spelling table[] = {{"+", OPERATOR_ADD}, {"-", OPERATOR_SUB}, {0}};
    return parse_left_to_right(p, table, parse_term);
}

static node *parse_shift(parser *p) {
    static const spelling table[] = {{"<<", OPERATOR_LSHIFT}, {">>", OPERATOR_RSHIFT}, {0}};
    return parse_left_to_right(p, table, parse_sum);
}

static node *parse_bits_and(parser *p) {
    static const spelling table[] = {{"&", OPERATOR_AND}, {0}};
    return parse_left_to_right(p, table, parse_shift);
}

static node *parse_bits_xor(parser *p) {
    static const spelling table[] = {{"^", OPERATOR_XOR}, {0}};
    return parse_left_to_right(p, table, parse_bits_and);
}

static node *parse_bits_or(parser *p) {
    static const spelling table[] = {{"|", OPERATOR_OR}, {0}};
    return parse_left_to_right(p, table, parse_bits_xor);
}

static bool accept_comparison(parser *p, operator* op) {
    static const spelling table[] = {{"==", OPERATOR_EQ}, {"!=", OPERATOR_NE}, {"<=", OPERATOR_LE},
                                     {"<", OPERATOR_LT},  {">=", OPERATOR_GE}, {">", OPERATOR_GT},
                                     {"in", OPERATOR_IN}, {"is", OPERATOR_IS}, {0}};
    if (token_is(p->at, "not") && token_is(p->at + 1, "in")) {
        p->at += 2;
        *op = OPERATOR_NOT_IN;
        return true;
    }
    const spelling *o = accept_operator(p, table);
    if (!o)
        return false;
    *op = o->op == OPERATOR_IS && parser_accept(p, "not") ? OPERATOR_IS_NOT : o->op;
    return true;
}

static node *parse_comparison(parser *p) {
    node *left = parse_bits_or(p), *n = NULL, **tail = NULL;
    for (operator op; accept_comparison(p, &op);) {
        if (!n) {
            n = parser_node(p, NODE_COMPARE, left->first);
            n->left = left;
            tail = &n->items;
        }
        node *operand = parser_node(p, NODE_OPERAND, p->at);
        operand->op = op;
        operand->left = parse_bits_or(p);
        n->last = operand->left->last;
        tail = parser_append(tail, operand);
        n->count++;
    }
    return n ? n : left;
}

static node *parse_not(parser *p) {
    const token *first = p->at;
    if (!parser_accept(p, "not"))
        return parse_comparison(p);
    parser_enter(p);
    node *n = parser_node(p, NODE_NOT, first);
    n->left = parse_not(p);
    n->last = n->left->last;
    p->depth--;
    return n;
}

/* a and b and c is one node. */
static node *parse_logical(parser *p, const char *word, node_kind kind,
                           node *parse_operand(parser *p)) {
    node *first = parse_operand(p);
    if (!token_is(p->at, word))
        return first;
    node *n = parser_node(p, kind, first->first);
    node **tail = parser_append(&n->items, first);
    n->count = 1;
    while (parser_accept(p, word)) {
        node *operand = parse_operand(p);
        n->last = operand->last;
        tail = parser_append(tail, operand);
        n->count++;
    }
    return n;
}

static node *parse_and(parser *p) {
    return parse_logical(p, "and", NODE_AND, parse_not);
}

node *parse_or(parser *p) {
    return parse_logical(p, "or", NODE_OR, parse_and);
}

node *parse_expression(parser *p) {
    if (token_is(p->at, "lambda"))
        return parse_lambda(p);
    parser_enter(p);
    node *n = parse_or(p);
    if (token_is(p->at, ":="))
        reader_fail(p->reader, p->at->where, "%s",
                    n->kind == NODE_NAME ? "'name := value' needs brackets here"
                                         : "only a name can stand before ':='");
    if (parser_accept(p, "if")) {
        node *conditional = parser_node(p, NODE_CONDITIONAL, n->first);
        conditional->left = n;
        conditional->test = parse_or(p);
        parser_expect(p, "else", "'else'");
        conditional->right = parse_expression(p);
        conditional->last = conditional->right->last;
        n = conditional;
    }
    p->depth--;
    return n;
}

/* The name belongs to the def around, not to a comprehension. */
node *parse_named(parser *p) {
    const token *first = p->at;
    if (first->kind != TOKEN_NAME || !token_is(first + 1, ":="))
        return parse_expression(p);
    node *n = parser_node(p, NODE_NAMED, first), *define = p->define;
    parser_enter(p);
    n->left = parser_node(p, NODE_NAME, first);
    n->left->name = parser_name(p, "a name");
    p->define = p->function;
    parser_bind(p, n->left->name, n->where);
    p->define = define;
    p->at++;
    n->right = parse_expression(p);
    n->last = n->right->last;
    p->depth--;
    return n;
}

/* --- several --- */

static bool ends_expressions(const parser *p) {
    const token *t = p->at;
    return t->kind == TOKEN_NEWLINE || t->kind == TOKEN_END || token_is(t, "=") ||
           token_is(t, ";") || token_is(t, ":") || token_is(t, "in");
}

static node *parse_several(parser *p, node *parse_one(parser *p)) {
    node *first = parse_one(p);
    if (!token_is(p->at, ",")) {
        if (first->kind == NODE_STAR)
            reader_fail(p->reader, first->where,
                        "'*' stands in a tuple or a list: put a comma behind it");
        return first;
    }
    node *n = parser_node(p, NODE_TUPLE, first->first);
    node **tail = parser_append(&n->items, first);
    n->count = 1;
    while (parser_accept(p, ",")) {
        if (ends_expressions(p))
            break;
        tail = parser_append(tail, parse_one(p));
        n->count++;
    }
    n->last = p->at - 1;
    return n;
}

node *parse_item(parser *p) {
    return token_is(p->at, "*") ? parse_starred(p) : parse_named(p);
}

node *parse_starred(parser *p) {
    const token *first = p->at;
    if (!parser_accept(p, "*"))
        return parse_expression(p);
    node *n = parser_node(p, NODE_STAR, first);
    n->left = parse_bits_or(p);
    n->last = n->left->last;
    return n;
}

/* What stands between `for` and `in`. */
static node *parse_target(parser *p) {
    return token_is(p->at, "*") ? parse_starred(p) : parse_postfix(p);
}

node *parse_expressions(parser *p) {
    return parse_several(p, parse_starred);
}

node *parse_targets(parser *p) {
    return parse_several(p, parse_target);
}

node *parse_script_expression(reader *r, const char *text, size_t length) {
    size_t count;
    parser p = {.reader = r, .at = lex(r, text, length, 1, &count)};
    return parse_expression(&p);
}
