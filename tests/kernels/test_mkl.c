/* Products in MKL's order, against what the wheel of PyTorch 2.11 computed, bit for bit.
 *
 * A line of the fixtures is KIND m k n, and the float32 results in hexadecimal. The inputs are what
 * numpy's RandomState draws as standard_normal() after a seed of the CRC-32 of "KIND m k n", one
 * after the other, rounded to float32: of F.linear x, W, bias; of products a, b; of gradients x or
 * W, then dy. */
#include "mlpstep/kernels/mkl.h"

#include "mlpstep/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- numpy's numbers --- */

static uint32_t crc32(const char *text) {
    uint32_t crc = ~(uint32_t)0;
    for (; *text; text++) {
        crc ^= (unsigned char)*text;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

static double uniform(mlp_generator *g) {
    const uint32_t high = mlp_generator_random(g) >> 5, low = mlp_generator_random(g) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

/* By Marsaglia's polar method: the second of a pair comes first. */
static double normal(mlp_generator *g) {
    double x, y, square;
    if (g->has_next_normal) {
        g->has_next_normal = false;
        return g->next_normal;
    }
    do {
        x = 2 * uniform(g) - 1;
        y = 2 * uniform(g) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    const double factor = sqrt(-2 * log(square) / square);
    g->next_normal = factor * x;
    g->has_next_normal = true;
    return factor * y;
}

static float *draw(mlp_generator *g, size_t count) {
    float *numbers = calloc(count, sizeof *numbers);
    assert_non_null(numbers);
    for (size_t i = 0; i < count; i++)
        numbers[i] = (float)normal(g);
    return numbers;
}

/* --- one line --- */

/* How the products of a kind are called, and how their inputs are drawn. */
typedef struct {
    const char *name;
    mlp_mkl_call call;
    bool right_first; /* b is drawn before a */
    bool a_is_transpose, b_is_transpose;
    bool has_bias, draws_bias;
    size_t count; /* of products */
} kind;

static const kind kinds[] = {
    {"lin2b", MLP_MKL_LINEAR, false, false, true, true, true, 1},
    {"lin1b", MLP_MKL_LINEAR_OF_VECTOR, false, false, true, true, true, 1},
    {"lin1", MLP_MKL_LINEAR_OF_VECTOR, false, false, true, false, true, 1},
    {"mv", MLP_MKL_LINEAR_OF_VECTOR, true, false, true, false, false, 1},
    {"mm", MLP_MKL_MATRICES, false, false, false, false, false, 1},
    {"vm", MLP_MKL_VECTOR_BY_MATRIX, false, false, false, false, false, 1},
    {"dot", MLP_MKL_DOT, false, false, false, false, false, 1},
    {"bmm", MLP_MKL_BATCH, false, false, false, false, false, 2},
    {"dx", MLP_MKL_INPUT_GRADIENT, true, false, false, false, false, 1},
    {"vdx", MLP_MKL_INPUT_GRADIENT_OF_VECTOR, true, false, false, false, false, 1},
    {"dW", MLP_MKL_WEIGHT_GRADIENT, true, true, false, false, false, 1}};

static const kind *kind_of(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    fail_msg("%s is no kind of product", name);
    return NULL;
}

static mlp_matrix matrix(size_t rows, size_t columns, bool is_transpose) {
    return is_transpose ? mlp_matrix_transpose(mlp_matrix_by_rows(columns, rows))
                        : mlp_matrix_by_rows(rows, columns);
}

static void expect(const char *name, const float *c, size_t count, char **words) {
    for (size_t i = 0; i < count; i++) {
        const uint32_t want = (uint32_t)strtoul(*words, words, 16);
        uint32_t got;
        memcpy(&got, &c[i], sizeof got);
        if (got != want)
            fail_msg("%s, element %zu: %08x, not %08x", name, i, got, want);
    }
}

static void compare_line(char *line, mlp_processor processor) {
    char name[8], whole[64];
    size_t m, k, n;
    int length;
    assert_int_equal(sscanf(line, "%7s %zu %zu %zu%n", name, &m, &k, &n, &length), 4);
    snprintf(whole, sizeof whole, "%.*s", length, line);
    const kind *of = kind_of(name);
    mlp_generator g;
    mlp_generator_seed(&g, crc32(whole));
    float *first = draw(&g, of->count * (of->right_first ? k * n : m * k));
    float *second = draw(&g, of->count * (of->right_first ? m * k : k * n));
    float *bias = of->draws_bias ? draw(&g, n) : NULL, *c = calloc(m * n, sizeof *c);
    assert_non_null(c);
    char *words = line + length;
    for (size_t i = 0; i < of->count; i++) {
        const float *left = of->right_first ? second : first;
        const float *right = of->right_first ? first : second;
        const mlp_mkl_product product = {.call = of->call,
                                         .processor = processor,
                                         .a = left + i * m * k,
                                         .b = right + i * k * n,
                                         .bias = of->has_bias ? bias : NULL,
                                         .a_matrix = matrix(m, k, of->a_is_transpose),
                                         .b_matrix = matrix(k, n, of->b_is_transpose),
                                         .c_matrix = mlp_matrix_by_rows(m, n)};
        mlp_mkl_multiply(c, &product);
        expect(whole, c, m * n, &words);
    }
    free(first);
    free(second);
    free(bias);
    free(c);
}

static void compare_file(const char *path, mlp_processor processor) {
    static char line[16384];
    size_t lines = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (*line == '#')
            continue;
        compare_line(line, processor);
        lines++;
    }
    assert_int_equal(lines, 475);
    fclose(file);
}

static void multiplies_with_avx2(void **state) {
    (void)state;
    compare_file(FIXTURES "/torch-2.11/mkl_products_avx2.txt", MLP_AVX2);
}

static void multiplies_with_avx512(void **state) {
    (void)state;
    compare_file(FIXTURES "/torch-2.11/mkl_products_avx512.txt", MLP_AVX512);
}

/* --- what no random number shows --- */

/* A sum of products that are -0 is +0, and without terms a product is its bias. */
/* Whatever the order is: some begin with a product, here -0. */
static void zeros_are_positive(void **state) {
    static const mlp_mkl_call calls[] = {MLP_MKL_LINEAR,   MLP_MKL_LINEAR_OF_VECTOR,
                                         MLP_MKL_MATRICES, MLP_MKL_VECTOR_BY_MATRIX,
                                         MLP_MKL_BATCH,    MLP_MKL_DOT};
    float a[3 * 40], b[40 * 3], c[3 * 3];
    (void)state;
    for (size_t i = 0; i < sizeof a / sizeof *a; i++) {
        a[i] = -1;
        b[i] = 0;
    }
    for (size_t call = 0; call < sizeof calls / sizeof *calls; call++)
        for (size_t m = 1; m <= 3; m++)
            for (size_t k = 1; k <= 40; k++)
                for (mlp_processor on = MLP_AVX2; on <= MLP_AVX512; on++) {
                    const mlp_mkl_product p = {
                        .call = calls[call],
                        .processor = on,
                        .a = a,
                        .b = b,
                        .a_matrix = mlp_matrix_by_rows(m, k),
                        .b_matrix = mlp_matrix_by_rows(k, calls[call] == MLP_MKL_DOT ? 1 : 3),
                        .c_matrix = mlp_matrix_by_rows(m, 3)};
                    mlp_mkl_multiply(c, &p);
                    assert_true(c[0] == 0 && !signbit(c[0]));
                }
}

static void begins_at_bias(void **state) {
    (void)state;
    const float bias = 3;
    float c = 1;
    mlp_mkl_product p = {
        .call = MLP_MKL_MATRICES, .a = &bias, .b = &bias, .c_matrix = mlp_matrix_by_rows(1, 1)};
    p.a_matrix = mlp_matrix_by_rows(1, 0);
    p.b_matrix = mlp_matrix_by_rows(0, 1);
    p.bias = &bias;
    mlp_mkl_multiply(&c, &p);
    assert_true(c == 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiplies_with_avx2),
        cmocka_unit_test(multiplies_with_avx512),
        cmocka_unit_test(zeros_are_positive),
        cmocka_unit_test(begins_at_bias),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
