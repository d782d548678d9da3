/* What Python's collections has beside OrderedDict: dicts of two more kinds, and the deque. */
#ifndef MLPSTEP_PYTHON_COLLECTIONS_H
#define MLPSTEP_PYTHON_COLLECTIONS_H

#include "type.h"

/* Dicts: they have keys and items as any. Of a defaultdict, `factory` makes what is missing. */
extern const struct type default_dict_type, counter_type;
/* An object that holds a list, and how long that may be. */
extern const struct type deque_type;
/* *longest: -1 where there is no limit. */
object *deque_elements(const object *o, int64_t *longest);

#endif
