/* Shape and values, and how PyTorch prints them. */
#ifndef MLPSTEP_TENSOR_H
#define MLPSTEP_TENSOR_H

#include "mlpstep/arena.h"
#include "mlpstep/diagnostic.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_dtype {
    MLP_FLOAT32,
    MLP_FLOAT64,
    MLP_INT64,
    MLP_BOOL,
    MLP_INT32,
    MLP_INT16,
    MLP_INT8,
    MLP_UINT8,
} mlp_dtype;

enum {
    MLP_DTYPES = MLP_UINT8 + 1
};

enum {
    MLP_MAX_DIMS = 8
};

/* A contiguous tensor, last dimension fastest. data is float, double, int64_t or bool by dtype; all
 * integers are int64_t, so that they have the same kernels. After one has written numbers of a
 * narrower type, mlp_tensor_wrap makes those of them that this type has. */
typedef struct mlp_tensor {
    mlp_dtype dtype;
    size_t ndim;                /* 0 for a scalar */
    size_t shape[MLP_MAX_DIMS]; /* the first ndim count */
    size_t numel;               /* product of the sizes, 1 for a scalar */
    void *data;
} mlp_tensor;

bool mlp_dtype_is_floating(mlp_dtype dtype);
bool mlp_dtype_is_integer(mlp_dtype dtype); /* bools are none */
/* Of an element here; of one in PyTorch. */
size_t mlp_dtype_size(mlp_dtype dtype);
size_t mlp_dtype_size_in_pytorch(mlp_dtype dtype);
/* "float32", "int64", "bool" and the like. */
const char *mlp_dtype_name(mlp_dtype dtype);
/* What it is called in PyTorch's messages: Float, Double, Long, Bool, Int, Short, Char, Byte. */
const char *mlp_dtype_word(mlp_dtype dtype);
/* The least and the greatest number of an integer type. */
int64_t mlp_dtype_least(mlp_dtype dtype);
int64_t mlp_dtype_most(mlp_dtype dtype);

/* Towards zero; what no int64 is near, a nan too, becomes the smallest, as on x86. */
int64_t mlp_to_int64(double x);
/* The number of an integer type with the same last bits. */
int64_t mlp_wrapped(mlp_dtype dtype, int64_t number);
/* Towards zero, to an integer type, as x86 does: those that are signed and have up to 32 bits are
 * made of the last bits of an int32, as which what is beyond it is the smallest. */
int64_t mlp_to_integer(mlp_dtype dtype, double x);

/* A tensor of zeros, its values owned by the arena. Fails where there are more than MLP_MAX_DIMS
 * dimensions or the values do not fit in the arena. One that is unset need not be of zeros: all its
 * values will be written before any is read. */
bool mlp_tensor_new(mlp_tensor *tensor, mlp_arena *arena, mlp_dtype dtype, size_t ndim,
                    const size_t *shape, mlp_diagnostic *error);
bool mlp_tensor_new_unset(mlp_tensor *tensor, mlp_arena *arena, mlp_dtype dtype, size_t ndim,
                          const size_t *shape, mlp_diagnostic *error);
/* One of zeros that is not written to: it shares its memory with others. */
bool mlp_tensor_zeros(mlp_tensor *tensor, mlp_arena *arena, mlp_dtype dtype, size_t ndim,
                      const size_t *shape, mlp_diagnostic *error);

/* Element i in storage order. An int64 beyond 2^53 is rounded by _get. */
double mlp_tensor_get(const mlp_tensor *tensor, size_t i);
int64_t mlp_tensor_get_int(const mlp_tensor *tensor, size_t i);
/* Rounds to the tensor's dtype, as mlp_to_integer does; a bool is whether the value is not 0. */
void mlp_tensor_set(mlp_tensor *tensor, size_t i, double value);
/* Of a tensor of integers: the number of its type with the same last bits. */
void mlp_tensor_set_int(mlp_tensor *tensor, size_t i, int64_t value);
/* What has been written as int64 becomes of the tensor's type. Floats and bools stay. */
void mlp_tensor_wrap(mlp_tensor *tensor);

bool mlp_tensor_same_shape(const mlp_tensor *a, const mlp_tensor *b);

/* "[2, 3]"; "[]" for a scalar. text must hold MLP_SHAPE_TEXT bytes. */
enum {
    MLP_SHAPE_TEXT = 22 * MLP_MAX_DIMS + 3
};
const char *mlp_shape_text(char *text, const mlp_tensor *tensor);

/* torch.set_printoptions. */
enum {
    MLP_MAX_PRECISION = 60,
    MLP_MAX_DIGITS = 17 /* that a double has, and 9 are enough for a float32 */
};

typedef enum mlp_sci_mode {
    MLP_SCI_AUTO, /* None: where numbers differ much, or are large or small */
    MLP_SCI_OFF,
    MLP_SCI_ON
} mlp_sci_mode;

typedef struct mlp_print_options {
    int precision;    /* decimals, 0 to MLP_MAX_PRECISION */
    double threshold; /* a tensor of more elements is summarised */
    size_t edgeitems; /* elements shown at either end of a summarised dimension, at least 1 */
    size_t linewidth;
    mlp_sci_mode sci_mode;
    /* Columns are as wide as the notation makes them that sci_mode asks for, not as the one that
     * AUTO would have chosen: MLP_MEASURES_AS_ASKED in release.h. */
    bool measures_as_asked;
} mlp_print_options;

/* Its profiles. */
extern const mlp_print_options mlp_print_default, mlp_print_short, mlp_print_full;

/* `tensor(...)` exactly as PyTorch prints it. The dtype is named where default_dtype,
 * torch.get_default_dtype(), and the numbers do not tell it. suffix is what stands last,
 * "grad_fn=<X>" or "requires_grad=True", or NULL. Returns NULL without memory. */
char *mlp_tensor_text(mlp_arena *arena, const mlp_tensor *tensor, const mlp_print_options *options,
                      mlp_dtype default_dtype, const char *suffix);

/* Writes `tensor(...)` as PyTorch does under set_printoptions(precision=precision,
 * sci_mode=False, threshold=inf, linewidth=80), but always with all its decimals and without
 * grad_fn, requires_grad or dtype. Lines after the first are shifted right by `shift`. */
void mlp_tensor_write(FILE *out, const mlp_tensor *tensor, int precision, size_t shift);
/* The same in scientific notation. */
void mlp_tensor_write_exponents(FILE *out, const mlp_tensor *tensor, int precision, size_t shift);
/* The same in hexadecimal floating point, as 0x1.99999ap-4, which is exact. */
void mlp_tensor_write_hexadecimal(FILE *out, const mlp_tensor *tensor, size_t shift);
/* The same with a ? for every number. */
void mlp_tensor_write_blank(FILE *out, const mlp_tensor *tensor, size_t shift);

#ifdef __cplusplus
}
#endif

#endif
