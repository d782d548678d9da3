#include "other_masks.h"

#include "habit.h"

static bool reads_mask(const mlp_step *step) {
    const mlp_step *of = step->forward ? step->forward : step;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (of->in[i] && of->in[i]->other_mask)
            return true;
    return false;
}

bool other_masks_count(const item *it, const path *p) {
    for (size_t i = 0; i < p->step_count; i++)
        if (reads_mask(p->steps[i]))
            return true;
    return it->mark.value->other_mask != NULL;
}

static void copy(mlp_tensor *to, const mlp_tensor *from) {
    for (size_t i = 0; i < from->numel; i++)
        mlp_tensor_set(to, i, mlp_tensor_get(from, i));
}

/* A mask that the step reads, which nothing has been put in the place of yet. */
static const mlp_value *free_mask(const marking *m, const item *it, const mlp_step *step,
                                  size_t i) {
    const mlp_value *mask = step->in[i];
    if (!mask || !mask->other_mask || m->tainted[mask->number])
        return NULL;
    return mask == it->mark.value || !m->answered[mask->number] ? mask : NULL;
}

static void put_mask(marking *m, const mlp_value *mask, const mlp_tensor *from) {
    copy(mlp_replay_tensor(m->own, mask), from);
    copy(mlp_replay_tensor(m->in_dtype, mask), from);
}

bool other_masks_try(marking *m, const item *it) {
    for (const mlp_step *step = m->trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            const mlp_value *mask = free_mask(m, it, step, i);
            if (mask && !marking_keep(m, mask))
                return false;
            if (mask)
                put_mask(m, mask, mask->other_mask);
        }
    return true;
}

static bool draws_without_mkl(const slip_case *c) {
    return mlp_release_has(&c->m->trace->release, MLP_DRAWS_WITHOUT_MKL);
}

/* The release that draws so is named with the processor that was asked for. */
bool slip_masks_by_mkl(slip_case *c) {
    c->word = mlp_release_processor(&c->m->trace->release);
    return draws_without_mkl(c);
}

bool slip_masks_without_mkl(slip_case *c) {
    c->word = mlp_release_processor(&c->m->trace->release);
    return !draws_without_mkl(c);
}

bool slip_adopt_other_masks(slip_case *c) {
    marking *m = c->m;
    m->follows_other_masks = c->it;
    for (const mlp_step *step = m->trace->first_step; step; step = step->next)
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
            const mlp_value *mask = free_mask(m, c->it, step, i);
            if (!mask)
                continue;
            put_mask(m, mask, mask->other_mask);
            m->tainted[mask->number] = true;
        }
    habit_run_up_to(m, m->turn);
    return true;
}

bool shown_mask_adopt(marking *m, const mlp_value *mask, const double *numbers) {
    shown_mask *shown = mlp_arena_alloc(m->arena, 1, sizeof *shown);
    if (!shown)
        return marking_out_of_memory(m);
    *shown = (shown_mask){.mask = mask, .numbers = numbers, .next = m->shown_masks};
    m->shown_masks = shown;
    m->tainted[mask->number] = true;
    marking_fix(m, mask, numbers, NULL);
    return true;
}

static bool reads(const mlp_step *step, const mlp_value *mask) {
    const mlp_step *of = step->forward ? step->forward : step;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (of->in[i] == mask)
            return true;
    return false;
}

bool shown_masks_count(const marking *m, const path *p) {
    for (const shown_mask *s = m->shown_masks; s; s = s->next)
        for (size_t i = 0; i < p->step_count; i++)
            if (reads(p->steps[i], s->mask))
                return true;
    return false;
}

bool shown_masks_hide(marking *m) {
    for (const shown_mask *s = m->shown_masks; s; s = s->next) {
        if (!marking_keep(m, s->mask))
            return false;
        marking_fix(m, s->mask, NULL, NULL);
        put_mask(m, s->mask, &s->mask->tensor);
    }
    return true;
}

void shown_masks_show(marking *m) {
    journal_go_back(m->journal, 0);
    journal_go_back(m->dtype_journal, 0);
    for (const shown_mask *s = m->shown_masks; s; s = s->next)
        marking_fix(m, s->mask, s->numbers, NULL);
}

bool script_mask_is_shown(const marking *m, const path *p) {
    for (size_t i = 0; i < p->step_count; i++) {
        const mlp_step *of = p->steps[i]->forward;
        const item *it = of && reads_mask(of) ? m->answered[of->out[0]->number] : NULL;
        if (it && it->judged && it->is_whole && it->off == 0)
            return true;
    }
    return false;
}
