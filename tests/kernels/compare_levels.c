/* Whether the products of a level have the bits of the plain ones, on random shapes.
 *
 *     MLPSTEP_KERNELS=LEVEL compare_levels LEVEL
 *
 * Status 77 where the processor lacks it. A program of its own, without a test library, so that
 * emulators can run it, too. */
#include "kernels/level.h"
#include "mlpstep/kernels/matmul.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHAPES = 4000,
    SKIPPED = 77
};

static const char *const levels[] = {[LEVEL_PLAIN] = "plain",
                                     [LEVEL_AVX2] = "avx2",
                                     [LEVEL_AVX512] = "avx512",
                                     [LEVEL_NEON] = "neon"};

#ifdef MLP_LEVEL
extern __typeof__(mlp_addmm_f32) NAME_AT_LEVEL(addmm_f32);
extern __typeof__(mlp_addmm_f64) NAME_AT_LEVEL(addmm_f64);
extern __typeof__(mlp_matmul_f32) NAME_AT_LEVEL(matmul_f32);
#else
#define NAME_AT_LEVEL(name) mlp_##name
#endif

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

/* The numbers of one product, in both dtypes. */
typedef struct {
    size_t m, n, k;
    mlp_matrix a_matrix, b_matrix;
    float *a, *b, *c, *d;
    double *A, *B, *C, *D;
} product;

static void *numbers(size_t count, size_t size) {
    void *memory = malloc(count * size);
    if (!memory) {
        fputs("compare_levels: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

static product draw_product(void) {
    product p = {.m = draw_size(160), .n = draw_size(720), .k = draw_size(900)};
    p.a_matrix = draw_matrix(p.m, p.k);
    p.b_matrix = draw_matrix(p.k, p.n);
    const size_t counts[3] = {p.m * p.k, p.k * p.n, p.m * p.n};
    float **floats[3] = {&p.a, &p.b, &p.c};
    double **doubles[3] = {&p.A, &p.B, &p.C};
    for (size_t i = 0; i < 3; i++) {
        *floats[i] = numbers(counts[i], sizeof(float));
        *doubles[i] = numbers(counts[i], sizeof(double));
        for (size_t j = 0; j < counts[i]; j++) {
            (*doubles[i])[j] = draw_number();
            (*floats[i])[j] = (float)(*doubles[i])[j];
        }
    }
    p.d = memcpy(numbers(counts[2], sizeof(float)), p.c, counts[2] * sizeof(float));
    p.D = memcpy(numbers(counts[2], sizeof(double)), p.C, counts[2] * sizeof(double));
    return p;
}

static void release(const product *p) {
    void *const all[] = {p->a, p->b, p->c, p->d, p->A, p->B, p->C, p->D};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static bool same(const char *what, const product *p, const void *got, const void *want,
                 size_t size) {
    if (memcmp(got, want, p->m * p->n * size) == 0)
        return true;
    printf("%s of (%zu, %zu) and (%zu, %zu): other bits\n", what, p->m, p->k, p->k, p->n);
    return false;
}

static bool is_same_product(void) {
    const product p = draw_product();
    mlp_addmm_f32(p.c, p.a, p.a_matrix, p.b, p.b_matrix);
    NAME_AT_LEVEL(addmm_f32)(p.d, p.a, p.a_matrix, p.b, p.b_matrix);
    bool good = same("float32 addmm", &p, p.d, p.c, sizeof(float));
    mlp_addmm_f64(p.C, p.A, p.a_matrix, p.B, p.b_matrix);
    NAME_AT_LEVEL(addmm_f64)(p.D, p.A, p.a_matrix, p.B, p.b_matrix);
    good &= same("float64 addmm", &p, p.D, p.C, sizeof(double));
    mlp_matmul_f32(p.c, p.a, p.a_matrix, p.b, p.b_matrix, true);
    NAME_AT_LEVEL(matmul_f32)(p.d, p.a, p.a_matrix, p.b, p.b_matrix, true);
    good &= same("float32 matmul by columns", &p, p.d, p.c, sizeof(float));
    release(&p);
    return good;
}

int main(int argc, char **argv) {
    const char *asked = argc == 2 ? argv[1] : "level";
    if (strcmp(levels[mlp_kernel_level()], asked) != 0) {
        printf("skipped: this processor or build has no %s\n", asked);
        return SKIPPED;
    }
    if (mlp_kernel_level() == LEVEL_PLAIN) {
        puts("plain: what the others are held to");
        return 0;
    }
    size_t failures = 0;
    for (size_t i = 0; i < SHAPES; i++)
        failures += !is_same_product();
    printf("%s: %d shapes, %zu failures\n", asked, SHAPES, failures);
    return failures > 0;
}
