/* Answers that follow from the masks that other builds of PyTorch draw. */
#ifndef MLPSTEP_CHECK_OTHER_MASKS_H
#define MLPSTEP_CHECK_OTHER_MASKS_H

#include "path.h"
#include "slip.h"

/* Whether there are others for the item, or on the path to it. */
bool other_masks_count(const item *it, const path *p);
/* Puts them into the replays for a try; not where a mask was answered, unless that is the answer
 * `it`, or where something else was put. False without memory. */
bool other_masks_try(marking *m, const item *it);

/* Whether they are drawn by MKL, or without it: what the row of a slip says of them. */
bool slip_masks_by_mkl(slip_case *c);
bool slip_masks_without_mkl(slip_case *c);
/* From now on they count: whoever follows another build does so throughout. */
bool slip_adopt_other_masks(slip_case *c);

/* A mask that an answer showed, and that PyTorch does not draw. */
struct shown_mask {
    const mlp_value *mask;
    const double *numbers;
    shown_mask *next;
};

/* From now on it counts in place of the script's. False without memory. */
bool shown_mask_adopt(marking *m, const mlp_value *mask, const double *numbers);
/* Whether a step on the path reads such a mask. */
bool shown_masks_count(const marking *m, const path *p);
/* For a try the script's are in the place of all of them, until they are shown again. False without
 * memory. */
bool shown_masks_hide(marking *m);
void shown_masks_show(marking *m);

/* Whether an answer that is right has shown a mask of the script that the path goes by. */
bool script_mask_is_shown(const marking *m, const path *p);

#endif
