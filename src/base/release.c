/* The table of what differs between releases and builds of PyTorch. Nothing else compares their
 * numbers: it asks mlp_release_has(). */
#include "mlpstep/release.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

typedef struct {
    int major, minor;
} number;

static const number first = {1, 13}, last_of_1 = {1, 13}, last = {2, 11}, standard = {2, 6};

/* The first release of a build that has it: 1.13 where all have, INT_MAX where none has. */
typedef struct {
    number wheel, native;
} since;

/* One row a behaviour. What was seen only at a release that was measured begins there: 1.13 and 2.6
 * as Debian builds them, 2.11 as a wheel. Where the history of the sources tells the release, its
 * change is named. */
static const since rows[MLP_BEHAVIOURS] = {
    /* History: pull request 146174 switched MKL off in DistributionKernels.cpp. 2.11 was measured
     * to draw so, and 2.6's source has MKL still. (In 1.x wheels asked for it on Intel's processors
     * alone: on AMD's they draw as native.) */
    [MLP_DRAWS_WITHOUT_MKL] = {.wheel = {2, 7}, .native = {1, 13}},
    /* Measured: 2.11's wheel, which has MKL 2024.2, as wheels have since 2.5. What an earlier one
     * does is not known: it computes as native. */
    [MLP_MULTIPLIES_BY_MKL] = {.wheel = {2, 5}, .native = {INT_MAX, 0}},
    /* History: pull request 92731. */
    [MLP_CLEARS_GRADIENTS] = {{2, 0}, {2, 0}},
    /* Measured: 1.13 on Python 3.11, 2.6 on 3.13, 2.11 on 3.12. sum() by Python's documentation. */
    [MLP_RUNS_ON_PYTHON_3_12] = {{2, 6}, {2, 6}},
    /* Measured: not 2.6, which Debian 13 has with numpy 2.2; 2.11. numpy's pull request 28703. */
    [MLP_RUNS_ON_NUMPY_2_3] = {{2, 11}, {2, 11}},
    /* History: pull request 90452. */
    [MLP_FOLDS_MODULE_LISTS] = {{2, 0}, {2, 0}},
    /* History: pull request 114467. */
    [MLP_SGD_HAS_DEFAULT_RATE] = {{2, 2}, {2, 2}},
    /* Measured: 2.6 and 2.11 have the same names. */
    [MLP_RENAMES_NODES] = {{2, 6}, {2, 6}},
    /* Measured: SGD. Adam, which had fused: False before, from the sources. */
    [MLP_LISTS_FUSED] = {{2, 6}, {2, 6}},
    /* Measured: 2.6 without MKL and the wheel of 2.11 give the same bits. */
    [MLP_SPACES_ONE_BY_ONE] = {{2, 6}, {2, 6}},
    /* Measured: of a number without dimensions. Of more, from the sources. */
    [MLP_SPREADS_TOO_FEW] = {{2, 6}, {2, 6}},
    /* Measured: not in 2.6. Pull request 126859, of an unknown release between both. */
    [MLP_MEASURES_AS_ASKED] = {{2, 11}, {2, 11}},
    /* Measured, in float64. */
    [MLP_DRAWS_BY_LOG1P] = {{2, 11}, {2, 11}},
    /* History: pull request 143787, of the time between 2.6, which issue 148175 shows without it, and
     * 2.7. */
    [MLP_DRAWS_WIDE_EARLY] = {{2, 7}, {2, 7}},
    /* Measured. */
    [MLP_SMOOTHS_ANEW] = {{2, 11}, {2, 11}},
    /* Measured: under 2.11, of 9 classes and more. */
    [MLP_ROUNDS_SOFTMAX] = {{2, 11}, {2, 11}},
    /* Measured, in the last digits of a loss under 2.6. */
    [MLP_LOSES_BY_LOG1P] = {{2, 6}, {2, 6}},
    /* History: pull request 115539. */
    [MLP_SCORES_BY_LOG1P] = {{2, 3}, {2, 3}},
    /* Measured, in the last digits of a norm of 640 numbers under 2.6. */
    [MLP_ROUNDS_SQUARES] = {{2, 6}, {2, 6}},
    /* Measured, by the names of nodes and the gradient of the bias, which is a sum then. */
    [MLP_ADDS_BIAS_WITHIN] = {{2, 6}, {2, 6}},
    /* Measured: by MKL, not by OpenBLAS. */
    [MLP_KEEPS_ZEROS] = {.wheel = {2, 11}, .native = {INT_MAX, 0}},
    /* History: pull request 104796. Measured: 2.11. */
    [MLP_AVERAGES_BY_LERP] = {{2, 1}, {2, 1}},
    /* History: pull request 143710, by which AdamW became an Adam. */
    [MLP_ADAM_LISTS_DECOUPLED] = {{2, 7}, {2, 7}},
    /* By the sources, which have both before 2.6; the lerp was measured in 2.11. */
    [MLP_CENTERS_BY_LERP] = {{2, 6}, {2, 6}},
    [MLP_LISTS_CAPTURABLE] = {{2, 6}, {2, 6}},
    [MLP_KEEPS_NO_NONE] = {{2, 6}, {2, 6}},
    /* History: the same pull request. */
    [MLP_ADAMW_IS_ADAM] = {{2, 7}, {2, 7}},
    /* By the sources: 2.6 has it still. */
    [MLP_SCHEDULES_QUIETLY] = {{2, 7}, {2, 7}},
    /* History: pull requests 111302 and 149312, and the notes of 2.0 and 2.2. */
    [MLP_SCHEDULES_SILENTLY] = {{2, 2}, {2, 2}},
    [MLP_SCHEDULES_KNOW_FIRST] = {{2, 8}, {2, 8}},
    [MLP_NAMES_SCHEDULERS] = {{2, 0}, {2, 0}},
    [MLP_CYCLES_BETAS] = {{2, 2}, {2, 2}},
    [MLP_PLATEAU_IS_SCHEDULER] = {{2, 2}, {2, 2}},
    /* History: pull request 69967, of the time between 1.13 and 2.0. What notebooks of these
     * releases printed was drawn so. */
    [MLP_DRAWS_EXPONENTIAL_BY_MKL] = {.wheel = {2, 0}, .native = {INT_MAX, 0}},
    /* Measured: not in 1.13. With the row above, notebooks of 2.x show what comes of it. */
    [MLP_DRAWS_ONE_BY_RATIO] = {{2, 0}, {2, 0}},
    /* History: issue 98200, and issue 335 of torchtune, which needs 2.2 for it. */
    [MLP_INITS_BY_GENERATOR] = {{2, 2}, {2, 2}},
    /* History: pull request 85849. */
    [MLP_HOOKS_FIRST] = {{2, 0}, {2, 0}},
    /* Measured. */
    [MLP_TAKES_FLOATS] = {{2, 6}, {2, 6}},
    /* Measured: under 2.6 and 2.11, on processors with AVX-512, in the fourth decimal of gelu(-3).
     * oneDNN has it since 3.0, which came with 2.1. */
    [MLP_GELU_IN_PIECES] = {{2, 1}, {2, 1}},
    /* History: pull request 155765, of the days before 2.8. Measured: 2.11. */
    [MLP_ELU_IS_LINEAR_AT_ZERO] = {{2, 8}, {2, 8}},
    /* History: pull request 173968. Measured: 2.11. */
    [MLP_ELU_BY_EXPM1] = {{2, 11}, {2, 11}},
    /* History: pull request 138421, between 2.5 and 2.6. Measured: 2.11. */
    [MLP_SHRINKS_BY_ZERO] = {{2, 6}, {2, 6}},
    /* Measured: not in 1.13. By the sources of 2.6, which keep a number for sym_numel(). */
    [MLP_KEEPS_NO_SIZES] = {{2, 6}, {2, 6}},
    /* History: pull request 106082. Measured: 2.11. */
    [MLP_SHARES_STATE] = {{2, 1}, {2, 1}},
    /* By the documentation of 2.x, which does not tell since when: src/torch/known_names.c. */
    [MLP_HAS_LATER_NAMES] = {{2, 0}, {2, 0}},
    /* History: pull request 91819. */
    [MLP_MODULE_INIT_NAMES_CLASS] = {{2, 0}, {2, 0}},
    /* History: pull request 127689. */
    [MLP_DEPRECATES_BY_FUTURE_WARNING] = {{2, 4}, {2, 4}},
};

static bool is_before(number a, number b) {
    return a.major != b.major ? a.major < b.major : a.minor < b.minor;
}

/* What a wheel has on processors with AVX-512 only. Builds that count as native were measured on one
 * that has it. */
static bool needs_avx512(mlp_behaviour behaviour) {
    return behaviour == MLP_GELU_IN_PIECES;
}

bool mlp_release_has(const mlp_release *release, mlp_behaviour behaviour) {
    const number given = {release->major, release->minor}, n = given.major ? given : standard;
    const since *row = &rows[behaviour];
    if (release->build == MLP_WHEEL && needs_avx512(behaviour))
        return false;
    return !is_before(n, release->build == MLP_NATIVE ? row->native : row->wheel);
}

bool mlp_release_is_wide(const mlp_release *release) {
    return release->build == MLP_WHEEL_AVX512;
}

const char *mlp_release_processor(const mlp_release *release) {
    return release->build == MLP_WHEEL_AVX512 ? ",avx512" : "";
}

bool mlp_release_is_known(const mlp_release *release) {
    const number n = {release->major, release->minor};
    if (n.major == 0)
        return n.minor == 0;
    if (mlp_release_is_wide(release) && !mlp_release_has(release, MLP_MULTIPLIES_BY_MKL))
        return false;
    return !is_before(n, first) && !is_before(last, n) &&
           (n.major > last_of_1.major || !is_before(last_of_1, n)) && n.minor >= 0;
}

/* A whole number of at most three digits at *text, which moves behind it; -1 where there is none. */
static int read_number(const char **text) {
    const char *from = *text;
    int value = 0;
    while (**text >= '0' && **text <= '9' && *text - from < 3)
        value = 10 * value + *(*text)++ - '0';
    return *text == from || (*from == '0' && *text - from > 1) ? -1 : value;
}

/* What stands behind the number. */
static bool read_build(mlp_release *release, const char *text) {
    static const struct {
        const char *text;
        mlp_build build;
        bool is_of_mkl; /* names a processor, whose order of products is that of a known MKL */
    } builds[] = {{"", MLP_WHEEL, false},
                  {",wheel", MLP_WHEEL, false},
                  {",native", MLP_NATIVE, false},
                  {",avx2", MLP_WHEEL, true},
                  {",avx512", MLP_WHEEL_AVX512, true}};
    size_t i = 0;
    while (strcmp(builds[i].text, text) != 0)
        if (++i == sizeof builds / sizeof *builds)
            return false;
    release->build = builds[i].build;
    return !builds[i].is_of_mkl || mlp_release_has(release, MLP_MULTIPLIES_BY_MKL);
}

bool mlp_release_read(mlp_release *release, const char *text) {
    mlp_release read = {.build = MLP_WHEEL};
    read.major = read_number(&text);
    if (read.major <= 0 || *text++ != '.')
        return false;
    read.minor = read_number(&text);
    if (*text == '.') {
        text++;
        if (read_number(&text) < 0)
            return false;
    }
    if (!read_build(&read, text) || !mlp_release_is_known(&read))
        return false;
    *release = read;
    return true;
}
