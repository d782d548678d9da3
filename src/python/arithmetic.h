/* Python's operators: the one place where an expression's operator finds what computes it. */
#ifndef MLPSTEP_PYTHON_ARITHMETIC_H
#define MLPSTEP_PYTHON_ARITHMETIC_H

#include "object.h"

/* a op b, comparisons included. `where` is the whole expression. */
object *python_binary(script *s, operator op, object *a, object *b, mlp_span where);
/* a op= b: what the target holds afterwards. A list changes in place. */
object *python_in_place(script *s, operator op, object *a, object *b, mlp_span where);
object *python_negative(script *s, object *a, mlp_span where);
object *python_positive(script *s, object *a, mlp_span where);
object *python_absolute(script *s, object *a, mlp_span where);
object *python_inverted(script *s, object *a, mlp_span where); /* ~a */

/* "+", "not in". */
const char *operator_text(operator op);

/* & | ^, whose results are bools of bools. */
bool operator_is_of_bits(operator op);

/* bool(v) */
bool python_truth(script *s, const object *v, mlp_span where);

/* Operators on numbers, for arithmetic.c. */
object *number_binary(script *s, operator op, const object *a, const object *b, mlp_span where);
object *number_negative(script *s, const object *v);
/* a op b, a comparison, of the numbers as they are here, whatever they are elsewhere. */
bool number_compares(script *s, operator op, const object *a, const object *b);
/* The value of a bool or an integer, and the same without its sign. */
int64_t number_integer(const object *v);
uint64_t number_magnitude(const object *v);
/* Comparisons, for arithmetic.c. */
/* a == b as a bool: what `in` asks. */
bool python_equal(script *s, object *a, object *b, mlp_span where);
object *python_compare(script *s, operator op, object *a, object *b, mlp_span where);

#endif
