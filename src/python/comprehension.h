/* Comprehensions and generator expressions: the loops of a NODE_COMPREHENSION, turn by turn. */
#ifndef MLPSTEP_PYTHON_COMPREHENSION_H
#define MLPSTEP_PYTHON_COMPREHENSION_H

#include "object.h"

typedef struct generator generator;

/* [...], {...} or, of a generator expression, an iterator. */
object *evaluate_comprehension(script *s, const struct node *n);
/* The next element of a generator expression; NULL at its end. */
object *generator_next(script *s, generator *g);

#endif
