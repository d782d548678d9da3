/* A known way to get one step wrong: a small variant of one recorded operation. */
#ifndef MLPSTEP_CHECK_SLIP_H
#define MLPSTEP_CHECK_SLIP_H

#include "path.h"

/* Where a slip can occur. */
enum {
    IN_FORWARD = 1 << 0,
    IN_BACKWARD = 1 << 1,
    IN_UPDATE = 1 << 2,
    IN_SUM = 1 << 3,      /* where gradients that meet at a value are added */
    IN_WRITING = 1 << 4,  /* of the answer itself, whatever computed it */
    IN_ROUNDING = 1 << 5, /* of its last digits alone */
    IN_MASKS = 1 << 6,    /* in all of them, which are those of other builds for it */
    IN_NAMING = 1 << 7    /* of the name that it was given */
};

/* A step about to be done another way, in float64. `call` has the tensors that the step read and
 * has just written: call.in and call.out, backward also call.dout and call.din. Of a slip of
 * writing, or in masks, there is no step; the item's tensor is changed. */
typedef struct slip slip;
typedef struct slip_case {
    marking *m;
    const slip *slip;
    const item *it;
    const mlp_step *step;
    const path *path; /* that the step is on; NULL: none that goes by routes */
    mlp_call call;
    bool by_state;               /* the step is an update that goes by its new states */
    const double *right, *bound; /* what the item's numbers should be, and how exactly */
    size_t variant;              /* which of the ways to make the slip, from 0 on */
    double number;               /* stands for {} in the sentence ... */
    const char *word;            /* ... unless this does */
    double choices;              /* how many numbers the slip could have had for one; 0: one */
} slip_case;

struct slip {
    const char *slug;
    const char *sentence; /* what was done or left out */
    unsigned where;
    unsigned again;              /* where else who makes it makes it, too; 0: nowhere */
    unsigned of;                 /* what operations: those with one of these traits; 0: any */
    bool is_frequent;            /* so often made that what else was tried does not count */
    size_t variants;             /* ways to make it at most, which apply tries one by one; 0: one */
    bool (*apply)(slip_case *c); /* false: cannot occur in this step, or not in this way */
    /* What else follows from the slip than the answer itself; NULL: nothing. False without
     * memory. */
    bool (*adopt)(slip_case *c);
};

/* --- what the files of slips share --- */

/* The step once more, with the call as it was changed. */
void slip_do_again(slip_case *c);
/* The step once more, with factor * v + constant for each number v of a tensor that it reads; false
 * where that has too many. */
bool slip_do_changed(slip_case *c, mlp_tensor *t, double factor, double constant);
/* Makes the slip in the step, which has just been done; false where it cannot occur there. */
bool slip_make(slip_case *c, marking *m, const mlp_step *step);
/* Exchanges rows and columns of a square matrix, in place; false for anything else. */
bool slip_transpose(mlp_tensor *t);
/* The value as the steps before left it, from the answers. */
mlp_tensor *slip_tensor(const slip_case *c, const mlp_value *value);
/* So the input of the step, or, of a backward, of its forward. */
mlp_tensor *slip_input(const slip_case *c, size_t input);

#endif
