/* The tree a script is read into. */
#ifndef MLPSTEP_SYNTAX_AST_H
#define MLPSTEP_SYNTAX_AST_H

#include "lexer.h"
#include "operator.h"

#include "mlpstep/cells.h"

#include "base/map.h"

#include <stdbool.h>
#include <stdint.h>

/* A constant as it is written. */
typedef enum literal_kind {
    LITERAL_NONE,
    LITERAL_BOOL,
    LITERAL_INTEGER,
    LITERAL_FLOAT,
    LITERAL_STRING,
    LITERAL_BYTES /* text: a character for each of them, BYTES_NUL for 0 */
} literal_kind;

enum {
    BYTES_NUL = 0x100
};

typedef struct literal {
    literal_kind kind;
    bool boolean;
    uint64_t integer; /* without a sign */
    double number;
    const char *text; /* of a whole number: its digits to the base, where 64 bits hold it not */
    unsigned base;
} literal;

typedef enum node_kind {
    /* expressions */
    NODE_CONSTANT,    /* None, True, False, a number, a string */
    NODE_JOINED,      /* an f-string: items are strings and NODE_REPLACEMENT */
    NODE_REPLACEMENT, /* {left!conversion:right} */
    NODE_NAME,
    NODE_LIST,          /* items */
    NODE_TUPLE,         /* items */
    NODE_SET,           /* items */
    NODE_DICT,          /* items are NODE_PAIR or NODE_DOUBLE_STAR */
    NODE_PAIR,          /* left: right */
    NODE_COMPREHENSION, /* left for each item, a NODE_CLAUSE, as `makes` says */
    NODE_CLAUSE,        /* for left in right, where all items are true */
    NODE_LAMBDA,        /* a NODE_DEFINE whose body is one NODE_RETURN */
    NODE_STAR,          /* *left among items, arguments or targets */
    NODE_DOUBLE_STAR,   /* **left among items of a dict or arguments */
    NODE_CALL,          /* left(items...), keyword arguments are NODE_KEYWORD */
    NODE_KEYWORD,       /* name=left */
    NODE_ATTRIBUTE,     /* left.name */
    NODE_SUBSCRIPT,     /* left[right] */
    NODE_SLICE,         /* left:right:test in a subscript, each may be NULL */
    NODE_ELLIPSIS,      /* ... */
    NODE_NEGATE,        /* -left */
    NODE_PLUS,          /* +left */
    NODE_INVERT,        /* ~left */
    NODE_NOT,           /* not left */
    NODE_BINARY,        /* left op right */
    NODE_COMPARE,       /* left, compared with the items, which are NODE_OPERAND */
    NODE_OPERAND,       /* op left */
    NODE_AND,           /* items */
    NODE_OR,            /* items */
    NODE_CONDITIONAL,   /* left if test else right */
    NODE_NAMED,         /* (left := right) */
    /* statements */
    NODE_EXPRESSION, /* left */
    NODE_SHOWN,      /* left, which is then shown as the cell says */
    NODE_ASSIGN,     /* items = left: one item for each `target =` */
    NODE_YIELD, /* items = yield left: without items what is sent is dropped; left may be NULL */
    NODE_YIELD_FROM, /* the same of yield from left */
    NODE_AUGMENT,    /* left op= right */
    NODE_ANNOTATED,  /* left: right = test; test may be NULL */
    NODE_RETURN,     /* left, or NULL */
    NODE_PASS,
    NODE_BREAK,
    NODE_CONTINUE,
    NODE_IF,        /* items are NODE_BRANCH */
    NODE_BRANCH,    /* if test: body; test is NULL for else */
    NODE_MATCH,     /* match left: items are NODE_CASE */
    NODE_CASE,      /* case left if test: body; left is a pattern, see match.c */
    NODE_FOR,       /* for left in right: body, else: otherwise */
    NODE_WHILE,     /* while test: body, else: otherwise */
    NODE_TRY,       /* try: body, items are NODE_HANDLER, else: otherwise, finally: final */
    NODE_HANDLER,   /* except left as name: body; left and name may be NULL */
    NODE_RAISE,     /* raise left from right; both may be NULL */
    NODE_WITH,      /* with left as right: body; right may be NULL */
    NODE_ASSERT,    /* assert test, right; right may be NULL */
    NODE_DELETE,    /* del left: a target, or a tuple of them */
    NODE_DEFINE,    /* def name(items) -> right: body; right may be NULL. left: its decorators */
    NODE_PARAMETER, /* name: right = left, in a def; both may be NULL */
    NODE_CLASS, /* class name(items, right...): body. left: its decorators; right are NODE_KEYWORD */
    NODE_IMPORT, /* import path as name */
    NODE_FROM    /* from path import name as alias: items are NODE_IMPORT of full paths;
                      none for * */
} node_kind;

/* What a parameter takes. */
typedef enum parameter_kind {
    PARAMETER_ANY,             /* an argument by position or by name */
    PARAMETER_POSITIONAL_ONLY, /* it stands before a / */
    PARAMETER_KEYWORD_ONLY,    /* it stands behind a * */
    PARAMETER_REST,            /* *name: the positional arguments that are left */
    PARAMETER_KEYWORDS         /* **name: the named ones that are left */
} parameter_kind;

typedef struct node node;
struct node {
    node_kind kind;
    node_kind
        makes; /* a comprehension: NODE_LIST, NODE_SET, NODE_DICT or, of a generator, itself */
    parameter_kind parameter;
    operator op;
    char conversion; /* r or s, 0 where there is none */
    mlp_span where;
    const token *first, *last; /* what it was read from, for its text */
    const char *text;          /* which node_text wrote; NULL before it is asked for */
    const char *name;
    const char *path; /* of an import, dotted */
    literal literal;  /* of a NODE_CONSTANT */
    void **made;      /* the place for what whoever runs the tree makes of it, once */
    node *test, *left, *right;
    node *items; /* a list by `next` */
    node *body;  /* likewise */
    node *otherwise, *final;
    node *next;
    size_t count;      /* of items */
    bool yields;       /* a statement that holds a yield of the def around it */
    bool is_generator; /* a def of which one does */
    map assigned;  /* names that a def binds: parameters, targets, imports, defs and classes; of a
                      comprehension its targets */
    map globals;   /* names that it declares global */
    map nonlocals; /* names that it declares nonlocal */
};

/* The statements of the cell, a list by `next`. */
node *parse_cell(reader *r, const mlp_cell *cell);
/* The same of a text that is no part of the script: it has no place there, its lines are 0. */
node *parse_module(reader *r, const char *text, size_t length);
/* One expression, as the default of an option in a signature. */
node *parse_script_expression(reader *r, const char *text, size_t length);

/* The place of the whole expression; of its first line, where it has several. */
mlp_span node_span(const node *expression);
/* The text of an expression on one line, spaced as Python code usually is, without comments and
 * without `self.`. */
const char *node_text(reader *r, const node *expression);

#endif
