/* The tests that kernels of one signature share. */
#ifndef MLPSTEP_TESTS_KERNEL_CASES_H
#define MLPSTEP_TESTS_KERNEL_CASES_H

#include "mlpstep/kernels/dimension.h"

/* y[i] from x[i], and dx[i] from dy[i] and y[i]. */
typedef struct {
    const char *fixture; /* tensors x, y, dy, dx */
    void (*forward_f32)(float *y, const float *x, size_t n);
    void (*forward_f64)(double *y, const double *x, size_t n);
    void (*backward_f32)(float *dx, const float *dy, const float *y, size_t n);
    void (*backward_f64)(double *dx, const double *dy, const double *y, size_t n);
} elementwise_kernel;

/* Every case of the fixture, also with the output written over the input. */
void expect_elementwise_cases(const elementwise_kernel *kernel);
/* The float64 backward against finite differences of the forward. */
void expect_elementwise_gradient(const elementwise_kernel *kernel);

/* y from all of x along one dimension of (outer, size, inner), and dx from dy and y. */
typedef struct {
    const char *fixture; /* tensors x, y, dy, dx, all three-dimensional */
    void (*forward_f32)(float *y, const float *x, const mlp_dimension *dim);
    void (*forward_f64)(double *y, const double *x, const mlp_dimension *dim);
    void (*backward_f32)(float *dx, const float *dy, const float *y, const mlp_dimension *dim);
    void (*backward_f64)(double *dx, const double *dy, const double *y, const mlp_dimension *dim);
    bool wide, rounds_products; /* as in mlp_dimension */
} classes_kernel;

void expect_classes_cases(const classes_kernel *kernel);
void expect_classes_gradient(const classes_kernel *kernel);

#endif
