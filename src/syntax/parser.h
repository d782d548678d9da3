/* What the files of the parser share: statements in parser.c, definitions in definition.c,
 * expressions in expression.c, lists and what else stands in brackets in display.c, f-strings in
 * fstring.c. */
#ifndef MLPSTEP_SYNTAX_PARSER_H
#define MLPSTEP_SYNTAX_PARSER_H

#include "ast.h"

typedef struct {
    reader *reader;
    const token *at;
    size_t depth;
    node *define;   /* the def around; NULL at the top level and in a class */
    node *function; /* the same, without comprehensions, which are such, too */
    map *used;      /* the names that this def, class or script has had so far */
    size_t loops;   /* around, within that def */
    size_t with;    /* the same of with and try */
    size_t yields;  /* so far, within that def */
    bool shows;     /* every expression that stands alone here */
} parser;

_Noreturn void parser_fail(parser *p, const char *expected);
bool parser_accept(parser *p, const char *text);
void parser_expect(parser *p, const char *text, const char *expected);
const char *parser_name(parser *p, const char *expected);
/* Notes that the name was used here. */
void parser_use(parser *p, const char *name);
/* Around what nests: refuses what is deeper than a stack could bear. */
void parser_enter(parser *p);
node *parser_node(parser *p, node_kind kind, const token *first);
/* Makes the node a constant. */
void parser_literal(parser *p, node *n, literal l);
/* Appends to a list whose end is *tail; returns the new end. */
node **parser_append(node **tail, node *item);

/* The name belongs to the def around, unless that declares it otherwise. */
void parser_bind(parser *p, const char *name, mlp_span where);
/* Refuses what cannot be assigned to; binds the names. */
void parser_target(parser *p, const node *target);
void parser_check_bindable(parser *p, const char *name, mlp_span where);
void parser_put_name(parser *p, map *names, const char *name);

node *parse_expression(parser *p);
/* The same without `if` and lambda: what stands behind `in` and `if` of a comprehension. */
node *parse_or(parser *p);
/* The same, or name := expression, which needs no brackets here. */
node *parse_named(parser *p);
/* An expression, or *expression; the same with name := expression. */
node *parse_starred(parser *p);
node *parse_item(parser *p);
/* (...), [...] and {...}. */
node *parse_parenthesis(parser *p);
node *parse_list(parser *p);
node *parse_braces(parser *p);
/* The clauses behind an element, for which `p` stands at `for`. */
node *parse_comprehension(parser *p, node *element, const token *first, node_kind makes);
/* def, class, @ and lambda. */
node *parse_define(parser *p);
node *parse_class(parser *p);
node *parse_decorated(parser *p);
node *parse_lambda(parser *p);
/* match, where it stands as a word, not as a name. */
bool parser_is_match(const parser *p);
node *parse_match(parser *p);
node *parse_block(parser *p);
/* Behind a statement: a newline or ;. */
void parser_end_statement(parser *p);
/* expression {, expression}: a tuple needs no parentheses in a statement. */
node *parse_expressions(parser *p);
/* An atom and what follows it: calls, attributes, subscripts. */
node *parse_postfix(parser *p);
/* What can stand between `for` and `in`. */
node *parse_targets(parser *p);
/* Neighbouring strings, which are one. */
node *parse_strings(parser *p);

#endif
