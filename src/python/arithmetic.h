/* Python's operators: the one place where an expression's operator finds what computes it. */
#ifndef MLPSTEP_PYTHON_ARITHMETIC_H
#define MLPSTEP_PYTHON_ARITHMETIC_H

#include "object.h"

/* a op b, comparisons included. `where` is the whole expression. */
value *python_binary(script *s, operator op, value *a, value *b, mlp_span where);
/* a op= b: what the target holds afterwards. A list or a Tensor changes in place. */
value *python_in_place(script *s, operator op, value *a, value *b, mlp_span where);
value *python_negative(script *s, value *a, mlp_span where);
value *python_positive(script *s, value *a, mlp_span where);
value *python_absolute(script *s, value *a, mlp_span where);

/* "+", "not in". */
const char *operator_text(operator op);

/* bool(v) */
bool python_truth(script *s, const value *v, mlp_span where);
/* a is b; fails where Python leaves it open. */
bool python_is(script *s, const value *a, const value *b, mlp_span where);
/* a == b as a bool: what `in` asks. */
bool python_equal(script *s, value *a, value *b, mlp_span where);

/* Operators on numbers, for arithmetic.c. */
value *number_binary(script *s, operator op, const value *a, const value *b, mlp_span where);
value *number_negative(script *s, const value *v, mlp_span where);
/* The value of a bool or an integer. */
int64_t number_integer(const value *v);
/* Comparisons, for arithmetic.c. */
value *python_compare(script *s, operator op, value *a, value *b, mlp_span where);

#endif
