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

void marking_keep_fixed(marking *m, const mlp_step *step, const item *skipped) {
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
        const item *it = step->out[i] ? marking_item(m, step->out[i]) : NULL;
        if (it && it->fixed && it != skipped)
            marking_fix(m, it->mark.value, it->numbers, it->given);
    }
}
