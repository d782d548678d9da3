/* Matrix products with the registers of a processor. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_VECTOR_MULTIPLY_H
#define MLPSTEP_KERNELS_VECTOR_MULTIPLY_H

#include "../real.h"
#include "mlpstep/kernels/matrix.h"

typedef size_t multiply_function(real *c, mlp_matrix c_matrix, const real *a, mlp_matrix a_matrix,
                                 const real *b, mlp_matrix b_matrix);

/* c = c + a b in the first rows of c; returns how many these are: all but the last one, or none.
 * None where a loop over the elements is as good: what is small, and where there is no memory. */
multiply_function KERNEL(multiply_rows);

#endif
