/* Products of matrices under the builds that multiply by MKL: see mlpstep/kernels/mkl.h. */
#ifndef MLPSTEP_OPERATIONS_MKL_PRODUCTS_H
#define MLPSTEP_OPERATIONS_MKL_PRODUCTS_H

#include "mlpstep/kernels/matrix.h"
#include "mlpstep/kernels/mkl.h"
#include "mlpstep/operation.h"

/* One product of a call, c (m, n) = a (m, k) b (k, n). */
typedef struct {
    void *c;
    const void *a, *b;
    mlp_matrix a_matrix, b_matrix;
    bool by_columns;                     /* c lies so in PyTorch's memory */
    bool a_is_transpose, b_is_transpose; /* of what lies there row by row */
} matrix_product;

/* Whether MKL computes the products of the call: a wheel's, of float32. */
bool is_by_mkl(const mlp_call *call);
/* What PyTorch calls for a product of two matrices. */
mlp_mkl_call mkl_call_of(const matrix_product *p);
void multiply_by_mkl(const mlp_call *call, const matrix_product *p, mlp_mkl_call what);

/* F.linear: forward, and the gradients that din has of x and of the weight. */
void linear_by_mkl(const mlp_call *call, size_t batch);
void linear_back_by_mkl(const mlp_call *call, size_t batch);
/* matmul of a vector or two: forward; the gradient of a vector on the right. */
void vector_by_mkl(const mlp_call *call, size_t m, size_t k);
void vector_back_by_mkl(const mlp_call *call, size_t m, size_t k);

#endif
