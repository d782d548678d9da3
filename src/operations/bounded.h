/* Arithmetic on numbers of which a bound is known, by the rules of mlpstep/bound.h: a row writes
 * its kernel's formula in it. */
#ifndef MLPSTEP_OPERATIONS_BOUNDED_H
#define MLPSTEP_OPERATIONS_BOUNDED_H

#include "mlpstep/kernels/dimension.h"
#include "mlpstep/operation.h"

/* A number, and how far it, and what any build has in its place, may be from the exact one. */
typedef struct {
    double value, bound;
} bounded;

/* The type that the numbers are rounded to. */
typedef struct {
    double unit;     /* the unit roundoff */
    double smallest; /* normal number */
    double largest;  /* finite number: what may be beyond has no bound */
} rounding;

rounding rounding_to(mlp_dtype dtype);

/* A number that is the same in all builds. */
bounded exactly(double value);
/* A number that is not, where its own bound is accounted for apart: other builds have another, so
 * that its product with 1 may be rounded, and so may its sum with 0. */
bounded as_if_exact(double value);
/* A number that the script gives, which builds round to the type, or do not. */
bounded bounded_number(rounding r, double number);
/* A number that has been computed in double, in all builds, and is rounded to the type or not; and
 * 1 - number, as such a one. */
bounded bounded_factor(rounding r, bounded number);
bounded bounded_beside_one(rounding r, double number);
/* Element i of a tensor; `bound` may be NULL. */
bounded bounded_at(const mlp_tensor *tensor, const double *bound, size_t i);
/* The largest that |x| may be, in any build. */
double bounded_size(bounded x);

/* Rounded once more; a function's error in the last place. */
bounded bounded_round(rounding r, bounded x);
bounded bounded_function(rounding r, bounded x);

/* Without a rounding: */
bounded bounded_negative(bounded x);
bounded bounded_product(bounded a, bounded b);

/* With one: */
bounded bounded_add(rounding r, bounded a, bounded b);
bounded bounded_sub(rounding r, bounded a, bounded b);
bounded bounded_mul(rounding r, bounded a, bounded b);
bounded bounded_div(rounding r, bounded a, bounded b);
/* The same of an operation that every build does by itself, and not in another order with others:
 * of exact numbers, all give the same, which is often exact. */
bounded bounded_add_alone(rounding r, bounded a, bounded b);
bounded bounded_mul_alone(rounding r, bounded a, bounded b);
bounded bounded_div_alone(rounding r, bounded a, bounded b);
/* a / number, in some builds a multiplied by 1 / number. */
bounded bounded_over(rounding r, bounded a, bounded number);

/* With a function's error: */
bounded bounded_exp(rounding r, bounded x);
bounded bounded_log(rounding r, bounded x);
bounded bounded_sqrt(rounding r, bounded x);
bounded bounded_tanh(rounding r, bounded x);
bounded bounded_power(rounding r, bounded a, bounded b);
/* 1 / (1 + exp(-x)) */
bounded bounded_sigmoid(rounding r, bounded x);

/* -1, 0, 1: the sign of x - to, of X - to and of any build's; 2 where they may differ. */
int bounded_compare(bounded x, double to);

/* The sum of the n terms, which it leaves in another order; `products`: each was rounded itself
 * first, unless a fused multiplication and addition did both at once. */
bounded bounded_sum(rounding r, bounded *terms, size_t n, bool products);

/* Elements first, first + stride, ... of a tensor. */
typedef struct {
    const mlp_tensor *tensor;
    const double *bound;
    size_t first, stride;
} bounded_row;

/* Column i of the outer * inner ones along a dimension, and element k of it. */
bounded_row bounded_column(const mlp_tensor *tensor, const double *bound, const mlp_dimension *dim,
                           size_t i);
bounded bounded_element(const bounded_row *row, size_t k);

/* bias + the sum of a[k] b[k] over n elements, and the sum of a[k]. The room is for n + 1 terms. */
bounded bounded_dot(rounding r, bounded_row a, bounded_row b, size_t n, bounded bias,
                    bounded *room);
bounded bounded_total(rounding r, bounded_row a, size_t n, bounded *room);
/* The scratch of a call as room for terms. */
bounded *bounded_room(const mlp_bounds *bounds);

/* Of an operation whose numbers are the inputs', rearranged: those of `data`, bit k for in[k]; the
 * other inputs say how. Backward adds up where a number was taken several times. */
void bound_moved(const mlp_operation *operation, unsigned data, const mlp_call *call,
                 const mlp_bounds *bounds);
void bound_moved_back(const mlp_operation *operation, unsigned data, const mlp_call *call,
                      const mlp_bounds *bounds);

#endif
