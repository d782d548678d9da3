#include "given.h"

#include "faults.h"

#include <math.h>
#include <string.h>

/* Whether it is the number without its decimals, as in a report of --precision=0. */
static bool lacks_decimals(const mlp_written *w, double given) {
    return !memchr(w->text, '.', w->length) && fabs(w->value - given) < 1;
}

static bool refuse(marking *m, item *it) {
    const mlp_explanation *why = it->mark.explanations;
    const mlp_written *w = &it->mark.answer->numbers[it->mark.worst];
    it->left_out = m->refused = true;
    m->error->where = it->mark.answer->where;
    const double given = mlp_tensor_get(&it->mark.value->tensor, it->mark.worst);
    mlp_error(m->error, "%.100s is given, with %g where this has %s%.*s: %.200s", it->mark.name,
              given, w->value < 0 ? "-" : "", (int)(w->length < 40 ? w->length : 40), w->text,
              why                        ? why->sentence
              : lacks_decimals(w, given) ? "write its decimals"
                                         : "this is the sheet of another exercise, or was changed");
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
