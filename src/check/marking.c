#include "marking.h"

void marking_fix(marking *m, const mlp_value *value, const double *numbers, const bool *given) {
    mlp_replay_fix(m->own, value, numbers, given);
    mlp_replay_fix(m->in_dtype, value, numbers, given);
}

item *marking_item(const marking *m, const mlp_value *value) {
    item *first = m->answered[value->number];
    for (item *it = first; it; it = it->same)
        if (it->fixed)
            return it;
    return first && first->mark.given && !first->left_out ? first : NULL;
}
