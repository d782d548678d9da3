/* The orders in which MKL adds the products of an element. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_MKL_SUMS_H
#define MLPSTEP_KERNELS_MKL_SUMS_H

#include <stddef.h>

/* The numbers that meet in one element: a row of a, a column of b. */
typedef struct {
    const float *a, *b;
    size_t a_step, b_step;
} mkl_terms;

/* Of k terms, k > 0. */
typedef float mkl_sum(const mkl_terms *t, size_t k);

mkl_sum mkl_chain, mkl_rounded_chain, mkl_pair, mkl_rounded_pair, mkl_eight_lanes, mkl_dot_by_8,
    mkl_dot_by_16, mkl_eights, mkl_sixteens, mkl_first_and_lanes, mkl_first_and_two_lanes,
    mkl_sixteen_lanes, mkl_twice_sixteen_lanes, mkl_quarters, mkl_upper_row, mkl_lower_row,
    mkl_single_row;

#endif
