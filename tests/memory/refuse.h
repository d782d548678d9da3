/* Memory that can be refused. */
#ifndef MLPSTEP_TESTS_REFUSE_H
#define MLPSTEP_TESTS_REFUSE_H

#include <stdlib.h>

/* As calloc and realloc; in one process of two they give NULL: see refuse.c. */
void *refusable_calloc(size_t count, size_t size);
void *refusable_realloc(void *memory, size_t size);

#endif
