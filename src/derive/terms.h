/* A formula about certain tensors: names stand for inputs, options and gradients of a step. */
#ifndef MLPSTEP_DERIVE_TERMS_H
#define MLPSTEP_DERIVE_TERMS_H

#include "math.h"
#include "notation.h"
#include "symbols.h"

#include "mlpstep/trace.h"

typedef enum {
    TERM_NUMBER, /* number; symbol: as which it is written, NULL: in digits */
    TERM_TENSOR, /* tensor, symbol */
    TERM_WORDS,  /* text: there is no formula */
    TERM_ADD,
    TERM_SUBTRACT,
    TERM_NEGATE,
    TERM_MULTIPLY,
    TERM_DIVIDE,
    TERM_PRODUCT,   /* of matrices; of a matrix and a vector */
    TERM_OUTER,     /* of two vectors: each element of one with each of the other */
    TERM_POWER,     /* part 0 to the part 1 */
    TERM_TRANSPOSE, /* the last two dimensions change places */
    TERM_INVERSE,
    TERM_RESHAPED, /* the numbers of part 0, in the same order, in another shape */
    TERM_CALL,     /* the function `text`, element by element */
    TERM_OVER,     /* sum, mean, prod, max or min (`text`) of part 0 over the dimensions `over` */
    TERM_ABSOLUTE,
    TERM_PICK,    /* part 0 at the class that part 1 says, in its last or second dimension */
    TERM_ONE_HOT, /* 1 at the class that part 0 says, 0 elsewhere */
    TERM_CASES,   /* part 0 where part 1, ..., the last one elsewhere */
    TERM_COMPARE, /* part 0 `text` part 1 */
    TERM_AND
} term_kind;

typedef struct term term;
struct term {
    term_kind kind;
    bool shaped; /* its shape is known, and so are its elements; else it can only be shown */
    size_t ndim, shape[MLP_MAX_DIMS];
    double number;
    const char *text;
    const math *symbol;
    const mlp_tensor *tensor;
    bool given;              /* of a tensor: the script gave its numbers */
    bool over[MLP_MAX_DIMS]; /* dimensions of part 0 ... */
    bool keeps;              /* ... that stay, with size 1 */
    size_t count;
    const term *part[FORMULA_PARTS];
};

/* What names are to stand for. */
typedef struct binding {
    mlp_arena *arena;
    const symbols *symbols;
    const mlp_step *step;      /* whose formula it is: of a gradient, the forward step's */
    const mlp_value *gradient; /* dy; NULL in forward and updates */
    const equation *equations; /* all of the formula: those before `here` are definitions */
    const equation *here;
    const mlp_tensor *result; /* what the left side stands for */
    size_t depth;             /* of formulas within formulas */
    bool in_one;              /* gradients are written as what they came from, up to the loss */
    bool within_sum;          /* what is bound stands within sum(...) or mean(...) */
} binding;

/* NULL without memory. */
const term *term_bind(const binding *b, const formula *f);
/* What a value is called where it is read; one that has no name as its own formula. */
const term *term_of_value(const binding *b, const mlp_value *value);
/* The formula of one of the results of a step, as the report shows them; NULL without memory. */
typedef struct {
    const term *right;
    const char *remark; /* NULL: none */
} term_formula;
bool term_formula_of(const binding *around, const mlp_value *value, term_formula *f);

/* With symbols. */
const math *term_math(const term *t, mlp_arena *arena);

/* One element with its numbers. */
typedef struct {
    const math *numbers;   /* put in; NULL: it cannot be spelled out */
    const math *collapsed; /* likewise, functions and inner sums being computed; NULL: the same */
    const math *because;   /* the comparison that decided; NULL: none did */
} term_element_result;
typedef struct {
    mlp_arena *arena;
    int precision;
    bool blank; /* computed numbers are left out */
} term_style;
/* Of the place-th number of a tensor. */
void term_index_of(const mlp_tensor *tensor, size_t place, size_t *index);
/* The element of the result at `place`, which is what the term has to give, but for rounding: else it is
 * not spelled out. False without memory. */
bool term_element(const term *t, const mlp_tensor *result, size_t place, const term_style *style,
                  term_element_result *e);
/* The first place whose element comes about in another way than the element at place 0, as on the
 * other side of a LeakyReLU; 1 where there is none, or none near. */
size_t term_other_place(const term *t, const mlp_tensor *result, const term_style *style);

/* A number to so many decimals, without zeros at the end. */
const math *math_number(mlp_arena *arena, double number, int precision);
/* An element of a tensor; of an integer all digits. */
const math *math_element(mlp_arena *arena, const mlp_tensor *tensor, size_t place, int precision);
/* One of an option: as short as it reads back. */
const math *math_option(mlp_arena *arena, double number);

#endif
