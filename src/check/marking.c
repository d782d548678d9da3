#include "marking.h"

#include "faults.h"

void marking_fix(marking *m, const mlp_value *value, const double *numbers, const bool *given) {
    mlp_replay_fix(m->own, value, numbers, given);
    mlp_replay_fix(m->in_dtype, value, numbers, given);
}

static size_t time_of(const mlp_step *step) {
    size_t i = 0;
    while (!step->out[i])
        i++;
    return step->out[i]->number;
}

bool marking_has_done(const marking *m, const mlp_step *step) {
    return m->turn && time_of(step) <= time_of(m->turn);
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

bool marking_keep(marking *m, const mlp_value *value) {
    m->starved |= !journal_keep(m->journal, value, journal_mark(m->journal)) ||
                  !journal_keep(m->dtype_journal, value, journal_mark(m->dtype_journal));
    return !m->starved;
}

void marking_settle(marking *m, const mlp_value *value) {
    journal_settle(m->journal, value, 0);
    journal_settle(m->dtype_journal, value, 0);
}

bool marking_try_step(marking *m, const mlp_step *step) {
    const size_t since = journal_mark(m->journal);
    for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
        m->starved |= step->out[i] && !journal_keep(m->journal, step->out[i], since);
    if (m->starved)
        return false;
    mlp_replay_run(m->own, step, step);
    for (size_t i = MLP_MAX_OUTPUTS; i-- > 0;)
        if (step->out[i])
            journal_settle(m->journal, step->out[i], since);
    return true;
}

void marking_exchange(marking *m) {
    mlp_replay *own = m->own;
    journal *of_own = m->journal;
    m->own = m->in_dtype;
    m->journal = m->dtype_journal;
    m->in_dtype = own;
    m->dtype_journal = of_own;
}

bool marking_leave_out(marking *m, item *it, mlp_span where) {
    m->error->where = where;
    it->left_out = true;
    return faults_add(m->answers, m->arena, m->error, m->error);
}
