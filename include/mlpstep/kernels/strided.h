/* Views: the elements of x that stand at regular distances, as those of a transpose, a row, a
 * slice, or of one number repeated.
 *
 * y has the sizes `shape`, last dimension fastest. Its element [i, j, ...] is that element of x
 * whose place is offset + i stride[0] + j stride[1] + ... Elements are `size` bytes. */
#ifndef MLPSTEP_KERNELS_STRIDED_H
#define MLPSTEP_KERNELS_STRIDED_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MLP_STRIDED_DIMS = 8
};

typedef struct mlp_strided {
    size_t ndim;                     /* at most MLP_STRIDED_DIMS */
    size_t shape[MLP_STRIDED_DIMS];  /* the sizes of y, of which the first ndim count */
    size_t stride[MLP_STRIDED_DIMS]; /* from one element of x to the next along a dimension of y */
    size_t offset;                   /* where in x the first element of y is */
} mlp_strided;

/* How PyTorch goes over numbers that do not stand one behind the other in its memory, where last
 * digits depend on that. */
typedef struct mlp_loop {
    bool input_scattered; /* those of the first input do not */
    bool wide;            /* the processor has vectors of 64 bytes, which some loops use */
    bool scattered;       /* false: it takes all at once, and what follows says nothing */
    size_t run;           /* so many it takes at a time, those of whole vectors in another way */
    mlp_strided order;    /* the places of the numbers in the order that it takes them in; where it
                             adds them up, those in memory */
} mlp_loop;

/* Where numbers stand in a memory like PyTorch's, and here, where they stand as they are read: how
 * far it is there and here from one to the next along a dimension, beginning with the dimension
 * where it is farthest there. Without dimensions both are the same. */
typedef struct mlp_places {
    size_t ndim;
    size_t there[MLP_STRIDED_DIMS], here[MLP_STRIDED_DIMS];
} mlp_places;

/* Of numbers that have this layout there; NULL: as they are read. */
mlp_places mlp_places_of(const mlp_strided *layout);
/* Where the number stands here that is at that place there. */
static inline size_t mlp_place_here(const mlp_places *memory, size_t place) {
    size_t here = 0;
    for (size_t d = 0; d < memory->ndim; d++) {
        here += place / memory->there[d] * memory->here[d];
        place %= memory->there[d];
    }
    return here + place;
}

/* How many elements y has. */
size_t mlp_strided_count(const mlp_strided *view);
/* The place in x of element i of y. */
size_t mlp_strided_place(const mlp_strided *view, size_t i);

/* y from x. */
void mlp_strided_read(void *y, const void *x, size_t size, const mlp_strided *view);
/* The elements of x that y is a view of, from y; the others stay. */
void mlp_strided_write(void *x, const void *y, size_t size, const mlp_strided *view);

#ifdef __cplusplus
}
#endif

#endif
