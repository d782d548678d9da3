/* How a matrix lies in memory: its sizes, and two strides that say, in elements, how far it is from
 * one row to the next and from one column to the next. A transpose is the same array with both
 * exchanged. */
#ifndef MLPSTEP_KERNELS_MATRIX_H
#define MLPSTEP_KERNELS_MATRIX_H

#include <stddef.h>

typedef struct mlp_matrix {
    size_t rows, columns; /* of the matrix as it is read */
    size_t row_stride;    /* from [i, j] to [i + 1, j] */
    size_t column_stride; /* from [i, j] to [i, j + 1] */
} mlp_matrix;

/* Row by row, without gaps. */
static inline mlp_matrix mlp_matrix_by_rows(size_t rows, size_t columns) {
    const mlp_matrix matrix = {rows, columns, columns, 1};
    return matrix;
}

static inline mlp_matrix mlp_matrix_transpose(mlp_matrix of) {
    const mlp_matrix transpose = {of.columns, of.rows, of.column_stride, of.row_stride};
    return transpose;
}

/* Where [i, j] stands. */
static inline size_t mlp_matrix_place(mlp_matrix of, size_t i, size_t j) {
    return i * of.row_stride + j * of.column_stride;
}

#endif
