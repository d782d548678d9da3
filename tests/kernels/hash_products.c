/* What products of random shapes come to, a line with a hash of all bits each, with the kernels of a
 * level: those of all levels are the same.
 *
 *     MLPSTEP_KERNELS=LEVEL hash_products LEVEL
 *
 * Status 77 where the processor lacks it. A program of its own, without a test library, so that
 * emulators can run it, too. */
#include "kernels/level.h"
#include "mlpstep/kernels/matmul.h"

#include <inttypes.h>
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
        fputs("hash_products: out of memory\n", stderr);
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

/* c + a b in both dtypes, and a b by columns. */
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
    release(a);
    release(b);
    release(c);
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
    return ferror(stdout) ? 2 : 0;
}
