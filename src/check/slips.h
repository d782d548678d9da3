/* The catalogue of slips: known ways to get one step wrong. Each is a small variant of one
 * recorded operation. To add one, write its function and its row in the table of slips.c. */
#ifndef MLPSTEP_CHECK_SLIPS_H
#define MLPSTEP_CHECK_SLIPS_H

#include "marking.h"

/* Where a slip can occur. */
enum {
    IN_FORWARD = 1 << 0,
    IN_BACKWARD = 1 << 1,
    IN_UPDATE = 1 << 2,
    IN_WRITING = 1 << 3 /* of the answer itself, whatever computed it */
};

/* A step about to be done another way, in float64. `call` has the tensors that the step read and
 * has just written: call.in and call.out, backward also call.dout and call.din. Of a slip of
 * writing there is no step; the item's tensor is changed. */
typedef struct slip_case {
    marking *m;
    const item *it;
    const mlp_step *step;
    mlp_call call;
    const double *right, *bound; /* what the item's numbers should be, and how exactly */
    double number;               /* stands for {} in the sentence */
} slip_case;

typedef struct slip {
    const char *slug;
    const char *sentence; /* what was done or left out */
    unsigned where;
    unsigned of;                 /* what operations: those with one of these traits; 0 in writing */
    bool (*apply)(slip_case *c); /* false: cannot occur in this step */
    /* What else follows from the slip than the answer itself; NULL: nothing. False without
     * memory. */
    bool (*adopt)(slip_case *c);
} slip;

/* The likeliest first; ended by a row without slug. */
extern const slip slips[];

/* --- what the files of slips share --- */

/* The step once more, with the call as it was changed. */
void slip_do_again(slip_case *c);
/* Exchanges rows and columns of a square matrix, in place; false for anything else. */
bool slip_transpose(mlp_tensor *t);
mlp_tensor *slip_tensor(const slip_case *c, const mlp_value *value);

/* slips_forward.c */
bool slip_transposed_weight(slip_case *c);
bool slip_no_bias(slip_case *c);
bool slip_no_activation(slip_case *c);
bool slip_slope_ignored(slip_case *c);
bool slip_slope_everywhere(slip_case *c);
bool slip_no_dropout_scale(slip_case *c);
bool slip_dropout_scale_by_p(slip_case *c);
bool slip_other_mask(slip_case *c);
bool slip_adopt_mask(slip_case *c);
bool slip_softmax_not_normalised(slip_case *c);
bool slip_log_base_2(slip_case *c);
bool slip_log_base_10(slip_case *c);
bool slip_sum_not_mean(slip_case *c);
bool slip_mean_not_sum(slip_case *c);

/* slips_backward.c */
bool slip_onehot_minus_p(slip_case *c);
bool slip_no_onehot(slip_case *c);
bool slip_activation_derivative_missing(slip_case *c);
bool slip_mask_missing_backward(slip_case *c);
bool slip_transposed_gradient(slip_case *c);
bool slip_updated_weights_in_backward(slip_case *c);
bool slip_batch_not_averaged(slip_case *c);
bool slip_gradient_averaged(slip_case *c);

/* slips_update.c */
bool slip_ascent(slip_case *c);
bool slip_no_learning_rate(slip_case *c);
bool slip_not_updated(slip_case *c);

/* slips_writing.c */
bool slip_sign_flipped(slip_case *c);
bool slip_digits_swapped(slip_case *c);

#endif
