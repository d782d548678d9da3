/* The operations a step can be. Each is a row, in src/operations: what it is called, which options
 * it has, which kernels compute it, and whatever else the program asks about it. */
#ifndef MLPSTEP_OPERATION_H
#define MLPSTEP_OPERATION_H

#include "mlpstep/arena.h"
#include "mlpstep/kernels/strided.h"
#include "mlpstep/options.h"
#include "mlpstep/release.h"
#include "mlpstep/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    MLP_MAX_STATES = 3,                  /* what an optimizer keeps of a parameter */
    MLP_MAX_INPUTS = 2 + MLP_MAX_STATES, /* of an update: parameter, gradient, states */
    MLP_MAX_OUTPUTS = MLP_MAX_INPUTS,    /* of a backward step: a gradient for each input */
    MLP_MAX_PARTS = 4,                   /* of mlp_cat and mlp_stack */
    MLP_MAX_SHOWN = 6,                   /* options in the text of a module */
    MLP_MAX_LATER = 2,                   /* changes of an optimizer's options and settings */
    MLP_MAX_INDICES = 3                  /* of mlp_index */
};

/* What an operation is given. Forward reads `in` and writes `out`; backward reads in, out and
 * the gradient of out[0], and writes din. Absent inputs and unwanted gradients are NULL. */
typedef struct mlp_call {
    const struct mlp_operation *operation; /* for a function that serves several rows */
    const mlp_tensor *in[MLP_MAX_INPUTS];
    mlp_tensor *out[MLP_MAX_OUTPUTS];
    const mlp_tensor *dout;
    mlp_tensor *din[MLP_MAX_INPUTS];
    mlp_options options;
    mlp_release release; /* whose PyTorch it follows */
    bool dout_is_one;    /* PyTorch has one number in memory for all of dout */
    mlp_loop loop;       /* of what MLP_IS_BY_LOOP or MLP_IS_BY_MEMORY */
    const char *warning; /* set by `check` where the call is legal but suspicious */
} mlp_call;

/* How far the numbers of a call may be from exact ones (mlpstep/bound.h): a bound for each element
 * of a tensor; NULL where the call has no such tensor. Forward reads `in` and writes `out`; backward
 * reads in, of_out and dout, and writes din. What is written is 0 before; nan counts as infinite. */
typedef struct mlp_bounds {
    const double *in[MLP_MAX_INPUTS];
    double *out[MLP_MAX_OUTPUTS];
    const double *of_out[MLP_MAX_OUTPUTS]; /* what forward wrote */
    const double *dout;
    double *din[MLP_MAX_INPUTS];
    double *scratch; /* room for four numbers for each element of the call's largest tensor, and
                        for MLP_BOUND_ROOM more */
} mlp_bounds;
enum {
    MLP_BOUND_ROOM = 16
};

/* Shape and type of an output, as `check` decides them. */
typedef struct mlp_shape {
    mlp_dtype dtype;
    size_t ndim;
    size_t shape[MLP_MAX_DIMS];
} mlp_shape;

/* What an operation is, as a set: marking asks which slips can be made in it, gradcheck how it
 * rounds, a trace how the matrices of a product lie. */
enum {
    MLP_IS_PRODUCT = 1 << 0,           /* of in[0] and in[1], over rows and columns */
    MLP_IS_LAYER = 1 << 1,             /* a product with a weight of its own: linear */
    MLP_IS_BIASED = 1 << 2,            /* a bias is, or may be, added */
    MLP_IS_ACTIVATION = 1 << 3,        /* y is of x's shape, and x where it is left out */
    MLP_IS_LEAKY = 1 << 4,             /* y is x times the option negative_slope where x < 0 */
    MLP_IS_DROPOUT = 1 << 5,           /* in[1] is the mask */
    MLP_IS_NORMALISED = 1 << 6,        /* exp(x) is divided by the sum of all exp(x) */
    MLP_IS_LOGARITHM = 1 << 7,         /* y is one, or adds up multiples of some */
    MLP_IS_LOG_OF_SUM = 1 << 8,        /* ... of a sum of exp(x) */
    MLP_IS_LOG_PROBABILITIES = 1 << 9, /* what a loss over classes takes as in[0] */
    MLP_IS_LOSS_OVER_CLASSES = 1 << 10,
    MLP_IS_REDUCTION = 1 << 11, /* adds up terms, or gives their mean */
    MLP_IS_UPDATE = 1 << 12,    /* an optimizer's; or one that is written out may be such a step */
    MLP_IS_MULTIPLE = 1 << 13,  /* x times a number, where in[1] is NULL */
    MLP_IS_BY_LOOP = 1 << 14,   /* its last digits depend on the call's loop */
    MLP_FILLS_ZEROS = 1 << 15,  /* PyTorch writes dx into zeros that stand in order */
    MLP_IS_BY_MEMORY = 1 << 16, /* it adds up in[0], or the input that `loops` says, and in backward
                                   dout, as that stands in memory */
    MLP_WRITES_ALL = 1 << 17 /* forward writes each number of out[0], an update all, and backward of
                                   each din: none has to be 0 before */
};

/* Where NAME_ stands, which gives its input the result. */
enum {
    MLP_METHOD_IN_PLACE = 1 << 0,     /* Tensor.NAME_ */
    MLP_FUNCTION_IN_PLACE = 1 << 1,   /* torch.NAME_ */
    MLP_FUNCTIONAL_IN_PLACE = 1 << 2, /* torch.nn.functional.NAME_ */
    MLP_IN_PLACE = MLP_METHOD_IN_PLACE | MLP_FUNCTION_IN_PLACE
};

/* Takes the side of a kink that a call stands on, as -1, 0 or 1: left, exactly on it, right. */
typedef void mlp_take_side(void *context, int side);

/* Where the numbers of a result come from. */
typedef enum mlp_origin_of_numbers {
    MLP_COMPUTED,
    MLP_REARRANGED, /* they are the inputs', chosen, repeated or in another order */
    MLP_RELABELED   /* they are the input's, in the same order, in another shape at most */
} mlp_origin_of_numbers;

/* What torch.optim has around an operation that updates a parameter: in[0] is the parameter, in[1]
 * its gradient, in[2] and on are the states, each NULL before the first step that keeps it; out[0]
 * is the new parameter, out[1] and on are the new states. */
typedef struct mlp_optimizer {
    const char *name; /* of the class in torch.optim: SGD */
    const char *file; /* <class 'torch.optim.sgd.SGD'>: sgd */
    /* Its options as Python declares them, behind params. In the text above its steps, SGD(lr=0.1),
     * the first one always stands, and of the others those that are not at their defaults. */
    const char *options;
    const char *settings; /* what param_groups has besides, which is left as it is */
    /* What both became later, in that order; the last one that the release has counts. */
    struct {
        const char *options, *settings; /* NULL: as before */
        mlp_behaviour since;
    } later[MLP_MAX_LATER];
    const char *states[MLP_MAX_STATES + 1]; /* .momentum_buffer; ended by NULL */
    /* The states that it keeps under the options, bit i for states[i]. */
    unsigned (*kept)(const mlp_options *options);
    bool counts_steps;     /* it reads the option step */
    bool lists_step;       /* what it keeps begins with the number of steps ... */
    bool step_is_tensor;   /* ... as a tensor, also where there is no capturable */
    bool alike_in_foreach; /* foreach=True gives the same numbers, to the bit */
    /* The option that its state is filled with where it is there before the first step; NULL: it
     * comes with that. */
    const char *begins_with;
    /* How param_groups has all these, where that is not the order of the signature; and what ended
     * that, MLP_BEHAVIOURS where nothing did. */
    const char *order;
    mlp_behaviour ordered_until;
    /* Whether PyTorch makes an optimizer with such options; false with its reason. What it raises
     * names options in braces, {lr} or {betas[0]}, for the text of what the script gave. */
    bool (*check)(const mlp_options *options, mlp_diagnostic *error);
} mlp_optimizer;

/* The gradients of one step as steps of their own, which have a history: what autograd does under
 * create_graph=True. Values are handles here; what makes, reads or names one is the trace's. */
typedef struct mlp_value mlp_value;
typedef struct mlp_composition mlp_composition;
struct mlp_composition {
    const mlp_call *call; /* the step's */
    mlp_value *in[MLP_MAX_INPUTS], *out[MLP_MAX_OUTPUTS], *dout;
    bool wanted[MLP_MAX_INPUTS];
    mlp_value *din[MLP_MAX_INPUTS]; /* to be written: those that are wanted */
    bool failed;                    /* from here on nothing is computed, and every result is NULL */
    mlp_diagnostic *error;          /* where it says why */

    mlp_value *(*compute)(mlp_composition *c, const struct mlp_operation *operation,
                          const mlp_options *options, mlp_value *const in[MLP_MAX_INPUTS]);
    /* A tensor of that shape whose elements are the number, without history. */
    mlp_value *(*filled)(mlp_composition *c, const mlp_value *like, double number);
    const mlp_tensor *(*tensor)(const mlp_value *value);
    /* What the value was before it was broadcast with other inputs of its step; else itself. */
    mlp_value *(*unexpanded)(mlp_value *value);
    bool (*lies_by_columns)(const mlp_value *matrix);    /* in PyTorch's memory */
    void (*name)(mlp_value *value, const char *grad_fn); /* PyTorch's, where the row has another */
    void *context;
};

/* Another way to the result of an operation, as people take it on paper: each number of it by one of
 * another operation of the same in[0]. log_softmax is log(softmax). */
typedef struct mlp_route {
    const struct mlp_operation *by;
    bool along_dim; /* both work along the option dim, which has to be the same */
    bool of_all;    /* both are of all elements of in[0] */
    /* It gives in[0] of this operation, and of its gradient, in place of the result. */
    bool of_input;
    double (*from)(double number, double terms); /* terms: of a reduction, else 1 */
    /* Of an update, instead of all that: writes out[0] by the states that it keeps, out[1] and on. */
    void (*by_state)(const mlp_call *call);
} mlp_route;

typedef struct mlp_operation {
    const char *name; /* leaky_relu, also what functions and methods are called */
    /* For an operation of nothing but inputs and options, how scripts spell it. First the module's
     * name in torch.nn, its options as Python declares them, by the names of members of
     * mlp_options, and what its forward takes (NULL: input: Tensor). torch.nn.functional has a
     * function of the same options, called as the operation. NULL where there is no such module,
     * or where it needs more. */
    const char *module;
    const char *inputs;
    const char *options;
    struct {
        const char *name, *now;
    } former_options[2];       /* what its module still takes by name, and what replaced it */
    const char *later_options; /* since MLP_TAKES_FLOATS; NULL: the same */
    /* The options of torch.NAME and Tensor.NAME, which are the first ones; "": none. NULL where
     * PyTorch has no such function, or where it needs more. */
    const char *method_options;
    const char *alias; /* another name that both have: absolute */
    /* The same in place: MLP_METHOD_IN_PLACE and its like, for which of NAME_ there are. */
    unsigned char in_place;
    /* How the module prints: the file in <class 'torch.nn.modules.activation.ReLU'>, and the
     * options that stand in the brackets of its text, ended by NULL; "?inplace" only where it is
     * True, "=lambd" without its name. */
    const char *module_file;
    const char *shown[MLP_MAX_SHOWN + 1];
    bool promotes; /* takes integers too, as the default floating-point type */
    bool casts;    /* its functions have dtype=, the type that the input is taken to before */
    /* What it computes, and its gradients, in the notation that is explained below; NULL: in none. */
    const char *formula, *gradient;
    const char *symbols; /* how both call in[0], in[1], ...: "x W b"; NULL: x or a, b, c */
    size_t outputs;      /* the first is the result; others are kept for backward, not shown */

    /* Decides the outputs' shapes from the inputs' and completes options (a negative dim);
     * false with a message for inputs that do not fit. */
    bool (*check)(mlp_call *call, mlp_shape out[MLP_MAX_OUTPUTS], mlp_diagnostic *error);
    void (*forward)(const mlp_call *call);
    void (*backward)(const mlp_call *call); /* NULL: not differentiable */
    /* Writes the gradients as a composition of operations; NULL: there is no gradient of the
     * gradient. An operation without backward is differentiated so at any time. */
    void (*compose)(mlp_composition *c);
    /* Of a row that computes what the backward of another one does, as a step of its own: that row.
     * in[0] is dy; behind it stand the inputs of that row, and its out[1] at last, or, where it
     * reads the result alone, that. */
    const struct mlp_operation *gradient_of;
    bool reads_result;
    /* Whether PyTorch has a gradient for such a call; false with its reason. NULL: for all. */
    bool (*check_backward)(const mlp_call *call, mlp_diagnostic *error);
    /* The bounds of what forward, and backward, have just written. NULL: the numbers are the
     * inputs' (see `numbers`), and so are the bounds; of what is computed there is none. */
    void (*bound)(const mlp_call *call, const mlp_bounds *bounds);
    void (*bound_backward)(const mlp_call *call, const mlp_bounds *bounds);
    /* reads[i]: the inputs, bit j for in[j], that the gradient of in[i] is computed from; and
     * whether the result is. In place, too, backward finds the old input in in[]: what PyTorch
     * computes from the result then is computed from a result that the kernel finds again; it
     * keeps the result there, and else a copy of the old input. */
    unsigned char reads[MLP_MAX_INPUTS];
    bool reads_output;
    bool keeps_result;       /* in place, instead of what it reads */
    bool keeps_size;         /* over dims, until MLP_KEEPS_NO_SIZES: in[0] too, for its size */
    unsigned char gradients; /* the inputs, bit i for in[i], that backward has a gradient for */
    /* What PyTorch calls the node of the graph: AddBackward0. Where that depends on the call,
     * grad_fn is NULL and grad_fn_of says it. */
    const char *grad_fn;
    const char *later_grad_fn; /* since MLP_RENAMES_NODES; NULL: the same */
    const char *(*grad_fn_of)(const mlp_call *call);

    mlp_origin_of_numbers numbers;
    /* Of a view: makes of where the numbers of in[0] stand in memory, as PyTorch lays them out,
     * where those of the result do. False where PyTorch can only copy them. NULL: the result has
     * memory of its own, in which its numbers stand one behind the other ... */
    bool (*arrange)(const mlp_call *call, mlp_strided *view);
    /* ... or, as each is made of the inputs' numbers at its place, in the order of theirs. */
    bool elementwise;
    bool broadcasts; /* of a loss: input and target, with a warning */
    /* Whether PyTorch makes the result as a view of a tensor that nobody else has, which its node
     * tells once its numbers were changed in place. NULL: it does not. */
    bool (*is_hidden_view)(const mlp_call *call);
    bool of_several;     /* a view that PyTorch makes at once with others of the same input */
    bool rounds_factors; /* backward has factors of float32 in float64, too, as PyTorch's */
    bool hands_on; /* PyTorch returns the input itself: the step makes no new tensor and no node */
    /* For a call done again in float64: changes the options that name a type. NULL: none does. */
    void (*in_float64)(mlp_call *call);
    /* Tells the sides of all kinks, in a fixed order; of a call in float64. A kink is where the
     * first derivative jumps: between two calls with the same sides there is none. NULL: the
     * operation has none anywhere. */
    void (*kinks)(const mlp_call *call, mlp_take_side *take, void *context);
    /* Why the gradient of such a call is on purpose none of what forward computes; NULL: it is, but
     * at kinks. What such a gradient is of counts as a kink. */
    const char *(*bends)(const mlp_options *options);
    /* How many multiplications x -> y takes; NULL: about one for each number of y. */
    double (*work)(const mlp_tensor *x, const mlp_tensor *y);

    unsigned traits; /* MLP_IS_PRODUCT and the like */
    /* Of what MLP_IS_BY_LOOP: the inputs, bit i for in[i], that the loop of backward goes over; 0:
     * it goes over dout and what backward reads. That of forward goes over all inputs. */
    unsigned char loops;
    /* Of a product, which input is the weight; of what is biased, which one is the bias: bit i for
     * in[i]. Several bits: one of them, as the script has it. */
    unsigned char weights, biases;
    /* Of what is normalised: writes y without the division. */
    void (*unnormalised)(const mlp_call *call);
    /* Of a reduction: how many terms there are, by which a mean is divided. */
    double (*terms)(const mlp_call *call);
    /* ... and whether it reads the option reduction. If not, it is a mean, and as_sum does not
     * divide, or it is a sum, and as_mean does. */
    bool has_reduction;
    const struct mlp_operation *as_sum, *as_mean;
    /* Of an update: the option that the gradient is multiplied by, whatever its sign. NULL where it
     * has none: then as_ascent adds what this one subtracts. */
    double *(*learning_rate)(mlp_options *options);
    const struct mlp_operation *as_ascent;
    /* What the operation does itself before anything else: an input that is the result of it
     * already is suspicious. NULL: nothing of the kind. */
    const struct mlp_operation *begins_with;
    const mlp_optimizer *optimizer; /* of an optimizer's update */
    const mlp_route *route;         /* NULL: people come to the result as the operation does */
} mlp_operation;

/* Formulas are equations with ; between them: `y = x @ W^T[b?  + b]`. Beside the inputs, y is the
 * result (of a loss l, of an update p, as in[0]), dx the gradient of x, dy that of y; m, v, ... are
 * the states of an update, before and after. Other names are options, betas0 the first of two; `n`
 * is how many terms there are, `classes` how many classes, and what stands on the left of an equation
 * is defined by it. One name behind the other are multiplied, element by element as by * and /, @ is
 * the product of matrices, ^T transposes, ^-1 inverts one. sum(...) adds up whatever makes one
 * element of the left side. `1 where x > 0, 0 elsewhere` tells cases apart, and {words} stand for
 * what no formula says.
 * [NAME? ...] is there only where NAME holds, [!NAME? ...] where it does not: that an option is not
 * 0, that it is 2 ([p=2? ...]), that it is given ([has_min? ...]), that an input is there ([b? ...]);
 * `mean` and `sum` are the option reduction, `first` says that an update finds no state. Of
 * [momentum|dampening? ...] one has to hold. A space behind ? is none of the text.
 *
 * The formula, one of its row, as the call has it; NULL without memory. Of the call it reads the
 * operation, the options and which inputs are there. */
const char *mlp_formula_text(mlp_arena *arena, const char *notation, const mlp_call *call);
/* Which input has that name in the formulas; SIZE_MAX: none. */
size_t mlp_formula_input(const mlp_operation *operation, const char *name);

/* Runs the call's forward. Of integers narrower than 64 bits the number that takes part is wrapped
 * before, and the results after it. */
void mlp_operation_forward(const mlp_call *call);

/* --- layers, losses, updates --- */

extern const mlp_operation mlp_linear;
extern const mlp_operation mlp_dropout;                                     /* x, mask */
extern const mlp_operation mlp_relu, mlp_leaky_relu, mlp_sigmoid, mlp_tanh; /* x */
extern const mlp_operation mlp_prelu;                   /* x, a slope for each element */
extern const mlp_operation mlp_elu, mlp_selu, mlp_celu; /* x */
extern const mlp_operation mlp_silu, mlp_mish, mlp_softplus, mlp_logsigmoid;        /* x */
extern const mlp_operation mlp_gelu;                                                /* x */
extern const mlp_operation mlp_hardtanh, mlp_relu6, mlp_hardsigmoid, mlp_hardswish; /* x */
extern const mlp_operation mlp_softshrink, mlp_hardshrink, mlp_threshold;           /* x */
extern const mlp_operation mlp_glu;                                                 /* x; dim */
extern const mlp_operation mlp_softmax, mlp_log_softmax;                            /* x */
extern const mlp_operation mlp_nll_loss; /* log-probabilities, target, weight or NULL */
extern const mlp_operation mlp_mse_loss, mlp_huber_loss, mlp_smooth_l1_loss; /* x, target */
/* x, target, weight or NULL, the latter also pos_weight or NULL, all of one shape */
extern const mlp_operation mlp_binary_cross_entropy, mlp_binary_cross_entropy_with_logits;
extern const mlp_operation mlp_cross_entropy_smoothed;
extern const mlp_operation mlp_cross_entropy_probabilities;
/* Parameter, grad, and what is kept of both, NULL at first: see optimizer. */
extern const mlp_operation mlp_sgd, mlp_adam, mlp_adamw, mlp_rmsprop;
extern const mlp_operation mlp_adagrad, mlp_adamax, mlp_adadelta, mlp_radam, mlp_rprop;

/* --- element by element --- */

/* Of a and b, of the same shape and dtype. b may be NULL: then options.number stands for each of
 * its elements. float32, float64 and, but for div, int64. */
extern const mlp_operation mlp_add;
extern const mlp_operation mlp_sub;
extern const mlp_operation mlp_mul;
extern const mlp_operation mlp_div;
extern const mlp_operation mlp_mul_scalar, mlp_div_scalar; /* a; number, one of a formula's own */
extern const mlp_operation mlp_add_scaled;                 /* a + alpha b */
extern const mlp_operation mlp_sub_scaled;                 /* a - alpha b */

extern const mlp_operation mlp_rsub; /* x; number - x */

extern const mlp_operation mlp_pow;        /* x; x ** number */
extern const mlp_operation mlp_pow_tensor; /* a, b; a ** b */
extern const mlp_operation mlp_rpow;       /* x; number ** x */

extern const mlp_operation mlp_neg, mlp_reciprocal, mlp_exp, mlp_log, mlp_sqrt, mlp_abs; /* x */

extern const mlp_operation mlp_sin, mlp_cos, mlp_log1p, mlp_log10, mlp_log2, mlp_expm1; /* x */
extern const mlp_operation mlp_erf, mlp_erfinv, mlp_rsqrt;                              /* x */
/* x, floating-point or int64. */
extern const mlp_operation mlp_sign, mlp_floor, mlp_ceil, mlp_round, mlp_trunc;
extern const mlp_operation mlp_frac, mlp_deg2rad, mlp_rad2deg; /* x, floating-point */
/* x; value, max with has_max, min with has_min: in place of nan, inf, -inf */
extern const mlp_operation mlp_nan_to_num;
extern const mlp_operation mlp_round_decimals; /* x; decimals */

extern const mlp_operation mlp_tan, mlp_asin, mlp_acos, mlp_atan, mlp_sinh, mlp_cosh; /* x */
extern const mlp_operation mlp_asinh, mlp_acosh, mlp_atanh, mlp_exp2;                 /* x */
extern const mlp_operation mlp_logit; /* x; min, in place of eps, with has_min */

extern const mlp_operation mlp_xlogy; /* a, b; a log(b) */
extern const mlp_operation mlp_atan2, mlp_hypot, mlp_logaddexp, mlp_fmax, mlp_fmin; /* a, b */
extern const mlp_operation mlp_heaviside; /* a, b; 0 or 1, b where a is 0 */
/* a, b or NULL; the number in place of b. But for copysign also of int64. */
extern const mlp_operation mlp_remainder, mlp_fmod, mlp_floor_divide, mlp_copysign;
extern const mlp_operation mlp_div_floor, mlp_div_trunc;
/* a, b, c; value: a + value b c, a + value b / c */
extern const mlp_operation mlp_addcmul, mlp_addcdiv;
/* a, b, c or NULL; the number in place of c: a + c (b - a) */
extern const mlp_operation mlp_clamp_between; /* x, min, max, of which one may be NULL */
extern const mlp_operation mlp_lerp;

extern const mlp_operation mlp_clamp;                    /* x; min, max or both */
extern const mlp_operation mlp_clamp_min, mlp_clamp_max; /* x; min or max */
extern const mlp_operation mlp_maximum, mlp_minimum;     /* a, b */

/* a, b or NULL; the number in place of b. The result is bool. */
extern const mlp_operation mlp_eq, mlp_ne, mlp_lt, mlp_le, mlp_gt, mlp_ge;

/* a, b or NULL, int64 or bool; the number in place of b. The result is of their type. */
extern const mlp_operation mlp_bitwise_and, mlp_bitwise_or, mlp_bitwise_xor;
extern const mlp_operation mlp_shift_left, mlp_shift_right; /* of int64, by 0 to 63 bits */
extern const mlp_operation mlp_isnan, mlp_isinf,
    mlp_isfinite;                       /* x, of any type; the result is bool */
extern const mlp_operation mlp_isclose; /* a, b; rtol, atol, equal_nan, of integers dtype */
/* Its answer for one element, of tensors of the type. */
bool mlp_is_close(mlp_dtype dtype, double a, double b, const mlp_options *options);

extern const mlp_operation mlp_to; /* x; dtype */

/* --- over dimensions --- */

/* x; dims or, without any, all dimensions; keepdim. */
extern const mlp_operation mlp_sum, mlp_mean;
extern const mlp_operation mlp_mean_beside; /* as it comes beside a variance */
/* Likewise, and correction. out[1] is the mean. */
extern const mlp_operation mlp_var, mlp_std;
extern const mlp_operation mlp_logsumexp;      /* x; dims, keepdim */
extern const mlp_operation mlp_norm;           /* likewise, and p, 1 or 2 */
extern const mlp_operation mlp_norm_of_order;  /* the same for any other p */
const mlp_operation *mlp_norm_by(double p);    /* one of both */
const mlp_operation *mlp_dist_by(double p);    /* of a - b: a, b; p; out[1] is the difference */
extern const mlp_operation mlp_amax, mlp_amin; /* x; dims, keepdim */
extern const mlp_operation mlp_cdist;          /* points a (n, k) and b (m, k); p, 1 or 2 */
extern const mlp_operation mlp_max, mlp_min;   /* x; of all elements */
/* x; dim, keepdim. out[0] are the values, out[1] where they stand, as int64. */
extern const mlp_operation mlp_max_dim, mlp_min_dim;
extern const mlp_operation mlp_argmax, mlp_argmin;  /* x; dim or none, keepdim */
extern const mlp_operation mlp_prod;                /* likewise */
extern const mlp_operation mlp_cumsum, mlp_cumprod; /* x; dim */
/* x; dim, and how to order. out[0] are the values, out[1] where they stood, as int64; of argsort
 * out[0] are these. The last output is room for a column. */
extern const mlp_operation mlp_sort, mlp_argsort, mlp_topk;
extern const mlp_operation mlp_median_dim;         /* likewise; keepdim */
extern const mlp_operation mlp_kthvalue;           /* likewise; k from 1 on, keepdim */
extern const mlp_operation mlp_mode;               /* likewise; keepdim */
extern const mlp_operation mlp_cummax, mlp_cummin; /* x; dim; out as of the others */
extern const mlp_operation mlp_median;             /* x; of all elements; out[1] is room for them */

/* --- normalisation --- */

extern const mlp_operation mlp_layer_norm; /* x, weight or NULL, bias or NULL; sizes, eps */
/* Likewise, and outside of training the mean and the variance that are kept; eps. */
extern const mlp_operation mlp_batch_norm;
extern const mlp_operation mlp_running_mean, mlp_running_var; /* what is kept, x; momentum */

/* --- products --- */

/* a, b: vectors, matrices, or batches of matrices with equal leading sizes; transposed and
 * transposed_b, which show in last bits. */
extern const mlp_operation mlp_matmul;
extern const mlp_operation mlp_bmm;   /* the same of batches of matrices */
extern const mlp_operation mlp_addmm; /* mlp_add, of a tensor and a product of matrices */
/* Likewise, with alpha; and that product, whose gradients alpha multiplies at last. */
extern const mlp_operation mlp_addmm_scaled, mlp_mm_within;

/* Square matrices A; their last outputs are room, and of solve, det and cholesky_of out[1] is what
 * A was factored into, in float64. */
extern const mlp_operation mlp_solve;       /* A, B: a matrix, or a vector; A y = B */
extern const mlp_operation mlp_det;         /* A */
extern const mlp_operation mlp_cholesky_of; /* A; out[2]: which leading part is not positive */
extern const mlp_operation mlp_trace_of;    /* x, a matrix */
extern const mlp_operation mlp_logabsdet, mlp_sign_of_det; /* A, square */
/* A, symmetric: the eigenvalues; out[1] are the vectors, and out[3] is 1 where their signs depend on
 * roundings. */
extern const mlp_operation mlp_eigh;
extern const mlp_operation mlp_svdvals; /* A, any matrix */
extern const mlp_operation mlp_pinv;    /* A; rtol, atol: singular values up to that count as 0 */
extern const mlp_operation mlp_qr_of;   /* A; out[1] is R */

/* --- the same values in another arrangement --- */

/* Numbers of these ndim sizes that stand one behind the other. */
mlp_strided mlp_layout_in_order(size_t ndim, const size_t *shape);

/* x; sizes */
extern const mlp_operation mlp_reshape, mlp_view, mlp_unsqueeze, mlp_squeeze, mlp_squeeze_dim;
extern const mlp_operation
    mlp_unsqueeze_part; /* of what mlp_stack joins: its gradient is selected */
extern const mlp_operation mlp_unsqueeze_, mlp_squeeze_, mlp_squeeze_dim_; /* in place */
extern const mlp_operation mlp_reshape_copy; /* likewise, where PyTorch copies */
extern const mlp_operation mlp_clone;        /* x */
extern const mlp_operation mlp_contiguous;   /* x, its copy one behind the other */
extern const mlp_operation mlp_as_alias;     /* x, which PyTorch does not copy */
/* Up to four tensors, NULL behind the last, and in in[4] what a function of the script has computed
 * from them: that. Its gradients come from whoever recorded the step, see mlp_trace_function. */
extern const mlp_operation mlp_function;
extern const mlp_operation mlp_overwrite; /* x, what was written to it since; the gradient is x's */
extern const mlp_operation mlp_identity;  /* x as it is: dropout outside training */
extern const mlp_operation mlp_expand;    /* x; the sizes to broadcast it to */
extern const mlp_operation mlp_permute;   /* x; order */
extern const mlp_operation mlp_transpose; /* x; dim0, dim1 */
extern const mlp_operation mlp_t;         /* x, of up to two dimensions */
extern const mlp_operation mlp_transpose_, mlp_t_; /* in place */
extern const mlp_operation mlp_select;             /* x; dim, index: x[index] is of dimension 0 */
extern const mlp_operation mlp_unbind;             /* x; dim, index: as mlp_select */
extern const mlp_operation mlp_slice;              /* x; dim, start, stop, step (0: 1) */
/* The same, of a tensor that is cut into several: by one size, or by a list of them. */
extern const mlp_operation mlp_split, mlp_split_with_sizes;
extern const mlp_operation mlp_repeat;       /* as mlp_reshape_copy, of what was repeated */
extern const mlp_operation mlp_repeat_shape; /* as mlp_reshape, of what is to be */
extern const mlp_operation mlp_flip;         /* x; dims, which are turned round */
extern const mlp_operation mlp_roll;         /* x; dim, or none: all in one row; index: how far */
extern const mlp_operation mlp_diagonal;     /* x; dim0, dim1, index: how far above the main one */
extern const mlp_operation mlp_diag; /* the same of a matrix as a copy; of a vector the matrix */
extern const mlp_operation mlp_tril, mlp_triu; /* x; index, 0 above or below that diagonal */
/* x and one to three int64 tensors of one shape, for its first dimensions. */
extern const mlp_operation mlp_index;
extern const mlp_operation mlp_embedding;   /* weight, index; ignore_index: the row of padding */
extern const mlp_operation mlp_index_order; /* as mlp_permute; a part of an index in PyTorch */
/* x, where the new values stand among its elements as int64, and these, or NULL: then the number is
 * the one for all. */
extern const mlp_operation mlp_index_put;
extern const mlp_operation mlp_masked_select; /* as mlp_index, of one index; from a mask */
/* x, index of as many dimensions; dim: x[index[a, b], b], and the like for others */
extern const mlp_operation mlp_gather;
extern const mlp_operation mlp_index_select; /* x, index of up to one dimension; dim */
/* x, index, src or NULL: then the number is the one for all; dim. x[index[a, b], b] = src[a, b] */
extern const mlp_operation mlp_scatter;
extern const mlp_operation mlp_scatter_add; /* x, index, src; dim. += */
extern const mlp_operation mlp_index_add;   /* x, index of up to one dimension, src; dim */
extern const mlp_operation mlp_where;       /* mask, a, b, all of one shape: a where it is true */
/* x, mask of its shape, value without dimensions or NULL: then the number, where mask is true */
extern const mlp_operation mlp_masked_fill;
extern const mlp_operation mlp_cat,
    mlp_stack; /* one to four tensors of equal sizes but along dim */

/* The shape that a and b broadcast to; false with PyTorch's reason where they do not. */
bool mlp_broadcast(mlp_shape *shape, const mlp_tensor *a, const mlp_tensor *b,
                   mlp_diagnostic *error);

/* The operations that scripts spell by a row alone, ended by NULL. */
extern const mlp_operation *const mlp_spelled[];
/* Those of the optimizers, ended by NULL. */
extern const mlp_operation *const mlp_optimizers[];

#ifdef __cplusplus
}
#endif

#endif
