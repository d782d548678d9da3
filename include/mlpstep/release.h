/* Whose PyTorch a run follows, and what its releases and builds differ in. */
#ifndef MLPSTEP_RELEASE_H
#define MLPSTEP_RELEASE_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlp_build {
    MLP_WHEEL,       /* from pip or conda, with Intel's MKL, on a processor with AVX2 and no more */
    MLP_NATIVE,      /* the others: Debian's package, Apple silicon, ARM */
    MLP_WHEEL_AVX512 /* the wheel on a processor with AVX-512; from 2.5 on */
} mlp_build;

/* From 1.13 to 2.11. Without a number, as {0} is, it is 2.6, the last release whose wheel draws
 * dropout masks by MKL: so {.build = MLP_NATIVE} is 2.6 built without it. */
typedef struct mlp_release {
    int major, minor;
    mlp_build build;
} mlp_release;

/* The releases there are, for messages. */
#define MLP_RELEASES "1.13 to 2.11"

/* Reads `text`, as 2.6 or 1.13.1, with ",wheel", ",native", ",avx2" or ",avx512" behind it or not:
 * then it is the wheel, as with ",avx2". A patch number changes nothing. False where it is something
 * else, another release, or avx2 or avx512 before 2.5, whose MKL is an earlier one. */
bool mlp_release_read(mlp_release *release, const char *text);
/* Whether it is one of these releases, or has no number. */
bool mlp_release_is_known(const mlp_release *release);

/* What some releases do, and others, which came before, did otherwise. A row of the table in
 * src/base/release.c says of each since when, and how that is known. */
typedef enum mlp_behaviour {
    MLP_DRAWS_WITHOUT_MKL,        /* the masks of dropout */
    MLP_MULTIPLIES_BY_MKL,        /* matrices of float32, in its order (kernels/mkl.h), and takes
                                     exp and its like of a tensor from it (kernels/rounded.h) */
    MLP_CLEARS_GRADIENTS,         /* zero_grad() leaves None, as set_to_none=True */
    MLP_RUNS_ON_PYTHON_3_12,      /* OrderedDict({'a': 1}), not ([('a', 1)]); sum() compensates */
    MLP_RUNS_ON_NUMPY_2_3,        /* which writes float32 with an exponent from 1e6 on */
    MLP_FOLDS_MODULE_LISTS,       /* (0-1): 2 x Tanh() */
    MLP_SGD_HAS_DEFAULT_RATE,     /* lr = 1e-3 */
    MLP_RENAMES_NODES,            /* of the graph, as grad_fn prints them: SqueezeBackward4 */
    MLP_LISTS_FUSED,              /* among the settings of an optimizer: fused: None */
    MLP_ADAM_LISTS_DECOUPLED,     /* ... decoupled_weight_decay: False */
    MLP_CENTERS_BY_LERP,          /* the average gradient, RMSprop */
    MLP_LISTS_CAPTURABLE,         /* ... capturable: False, RMSprop */
    MLP_KEEPS_NO_NONE,            /* as the momentum buffer of SGD without momentum */
    MLP_ADAMW_IS_ADAM,            /* its settings are Adam's, in Adam's order */
    MLP_SCHEDULES_QUIETLY,        /* a scheduler keeps no verbose */
    MLP_SCHEDULES_SILENTLY,       /* verbose=True prints nothing */
    MLP_SCHEDULES_KNOW_FIRST,     /* their first step, by _is_initial, not by its epoch, 0 */
    MLP_NAMES_SCHEDULERS,         /* LRScheduler, where there was _LRScheduler alone */
    MLP_CYCLES_BETAS,             /* CyclicLR, where the optimizer has no momentum */
    MLP_PLATEAU_IS_SCHEDULER,     /* ReduceLROnPlateau, with its get_last_lr() */
    MLP_SPACES_ONE_BY_ONE,        /* linspace() rounds each number once, where vectors did twice */
    MLP_SPREADS_TOO_FEW,          /* the gradient of var() of a single number is nan */
    MLP_MEASURES_AS_ASKED,        /* the columns of a tensor under sci_mode */
    MLP_DRAWS_BY_LOG1P,           /* fewer than 16 normal numbers */
    MLP_DRAWS_WIDE_EARLY,         /* integers, by 64 bits each, of a range from 2^28 on, not 2^32 */
    MLP_SMOOTHS_ANEW,             /* labels: where it rounds, and that ignored targets count as 0 */
    MLP_ROUNDS_SOFTMAX,           /* the products of its gradient, along the last dimension */
    MLP_LOSES_BY_LOG1P,           /* BCELoss */
    MLP_SCORES_BY_LOG1P,          /* BCEWithLogitsLoss, which is nan at infinity then */
    MLP_ROUNDS_SQUARES,           /* norm(), before it adds them; of one number it is the size;
                                     its order is a double */
    MLP_ADDS_BIAS_WITHIN,         /* the product, F.linear of an input of any dimensions */
    MLP_KEEPS_ZEROS,              /* their signs, in the weight's gradient of a batch of one */
    MLP_AVERAGES_BY_LERP,         /* the gradients, Adam */
    MLP_INITS_BY_GENERATOR,       /* torch.nn.init takes generator= */
    MLP_HOOKS_FIRST,              /* a gradient is changed by hooks before grad() takes it */
    MLP_DRAWS_EXPONENTIAL_BY_MKL, /* where masks are drawn by MKL, too */
    MLP_DRAWS_ONE_BY_RATIO,       /* multinomial() of one sample with replacement, as without */
    MLP_TAKES_FLOATS,             /* Softplus(beta=1.0, threshold=20.0), where it was 1 and 20 */
    MLP_ELU_IS_LINEAR_AT_ZERO,    /* of 0 and -0 it is the number itself, not alpha (exp(0) - 1) */
    MLP_ELU_BY_EXPM1,             /* alpha expm1(x), not alpha (exp(x) - 1) */
    MLP_SHRINKS_BY_ZERO,          /* softshrink: to x times 0, which keeps its sign, and nan */
    MLP_GELU_IN_PIECES,           /* its erf, by oneDNN on processors with AVX-512 */
    MLP_KEEPS_NO_SIZES,           /* for a backward, as those of means by way of what they are of */
    MLP_SHARES_STATE,             /* an optimizer with whoever its state was loaded from */
    MLP_HAS_LATER_NAMES,          /* of functions, methods and classes that 1.13 lacks */
    MLP_MODULE_INIT_NAMES_CLASS,  /* Tanh.__init__() takes 1 positional argument, not Module's */
    MLP_DEPRECATES_BY_FUTURE_WARNING, /* a former name or option, where it was a UserWarning */
    MLP_BEHAVIOURS                    /* their number */
} mlp_behaviour;

bool mlp_release_has(const mlp_release *release, mlp_behaviour behaviour);
/* Whether vectors of PyTorch's own loops have 64 bytes, not 32: a wheel's on a processor with
 * AVX-512. */
bool mlp_release_is_wide(const mlp_release *release);
/* ",avx512", of a wheel on such a processor, else "": what a text names another release with. */
const char *mlp_release_processor(const mlp_release *release);

#ifdef __cplusplus
}
#endif

#endif
