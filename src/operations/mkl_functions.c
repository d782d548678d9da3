/* What PyTorch calls MKL's vector library for. */
#include "mkl_functions.h"

#include "mlpstep/kernels/arithmetic.h"
#include "mlpstep/kernels/unary.h"

bool function_by_mkl(const mlp_call *call, enum mlp_rounded of) {
    if (is_by_mkl(call))
        mlp_rounded_forward(call->out[0]->data, call->in[0]->data, of, call->in[0]->numel);
    return is_by_mkl(call);
}

/* dx is the slope: dx = dy dx */
static void multiply_by_dy(const mlp_call *call) {
    float *dx = call->din[0]->data;
    mlp_mul_forward_f32(dx, call->dout->data, dx, 0, call->in[0]->numel);
}

bool sin_back_by_mkl(const mlp_call *call) {
    if (!is_by_mkl(call))
        return false;
    mlp_rounded_forward(call->din[0]->data, call->in[0]->data, MLP_ROUNDED_COS, call->in[0]->numel);
    multiply_by_dy(call);
    return true;
}

bool cos_back_by_mkl(const mlp_call *call) {
    if (!is_by_mkl(call))
        return false;
    float *dx = call->din[0]->data;
    mlp_rounded_forward(dx, call->in[0]->data, MLP_ROUNDED_SIN, call->in[0]->numel);
    mlp_neg_forward_f32(dx, dx, call->in[0]->numel);
    multiply_by_dy(call);
    return true;
}

/* dx = (factor exp(x^2)) dy, or exp(-x^2) */
static void multiply_by_bell(const mlp_call *call, const float *x, double factor,
                             bool is_negative) {
    const size_t n = call->in[0]->numel;
    float *dx = call->din[0]->data;
    mlp_mul_forward_f32(dx, x, x, 0, n);
    if (is_negative)
        mlp_neg_forward_f32(dx, dx, n);
    mlp_rounded_forward(dx, dx, MLP_ROUNDED_EXP, n);
    mlp_mul_forward_f32(dx, dx, NULL, factor, n);
    multiply_by_dy(call);
}

bool erf_back_by_mkl(const mlp_call *call) {
    if (is_by_mkl(call)) /* 2 / sqrt(pi) exp(-x^2) */
        multiply_by_bell(call, call->in[0]->data, 1.12837916709551257390, true);
    return is_by_mkl(call);
}

bool erfinv_back_by_mkl(const mlp_call *call) {
    if (is_by_mkl(call)) /* sqrt(pi) / 2 exp(y^2) */
        multiply_by_bell(call, call->out[0]->data, 0.8862269254527579, false);
    return is_by_mkl(call);
}
