/* Products in the order of Intel's MKL, with which PyTorch's wheels for x86-64 are built.
 *
 * c (m, n) = a (m, k) b (k, n), with bias (n) added where there is one. How a, b and c lie their
 * matrices say; the columns of a are as many as the rows of b: callers check. c does not overlap a,
 * b or bias.
 *
 * Every element of c is a sum of k products, and which of them meet first, and what is rounded on
 * the way, depends on what PyTorch computes, on all sizes, on the element's place and on the
 * processor. The rules were found with PyTorch 2.11 (MKL 2024.2, float32, one thread), for m and n
 * up to 32, m n up to 300 and k up to 784. What is larger goes on by them, which is extrapolated,
 * but for the width of tiles with more rows, which a network with 100 showed: so it holds in all
 * networks of tests/builds. Operands that are transposed otherwise than in F.linear and its
 * gradients, those of batches too, are taken as if they lay row by row: that was not measured. */
#ifndef MLPSTEP_KERNELS_MKL_H
#define MLPSTEP_KERNELS_MKL_H

#include "mlpstep/kernels/matrix.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_processor {
    MLP_AVX2,
    MLP_AVX512
} mlp_processor;

/* What PyTorch computes, by which it calls one routine or another. Vectors are matrices with one
 * row, where they stand on the left, or one column. */
typedef enum mlp_mkl_call {
    MLP_MKL_LINEAR, /* F.linear of a matrix, x W^T, and any product of a and a transpose */
    MLP_MKL_LINEAR_OF_VECTOR, /* the same of a vector; a matrix times a vector, transposed */
    MLP_MKL_INPUT_GRADIENT,   /* of F.linear: dy W */
    MLP_MKL_INPUT_GRADIENT_OF_VECTOR, /* the same of a vector */
    MLP_MKL_WEIGHT_GRADIENT,          /* of F.linear, dy^T x, and any of a transpose and b */
    MLP_MKL_MATRICES,                 /* a b, as they stand */
    MLP_MKL_VECTOR_BY_MATRIX,         /* a b, where a is a vector */
    MLP_MKL_BATCH,                    /* one of a batch of a b */
    MLP_MKL_DOT                       /* of two vectors */
} mlp_mkl_call;

typedef struct mlp_mkl_product {
    mlp_mkl_call call;
    mlp_processor processor;
    const float *a, *b;
    const float *bias; /* NULL: none */
    mlp_matrix a_matrix, b_matrix, c_matrix;
} mlp_mkl_product;

void mlp_mkl_multiply(float *c, const mlp_mkl_product *p);

#ifdef __cplusplus
}
#endif

#endif
