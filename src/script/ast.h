/* The tree a script is read into. */
#ifndef MLPSTEP_SCRIPT_AST_H
#define MLPSTEP_SCRIPT_AST_H

#include "lexer.h"

#include "tensor/map.h"

typedef enum operator{
    OPERATOR_ADD,
    OPERATOR_SUB,
    OPERATOR_MUL,
    OPERATOR_TRUEDIV,
    OPERATOR_FLOORDIV,
    OPERATOR_MOD,
    OPERATOR_POW,
    OPERATOR_MATMUL,
    OPERATOR_EQ,
    OPERATOR_NE,
    OPERATOR_LT,
    OPERATOR_LE,
    OPERATOR_GT,
    OPERATOR_GE
} operator;

typedef enum node_kind {
    /* expressions */
    NODE_NONE,
    NODE_TRUE,
    NODE_FALSE,
    NODE_INTEGER,
    NODE_FLOAT,
    NODE_STRING,
    NODE_NAME,
    NODE_LIST,      /* items */
    NODE_TUPLE,     /* items */
    NODE_CALL,      /* left(items...), keyword arguments are NODE_KEYWORD */
    NODE_KEYWORD,   /* name=left */
    NODE_ATTRIBUTE, /* left.name */
    NODE_NEGATE,    /* -left */
    NODE_PLUS,      /* +left */
    /* statements */
    NODE_EXPRESSION, /* left */
    NODE_ASSIGN,     /* items = left: one item for each `target =` */
    NODE_RETURN,     /* left, or NULL */
    NODE_PASS,
    NODE_DEFINE,    /* def name(items): body */
    NODE_PARAMETER, /* name = left, in a def */
    NODE_CLASS,     /* class name(left): body */
    NODE_IMPORT,    /* import path as name */
    NODE_FROM       /* from path import name as alias: items are NODE_IMPORT of full paths */
} node_kind;

typedef struct node node;
struct node {
    node_kind kind;
    mlp_span where;
    const token *first, *last; /* what it was read from, for the text of a call */
    const char *name;          /* also the text of a string */
    const char *path;          /* of an import, dotted */
    int64_t integer;
    double number;
    node *left;
    node *items; /* a list by `next` */
    node *body;  /* likewise */
    node *next;
    size_t count; /* of items */
    map assigned; /* names that a def binds: parameters, targets, imports, defs and classes */
};

/* The statements of the script, a list by `next`. */
node *script_parse(script *s, const char *text, size_t length);
/* One expression, as the default of an option in a signature. */
node *script_parse_expression(script *s, const char *text, size_t length);

/* The text of an expression on one line, without comments and without `self.`. */
const char *script_text(script *s, const node *expression);

#endif
