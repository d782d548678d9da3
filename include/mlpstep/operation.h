/* The operations a step can be: the one table that says what each is called, which options it
 * has and which kernels compute it. To add a layer is to add its kernel file and a row here. */
#ifndef MLPSTEP_OPERATION_H
#define MLPSTEP_OPERATION_H

#include "mlpstep/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MLP_MAX_INPUTS = 4,
    MLP_MAX_OUTPUTS = 3,
    MLP_MAX_OPTIONS = 8
};

/* Where the options of mlp_sgd stand; the flags are 0 or 1. */
enum {
    MLP_SGD_LR,
    MLP_SGD_MOMENTUM,
    MLP_SGD_DAMPENING,
    MLP_SGD_WEIGHT_DECAY,
    MLP_SGD_NESTEROV,
    MLP_SGD_MAXIMIZE
};

/* What an operation is given. Forward reads `in` and writes `out`; backward reads in, out and
 * the gradient of out[0], and writes din. Absent inputs and unwanted gradients are NULL. */
typedef struct mlp_call {
    const mlp_tensor *in[MLP_MAX_INPUTS];
    mlp_tensor *out[MLP_MAX_OUTPUTS];
    const mlp_tensor *dout;
    mlp_tensor *din[MLP_MAX_INPUTS];
    double option[MLP_MAX_OPTIONS]; /* in the order of `options` below; a nan is None */
    const char *warning;            /* set by `check` where the call is legal but suspicious */
} mlp_call;

/* Shape and type of an output, as `check` decides them. */
typedef struct mlp_shape {
    mlp_dtype dtype;
    size_t ndim;
    size_t shape[MLP_MAX_DIMS];
} mlp_shape;

typedef struct mlp_operation {
    const char *name; /* leaky_relu, also its name in torch.nn.functional */
    /* For an operation that is a module of one input and nothing but options: the module's name
     * in torch.nn, and its options as Python declares them. NULL where a module needs more. */
    const char *module;
    const char *options;
    const char *formula;  /* y = ... */
    const char *gradient; /* dx = ... */
    size_t outputs;       /* the first is the result; others are kept for backward, not shown */

    /* Decides the outputs' shapes from the inputs' and completes options (a negative dim);
     * false with a message for inputs that do not fit. */
    bool (*check)(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error);
    void (*forward)(const mlp_call *call);
    void (*backward)(const mlp_call *call); /* NULL: not differentiable */
    /* reads[i]: the inputs, bit j for in[j], that the gradient of in[i] is computed from. */
    unsigned char reads[MLP_MAX_INPUTS];
    bool reads_output;
    /* What PyTorch calls the node of the graph: AddmmBackward0; mlp_linear has several. */
    const char *grad_fn;
} mlp_operation;

extern const mlp_operation mlp_linear;
extern const mlp_operation mlp_dropout; /* x, mask */
extern const mlp_operation mlp_log_softmax;
extern const mlp_operation mlp_nll_loss; /* log-probabilities, target, weight or NULL */
extern const mlp_operation mlp_mse_loss; /* x, target */
extern const mlp_operation mlp_cross_entropy_smoothed;
extern const mlp_operation mlp_cross_entropy_probabilities;
extern const mlp_operation mlp_reshape;  /* x, with the same values */
extern const mlp_operation mlp_identity; /* x as it is: dropout outside training */
extern const mlp_operation mlp_add;      /* x + y: gradients that meet */
extern const mlp_operation mlp_sgd;      /* parameter, grad, momentum buffer or NULL */

/* The operations that have a module's name, ended by NULL. */
extern const mlp_operation *const mlp_modules[];

#ifdef __cplusplus
}
#endif

#endif
