/* What an operation is told beside its inputs, under the names that PyTorch has for it.
 *
 * An operation reads the members it knows, and no others, which are left at 0. To give one a new
 * option is to add a member here and, for scripts to set it by its name, a line to the table in
 * src/operations/options.c. */
#ifndef MLPSTEP_OPTIONS_H
#define MLPSTEP_OPTIONS_H

#include "mlpstep/kernels/reduction.h"
#include "mlpstep/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A number of a script, which may be an integer that no double holds. */
typedef struct mlp_number {
    double real;     /* the number; of an integer beyond 2^53 the nearest double */
    int64_t integer; /* the number towards zero; INT64_MIN where no int64 is near, for a nan too */
    double off;      /* as far as bounds are kept: another build's is at most so far from it */
} mlp_number;

mlp_number mlp_real(double number);
mlp_number mlp_integer(int64_t number);
/* Whether PyTorch takes the number for one of the dtype, to be rounded to it: infinities and nan
 * for a floating-point type, what lies within its limits for another. Any is a bool. */
bool mlp_number_fits(mlp_number number, mlp_dtype dtype);
/* Sets element i to the number: an integer is rounded to float32 at once, not to double before. */
void mlp_number_set(mlp_tensor *tensor, size_t i, mlp_number number);

typedef struct mlp_sizes {
    size_t count;
    size_t size[MLP_MAX_DIMS]; /* the first `count` */
} mlp_sizes;

typedef struct mlp_order {
    size_t count;
    int64_t
        dim[MLP_MAX_DIMS]; /* the first `count`; a negative one counts from the last dimension */
} mlp_order;

typedef struct mlp_options {
    /* Stands for each element of an operand that is no tensor: `other` of add and its like,
     * `exponent` of pow, the base of rpow, `value` of index_put. */
    mlp_number number;

    double negative_slope; /* of leaky_relu */
    double p;              /* of dropout, the probability to drop; of norm, the exponent */
    double
        alpha; /* of add_scaled and sub_scaled: a + alpha b; of elu; of rmsprop, and rho of adadelta */
    double min, max;         /* of clamp, with has_min and has_max */
    double rtol, atol;       /* of isclose, with equal_nan */
    double label_smoothing;  /* of cross-entropy: from 0 to 1 */
    double threshold, value; /* of threshold; of softplus, where it becomes a line */
    double lambd;            /* of softshrink */
    double delta, beta; /* of huber_loss, smooth_l1_loss: straight lines beyond it; of softplus */

    double lr, weight_decay;       /* of an optimizer, with maximize */
    double momentum, dampening;    /* of sgd, with nesterov; of rmsprop, with centered */
    double betas[2], eps;          /* of adam, with amsgrad */
    double lr_decay;               /* of adagrad; value is what its sum begins with */
    double etas[2], step_sizes[2]; /* of rprop */

    int64_t step;       /* of an optimizer: which update of the parameter it is, from 1; of slice */
    int64_t correction; /* of var and std: n - correction is divided by */
    int64_t ignore_index; /* of losses over classes: the target that does not count; of embedding:
                             the row that does not, -1 for none */
    int64_t decimals;     /* of round_decimals */
    int64_t dim;          /* a dimension, from the end where negative; with has_dim */
    int64_t dim0, dim1;   /* of transpose: the dimensions that change places */
    int64_t k;            /* of topk: how many */
    int64_t index;        /* of select: which along dim, from the end where negative; of diagonal,
                             tril, triu: how far above the main diagonal; of roll: how far */
    int64_t start, stop;  /* of slice, as Python takes them; with has_start and has_stop */
    mlp_order order;      /* of permute: the dimensions in their new order */
    mlp_sizes sizes;      /* of reshape and expand: the sizes of the result */

    mlp_reduction reduction; /* of losses */
    mlp_dtype dtype;         /* of to: the type of the result */

    bool dims[MLP_MAX_DIMS]; /* the dimensions that sum and its like go over; with has_dims */
    bool has_dims;           /* false: over all, where a script names none */
    bool has_dim;            /* false where a script gives None, for argmax and softmax */
    bool has_min, has_max;
    bool has_start, has_stop;
    bool descending, stable, unsorted; /* of sort and topk: the largest first, equal ones as they
                                          came, the first ones in whatever order */
    bool keepdim;                      /* what is reduced stays as a dimension of size 1 */
    bool approximate_by_tanh;          /* of gelu */
    bool inplace;                      /* the result takes the place of the input */
    bool equal_nan;                    /* of isclose */
    /* Of products: the first input is a matrix that lies column by column in PyTorch's memory, as
     * t() makes it; and so is the second. What computes by a trace finds that itself. */
    bool transposed, transposed_b;
    /* Of batch norm: the input does not stand one number behind the other in PyTorch's memory. */
    bool scattered;
    /* Of embedding: each row's gradient is divided by how often it was looked up. */
    bool by_frequency;
    bool nesterov, amsgrad, centered, maximize;
} mlp_options;

enum {
    MLP_MAX_NUMBERS = 2 /* of one option */
};

/* Sets the option of that name to the numbers: to one or, where it has several, to all of them;
 * count 0 is None. False where no option has that name, or another count of numbers. */
bool mlp_options_set(mlp_options *options, const char *name, const mlp_number *numbers,
                     size_t count);
/* Reads it again; returns the count, which is 0 for None and where no option has that name. */
size_t mlp_options_get(const mlp_options *options, const char *name,
                       mlp_number numbers[MLP_MAX_NUMBERS]);

#ifdef __cplusplus
}
#endif

#endif
