/* Options by their names: the table through which a script's arguments reach an operation. */
#include "row.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef enum {
    BOOL,
    REAL,
    PAIR, /* of doubles */
    INTEGER
} option_kind;

static const size_t numbers_in[] = {[BOOL] = 1, [REAL] = 1, [PAIR] = 2, [INTEGER] = 1};

typedef struct {
    const char *name;
    option_kind kind;
    size_t offset; /* of the member */
    size_t given;  /* of the bool that is false for None; 0: it is never None */
} option;

#define AT(member) offsetof(mlp_options, member)

/* In the order of their names. */
static const option table[] = {{"alpha", REAL, AT(alpha), 0},
                               {"amsgrad", BOOL, AT(amsgrad), 0},
                               {"approximate_by_tanh", BOOL, AT(approximate_by_tanh), 0},
                               {"atol", REAL, AT(atol), 0},
                               {"beta", REAL, AT(beta), 0},
                               {"betas", PAIR, AT(betas), 0},
                               {"centered", BOOL, AT(centered), 0},
                               {"correction", INTEGER, AT(correction), 0},
                               {"dampening", REAL, AT(dampening), 0},
                               {"decimals", INTEGER, AT(decimals), 0},
                               {"delta", REAL, AT(delta), 0},
                               {"descending", BOOL, AT(descending), 0},
                               {"dim", INTEGER, AT(dim), AT(has_dim)},
                               {"dim0", INTEGER, AT(dim0), 0},
                               {"dim1", INTEGER, AT(dim1), 0},
                               {"eps", REAL, AT(eps), 0},
                               {"equal_nan", BOOL, AT(equal_nan), 0},
                               {"etas", PAIR, AT(etas), 0},
                               {"ignore_index", INTEGER, AT(ignore_index), 0},
                               {"index", INTEGER, AT(index), 0},
                               {"initial_accumulator_value", REAL, AT(value), 0},
                               {"inplace", BOOL, AT(inplace), 0},
                               {"k", INTEGER, AT(k), 0},
                               {"keepdim", BOOL, AT(keepdim), 0},
                               {"label_smoothing", REAL, AT(label_smoothing), 0},
                               {"lambd", REAL, AT(lambd), 0},
                               {"lr", REAL, AT(lr), 0},
                               {"lr_decay", REAL, AT(lr_decay), 0},
                               {"max", REAL, AT(max), AT(has_max)},
                               {"max_val", REAL, AT(max), 0},
                               {"maximize", BOOL, AT(maximize), 0},
                               {"min", REAL, AT(min), AT(has_min)},
                               {"min_val", REAL, AT(min), 0},
                               {"momentum", REAL, AT(momentum), 0},
                               {"negative_slope", REAL, AT(negative_slope), 0},
                               {"nesterov", BOOL, AT(nesterov), 0},
                               {"p", REAL, AT(p), 0},
                               {"rho", REAL, AT(alpha), 0},
                               {"rtol", REAL, AT(rtol), 0},
                               {"stable", BOOL, AT(stable), 0},
                               {"start", INTEGER, AT(start), AT(has_start)},
                               {"step", INTEGER, AT(step), 0},
                               {"step_sizes", PAIR, AT(step_sizes), 0},
                               {"stop", INTEGER, AT(stop), AT(has_stop)},
                               {"threshold", REAL, AT(threshold), 0},
                               {"unsorted", BOOL, AT(unsorted), 0},
                               {"value", REAL, AT(value), 0},
                               {"weight_decay", REAL, AT(weight_decay), 0}};

static int by_name(const void *name, const void *row) {
    return strcmp(name, ((const option *)row)->name);
}

static const option *find(const char *name) {
    return bsearch(name, table, sizeof table / sizeof *table, sizeof *table, by_name);
}

mlp_number mlp_real(double number) {
    return (mlp_number){.real = number, .integer = mlp_to_int64(number)};
}

mlp_number mlp_integer(int64_t number) {
    return (mlp_number){.real = (double)number, .integer = number};
}

void mlp_number_set(mlp_tensor *tensor, size_t i, mlp_number number) {
    const bool is_rounded = fabs(number.real) > 0x1p53 && fabs(number.real) < 0x1p63;
    if (mlp_dtype_is_integer(tensor->dtype))
        mlp_tensor_set_int(tensor, i, number.integer);
    else if (tensor->dtype == MLP_FLOAT32 && is_rounded)
        ((float *)tensor->data)[i] = (float)number.integer;
    else
        mlp_tensor_set(tensor, i, number.real);
}

bool mlp_number_fits(mlp_number number, mlp_dtype dtype) {
    const double size = fabs(number.real);
    if (dtype == MLP_INT64) /* 2^63 is one too many, but the double nearest to 2^63 - 1 */
        return size <= -(double)INT64_MIN && !(number.real > 0 && number.integer < 0);
    if (dtype == MLP_UINT8) /* a negative integer wraps around */
        return size <= UINT8_MAX && (number.real >= 0 || number.real == (double)number.integer);
    if (mlp_dtype_is_integer(dtype))
        return number.real <= (double)mlp_dtype_most(dtype) &&
               number.real >= (double)mlp_dtype_least(dtype);
    return dtype != MLP_FLOAT32 || !isfinite(size) || size <= (double)FLT_MAX;
}

static const void *at(const mlp_options *options, size_t offset) {
    return (const char *)options + offset;
}

static void *place(mlp_options *options, size_t offset) {
    return (char *)options + offset;
}

/* Whether it may be None, and is. */
static bool is_none(const mlp_options *options, const option *o) {
    return o->given && !*(const bool *)at(options, o->given);
}

static void set(void *member, option_kind kind, const mlp_number *numbers) {
    if (kind == BOOL)
        *(bool *)member = numbers->real != 0;
    else if (kind == REAL)
        *(double *)member = numbers->real;
    else if (kind == PAIR)
        for (size_t i = 0; i < numbers_in[PAIR]; i++)
            ((double *)member)[i] = numbers[i].real;
    else
        *(int64_t *)member = numbers->integer;
}

bool mlp_options_set(mlp_options *options, const char *name, const mlp_number *numbers,
                     size_t count) {
    const option *o = find(name);
    if (!o || (count ? count != numbers_in[o->kind] : !o->given))
        return false;
    if (o->given)
        *(bool *)place(options, o->given) = count != 0;
    if (count)
        set(place(options, o->offset), o->kind, numbers);
    return true;
}

size_t mlp_options_get(const mlp_options *options, const char *name,
                       mlp_number numbers[MLP_MAX_NUMBERS]) {
    const option *o = find(name);
    if (!o || is_none(options, o))
        return 0;
    const void *member = at(options, o->offset);
    if (o->kind == BOOL)
        numbers[0] = mlp_integer(*(const bool *)member);
    else if (o->kind == REAL)
        numbers[0] = mlp_real(*(const double *)member);
    else if (o->kind == PAIR)
        for (size_t i = 0; i < numbers_in[PAIR]; i++)
            numbers[i] = mlp_real(((const double *)member)[i]);
    else
        numbers[0] = mlp_integer(*(const int64_t *)member);
    return numbers_in[o->kind];
}
