/* Sets. One of numbers alone, or of tuples of them, has CPython's order, which their hashes decide;
 * any other, whose order in CPython is another at every run, the order in which its elements came.
 */
#ifndef MLPSTEP_PYTHON_SET_H
#define MLPSTEP_PYTHON_SET_H

#include "object.h"

bool object_is_set(const object *o); /* or a frozenset */
/* One without elements, of either kind. */
object *set_new(script *s, object_kind kind);
void set_add(script *s, object *set, object *key, mlp_span where);
bool set_has(script *s, const object *set, object *key, mlp_span where);
/* Whether it was there. */
bool set_discard(script *s, object *set, object *key, mlp_span where);
void set_clear(object *set);
/* Takes one out; the set has some. */
object *set_pop(script *s, object *set);
/* The elements in their order, as a list. */
object *set_elements(script *s, const object *set);
/* Adds, or takes out, what is iterated over. */
void set_update(script *s, object *set, object *from, mlp_span where);
void set_subtract(script *s, object *set, object *from, mlp_span where);
object *set_copy(script *s, object_kind kind, object *from, mlp_span where);
/* What is in the set, and is, or is not, among what is iterated over. */
object *set_intersection(script *s, object *set, object *with, mlp_span where);
object *set_difference(script *s, object *set, object *from, mlp_span where);
/* | & - ^ of a set and another. */
object *set_combine(script *s, operator op, object *a, object *b, mlp_span where);
/* The same in place; | & and - take what is iterated over, too. */
void set_change(script *s, operator op, object *set, object *b, mlp_span where);
/* Whether all elements of a are in b. */
bool set_is_subset(script *s, const object *a, const object *b, mlp_span where);
/* == and the order that `<=` is: a is a subset of b. */
bool set_compares(script *s, operator op, const object *a, const object *b, mlp_span where);

#endif
