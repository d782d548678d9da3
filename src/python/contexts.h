/* What a `with` does with an object of a class of the script, or of contextlib: both may give a
 * value for `as`, and see what the body raised. Other objects are in attempt.h. */
#ifndef MLPSTEP_PYTHON_CONTEXTS_H
#define MLPSTEP_PYTHON_CONTEXTS_H

#include "call.h"

/* Whether it is such an object. */
bool contexts_has(const object *o);
/* __enter__(); fails where it has no __exit__. */
object *contexts_enter(call *c, object *self);
/* __exit__() behind a body that raised the exception, or NULL. Whether that goes no further. */
bool contexts_exit(call *c, object *self, object *raised);
/* What a call of a function under @contextmanager gives, of the generator. */
object *contexts_of_generator(call *c, object *generator);

#endif
