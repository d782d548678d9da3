/* Statements. */
#include "parser.h"

#include <string.h>

enum {
    MAX_BLOCKS = 20
};

_Noreturn void parser_fail(parser *p, const char *expected) {
    const token *t = p->at;
    switch (t->kind) {
    case TOKEN_NEWLINE:
    case TOKEN_END:
        reader_fail(p->reader, t->where, "expected %s before the end of the line", expected);
    case TOKEN_INDENT:
        reader_fail(p->reader, t->where, "this line is indented, but no block begins above it");
    case TOKEN_DEDENT:
        reader_fail(p->reader, t->where, "expected %s before the end of the block", expected);
    default:
        reader_fail(p->reader, t->where, "expected %s, not '%.*s'", expected,
                    (int)(t->length < 40 ? t->length : 40), t->start);
    }
}

bool parser_accept(parser *p, const char *text) {
    if (!token_is(p->at, text))
        return false;
    p->at++;
    return true;
}

void parser_expect(parser *p, const char *text, const char *expected) {
    if (!parser_accept(p, text))
        parser_fail(p, expected);
}

node *parser_node(parser *p, node_kind kind, const token *first) {
    node *n = reader_alloc(p->reader, 1, sizeof *n);
    n->kind = kind;
    n->where = first->where;
    n->first = n->last = first;
    return n;
}

void parser_literal(parser *p, node *n, literal l) {
    n->kind = NODE_CONSTANT;
    n->literal = l;
    n->made = reader_alloc(p->reader, 1, sizeof *n->made);
}

node **parser_append(node **tail, node *item) {
    *tail = item;
    return &item->next;
}

const char *parser_name(parser *p, const char *expected) {
    if (p->at->kind != TOKEN_NAME)
        parser_fail(p, expected);
    const token *t = p->at++;
    return reader_copy(p->reader, t->start, t->length);
}

void parser_enter(parser *p) {
    if (++p->depth > MAX_NESTING)
        reader_fail(p->reader, p->at->where,
                    "expressions are nested more than %d deep: write "
                    "several lines, or sum([...]) of many terms",
                    MAX_NESTING);
    reader_check_stack(p->reader, p->at->where, "expressions");
}

void parser_put_name(parser *p, map *names, const char *name) {
    if (!map_put(names, p->reader->arena, name, p))
        reader_out_of_memory(p->reader);
}

void parser_use(parser *p, const char *name) {
    if (p->used)
        parser_put_name(p, p->used, name);
}

void parser_check_bindable(parser *p, const char *name, mlp_span where) {
    if (strcmp(name, "__debug__") == 0)
        reader_fail(p->reader, where, "'__debug__' is a constant of Python: choose another name");
}

void parser_bind(parser *p, const char *name, mlp_span where) {
    parser_check_bindable(p, name, where);
    parser_use(p, name);
    if (p->define && !map_find(&p->define->globals, name) && !map_find(&p->define->nonlocals, name))
        parser_put_name(p, &p->define->assigned, name);
}

/* --- imports --- */

static bool begins_block(const token *t) {
    static const char *const words[] = {"if", "for", "while", "try", "with", "def", "class", "@"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is(t, words[i]))
            return true;
    return false;
}

void parser_end_statement(parser *p) {
    if (parser_accept(p, ";")) {
        if (p->at->kind == TOKEN_NEWLINE)
            p->at++;
        else if (begins_block(p->at))
            parser_fail(p, "a statement without a block of its own");
        return;
    }
    if (p->at->kind == TOKEN_NEWLINE)
        p->at++;
    else if (p->at->kind != TOKEN_END)
        parser_fail(p, "the end of the statement");
}

static const char *parse_path(parser *p) {
    const char *path = parser_name(p, "the name of a module");
    while (parser_accept(p, "."))
        path = reader_printf(p->reader, "%s.%s", path, parser_name(p, "the name of a module"));
    return path;
}

/* import a.b as c, ...: without `as` the first part of the path is bound. */
static node *parse_import(parser *p) {
    node *n = NULL, **tail = &n;
    p->at++;
    do {
        node *import = parser_node(p, NODE_IMPORT, p->at);
        import->path = parse_path(p);
        import->last = p->at - 1;
        if (parser_accept(p, "as"))
            import->name = parser_name(p, "a name");
        parser_bind(p,
                    import->name ? import->name
                                 : reader_copy(p->reader, import->path, strcspn(import->path, ".")),
                    import->where);
        tail = parser_append(tail, import);
    } while (parser_accept(p, ","));
    parser_end_statement(p);
    return n;
}

/* Without items it is all that the module has. */
static node *parse_star_import(parser *p, node *n) {
    if (p->define)
        reader_fail(p->reader, p->at->where, "import * stands outside of functions");
    n->where = p->at++->where;
    parser_end_statement(p);
    return n;
}

static node *parse_from(parser *p) {
    node *n = parser_node(p, NODE_FROM, p->at++), **tail = &n->items;
    n->path = parse_path(p);
    parser_expect(p, "import", "'import'");
    if (token_is(p->at, "*"))
        return parse_star_import(p, n);
    const bool parenthesis = parser_accept(p, "(");
    do {
        if (parenthesis && n->items && token_is(p->at, ")"))
            break;
        node *import = parser_node(p, NODE_IMPORT, p->at);
        import->name = parser_name(p, "the name of what to import");
        import->path = reader_printf(p->reader, "%s.%s", n->path, import->name);
        if (parser_accept(p, "as"))
            import->name = parser_name(p, "a name");
        parser_bind(p, import->name, import->where);
        tail = parser_append(tail, import);
    } while (parser_accept(p, ","));
    if (parenthesis)
        parser_expect(p, ")", "')'");
    parser_end_statement(p);
    return n;
}

/* --- simple statements --- */

/* One * at most: the elements that are left go there. */
static void check_targets(parser *p, const node *target) {
    bool has_star = false;
    for (const node *item = target->items; item; item = item->next) {
        if (item->kind == NODE_STAR && has_star)
            reader_fail(p->reader, item->where, "only one '*' can stand among targets");
        has_star |= item->kind == NODE_STAR;
        parser_target(p, item->kind == NODE_STAR ? item->left : item);
    }
}

void parser_target(parser *p, const node *target) {
    if (target->kind == NODE_TUPLE || target->kind == NODE_LIST) {
        check_targets(p, target);
        return;
    }
    if (target->kind != NODE_NAME && target->kind != NODE_ATTRIBUTE &&
        target->kind != NODE_SUBSCRIPT)
        reader_fail(p->reader, target->where,
                    "only a name, an attribute, an element or a tuple of them can be "
                    "assigned to");
    if (target->kind == NODE_NAME)
        parser_bind(p, target->name, target->where);
}

static bool accept_augmented(parser *p, operator* op) {
    static const struct {
        const char *text;
        operator op;
    } table[] = {{"+=", OPERATOR_ADD},     {"-=", OPERATOR_SUB},       {"*=", OPERATOR_MUL},
                 {"/=", OPERATOR_TRUEDIV}, {"//=", OPERATOR_FLOORDIV}, {"%=", OPERATOR_MOD},
                 {"**=", OPERATOR_POW},    {"@=", OPERATOR_MATMUL},    {"&=", OPERATOR_AND},
                 {"|=", OPERATOR_OR},      {"^=", OPERATOR_XOR},       {"<<=", OPERATOR_LSHIFT},
                 {">>=", OPERATOR_RSHIFT}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (parser_accept(p, table[i].text)) {
            *op = table[i].op;
            return true;
        }
    return false;
}

static node *parse_augmented(parser *p, node *target, operator op) {
    if (target->kind == NODE_TUPLE || target->kind == NODE_LIST)
        reader_fail(p->reader, target->where,
                    "only one target at a time can be changed by an operator");
    parser_target(p, target);
    node *n = parser_node(p, NODE_AUGMENT, target->first);
    n->op = op;
    n->left = target;
    n->right = parse_expressions(p);
    n->last = n->right->last;
    parser_end_statement(p);
    return n;
}

/* target: annotation = value; a class takes it without the value, too. */
static node *parse_annotated(parser *p, node *target) {
    if (target->kind == NODE_TUPLE || target->kind == NODE_LIST)
        reader_fail(p->reader, target->where, "only one target at a time can be annotated");
    parser_target(p, target);
    node *n = parser_node(p, NODE_ANNOTATED, target->first);
    n->left = target;
    p->at++;
    n->right = parse_expression(p);
    n->last = n->right->last;
    if (parser_accept(p, "=")) {
        n->test = parse_expressions(p);
        n->last = n->test->last;
    }
    parser_end_statement(p);
    return n;
}

static bool is_yield(const parser *p) {
    return token_is(p->at, "yield") || (token_is(p->at, "(") && token_is(p->at + 1, "yield"));
}

/* yield value, or yield from what is gone through, perhaps in brackets; n may have targets. */
static node *parse_yield(parser *p, node *n) {
    const bool parenthesis = parser_accept(p, "(");
    if (!p->define)
        reader_fail(p->reader, p->at->where, "'yield' outside a function");
    p->at++;
    p->yields++;
    n->kind = parser_accept(p, "from") ? NODE_YIELD_FROM : NODE_YIELD;
    n->yields = true;
    if (n->kind == NODE_YIELD_FROM)
        n->left = parse_expression(p);
    else if (p->at->kind != TOKEN_NEWLINE && !token_is(p->at, ";") && !token_is(p->at, ")"))
        n->left = parse_expressions(p);
    if (parenthesis)
        parser_expect(p, ")", "')'");
    parser_end_statement(p);
    return n;
}

/* An expression, an assignment or an augmented one. */
static node *parse_simple(parser *p) {
    if (is_yield(p))
        return parse_yield(p, parser_node(p, NODE_YIELD, p->at));
    node *expression = parse_expressions(p);
    operator op;
    if (accept_augmented(p, &op))
        return parse_augmented(p, expression, op);
    if (token_is(p->at, ":"))
        return parse_annotated(p, expression);
    if (!token_is(p->at, "=")) {
        node *n = parser_node(p, p->shows ? NODE_SHOWN : NODE_EXPRESSION, expression->first);
        n->left = expression;
        parser_end_statement(p);
        return n;
    }
    node *n = parser_node(p, NODE_ASSIGN, expression->first), **tail = &n->items;
    while (parser_accept(p, "=")) {
        parser_target(p, expression);
        tail = parser_append(tail, expression);
        if (is_yield(p))
            return parse_yield(p, n);
        expression = parse_expressions(p);
    }
    n->left = expression;
    parser_end_statement(p);
    return n;
}

static node *parse_return(parser *p) {
    node *n = parser_node(p, NODE_RETURN, p->at++);
    if (!p->define)
        reader_fail(p->reader, n->where, "'return' outside a function");
    if (p->at->kind != TOKEN_NEWLINE && !token_is(p->at, ";"))
        n->left = parse_expressions(p);
    parser_end_statement(p);
    return n;
}

static node *parse_word(parser *p, node_kind kind) {
    node *n = parser_node(p, kind, p->at++);
    if (kind != NODE_PASS && p->loops == 0)
        reader_fail(p->reader, n->where, "'%.*s' outside a loop", (int)n->first->length,
                    n->first->start);
    parser_end_statement(p);
    return n;
}

static node *parse_assert(parser *p) {
    node *n = parser_node(p, NODE_ASSERT, p->at++);
    n->test = parse_expression(p);
    n->last = n->test->last;
    if (parser_accept(p, ","))
        n->right = parse_expression(p);
    parser_end_statement(p);
    return n;
}

/* Names, attributes, elements, or tuples of them. */
static node *parse_delete(parser *p) {
    node *n = parser_node(p, NODE_DELETE, p->at++);
    n->left = parse_expressions(p);
    parser_target(p, n->left);
    parser_end_statement(p);
    return n;
}

static node *parse_raise(parser *p) {
    node *n = parser_node(p, NODE_RAISE, p->at++);
    if (p->at->kind != TOKEN_NEWLINE && p->at->kind != TOKEN_END && !token_is(p->at, ";")) {
        n->left = parse_expression(p);
        n->last = n->left->last;
        if (parser_accept(p, "from"))
            n->right = parse_expression(p);
    }
    parser_end_statement(p);
    return n;
}

/* At the top level every name is global anyway; but nowhere can one be used before. */
static node *parse_declaration(parser *p, bool is_global) {
    const char *word = is_global ? "global" : "nonlocal";
    node *n = parser_node(p, NODE_PASS, p->at++);
    if (!is_global && !p->define)
        reader_fail(p->reader, n->where, "'nonlocal' stands in a def inside another def");
    do {
        const mlp_span where = p->at->where;
        const char *name = parser_name(p, "a name");
        if (p->define && map_find(&p->define->assigned, name) && !map_find(p->used, name))
            reader_fail(p->reader, where, "'%s' is a parameter: it cannot be %s, too", name, word);
        if (map_find(p->used, name))
            reader_fail(p->reader, where, "'%s' is used before it is declared %s: write '%s' first",
                        name, word, word);
        if (p->define)
            parser_put_name(p, is_global ? &p->define->globals : &p->define->nonlocals, name);
    } while (parser_accept(p, ","));
    parser_end_statement(p);
    return n;
}

static node *parse_global(parser *p) {
    return parse_declaration(p, true);
}

static node *parse_nonlocal(parser *p) {
    return parse_declaration(p, false);
}

/* --- blocks --- */

/* As deep as Python nests them. */
static void check_blocks(parser *p, const node *n) {
    if (p->loops + p->with == MAX_BLOCKS)
        reader_fail(
            p->reader, n->where,
            "loops, 'with' and 'try' are nested more than %d deep: write the inner ones in a def",
            MAX_BLOCKS);
}

static node *parse_loop_body(parser *p) {
    p->loops++;
    node *body = parse_block(p);
    p->loops--;
    return body;
}

static node *parse_for(parser *p) {
    node *n = parser_node(p, NODE_FOR, p->at++);
    check_blocks(p, n);
    n->left = parse_targets(p);
    parser_target(p, n->left);
    parser_expect(p, "in", "'in'");
    n->right = parse_expressions(p);
    n->last = n->right->last;
    n->body = parse_loop_body(p);
    if (parser_accept(p, "else"))
        n->otherwise = parse_block(p);
    return n;
}

static node *parse_while(parser *p) {
    node *n = parser_node(p, NODE_WHILE, p->at++);
    check_blocks(p, n);
    n->test = parse_named(p);
    n->last = n->test->last;
    n->body = parse_loop_body(p);
    if (parser_accept(p, "else"))
        n->otherwise = parse_block(p);
    return n;
}

static node *parse_handler(parser *p) {
    node *n = parser_node(p, NODE_HANDLER, p->at++);
    if (token_is(p->at, "*"))
        reader_fail(p->reader, p->at->where, "'except*' is outside the subset: write 'except'");
    if (!token_is(p->at, ":"))
        n->left = parse_expressions(p);
    if (n->left && parser_accept(p, "as")) {
        const mlp_span where = p->at->where;
        n->name = parser_name(p, "a name");
        parser_bind(p, n->name, where);
    }
    n->body = parse_block(p);
    return n;
}

static node *parse_try(parser *p) {
    node *n = parser_node(p, NODE_TRY, p->at++), **tail = &n->items;
    check_blocks(p, n);
    p->with++;
    n->body = parse_block(p);
    for (bool takes_all = false; token_is(p->at, "except");) {
        if (takes_all)
            reader_fail(p->reader, p->at->where, "nothing can follow an 'except:' without a class");
        node *handler = parse_handler(p);
        takes_all = handler->left == NULL;
        tail = parser_append(tail, handler);
    }
    if (n->items && parser_accept(p, "else"))
        n->otherwise = parse_block(p);
    if (parser_accept(p, "finally"))
        n->final = parse_block(p);
    else if (!n->items)
        parser_fail(p, "'except' or 'finally'");
    p->with--;
    return n;
}

static node *parse_branch(parser *p, bool has_test) {
    node *n = parser_node(p, NODE_BRANCH, p->at++);
    if (has_test)
        n->test = parse_named(p);
    n->body = parse_block(p);
    return n;
}

static node *parse_if(parser *p) {
    node *n = parser_node(p, NODE_IF, p->at);
    node **tail = parser_append(&n->items, parse_branch(p, true));
    while (token_is(p->at, "elif"))
        tail = parser_append(tail, parse_branch(p, true));
    if (token_is(p->at, "else"))
        parser_append(tail, parse_branch(p, false));
    return n;
}

/* Whether the bracket that stands here is around all of a `with`: (a as b, c as d): */
static bool is_around_with(const parser *p) {
    const token *t = p->at;
    size_t depth = 0;
    bool has_several = false;
    do {
        depth += token_is(t, "(") || token_is(t, "[") || token_is(t, "{");
        depth -= token_is(t, ")") || token_is(t, "]") || token_is(t, "}");
        has_several |= depth == 1 && (token_is(t, ",") || token_is(t, "as"));
        t++;
    } while (depth > 0 && t->kind != TOKEN_END);
    return has_several && token_is(t, ":");
}

/* expression as target */
static node *parse_with_item(parser *p, node *n) {
    check_blocks(p, n);
    n->left = parse_expression(p);
    if (parser_accept(p, "as")) {
        n->right = parse_expression(p);
        parser_target(p, n->right);
    }
    return n;
}

/* Of several, each is inside the one before. */
static node *parse_with(parser *p) {
    const size_t around = p->with, yields = p->yields;
    node *n = parser_node(p, NODE_WITH, p->at++), *inner = n;
    const bool parenthesis = token_is(p->at, "(") && is_around_with(p);
    p->at += parenthesis;
    parse_with_item(p, n);
    for (p->with++; parser_accept(p, ",") && !(parenthesis && token_is(p->at, ")")); p->with++) {
        inner->body = parse_with_item(p, parser_node(p, NODE_WITH, p->at));
        inner = inner->body;
    }
    if (parenthesis)
        parser_expect(p, ")", "')'");
    inner->body = parse_block(p);
    p->with = around;
    for (node *each = n->body; each != inner->body; each = each->body)
        each->yields = p->yields != yields;
    return n;
}

/* --- */

static void refuse_statement(parser *p) {
    if (token_is(p->at, "async"))
        reader_fail(p->reader, p->at->where, "'async' is outside the subset: write a plain def");
    static const struct {
        const char *word, *first;
    } later[] = {{"else", "'if', loop or 'try'"},
                 {"elif", "'if'"},
                 {"except", "'try'"},
                 {"finally", "'try'"}};
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (token_is(p->at, later[i].word))
            reader_fail(p->reader, p->at->where, "'%s' follows no %s of this indentation",
                        later[i].word, later[i].first);
}

static node *parse_keyword(parser *p) {
    static const struct {
        const char *word;
        node *(*parse)(parser *p);
    } table[] = {{"if", parse_if},         {"for", parse_for},
                 {"while", parse_while},   {"try", parse_try},
                 {"with", parse_with},     {"def", parse_define},
                 {"class", parse_class},   {"@", parse_decorated},
                 {"import", parse_import}, {"from", parse_from},
                 {"return", parse_return}, {"raise", parse_raise},
                 {"assert", parse_assert}, {"del", parse_delete},
                 {"global", parse_global}, {"nonlocal", parse_nonlocal}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (token_is(p->at, table[i].word))
            return table[i].parse(p);
    return NULL;
}

static node *parse_statement(parser *p) {
    refuse_statement(p);
    const size_t yields = p->yields;
    node *n = parser_is_match(p) ? parse_match(p) : parse_keyword(p);
    if (n) {
        n->yields |= p->yields != yields;
        return n;
    }
    if (token_is(p->at, "pass"))
        return parse_word(p, NODE_PASS);
    if (token_is(p->at, "break"))
        return parse_word(p, NODE_BREAK);
    if (token_is(p->at, "continue"))
        return parse_word(p, NODE_CONTINUE);
    return parse_simple(p);
}

/* Appends a statement, which an import of several names makes a list. */
static node **append_statement(parser *p, node **tail) {
    for (*tail = parse_statement(p); *tail; tail = &(*tail)->next)
        ;
    return tail;
}

/* Statements on the line of the colon: def f(): return 1 */
static node *parse_line(parser *p) {
    node *body = NULL, **tail = &body;
    do {
        if (begins_block(p->at))
            parser_fail(p, "a statement without a block of its own");
        tail = append_statement(p, tail);
    } while (token_is(&p->at[-1], ";"));
    return body;
}

node *parse_block(parser *p) {
    node *body = NULL, **tail = &body;
    parser_enter(p);
    parser_expect(p, ":", "':'");
    if (p->at->kind != TOKEN_NEWLINE) {
        body = parse_line(p);
    } else {
        p->at++;
        if (p->at->kind != TOKEN_INDENT)
            reader_fail(p->reader, p->at->where, "expected an indented block");
        p->at++;
        while (p->at->kind != TOKEN_DEDENT)
            tail = append_statement(p, tail);
        p->at++;
    }
    p->depth--;
    return body;
}

/* The last statement of a notebook's cell is shown where it is an expression, and no ; ends it. */
static void show_last(node *statements, const token *end) {
    do
        end--; /* there is a statement before it */
    while (end->kind == TOKEN_NEWLINE || end->kind == TOKEN_DEDENT);
    while (statements->next)
        statements = statements->next;
    if (statements->kind == NODE_EXPRESSION && !token_is(end, ";"))
        statements->kind = NODE_SHOWN;
}

static node *parse_statements(parser p) {
    map used = {0};
    node *statements = NULL, **tail = &statements;
    p.used = &used;
    while (p.at->kind != TOKEN_END)
        tail = append_statement(&p, tail);
    return statements;
}

node *parse_module(reader *r, const char *text, size_t length) {
    size_t count;
    token *tokens = lex(r, text, length, 1, &count);
    for (size_t i = 0; i <= count; i++)
        tokens[i].where = (mlp_span){0};
    return parse_statements((parser){.reader = r, .at = tokens});
}

node *parse_cell(reader *r, const mlp_cell *cell) {
    size_t count;
    const token *tokens = lex(r, cell->text, cell->length, cell->line, &count);
    node *statements = parse_statements(
        (parser){.reader = r, .at = tokens, .shows = cell->shows == MLP_SHOWS_ALL});
    if (statements && cell->shows == MLP_SHOWS_LAST)
        show_last(statements, tokens + count);
    return statements;
}
