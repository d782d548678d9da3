/* The notation of formulas in the rows of operations, as a tree. */
#ifndef MLPSTEP_DERIVE_NOTATION_H
#define MLPSTEP_DERIVE_NOTATION_H

#include "mlpstep/arena.h"

#include <stddef.h>

typedef enum {
    FORMULA_NUMBER, /* number */
    FORMULA_NAME,   /* text: of an input, the result, an option, or of an equation before */
    FORMULA_WORDS,  /* {text}: what no formula says */
    FORMULA_ADD,    /* part 0 + part 1 */
    FORMULA_SUBTRACT,
    FORMULA_NEGATE,
    FORMULA_MULTIPLY, /* element by element */
    FORMULA_DIVIDE,
    FORMULA_PRODUCT, /* of matrices: part 0 @ part 1 */
    FORMULA_POWER,
    FORMULA_TRANSPOSE,
    FORMULA_INVERSE,
    FORMULA_CALL,     /* the function `text` of its parts: exp(x), max(0, x) */
    FORMULA_ABSOLUTE, /* |part 0| */
    FORMULA_INDEX,    /* part 0 [part 1, ...] */
    FORMULA_CASES,    /* part 0 where part 1, part 2 where part 3, ..., the last one elsewhere */
    FORMULA_COMPARE,  /* part 0 `text` part 1: < <= > >= = != */
    FORMULA_AND       /* part 0 and part 1: of comparisons */
} formula_kind;

enum {
    FORMULA_PARTS = 8
};

typedef struct formula formula;
struct formula {
    formula_kind kind;
    double number;
    const char *text;
    size_t count;
    const formula *part[FORMULA_PARTS];
};

typedef struct equation equation;
struct equation {
    const formula *left, *right;
    const char *remark; /* NULL: none */
    const equation *next;
};

/* The equations of a text, separated by ; in their order. NULL where it is none: *at is then the
 * byte where it ceases to be, or SIZE_MAX without memory. */
const equation *notation_parse(mlp_arena *arena, const char *text, size_t *at);

#endif
