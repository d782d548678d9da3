/* The order in which PyTorch's TensorIterator goes over the numbers of a reduction: by where they
 * stand in its memory. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_REDUCED_H
#define MLPSTEP_KERNELS_REDUCED_H

#include "mlpstep/kernels/reduced_dims.h"

/* How often it turns, and how far a turn goes in the numbers and in the results, where 0 stays with
 * the same. */
typedef struct {
    size_t size, in, out;
    size_t begin, end; /* the turns to go */
} reduction_loop;

/* The loops, the innermost first; at least two. */
typedef struct {
    size_t count;
    reduction_loop loop[MLP_REDUCED_DIMS + 2];
    mlp_places memory;
} reduction;

reduction reduction_of(const mlp_reduced_dims *dims);
/* Goes for one result alone from now on. */
void reduction_select(reduction *r, size_t place);
/* Where number `term` of result `place` stands, as the numbers are read. */
size_t reduction_term(const reduction *r, size_t place, size_t term);
/* Whether the numbers of each result stand one behind the other. */
bool reduction_is_by_rows(const reduction *r);

#endif
