/* Products, and sums and products that keep each number on the way
 *
 *   cumsum    y_k = sum of x_0 ... x_k             dx_k = sum of dy_i, i >= k
 *   cumprod   y_k = x_0 x_1 ... x_k                dx_k = sum of dy_i y_i, i >= k, divided by x_k;
 *                                                         where x has zeros, see below
 *   prod      y = x_0 x_1 ... x_(n-1)              dx_k = dy (y / x_k); where x has zeros, dy times
 *                                                         the product of the others
 *
 *   x, dx, and y, dy of the first two   (outer, size, inner), along the middle
 *   y, dy of prod                       (outer, inner)
 */
#include "mlpstep/kernels/cumulate.h"
#include "real.h"
#include "sum.h"

/* Where column i of the outer * inner ones begins. */
static size_t column_begin(const mlp_dimension *dim, size_t i) {
    return i / dim->inner * dim->size * dim->inner + i % dim->inner;
}

static size_t columns_of(const mlp_dimension *dim) {
    return dim->outer * dim->inner;
}

static bool has_zeros(const real *x, const mlp_dimension *dim) {
    bool any = false;
    for (size_t i = 0; i < columns_of(dim) * dim->size; i++)
        any |= x[i] == 0;
    return any;
}

void KERNEL(cumsum_forward)(real *y, const real *x, const mlp_dimension *dim) {
    for (size_t i = 0; i < columns_of(dim); i++) {
        const size_t first = column_begin(dim, i);
        double sum = 0;
        for (size_t k = 0; k < dim->size; k++) {
            sum += (double)x[first + k * dim->inner];
            y[first + k * dim->inner] = (real)sum;
        }
    }
}

void KERNEL(cumsum_backward)(real *dx, const real *dy, const mlp_dimension *dim) {
    for (size_t i = 0; i < columns_of(dim); i++) {
        const size_t first = column_begin(dim, i);
        double sum = 0;
        for (size_t k = dim->size; k-- > 0;) {
            sum += (double)dy[first + k * dim->inner];
            dx[first + k * dim->inner] = (real)sum;
        }
    }
}

void KERNEL(cumprod_forward)(real *y, const real *x, const mlp_dimension *dim) {
    for (size_t i = 0; i < columns_of(dim); i++) {
        const size_t first = column_begin(dim, i);
        double product = 1;
        for (size_t k = 0; k < dim->size; k++) {
            product *= (double)x[first + k * dim->inner];
            y[first + k * dim->inner] = (real)product;
        }
    }
}

/* A column, and its first two zeros: the size where there are none. */
typedef struct {
    size_t first, stride, size, zero, second;
} zeros;

static zeros zeros_of(const real *x, const mlp_dimension *dim, size_t i) {
    zeros z = {column_begin(dim, i), dim->inner, dim->size, dim->size, dim->size};
    for (size_t k = dim->size; k-- > 0;)
        if (x[z.first + k * z.stride] == 0) {
            z.second = z.zero;
            z.zero = k;
        }
    return z;
}

/* At the first zero: the sum of dy_i times all x_j but that one, for i up to the second zero. The
 * terms stand in dx, which has room for them. */
static real at_first_zero(real *dx, const real *dy, const real *x, const real *y, const zeros *z) {
    double product = 1;
    real total = 0;
    for (size_t k = 0; k < z->size; k++) {
        const size_t at = z->first + k * z->stride;
        if (k > z->zero && k < z->second)
            product *= (double)x[at];
        dx[at] = k >= z->zero && k < z->second ? (real)product * dy[at] : 0;
        total += dx[at];
    }
    if (z->stride == 1)
        total = KERNEL(sum)(dx + z->first, z->size);
    return z->zero ? total * y[z->first + (z->zero - 1) * z->stride] : total;
}

/* Behind the first zero all products are 0, whatever x is there. */
void KERNEL(cumprod_backward)(real *dx, const real *dy, const real *x, const real *y,
                              const mlp_dimension *dim) {
    for (size_t i = 0; i < columns_of(dim); i++) {
        const zeros z = zeros_of(x, dim, i);
        const real at_zero = z.zero < z.size ? at_first_zero(dx, dy, x, y, &z) : 0;
        double sum = 0;
        for (size_t k = z.size; k-- > 0;) {
            const size_t at = z.first + k * z.stride;
            if (k < z.zero)
                sum += (double)(real)(y[at] * dy[at]);
            dx[at] = z.size == 1 ? dy[at] : k < z.zero ? (real)sum / x[at] : 0;
        }
        if (z.zero < z.size && z.size > 1)
            dx[z.first + z.zero * z.stride] = at_zero;
    }
}

enum {
    VECTORS = 4,
    IN_VECTOR = 32 / sizeof(real),
    IN_ALL = VECTORS * IN_VECTOR
};

/* Side by side: four vectors at a time, two by two into one, whose numbers are then multiplied in
 * order, as is what is left. */
static real product_of_run(const real *x, size_t n) {
    real lanes[VECTORS][IN_VECTOR], product = 1;
    size_t k = 0;
    for (size_t i = 0; i < IN_ALL; i++)
        lanes[i / IN_VECTOR][i % IN_VECTOR] = 1;
    for (; n - k >= IN_ALL; k += IN_ALL)
        for (size_t i = 0; i < IN_ALL; i++)
            lanes[i / IN_VECTOR][i % IN_VECTOR] *= x[k + i];
    for (size_t i = 0; k > 0 && i < IN_VECTOR; i++)
        product *= (lanes[0][i] * lanes[1][i]) * (lanes[2][i] * lanes[3][i]);
    for (; k < n; k++)
        product *= x[k];
    return product;
}

void KERNEL(prod_forward)(real *y, const real *x, const mlp_dimension *dim) {
    for (size_t i = 0; i < columns_of(dim); i++) {
        const size_t first = column_begin(dim, i);
        if (dim->inner == 1) {
            y[i] = product_of_run(x + first, dim->size);
            continue;
        }
        y[i] = 1;
        for (size_t k = 0; k < dim->size; k++)
            y[i] *= x[first + k * dim->inner];
    }
}

/* dy times the product of those before and of those behind. */
static void product_of_others(real *dx, real dy, const real *x, const mlp_dimension *dim,
                              size_t first) {
    double before = 1, behind = 1;
    for (size_t k = 0; k < dim->size; k++) {
        dx[first + k * dim->inner] = (real)before;
        before *= (double)x[first + k * dim->inner];
    }
    for (size_t k = dim->size; k-- > 0;) {
        const size_t at = first + k * dim->inner;
        dx[at] = dy * (dx[at] * (real)behind);
        behind *= (double)x[at];
    }
}

void KERNEL(prod_backward)(real *dx, const real *dy, const real *x, const real *y,
                           const mlp_dimension *dim) {
    const bool by_others = has_zeros(x, dim);
    for (size_t i = 0; i < columns_of(dim); i++) {
        const size_t first = column_begin(dim, i);
        if (by_others) {
            product_of_others(dx, dy[i], x, dim, first);
            continue;
        }
        for (size_t k = 0; k < dim->size; k++) {
            const size_t at = first + k * dim->inner;
            dx[at] = dy[i] * (y[i] / x[at]);
        }
    }
}
