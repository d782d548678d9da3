/* Functions of one element whose gradients are composed: tan and the inverses of the circle's, those
 * of the hyperbola and powers of two; and logit. */
#include "bounds.h"
#include "composed.h"
#include "mkl_functions.h"
#include "row.h"

#include "mlpstep/kernels/angle.h"
#include "mlpstep/kernels/functions.h"

#include <math.h>

#define FUNCTION                                                                           \
    .elementwise = true, .promotes = true, .method_options = "", .in_place = MLP_IN_PLACE, \
    .outputs = 1, .check = check_elementwise, .gradients = 1 << 0
#define OF_X .reads = {1 << 0}

static void function(const mlp_call *call, enum mlp_function of) {
    CALL_KERNEL(call, function_forward, call->out[0]->data, call->in[0]->data, of,
                call->in[0]->numel);
}

static void angle(const mlp_call *call, enum mlp_angle of) {
    CALL_KERNEL(call, angle_forward, call->out[0]->data, call->in[0]->data, of, call->in[0]->numel,
                &call->loop);
}

static void tan_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_TAN))
        function(call, MLP_TAN);
}

const mlp_operation mlp_tan = {.name = "tan",
                               FUNCTION,
                               .formula = "y = tan(x)",
                               .gradient = "dx = dy (1 + y^2)",
                               .forward = tan_forward,
                               .compose = compose_tan,
                               .bound = bound_tan,
                               .reads_output = true,
                               .grad_fn = "TanBackward0"};

static void asin_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_ASIN))
        angle(call, MLP_ASIN);
}

const mlp_operation mlp_asin = {.name = "asin",
                                .alias = "arcsin",
                                FUNCTION,
                                OF_X,
                                .formula = "y = asin(x)",
                                .gradient = "dx = dy / sqrt(1 - x^2)",
                                .forward = asin_forward,
                                .compose = compose_asin,
                                .bound = bound_asin,
                                .grad_fn = "AsinBackward0"};

static void acos_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_ACOS))
        angle(call, MLP_ACOS);
}

const mlp_operation mlp_acos = {.name = "acos",
                                .alias = "arccos",
                                FUNCTION,
                                OF_X,
                                .formula = "y = acos(x)",
                                .gradient = "dx = -dy / sqrt(1 - x^2)",
                                .forward = acos_forward,
                                .compose = compose_acos,
                                .bound = bound_acos,
                                .grad_fn = "AcosBackward0"};

static void atan_forward(const mlp_call *call) {
    if (!function_by_mkl(call, MLP_ROUNDED_ATAN))
        angle(call, MLP_ATAN);
}

const mlp_operation mlp_atan = {.name = "atan",
                                .alias = "arctan",
                                FUNCTION,
                                OF_X,
                                .formula = "y = atan(x)",
                                .gradient = "dx = dy / (1 + x^2)",
                                .forward = atan_forward,
                                .compose = compose_atan,
                                .bound = bound_atan,
                                .grad_fn = "AtanBackward0"};

static void sinh_forward(const mlp_call *call) {
    angle(call, MLP_SINH);
}

const mlp_operation mlp_sinh = {.name = "sinh",
                                FUNCTION,
                                OF_X,
                                .traits = MLP_IS_BY_LOOP,
                                .formula = "y = sinh(x)",
                                .gradient = "dx = dy cosh(x)",
                                .forward = sinh_forward,
                                .compose = compose_sinh,
                                .bound = bound_sinh,
                                .grad_fn = "SinhBackward0"};

static void cosh_forward(const mlp_call *call) {
    angle(call, MLP_COSH);
}

const mlp_operation mlp_cosh = {.name = "cosh",
                                FUNCTION,
                                OF_X,
                                .traits = MLP_IS_BY_LOOP,
                                .formula = "y = cosh(x)",
                                .gradient = "dx = dy sinh(x)",
                                .forward = cosh_forward,
                                .compose = compose_cosh,
                                .bound = bound_cosh,
                                .grad_fn = "CoshBackward0"};

static void asinh_forward(const mlp_call *call) {
    angle(call, MLP_ASINH);
}

const mlp_operation mlp_asinh = {.name = "asinh",
                                 .alias = "arcsinh",
                                 FUNCTION,
                                 OF_X,
                                 .formula = "y = asinh(x)",
                                 .gradient = "dx = dy / sqrt(x^2 + 1)",
                                 .forward = asinh_forward,
                                 .compose = compose_asinh,
                                 .bound = bound_asinh,
                                 .grad_fn = "AsinhBackward0"};

static void acosh_forward(const mlp_call *call) {
    angle(call, MLP_ACOSH);
}

const mlp_operation mlp_acosh = {.name = "acosh",
                                 .alias = "arccosh",
                                 FUNCTION,
                                 OF_X,
                                 .formula = "y = acosh(x)",
                                 .gradient = "dx = dy / sqrt(x^2 - 1)",
                                 .forward = acosh_forward,
                                 .compose = compose_acosh,
                                 .bound = bound_acosh,
                                 .grad_fn = "AcoshBackward0"};

static void atanh_forward(const mlp_call *call) {
    angle(call, MLP_ATANH);
}

const mlp_operation mlp_atanh = {.name = "atanh",
                                 .alias = "arctanh",
                                 FUNCTION,
                                 OF_X,
                                 .formula = "y = atanh(x)",
                                 .gradient = "dx = dy / (1 - x^2)",
                                 .forward = atanh_forward,
                                 .compose = compose_atanh,
                                 .bound = bound_atanh,
                                 .grad_fn = "AtanhBackward0"};

static void exp2_forward(const mlp_call *call) {
    function(call, MLP_EXP2);
}

const mlp_operation mlp_exp2 = {.name = "exp2",
                                FUNCTION,
                                .formula = "y = 2^x",
                                .gradient = "dx = dy y log(2)",
                                .forward = exp2_forward,
                                .compose = compose_exp2,
                                .bound = bound_exp2,
                                .reads_output = true,
                                .grad_fn = "Exp2Backward0"};

/* --- logit; options: min, in place of eps, with has_min --- */

static void logit_forward(const mlp_call *call) {
    const mlp_options *o = &call->options;
    CALL_KERNEL(call, logit_forward, call->out[0]->data, call->in[0]->data, o->has_min, o->min,
                call->in[0]->numel, &call->loop, is_by_mkl(call) && !call->loop.scattered);
}

static void logit_backward(const mlp_call *call) {
    const mlp_options *o = &call->options;
    CALL_KERNEL(call, logit_backward, call->din[0]->data, call->dout->data, call->in[0]->data,
                o->has_min, o->min, call->in[0]->numel, &call->loop);
}

static void logit_kinks(const mlp_call *call, mlp_take_side *take, void *context) {
    const double *x = call->in[0]->data, least = call->options.min;
    for (size_t i = 0; call->options.has_min && i < call->in[0]->numel; i++) {
        take(context, sign_of(x[i] - least));
        take(context, sign_of(x[i] - (1 - least)));
    }
}

const mlp_operation mlp_logit = {
    .name = "logit",
    .elementwise = true,
    .promotes = true,
    .outputs = 1,
    .check = check_elementwise,
    .gradients = 1 << 0,
    OF_X,
    .traits = MLP_IS_BY_LOOP,
    .formula = "[has_min? z = min(max(x, min), 1 - min); y = log(z / (1 - z))]"
               "[!has_min? y = log(x / (1 - x))]",
    .gradient = "dx = dy / (x (1 - x))[has_min?  where min <= x <= 1 - min, 0 elsewhere]",
    .forward = logit_forward,
    .backward = logit_backward,
    .compose = compose_logit,
    .kinks = logit_kinks,
    .bound = bound_logit,
    .bound_backward = bound_logit_back,
    .grad_fn = "LogitBackward0"};
