/* Mathematics as a tree, which the writers of all forms read. */
#ifndef MLPSTEP_DERIVE_MATH_H
#define MLPSTEP_DERIVE_MATH_H

#include "mlpstep/arena.h"

#include <stddef.h>

typedef enum {
    MATH_NUMBER,   /* `text`, as it is to be read: 0.15, -3, 1e-05, inf, nan */
    MATH_BLANK,    /* a number to be filled in */
    MATH_SYMBOL,   /* a letter, or the name of a variable: x, W, loss, η; hat: ŷ is y with it */
    MATH_CODE,     /* a name of the script that is no symbol: net.2.weight, relu(x) */
    MATH_WORDS,    /* plain words */
    MATH_SIGN,     /* `sign` */
    MATH_ROW,      /* its parts, one behind the other */
    MATH_FRACTION, /* part 0 over part 1 */
    MATH_PARTIAL,  /* the derivative of part 0 by part 1 */
    MATH_POWER,    /* part 0 with part 1 above: x^2, A^T, W^(1) */
    MATH_INDEX,    /* part 0 with the others below, as its indices */
    MATH_ROOT,     /* the square root of part 0 */
    MATH_FENCED,   /* part 0 in brackets ( ) */
    MATH_ABSOLUTE, /* |part 0| */
    MATH_FUNCTION, /* the function `text` (exp, ln, sum, LeakyReLU) of its parts */
    MATH_MATRIX,   /* rows x columns parts, row by row; of one row that is no matrix: a vector */
    MATH_LIST,     /* [part 0, part 1, ...]: of matrices, or empty */
    MATH_CASES     /* part 0 where part 1, part 2 where part 3, ..., the last one elsewhere */
} math_kind;

typedef enum {
    MATH_PLUS,
    MATH_MINUS,      /* between two parts, or before one */
    MATH_TIMES,      /* of numbers, or of a number and a tensor: a dot */
    MATH_EACH_TIMES, /* element by element: a circle with a dot */
    MATH_BESIDE,     /* the product of two matrices, or of two symbols: they stand side by side */
    MATH_DIVIDED,    /* within a line */
    MATH_EQUAL,
    MATH_UNEQUAL,
    MATH_LESS,
    MATH_AT_MOST,
    MATH_GREATER,
    MATH_AT_LEAST,
    MATH_BECOMES, /* an arrow to the left */
    MATH_DOTS,    /* what is left out */
    MATH_COMMA,
    MATH_AND,
    MATH_SIGNS
} math_sign;

typedef struct math math;
struct math {
    math_kind kind;
    math_sign sign;
    const char *text;
    bool hat;
    bool is_vector; /* of a matrix */
    size_t rows, columns;
    size_t count;
    const math **parts;
};

/* All of these give NULL without memory, and where a part is NULL. Texts are not copied. */
const math *math_text(mlp_arena *arena, math_kind kind, const char *text);
const math *math_sign_of(mlp_arena *arena, math_sign sign);
const math *math_blank(mlp_arena *arena);
/* A symbol with a hat. */
const math *math_hat(mlp_arena *arena, const char *text);
/* Copies the list of the parts. */
const math *math_of(mlp_arena *arena, math_kind kind, size_t count, const math *const *parts);
const math *math_function(mlp_arena *arena, const char *name, const math *argument);
const math *math_matrix(mlp_arena *arena, size_t rows, size_t columns, bool is_vector,
                        const math *const *parts);

/* Rows that grow. A product that is added becomes part of the row. */
typedef struct {
    mlp_arena *arena;
    const math **parts;
    size_t count, capacity;
    bool failed;
} math_row;
void math_add(math_row *row, const math *part);
void math_add_sign(math_row *row, math_sign sign);
void math_add_words(math_row *row, const char *words);
/* A MATH_ROW of them, or the only one; NULL without memory. */
const math *math_row_end(math_row *row);

/* Whether it has to be put in brackets where it is a factor, or the base of a power. A negative
 * number is no sum. */
bool math_is_sum(const math *m);
/* Whether it begins with a minus. */
bool math_is_negative(const math *m);
/* Whether it is a number alone, or one behind a minus. */
bool math_is_number(const math *m);
/* Whether its parts are multiplied or divided, outside of all brackets. */
bool math_is_product(const math *m);
/* Whether part i of a row stands in brackets there, because of the signs beside it. */
bool math_part_is_fenced(const math *row, size_t i);

#endif
