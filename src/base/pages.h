#ifndef MLPSTEP_BASE_PAGES_H
#define MLPSTEP_BASE_PAGES_H

#include <stddef.h>

/* Tells the system that the memory will be filled, so that it may come in large pages: that is what
 * most of the time goes to where a training is kept. Changes nothing else, and where the system
 * knows no such pages, nothing. */
void prefer_large_pages(void *memory, size_t bytes);

#endif
