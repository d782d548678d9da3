/* copy.copy and copy.deepcopy. */
#ifndef MLPSTEP_PYTHON_COPY_H
#define MLPSTEP_PYTHON_COPY_H

#include "call.h"

/* What one deepcopy() has copied so far: what stands in several places is copied once. */
typedef struct copies copies;

/* The deep copy of a part. */
object *copy_deep(call *c, object *o, copies *so_far);
/* Notes the copy of an object whose parts are yet to be copied, and may refer to it. */
void copy_note(call *c, copies *so_far, const object *of, object *copy);

#endif
