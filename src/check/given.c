#include "given.h"

#include "faults.h"

static bool refuse(marking *m, item *it) {
    const mlp_explanation *why = it->mark.explanations;
    const mlp_written *w = &it->mark.answer->numbers[it->mark.worst];
    it->left_out = m->refused = true;
    m->error->where = it->mark.answer->where;
    mlp_error(m->error, "%.100s is given, with %g where this has %s%.*s%s%.200s", it->mark.name,
              mlp_tensor_get(&it->mark.value->tensor, it->mark.worst), w->value < 0 ? "-" : "",
              (int)(w->length < 40 ? w->length : 40), w->text,
              why ? ": " : ": this is the sheet of another exercise, or was changed",
              why ? why->sentence : "");
    return faults_add(m->answers, m->arena, m->error, m->error);
}

bool item_settle_given(marking *m, item *it) {
    it->unmarked = it->off == 0 || !m->is_dump;
    if (it->off == 0) {
        m->given += it->mark.given > 0 || it->mark.answer->numel == 0;
        return true;
    }
    it->mark.verdict = MLP_DIFFERENT;
    return m->is_dump || refuse(m, it);
}
