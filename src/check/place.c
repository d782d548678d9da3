#include "place.h"

#include "base/map.h"

#include "trace/step_name.h"

#include <inttypes.h>
#include <string.h>

static bool count_name(marking *m, map *names, const mlp_entry *e) {
    const char *name = e->value->label.display;
    size_t *count = map_find(names, name);
    if (!count) {
        count = mlp_arena_alloc(m->arena, 1, sizeof *count);
        if (!count || !map_put(names, m->arena, name, count))
            return marking_out_of_memory(m);
    }
    *count += !e->value->given;
    m->place[e->value->number].namesakes = count;
    return true;
}

/* Its step is known. */
static bool note_common(marking *m, map *commons, const mlp_entry *e) {
    place *p = &m->place[e->value->number];
    p->common = step_name_common(m->arena, e->value->label.display);
    common_name *n = p->common ? map_find(commons, p->common) : NULL;
    if (p->common && !n) {
        n = mlp_arena_alloc(m->arena, 1, sizeof *n);
        if (n && !map_put(commons, m->arena, p->common, n))
            return marking_out_of_memory(m);
    }
    if (!n)
        return marking_out_of_memory(m);
    p->of_common = n;
    if (e->value->given)
        return true;
    n->in_steps |= n->step && n->step != p->step;
    n->step = n->step ? n->step : p->step;
    return true;
}

static void place_entry(marking *m, const mlp_entry *e, size_t order, uint64_t step) {
    place *p = &m->place[e->value->number];
    p->order = order;
    p->phase = e->phase;
    p->step = step;
}

void place_note_item(const marking *m, const item *it) {
    const place *p = &m->place[it->mark.value->number];
    if (p->of_common)
        p->of_common->numbered |= strcmp(p->common, it->mark.name) != 0;
}

bool places_find(marking *m) {
    map names = {0}, commons = {0};
    size_t order = 0;
    bool updated = false;
    uint64_t number = 0;
    m->steps = 1;
    m->place = mlp_arena_alloc(m->arena, m->trace->values, sizeof *m->place);
    if (!m->place)
        return marking_out_of_memory(m);
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        number = e->kind == MLP_ENTRY_STEP ? e->number : number;
        if (e->kind == MLP_ENTRY_SECTION) {
            /* A step ends with the section of its updates. */
            m->steps += updated && e->phase != MLP_UPDATE;
            updated = e->phase == MLP_UPDATE;
        }
        if (e->kind != MLP_ENTRY_VALUE)
            continue;
        place_entry(m, e, ++order, number ? number : m->steps);
        if (!count_name(m, &names, e) || !note_common(m, &commons, e))
            return false;
    }
    for (size_t n = 1; n < m->trace->values; n++)
        if (m->place[n].order == 0)
            m->place[n].order =
                m->place[n - 1].order; /* without an entry: behind what came before */
    return true;
}

bool answer_is_bare(const mlp_answer *a) {
    return a->name && !a->section_count && !a->in_step && !a->step && !step_name_number(a->name);
}

/* Of loss, which the report has of other steps as well, as loss@2, where none of these is answered. */
static bool place_bare(marking *m, item *it) {
    const place *p = &m->place[it->mark.value->number];
    if (!p->of_common || !p->of_common->in_steps || p->of_common->numbered ||
        it->mark.value->given || !answer_is_bare(it->mark.answer) ||
        strcmp(p->common, it->mark.name) != 0)
        return true;
    it->mark.place = mlp_arena_printf(m->arena, "step %" PRIu64, p->step);
    return it->mark.place || marking_out_of_memory(m);
}

bool item_place(marking *m, item *it) {
    static const char *const headings[] = {
        [MLP_FORWARD] = "forward", [MLP_BACKWARD] = "backward", [MLP_UPDATE] = "step"};
    const place *p = &m->place[it->mark.value->number];
    it->mark.order = p->order;
    if (!p->namesakes || *p->namesakes < 2 || it->mark.value->given)
        return place_bare(m, it);
    it->mark.place = m->steps == 1            ? headings[p->phase]
                     : p->phase == MLP_UPDATE ? mlp_arena_printf(m->arena, "step %" PRIu64, p->step)
                                              : mlp_arena_printf(m->arena, "%s, step %" PRIu64,
                                                                 headings[p->phase], p->step);
    return it->mark.place || marking_out_of_memory(m);
}
