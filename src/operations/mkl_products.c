/* What PyTorch calls MKL for, by how its operands lie in memory. */
#include "mkl_products.h"

#include "row.h"

bool is_by_mkl(const mlp_call *call) {
    return call->in[0]->dtype == MLP_FLOAT32 &&
           mlp_release_has(&call->release, MLP_MULTIPLIES_BY_MKL);
}

mlp_mkl_call mkl_call_of(const matrix_product *p) {
    const bool left = p->by_columns ? !p->b_is_transpose : p->a_is_transpose;
    const bool right = p->by_columns ? !p->a_is_transpose : p->b_is_transpose;
    return right ? MLP_MKL_LINEAR : left ? MLP_MKL_WEIGHT_GRADIENT : MLP_MKL_MATRICES;
}

static void multiply(const mlp_call *call, void *c, const mlp_mkl_product *p) {
    mlp_mkl_product on = *p;
    on.processor = mlp_release_is_wide(&call->release) ? MLP_AVX512 : MLP_AVX2;
    mlp_mkl_multiply(c, &on);
}

/* What lies by columns is computed as its transpose: c^T = b^T a^T. */
void multiply_by_mkl(const mlp_call *call, const matrix_product *p, mlp_mkl_call what) {
    const mlp_matrix c = mlp_matrix_by_rows(p->a_matrix.rows, p->b_matrix.columns);
    mlp_mkl_product product = {.call = what,
                               .a = p->a,
                               .b = p->b,
                               .a_matrix = p->a_matrix,
                               .b_matrix = p->b_matrix,
                               .c_matrix = c};
    if (p->by_columns) {
        product.a = p->b;
        product.b = p->a;
        product.a_matrix = mlp_matrix_transpose(p->b_matrix);
        product.b_matrix = mlp_matrix_transpose(p->a_matrix);
        product.c_matrix = mlp_matrix_transpose(c);
    }
    multiply(call, p->c, &product);
}

/* --- linear: x, weight, bias or NULL --- */

/* A weight that is a transpose lies as the matrix that x is multiplied by. */
void linear_by_mkl(const mlp_call *call, size_t batch) {
    const size_t in = call->in[1]->shape[1], out = call->in[1]->shape[0];
    const bool is_vector = call->in[0]->ndim == 1, as_it_stands = call->options.transposed_b;
    const mlp_mkl_product product = {
        .call = is_vector ? (as_it_stands ? MLP_MKL_VECTOR_BY_MATRIX : MLP_MKL_LINEAR_OF_VECTOR)
                          : (as_it_stands ? MLP_MKL_MATRICES : MLP_MKL_LINEAR),
        .a = call->in[0]->data,
        .b = call->in[1]->data,
        .bias = data_of(call->in[2]),
        .a_matrix = mlp_matrix_by_rows(batch, in),
        .b_matrix = mlp_matrix_transpose(mlp_matrix_by_rows(out, in)),
        .c_matrix = mlp_matrix_by_rows(batch, out)};
    multiply(call, call->out[0]->data, &product);
}

/* dx = dy weight, dweight = dy^T x */
void linear_back_by_mkl(const mlp_call *call, size_t batch) {
    const size_t in = call->in[1]->shape[1], out = call->in[1]->shape[0];
    const mlp_matrix dy = mlp_matrix_by_rows(batch, out), x = mlp_matrix_by_rows(batch, in);
    const bool is_vector = call->in[0]->ndim == 1, weight_by_columns = call->options.transposed_b;
    const matrix_product of_x = {.c = data_of(call->din[0]),
                                 .a = call->dout->data,
                                 .b = call->in[1]->data,
                                 .a_matrix = dy,
                                 .b_matrix = mlp_matrix_by_rows(out, in),
                                 .by_columns = call->options.transposed,
                                 .b_is_transpose = weight_by_columns};
    const matrix_product of_weight = {.c = data_of(call->din[1]),
                                      .a = call->dout->data,
                                      .b = call->in[0]->data,
                                      .a_matrix = mlp_matrix_transpose(dy),
                                      .b_matrix = x,
                                      .by_columns = weight_by_columns,
                                      .a_is_transpose = true,
                                      .b_is_transpose = call->options.transposed};
    if (of_x.c)
        multiply_by_mkl(call, &of_x,
                        of_x.by_columns || weight_by_columns ? mkl_call_of(&of_x)
                        : is_vector                          ? MLP_MKL_INPUT_GRADIENT_OF_VECTOR
                                                             : MLP_MKL_INPUT_GRADIENT);
    if (of_weight.c)
        multiply_by_mkl(call, &of_weight, mkl_call_of(&of_weight));
}

/* --- matmul: a (m, k) or (k), b (k) --- */

/* A matrix times a vector is computed as the vector times the matrix's transpose. */
void vector_by_mkl(const mlp_call *call, size_t m, size_t k) {
    const bool is_dot = call->in[0]->ndim == 1, by_columns = call->options.transposed;
    const mlp_mkl_product product = {.call = is_dot       ? MLP_MKL_DOT
                                             : by_columns ? MLP_MKL_VECTOR_BY_MATRIX
                                                          : MLP_MKL_LINEAR_OF_VECTOR,
                                     .a = call->in[1]->data,
                                     .b = call->in[0]->data,
                                     .a_matrix = mlp_matrix_by_rows(1, k),
                                     .b_matrix = mlp_matrix_transpose(mlp_matrix_by_rows(m, k)),
                                     .c_matrix = mlp_matrix_by_rows(1, m)};
    multiply(call, call->out[0]->data, &product);
}

/* db = dy a */
void vector_back_by_mkl(const mlp_call *call, size_t m, size_t k) {
    const mlp_mkl_product product = {.call = call->options.transposed ? MLP_MKL_LINEAR_OF_VECTOR
                                                                      : MLP_MKL_VECTOR_BY_MATRIX,
                                     .a = call->dout->data,
                                     .b = call->in[0]->data,
                                     .a_matrix = mlp_matrix_by_rows(1, m),
                                     .b_matrix = mlp_matrix_by_rows(m, k),
                                     .c_matrix = mlp_matrix_by_rows(1, k)};
    multiply(call, call->din[1]->data, &product);
}
