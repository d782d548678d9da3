/* What elementary.h declares for double, whatever real is. Private to src/kernels. */
#ifndef MLPSTEP_KERNELS_IN_DOUBLE_H
#define MLPSTEP_KERNELS_IN_DOUBLE_H

#include <stdbool.h>

double mlp_real_exp_f64(double x);
double mlp_real_log_f64(double x);
double mlp_real_log10_f64(double x);
double mlp_real_log2_f64(double x);
double mlp_real_tanh_f64(double x);
double mlp_real_erf_f64(double x);
double mlp_real_erfc_f64(double x); /* 1 - erf(x), with as many digits of its own; of x >= 0 */

/* SINE_FAR, of double. */
#define SINE_FAR_IN_DOUBLE 15
double mlp_real_sin_f64(double x, bool far);
double mlp_real_cos_f64(double x, bool far);

#endif
