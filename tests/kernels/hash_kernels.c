/* What products of random shapes, and loops over elements, come to, a line with a hash of all bits
 * each, with the kernels of a level: those of all levels are the same.
 *
 *     MLPSTEP_KERNELS=LEVEL hash_kernels LEVEL
 *
 * Status 77 where the processor lacks it. A program of its own, without a test library, so that
 * emulators can run it, too. */
#include "kernels/level.h"
#include "mlpstep/kernels/adam.h"
#include "mlpstep/kernels/arithmetic.h"
#include "mlpstep/kernels/linear.h"
#include "mlpstep/kernels/matmul.h"
#include "mlpstep/kernels/mkl.h"
#include "mlpstep/kernels/relu.h"
#include "mlpstep/kernels/sgd.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHAPES = 4000,
    MKL_SHAPES = 20000,
    BIASES = 400,
    LENGTHS = 80, /* of loops, from 0 */
    TURNS = 10,   /* of each length */
    SKIPPED = 77
};

static const char *const levels[] = {[LEVEL_PLAIN] = "plain",
                                     [LEVEL_AVX2] = "avx2",
                                     [LEVEL_AVX512] = "avx512",
                                     [LEVEL_NEON] = "neon"};

static uint64_t state = 1;

static uint64_t draw(uint64_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % below;
}

/* Most are small; one of twelve is cut into blocks. */
static size_t draw_size(size_t largest) {
    return (size_t)draw(12) == 0 ? 1 + (size_t)draw(largest) : 1 + (size_t)draw(40);
}

/* Numbers of many sizes, some of which cancel. */
static double draw_number(void) {
    const double size = (double)(1 << draw(20)) / 4096;
    return draw(50) == 0 ? 0 : ((double)draw(2000001) / 1000000 - 1) * size;
}

static mlp_matrix draw_matrix(size_t rows, size_t columns) {
    return draw(2) ? mlp_matrix_by_rows(rows, columns)
                   : mlp_matrix_transpose(mlp_matrix_by_rows(columns, rows));
}

static void *numbers(size_t count, size_t size) {
    void *memory = malloc(count * size);
    if (!memory) {
        fputs("hash_kernels: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

/* The same numbers in both dtypes. */
typedef struct {
    size_t count;
    float *floats;
    double *doubles;
} drawn;

static drawn draw_numbers(size_t count) {
    const drawn d = {count, numbers(count, sizeof(float)), numbers(count, sizeof(double))};
    for (size_t i = 0; i < count; i++) {
        d.doubles[i] = draw_number();
        d.floats[i] = (float)d.doubles[i];
    }
    return d;
}

static void release(drawn d) {
    free(d.floats);
    free(d.doubles);
}

/* FNV-1a. */
static uint64_t hash(uint64_t h, const void *memory, size_t size) {
    for (const unsigned char *byte = memory; size > 0; size--)
        h = (h ^ *byte++) * 0x100000001b3;
    return h;
}

/* c + a b in both dtypes, and a b by columns and by rows. */
static uint64_t hash_of_product(void) {
    const size_t m = draw_size(160), n = draw_size(720), k = draw_size(900);
    const mlp_matrix a_matrix = draw_matrix(m, k), b_matrix = draw_matrix(k, n);
    const drawn a = draw_numbers(m * k), b = draw_numbers(k * n), c = draw_numbers(m * n);
    mlp_addmm_f32(c.floats, a.floats, a_matrix, b.floats, b_matrix);
    mlp_addmm_f64(c.doubles, a.doubles, a_matrix, b.doubles, b_matrix);
    uint64_t h = hash(0xcbf29ce484222325, c.floats, c.count * sizeof *c.floats);
    h = hash(h, c.doubles, c.count * sizeof *c.doubles);
    mlp_matmul_f32(c.floats, a.floats, a_matrix, b.floats, b_matrix, true);
    h = hash(h, c.floats, c.count * sizeof *c.floats);
    mlp_matmul_f32(c.floats, a.floats, a_matrix, b.floats, b_matrix, false);
    mlp_matmul_f64(c.doubles, a.doubles, a_matrix, b.doubles, b_matrix, false);
    h = hash(h, c.floats, c.count * sizeof *c.floats);
    h = hash(h, c.doubles, c.count * sizeof *c.doubles);
    release(a);
    release(b);
    release(c);
    return h;
}

/* The sums over rows that the gradient of a bias is made of. */
static uint64_t hash_of_bias(void) {
    const size_t rows = draw_size(5000), columns = draw_size(120);
    const mlp_linear_sizes sizes = {.batch = rows, .in_features = 1, .out_features = columns};
    const drawn dy = draw_numbers(rows * columns), sums = draw_numbers(columns);
    mlp_linear_backward_f32(NULL, NULL, sums.floats, dy.floats, NULL, NULL, &sizes);
    mlp_linear_backward_f64(NULL, NULL, sums.doubles, dy.doubles, NULL, NULL, &sizes);
    uint64_t h = hash(0xcbf29ce484222325, sums.floats, columns * sizeof *sums.floats);
    h = hash(h, sums.doubles, columns * sizeof *sums.doubles);
    release(dy);
    release(sums);
    return h;
}

/* --- loops over elements --- */

/* One of four is at the ends of a range, or none; a nan among them. */
static double draw_special(void) {
    static const double special[] = {0,       -0.0,     INFINITY, -INFINITY, NAN,     FLT_MIN,
                                     FLT_MAX, -FLT_MAX, 0x1p-149, -0x1p-149, DBL_MIN, 0x1p-1074};
    return draw(4) == 0 ? special[draw(sizeof special / sizeof *special)] : draw_number();
}

static drawn draw_specials(size_t count) {
    const drawn d = {count, numbers(count + 1, sizeof(float)), numbers(count + 1, sizeof(double))};
    for (size_t i = 0; i < count; i++) {
        d.doubles[i] = draw_special();
        d.floats[i] = (float)d.doubles[i];
    }
    return d;
}

/* All nan count as one: which of two an addition hands on is left to the processor. */
static uint64_t hash_of_elements(uint64_t h, drawn d) {
    for (size_t i = 0; i < d.count; i++) {
        d.floats[i] = isnan(d.floats[i]) ? (float)NAN : d.floats[i];
        d.doubles[i] = isnan(d.doubles[i]) ? (double)NAN : d.doubles[i];
    }
    h = hash(h, d.floats, d.count * sizeof *d.floats);
    return hash(h, d.doubles, d.count * sizeof *d.doubles);
}

/* --- products in MKL's order --- */

/* One of a vector, or of two, has a single row. */
static bool is_of_vector(mlp_mkl_call call) {
    return call == MLP_MKL_LINEAR_OF_VECTOR || call == MLP_MKL_INPUT_GRADIENT_OF_VECTOR ||
           call == MLP_MKL_VECTOR_BY_MATRIX || call == MLP_MKL_DOT;
}

/* One of sixteen has numbers at the ends of their range. */
static uint64_t hash_of_mkl(void) {
    const mlp_mkl_call call = (mlp_mkl_call)draw(MLP_MKL_DOT + 1);
    const size_t m = is_of_vector(call) ? 1 : draw_size(130), k = draw_size(900);
    const size_t n = call == MLP_MKL_DOT ? 1 : draw_size(130);
    drawn (*draw_some)(size_t) = draw(16) == 0 ? draw_specials : draw_numbers;
    const mlp_matrix a_matrix = draw_matrix(m, k), b_matrix = draw_matrix(k, n);
    const drawn a = draw_some(m * k), b = draw_some(k * n), c = draw_some(m * n);
    const drawn bias = draw_some(n);
    const mlp_mkl_product p = {.call = call,
                               .processor = draw(2) ? MLP_AVX512 : MLP_AVX2,
                               .a = a.floats,
                               .b = b.floats,
                               .bias = draw(2) ? bias.floats : NULL,
                               .a_matrix = a_matrix,
                               .b_matrix = b_matrix,
                               .c_matrix = draw_matrix(m, n)};
    mlp_mkl_multiply(c.floats, &p);
    const uint64_t h = hash_of_elements(0xcbf29ce484222325, c);
    release(a);
    release(b);
    release(c);
    release(bias);
    return h;
}

static mlp_sgd_options draw_sgd(void) {
    static const double some[] = {0, 0.9, 0.01};
    return (mlp_sgd_options){.lr = 0.1,
                             .momentum = some[draw(3)],
                             .dampening = some[draw(3)],
                             .weight_decay = some[draw(3)],
                             .nesterov = draw(2),
                             .maximize = draw(2)};
}

static uint64_t hash_of_sgd(uint64_t h, size_t n, drawn x, drawn grad, drawn y) {
    const mlp_sgd_options options = draw_sgd();
    const drawn buffer = draw_specials(n);
    const bool has_buffer = draw(2);
    mlp_sgd_step_f32(y.floats, buffer.floats, x.floats, grad.floats,
                     has_buffer ? buffer.floats : NULL, n, &options);
    mlp_sgd_step_f64(y.doubles, buffer.doubles, x.doubles, grad.doubles,
                     has_buffer ? buffer.doubles : NULL, n, &options);
    h = hash_of_elements(hash_of_elements(h, y), buffer);
    release(buffer);
    return h;
}

static mlp_adam_options draw_adam(void) {
    static const double some[] = {0.9, 0.5, 0.3, 0};
    return (mlp_adam_options){.lr = 0.1,
                              .betas = {some[draw(4)], some[draw(4)]},
                              .eps = draw(2) ? 1e-8 : 0,
                              .weight_decay = draw(2) ? 0.01 : 0,
                              .step = 1 + (int64_t)draw(20),
                              .amsgrad = draw(2),
                              .maximize = draw(2),
                              .decoupled = draw(2),
                              .by_lerp = draw(2)};
}

static uint64_t hash_of_adam(uint64_t h, size_t n, drawn grad) {
    const mlp_adam_options options = draw_adam();
    const drawn x = draw_specials(n), m = draw_specials(n), v = draw_specials(n),
                w = draw_specials(n);
    mlp_adam_step_f32(x.floats, m.floats, v.floats, w.floats, grad.floats, n, &options);
    mlp_adam_step_f64(x.doubles, m.doubles, v.doubles, w.doubles, grad.doubles, n, &options);
    const drawn all[] = {x, m, v, w};
    for (size_t i = 0; i < 4; i++) {
        h = hash_of_elements(h, all[i]);
        release(all[i]);
    }
    return h;
}

static uint64_t hash_of_loops(size_t n) {
    const drawn a = draw_specials(n), b = draw_specials(n), y = draw_specials(n);
    const double alpha = draw_special();
    uint64_t h = hash_of_sgd(0xcbf29ce484222325, n, a, b, y);
    h = hash_of_adam(h, n, b);
    mlp_add_forward_f32(y.floats, a.floats, b.floats, 0, alpha, n);
    mlp_add_forward_f64(y.doubles, a.doubles, b.doubles, 0, alpha, n);
    h = hash_of_elements(h, y);
    mlp_relu_forward_f32(y.floats, a.floats, n);
    mlp_relu_forward_f64(y.doubles, a.doubles, n);
    h = hash_of_elements(h, y);
    mlp_relu_backward_f32(y.floats, b.floats, a.floats, n);
    mlp_relu_backward_f64(y.doubles, b.doubles, a.doubles, n);
    h = hash_of_elements(h, y);
    release(a);
    release(b);
    release(y);
    return h;
}

int main(int argc, char **argv) {
    const char *asked = argc == 2 ? argv[1] : "level";
    if (strcmp(levels[mlp_kernel_level()], asked) != 0) {
        fprintf(stderr, "skipped: this processor or build has no %s\n", asked);
        return SKIPPED;
    }
    for (size_t i = 0; i < SHAPES; i++)
        printf("%016" PRIx64 "\n", hash_of_product());
    for (size_t i = 0; i < MKL_SHAPES; i++)
        printf("%016" PRIx64 "\n", hash_of_mkl());
    for (size_t i = 0; i < BIASES; i++)
        printf("%016" PRIx64 "\n", hash_of_bias());
    for (size_t i = 0; i < LENGTHS * TURNS; i++)
        printf("%016" PRIx64 "\n", hash_of_loops(i / TURNS));
    return ferror(stdout) ? 2 : 0;
}
