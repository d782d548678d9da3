/* In which order the classes that a class derives from are asked for a name. */
#ifndef MLPSTEP_PYTHON_ORDER_H
#define MLPSTEP_PYTHON_ORDER_H

#include "object.h"

/* The class behind `at`, itself or one that it derives from, in the order of `class`; NULL: none. */
user_class *order_next(const user_class *class, const user_class *at);
/* Gives the class, which has none yet, its bases; what stands in `bases` must live as long. Fails
 * where they have no order. */
void order_set(script *s, user_class *class, user_class **bases, size_t count, mlp_span where);
/* Its __bases__, __mro__ or mro; NULL of other names, and of the last two where not all that it
 * derives from are classes of the script. */
object *class_lineage(script *s, const user_class *class, const char *name);

#endif
