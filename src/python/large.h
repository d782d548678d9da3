/* Whole numbers beyond 64 bits, with a sign and digits of 32 bits. What is computed of any two
 * whole numbers, large or not, comes out as the smallest kind of object that holds it. */
#ifndef MLPSTEP_PYTHON_LARGE_H
#define MLPSTEP_PYTHON_LARGE_H

#include "object.h"

#include "base/buffer.h"

/* A bool, an integer or a large one. */
bool object_is_whole(const object *o);
/* A number, or a large one. */
bool object_is_real(const object *o);

/* The number itself; a small one's digits are put into `room`. */
typedef uint32_t whole_room[2];
large_number whole_digits(const object *o, whole_room room);
object *whole_object(script *s, large_number w);
object *whole_of_unsigned(script *s, uint64_t number);
/* What a finite float has before its point. */
object *whole_of_number(script *s, double number);
/* Of digits that are some to the base, from 2 to 36. */
object *whole_of_digits(script *s, mlp_span where, const char *digits, unsigned base);
/* The digits of its size; whether a sign belongs before them. */
bool whole_write_size(script *s, mlp_span where, buffer *out, const object *o, unsigned base,
                      bool upper);

/* a op b: + - * // % ** << >> & | ^ of whole numbers; ** with an exponent from 0 on. */
object *whole_binary(script *s, operator op, const object *a, const object *b, mlp_span where);
/* a / b, rounded once. */
double whole_quotient(script *s, const object *a, const object *b, mlp_span where);
object *whole_negative(script *s, const object *o);

/* -1, 0 or 1. */
int whole_compare(large_number a, large_number b);
/* The nearest float, infinite where there is none. */
double whole_as_float(large_number w);
/* From 1/2 on and below 1, times 2^exponent: rounded to a float, of any size. */
double whole_parted(large_number w, int *exponent);
/* The nearest; Python's OverflowError where there is none. */
double whole_to_float(script *s, const object *o, mlp_span where);
size_t whole_bits(large_number w); /* up to the highest that is set */
size_t whole_ones(large_number w); /* that are set */
uint64_t whole_remainder(large_number w,
                         uint64_t modulus); /* of its size; the modulus below 2^63 */
/* Any object; of a large number the nearest that has 64 bits. */
object *whole_clipped(script *s, object *o);
/* Whether it is from 0 to 2^64 - 1. */
bool whole_is_unsigned(const object *o, uint64_t *number);

/* For large_divide.c: of the sizes, of which the result is newly made. */
large_number whole_plus(script *s, large_number a, large_number b);
large_number whole_minus(script *s, large_number a, large_number b); /* a is not the smaller */
large_number whole_times(script *s, large_number a, large_number b, mlp_span where);
large_number whole_left(script *s, large_number a, size_t bits);
large_number whole_right(script *s, large_number a, size_t bits);
/* The rest is left in `rest`. */
large_number whole_divide(script *s, large_number a, large_number b, large_number *rest,
                          mlp_span where);
int whole_compare_sizes(large_number a, large_number b);

#endif
