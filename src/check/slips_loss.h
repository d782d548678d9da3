/* Slips in a loss. */
#ifndef MLPSTEP_CHECK_SLIPS_LOSS_H
#define MLPSTEP_CHECK_SLIPS_LOSS_H

#include "slip.h"

enum {
    MOST_CLASSES = 32, /* that are tried in the place of a target */
    MOST_PAIRS = 10    /* of samples whose targets change places */
};

bool slip_wrong_class(slip_case *c);
bool slip_classes_off_by_one(slip_case *c);
bool slip_targets_exchanged(slip_case *c);
bool slip_target_complemented(slip_case *c);
bool slip_no_logarithm(slip_case *c);
bool slip_loss_halved(slip_case *c);
bool slip_loss_of_all_classes(slip_case *c);
bool slip_one_minus_p(slip_case *c);
bool slip_no_label_smoothing(slip_case *c);
bool slip_index_off_by_one(slip_case *c);

#endif
