/* Cells of memory that are given out again when nothing points to them any more: mark and sweep,
 * where every word that looks like a pointer is taken for one (H.-J. Boehm and M. Weiser, "Garbage
 * collection in an uncooperative environment", 1988). A pointer into a cell keeps it as one to its
 * start does; one behind its end does not. */
#ifndef MLPSTEP_BASE_HEAP_H
#define MLPSTEP_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>

typedef struct heap heap;

/* What is taken from the system, and how much of it may be. */
typedef struct {
    size_t used, limit; /* bytes */
    bool starved;       /* it was refused although the limit would have allowed it */
} quota;

/* What is allocated comes out of the quota, which lives longer. `base` is an address in the stack,
 * above all frames that will hold pointers into the heap. The environment's MLPSTEP_COLLECT says
 * how many bytes are allocated between two collections at least, for tests. NULL without memory. */
heap *heap_new(quota *of, const void *base);
void heap_free(heap *h);

typedef enum {
    CELL_OF_POINTERS,
    CELL_PLAIN, /* it never holds a pointer */
    CELL_UNSET  /* plain, and all of it is written before it is read */
} cell_kind;

/* A cell, aligned for any type, zeroed but for what is unset. NULL without memory. */
void *heap_alloc(heap *h, size_t bytes, cell_kind kind);

/* Whether enough was allocated since the last collection for one to be worth its time. */
bool heap_is_due(const heap *h);
/* A collection begins; false without memory for it. */
bool heap_begin(heap *h);
/* What these bytes point to is kept. */
void heap_mark(heap *h, const void *from, size_t bytes);
/* Keeps what the registers, the stack up to `base` and what is kept point to, and ends the
 * collection: all else is given out again. */
void heap_sweep(heap *h);

#endif
