#include "kernel_cases.h"

#include "fixture.h"
#include "gradient.h"

#include <string.h>

static void elementwise_f32(fixture *f, const elementwise_kernel *kernel, size_t n) {
    const float *x = fixture_f32(f, "x"), *dy = fixture_f32(f, "dy");
    float *y = fixture_out_f32(f, "y"), *dx = fixture_out_f32(f, "dx");
    kernel->forward_f32(y, x, n);
    kernel->backward_f32(dx, dy, y, n);
    fixture_expect_f32(f, "y", y);
    fixture_expect_f32(f, "dx", dx);

    memcpy(dx, dy, n * sizeof *dx);
    kernel->backward_f32(dx, dx, y, n);
    fixture_expect_f32(f, "dx", dx);
    memcpy(y, x, n * sizeof *y);
    kernel->forward_f32(y, y, n);
    fixture_expect_f32(f, "y", y);
    kernel->backward_f32(y, dy, y, n);
    fixture_expect_f32(f, "dx", y);
}

static void elementwise_f64(fixture *f, const elementwise_kernel *kernel, size_t n) {
    double *y = fixture_out_f64(f, "y"), *dx = fixture_out_f64(f, "dx");
    kernel->forward_f64(y, fixture_f64(f, "x"), n);
    kernel->backward_f64(dx, fixture_f64(f, "dy"), y, n);
    fixture_expect_f64(f, "y", y);
    fixture_expect_f64(f, "dx", dx);
}

void expect_elementwise_cases(const elementwise_kernel *kernel) {
    fixture *f = fixture_open(kernel->fixture);
    while (fixture_next(f)) {
        if (fixture_is_float64(f))
            elementwise_f64(f, kernel, fixture_numel(f, "x"));
        else
            elementwise_f32(f, kernel, fixture_numel(f, "x"));
    }
    fixture_close(f);
}

/* The losses below weigh y[i] by i, so that dL/dy[i] = i. */
static double weighted(const double *y, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)i * y[i];
    return sum;
}

enum {
    ELEMENTS = 5
};

typedef struct {
    const elementwise_kernel *kernel;
    double x[ELEMENTS];
} elementwise_point;

static double elementwise_loss(void *context) {
    const elementwise_point *at = context;
    double y[ELEMENTS];
    at->kernel->forward_f64(y, at->x, ELEMENTS);
    return weighted(y, ELEMENTS);
}

void expect_elementwise_gradient(const elementwise_kernel *kernel) {
    elementwise_point at = {kernel, {0.5, -0.25, 2, -3, 0.125}};
    const double dy[ELEMENTS] = {0, 1, 2, 3, 4};
    double y[ELEMENTS], dx[ELEMENTS];
    kernel->forward_f64(y, at.x, ELEMENTS);
    kernel->backward_f64(dx, dy, y, ELEMENTS);
    expect_gradient("dx", elementwise_loss, &at, at.x, dx, ELEMENTS);
}

void expect_classes_cases(const classes_kernel *kernel) {
    fixture *f = fixture_open(kernel->fixture);
    while (fixture_next(f)) {
        const mlp_dimension dim = {.outer = fixture_size(f, "x", 0),
                                   .size = fixture_size(f, "x", 1),
                                   .inner = fixture_size(f, "x", 2),
                                   .last_dim = fixture_number(f, "last_dim") != 0,
                                   .wide = kernel->wide,
                                   .rounds_products = kernel->rounds_products};
        if (fixture_is_float64(f)) {
            double *y = fixture_out_f64(f, "y"), *dx = fixture_out_f64(f, "dx");
            kernel->forward_f64(y, fixture_f64(f, "x"), &dim);
            kernel->backward_f64(dx, fixture_f64(f, "dy"), y, &dim);
            fixture_expect_f64(f, "y", y);
            fixture_expect_f64(f, "dx", dx);
        } else {
            float *y = fixture_out_f32(f, "y"), *dx = fixture_out_f32(f, "dx");
            kernel->forward_f32(y, fixture_f32(f, "x"), &dim);
            kernel->backward_f32(dx, fixture_f32(f, "dy"), y, &dim);
            fixture_expect_f32(f, "y", y);
            fixture_expect_f32(f, "dx", dx);
        }
    }
    fixture_close(f);
}

enum {
    OUTER = 2,
    CLASSES = 3,
    MAX_INNER = 2,
    MAX_ITEMS = OUTER * CLASSES * MAX_INNER
};

typedef struct {
    const classes_kernel *kernel;
    double x[MAX_ITEMS];
    mlp_dimension dim;
} classes_point;

static double classes_loss(void *context) {
    const classes_point *at = context;
    double y[MAX_ITEMS];
    at->kernel->forward_f64(y, at->x, &at->dim);
    return weighted(y, OUTER * CLASSES * at->dim.inner);
}

void expect_classes_gradient(const classes_kernel *kernel) {
    classes_point at = {.kernel = kernel,
                        .x = {0.5, -0.25, 2, -3, 0.125, 1, 0, -1, 0.75, 1.5, -2, 0.375}};
    double dy[MAX_ITEMS], y[MAX_ITEMS], dx[MAX_ITEMS];
    for (size_t i = 0; i < MAX_ITEMS; i++)
        dy[i] = (double)i;
    for (size_t inner = 1; inner <= MAX_INNER; inner++) {
        at.dim = (mlp_dimension){
            .outer = OUTER, .size = CLASSES, .inner = inner, .last_dim = inner == 1};
        kernel->forward_f64(y, at.x, &at.dim);
        kernel->backward_f64(dx, dy, y, &at.dim);
        expect_gradient("dx", classes_loss, &at, at.x, dx, OUTER * CLASSES * inner);
    }
}
