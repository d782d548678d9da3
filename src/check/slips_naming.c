#include "slips_naming.h"

#include "place.h"
#include "tolerance.h"

#include "trace/step_name.h"

#include <inttypes.h>
#include <string.h>

/* Whether the value is of that name, in another step of the training. What a parameter is before its
 * update is no other step's where the answer says of which step it is: it was not updated. */
static bool is_namesake(const slip_case *c, const char *common, const mlp_value *value) {
    const mlp_value *own = c->it->mark.value;
    const place *p = &c->m->place[value->number], *of_own = &c->m->place[own->number];
    if (value->given || p->step == of_own->step || p->phase != of_own->phase ||
        strcmp(p->common, common) != 0 || !mlp_tensor_same_shape(&value->tensor, &own->tensor))
        return false;
    return of_own->phase != MLP_UPDATE || p->step + 1 != of_own->step ||
           answer_is_bare(c->it->mark.answer);
}

static bool is_written(const slip_case *c, const mlp_value *value) {
    for (size_t i = 0; i < value->tensor.numel; i++) {
        const double number = mlp_tensor_get(&value->tensor, i);
        if (c->it->given[i] &&
            !number_is_near(c->m, c->it, i, number, dtype_rounding(c->it, number)))
            return false;
    }
    return true;
}

/* 2: write loss@2. NULL without memory. */
static const char *step_in_words(const marking *m, const mlp_value *value) {
    const uint64_t step = m->place[value->number].step;
    const char *name = value->label.display, *common = m->place[value->number].common;
    static const char grad[] = ".grad";
    const size_t length = strlen(name), extra = strlen(grad);
    const bool is_grad = length > extra && strcmp(name + length - extra, grad) == 0;
    if (!step_names_count(m->trace))
        return mlp_arena_printf(m->arena, "%" PRIu64, step);
    if (strcmp(name, common) != 0 || *m->place[value->number].namesakes < 2)
        return mlp_arena_printf(m->arena, "%" PRIu64 ": write %.100s", step, name);
    return mlp_arena_printf(m->arena, "%" PRIu64 ": write %.*s@%" PRIu64 "%s", step,
                            (int)(length - (is_grad ? extra : 0)), name, step, is_grad ? grad : "");
}

/* The right numbers, of another step of the training. */
bool slip_other_step(slip_case *c) {
    marking *m = c->m;
    const mlp_answer *a = c->it->mark.answer;
    const char *common = m->place[c->it->mark.value->number].common;
    mlp_tensor *t = slip_tensor(c, c->it->mark.value);
    const mlp_value *found = NULL;
    size_t choices = 0;
    if (!a->name || a->by_order || !common)
        return false;
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        if (e->kind != MLP_ENTRY_VALUE || !is_namesake(c, common, e->value))
            continue;
        choices++;
        found = !found && is_written(c, e->value) ? e->value : found;
    }
    c->choices = (double)choices;
    if (!found)
        return false;
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, mlp_tensor_get(&found->tensor, i));
    c->word = step_in_words(m, found);
    m->starved |= !c->word;
    return c->word;
}
