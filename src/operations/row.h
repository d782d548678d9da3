/* What the rows of the operations share. Above each row stand the few lines that hand
 * the kernels what they ask for: pointers and sizes out of tensors, and the refusal of shapes that
 * do not fit. */
#ifndef MLPSTEP_OPERATIONS_ROW_H
#define MLPSTEP_OPERATIONS_ROW_H

#include "mlpstep/kernels/dimension.h"
#include "mlpstep/kernels/reduced_dims.h"
#include "mlpstep/operation.h"

/* Calls the float or the double kernel, by the dtype of the first input. */
#define CALL_KERNEL(call, name, ...)             \
    do {                                         \
        if ((call)->in[0]->dtype == MLP_FLOAT64) \
            mlp_##name##_f64(__VA_ARGS__);       \
        else                                     \
            mlp_##name##_f32(__VA_ARGS__);       \
    } while (0)

/* In formulas: the second operand. */
#define B_OR_NUMBER "[b? b][!b? number]"

/* The values, or NULL without a tensor. */
void *data_of(const mlp_tensor *tensor);
/* The values from that place on, or NULL. */
void *part_of(const mlp_tensor *tensor, size_t at);
mlp_shape shape_of(const mlp_tensor *tensor);
void copy_values(const mlp_tensor *to, const mlp_tensor *from);

/* The number in place of an operand, for a tensor of floating-point numbers: an integer is rounded
 * to its type at once, not to double before. */
double number_of(const mlp_call *call);

/* Where PyTorch has what the call adds up; NULL: as it is read. */
const mlp_strided *memory_of(const mlp_call *call);
/* How many numbers a layer norm normalises together. */
size_t row_size(const mlp_call *call);

bool check_floating(const mlp_tensor *x, mlp_diagnostic *error);
/* Whether PyTorch can round the number, an option of this name, to the type of x. */
bool check_fits(double number, const char *name, const mlp_tensor *x, mlp_diagnostic *error);
/* b may be NULL. */
bool check_same_dtype(const mlp_tensor *a, const char *a_name, const mlp_tensor *b,
                      const char *b_name, mlp_diagnostic *error);
/* The `check` of an operation that gives a floating-point tensor another of the same shape. */
bool check_elementwise(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error);
/* Floating-point or int64. */
bool check_numbers(const mlp_tensor *x, mlp_diagnostic *error);
/* The `check` of an operation on the elements of a and b, or of a alone where b is NULL. */
bool check_binary(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error);
bool check_floating_binary(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error);
/* Counts a negative dimension from the last one; false where x has no such dimension. */
bool resolve_dim(int64_t *dim, const mlp_tensor *x, mlp_diagnostic *error);

/* Views: all of x, its elements where they stand; the shape of a view's result; its numbers, and the
 * gradient of x from that of these: what is outside the view has none. */
mlp_strided whole_of(const mlp_tensor *x);
bool check_view(const mlp_strided *view, mlp_dtype dtype, mlp_shape *out);
void read_view(const mlp_call *call, const mlp_strided *view);
void write_view(const mlp_call *call, const mlp_strided *view);

/* The `work` of a product: each number of y is a sum over a row of x. */
double product_work(const mlp_tensor *x, const mlp_tensor *y);

/* The `grad_fn` of a product of a vector and a matrix. */
const char *product_of_vector_grad_fn(const mlp_call *call);

/* 1, 0, -1; 0 of a nan. */
int sign_of(double x);
/* The `kinks` of an operation that has one where an element of in[0], or of its result, is 0. */
void kinks_at_zero(const mlp_call *call, mlp_take_side *take, void *context);
void kinks_of_zero_result(const mlp_call *call, mlp_take_side *take, void *context);

/* x seen as [outer, size, inner] around the dimension dim. */
mlp_dimension split_at(const mlp_tensor *x, size_t dim);

/* How the call's x is divided into sums, and of how many terms each is. */
mlp_reduced_dims reduced_dims(const mlp_call *call);
size_t reduced_count(const mlp_call *call);
/* How the gradient of mlp_expand is divided into those of x's elements. */
mlp_reduced_dims repeated_dims(const mlp_call *call);
/* The layout of x along dim; without one all elements are of one dimension. */
mlp_dimension extreme_layout(const mlp_call *call);

/* Which result of amax or amin element i is part of. */
size_t extreme_place(const mlp_call *call, size_t i);

/* `count` products (m, k) x (k, n). A vector is a matrix of one row or, on the right, one column;
 * leading dimensions of a join its rows where b is a single matrix. */
typedef struct {
    size_t count, m, n, k;
} products;

products products_of(const mlp_tensor *a, const mlp_tensor *b);

#endif
