/* Options by their names: the table through which a script's arguments reach an operation. */
#include "row.h"

#include <stddef.h>
#include <string.h>

typedef enum {
    BOOL,
    REAL,
    INTEGER
} option_kind;

typedef struct {
    const char *name;
    option_kind kind;
    size_t offset; /* of the member */
    size_t given;  /* of the bool that is false for None; 0: it is never None */
} option;

#define AT(member) offsetof(mlp_options, member)

static const option table[] = {{"alpha", REAL, AT(alpha), 0},
                               {"correction", REAL, AT(correction), 0},
                               {"dampening", REAL, AT(dampening), 0},
                               {"dim", INTEGER, AT(dim), AT(has_dim)},
                               {"dim0", INTEGER, AT(dim0), 0},
                               {"dim1", INTEGER, AT(dim1), 0},
                               {"ignore_index", INTEGER, AT(ignore_index), 0},
                               {"index", INTEGER, AT(index), 0},
                               {"inplace", BOOL, AT(inplace), 0},
                               {"keepdim", BOOL, AT(keepdim), 0},
                               {"label_smoothing", REAL, AT(label_smoothing), 0},
                               {"lr", REAL, AT(lr), 0},
                               {"max", REAL, AT(max), AT(has_max)},
                               {"maximize", BOOL, AT(maximize), 0},
                               {"min", REAL, AT(min), AT(has_min)},
                               {"momentum", REAL, AT(momentum), 0},
                               {"negative_slope", REAL, AT(negative_slope), 0},
                               {"nesterov", BOOL, AT(nesterov), 0},
                               {"p", REAL, AT(p), 0},
                               {"start", INTEGER, AT(start), AT(has_start)},
                               {"stop", INTEGER, AT(stop), AT(has_stop)},
                               {"weight_decay", REAL, AT(weight_decay), 0}};

static const option *find(const char *name) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

mlp_number mlp_real(double number) {
    return (mlp_number){.real = number, .integer = to_int64(number)};
}

mlp_number mlp_integer(int64_t number) {
    return (mlp_number){.real = (double)number, .integer = number};
}

static void *at(const mlp_options *options, size_t offset) {
    return (char *)options + offset;
}

static bool is_given(const mlp_options *options, const option *o) {
    return !o->given || *(const bool *)at(options, o->given);
}

bool mlp_options_set(mlp_options *options, const char *name, const mlp_number *number) {
    const option *o = find(name);
    if (!o || (!number && !o->given))
        return false;
    void *member = at(options, o->offset);
    if (o->given)
        *(bool *)at(options, o->given) = number != NULL;
    if (!number)
        return true;
    if (o->kind == BOOL)
        *(bool *)member = number->real != 0;
    else if (o->kind == REAL)
        *(double *)member = number->real;
    else
        *(int64_t *)member = number->integer;
    return true;
}

bool mlp_options_get(const mlp_options *options, const char *name, mlp_number *number) {
    const option *o = find(name);
    if (!o || !is_given(options, o))
        return false;
    const void *member = at(options, o->offset);
    if (o->kind == BOOL)
        *number = mlp_integer(*(const bool *)member);
    else if (o->kind == REAL)
        *number = mlp_real(*(const double *)member);
    else
        *number = mlp_integer(*(const int64_t *)member);
    return true;
}
