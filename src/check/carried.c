#include "carried.h"

#include "habit.h"
#include "other_masks.h"
#include "tolerance.h"
#include "way.h"

typedef bool choice(const item *root);

static bool is_wrong(const item *root) {
    return root->off > 0;
}

/* Right by chance, perhaps. */
static bool is_mistaken(const item *root) {
    return root->mistaken;
}

static bool is_rounded_result(const item *root) {
    return !root->mark.value->given;
}

static bool is_any(const item *root) {
    (void)root;
    return true;
}

static size_t count_roots(const path *p, choice *is_chosen_root) {
    size_t count = 0;
    for (size_t r = 0; r < p->root_count; r++)
        count += is_chosen_root(p->roots[r]);
    return count;
}

/* The answer that showed that other masks were taken, where all else is right. */
static const item *other_masks_of(const marking *m, const item *it, const path *p) {
    const bool counts = m->follows_other_masks && other_masks_count(it, p);
    return counts && !count_roots(p, is_wrong) ? m->follows_other_masks : NULL;
}

static bool name_one(marking *m, item *it, const item *root) {
    it->mark.follows = mlp_arena_alloc(m->arena, 1, sizeof *it->mark.follows);
    if (!it->mark.follows)
        return marking_out_of_memory(m);
    it->mark.follows[it->mark.follows_count++] = &root->mark;
    return true;
}

/* Of the roots, those that are not right; where all are, those that were computed and rounded,
 * or, where none was, the inputs. */
static bool name_roots(marking *m, item *it, const path *p) {
    choice *chosen = count_roots(p, is_wrong)            ? is_wrong
                     : count_roots(p, is_rounded_result) ? is_rounded_result
                                                         : is_any;
    it->mark.follows_rounding = chosen != is_wrong;
    it->mark.follows = mlp_arena_alloc(m->arena, p->root_count, sizeof *it->mark.follows);
    if (!it->mark.follows)
        return marking_out_of_memory(m);
    for (size_t r = 0; r < p->root_count; r++)
        if (chosen(p->roots[r]))
            it->mark.follows[it->mark.follows_count++] = &p->roots[r]->mark;
    return true;
}

/* What the step leaves open on the way: the i-th result, or NULL. */
static const mlp_value *open_result(const marking *m, const path *p, const mlp_step *step,
                                    size_t i) {
    const mlp_value *out = step->out[i];
    return out && out != p->to && manner_is_open(m, out) ? out : NULL;
}

static bool leaves_open(const marking *m, const path *p) {
    for (size_t s = 0; s < p->step_count; s++)
        for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++)
            if (open_result(m, p, p->steps[s], i))
                return true;
    return false;
}

/* Of what is left open, the answers with a ?; false without memory. */
static bool name_open(marking *m, item *it, const path *p) {
    const size_t most = p->step_count * MLP_MAX_OUTPUTS;
    it->mark.follows = mlp_arena_alloc(m->arena, most, sizeof *it->mark.follows);
    if (!it->mark.follows)
        return marking_out_of_memory(m);
    for (size_t s = 0; s < p->step_count; s++)
        for (size_t i = 0; i < MLP_MAX_OUTPUTS; i++) {
            const mlp_value *out = open_result(m, p, p->steps[s], i);
            if (out && m->answered[out->number])
                it->mark.follows[it->mark.follows_count++] = &m->answered[out->number]->mark;
        }
    it->mark.follows_rounding = it->mark.follows_count > 0;
    return true;
}

bool item_is_carried(marking *m, item *it, const path *p, bool *carried) {
    const size_t n = it->mark.answer->numel;
    double *value = mlp_arena_alloc(m->arena, n, sizeof *value);
    double *bound = mlp_arena_alloc(m->arena, n, sizeof *bound);
    if (!value || !bound)
        return marking_out_of_memory(m);
    const way w = {.path = p, .asks_near = true};
    const item *masks_of = other_masks_of(m, it, p);
    const item *habit_of = p->by_habit ? habit_shown_on(m, p) : NULL;
    const bool is_of_rounding =
        !count_roots(p, is_wrong) && !count_roots(p, is_mistaken) && !masks_of && !habit_of;
    /* Of right numbers no more than the rounding counts: see item_was_cut_off. */
    const bool follows = is_of_rounding ? p->root_count && !m->may_cut : true;
    for (int as_written = 0; as_written < 2 && !*carried; as_written++)
        *carried = follows && way_compute(m, it, &w, as_written == 1, value, bound) &&
                   item_is_near(m, it, value, bound);
    if (!*carried)
        return true;
    it->follows = value;
    it->mark.carried_value = value[it->mark.worst];
    it->mark.repeats = habit_of != NULL;
    return masks_of   ? name_one(m, it, masks_of)
           : habit_of ? name_one(m, it, habit_of)
                      : name_roots(m, it, p);
}

static bool is_near_in(marking *m, item *it, const path *p, size_t which, double *value,
                       double *bound) {
    manner how;
    return manner_of(m, which, &how) &&
           way_compute(m, it, &(way){.path = p, .as = &how, .asks_near = true}, true, value,
                       bound) &&
           item_is_near(m, it, value, bound);
}

bool item_follows_open(marking *m, item *it, const path *p, bool *carried) {
    const size_t n = it->mark.answer->numel;
    double *value = mlp_arena_alloc(m->arena, n, sizeof *value);
    double *bound = mlp_arena_alloc(m->arena, n, sizeof *bound);
    if (!value || !bound)
        return marking_out_of_memory(m);
    for (size_t which = 0; which < MANNERS && !*carried && leaves_open(m, p); which++)
        *carried = p->root_count && is_near_in(m, it, p, which, value, bound);
    if (!*carried)
        return true;
    it->mark.verdict = MLP_CARRIED;
    it->follows = value;
    it->mark.carried_value = value[it->mark.worst];
    if (!count_roots(p, is_wrong) && !name_open(m, it, p))
        return false;
    return it->mark.follows_count || name_roots(m, it, p);
}
