#include "place.h"

#include "base/map.h"

#include <inttypes.h>

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

static void place_entry(marking *m, const mlp_entry *e, size_t order, uint64_t step) {
    place *p = &m->place[e->value->number];
    p->order = order;
    p->phase = e->phase;
    p->step = step;
}

bool places_find(marking *m) {
    map names = {0};
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
        if (!count_name(m, &names, e))
            return false;
    }
    for (size_t n = 1; n < m->trace->values; n++)
        if (m->place[n].order == 0)
            m->place[n].order =
                m->place[n - 1].order; /* without an entry: behind what came before */
    return true;
}

bool item_place(marking *m, item *it) {
    static const char *const headings[] = {
        [MLP_FORWARD] = "forward", [MLP_BACKWARD] = "backward", [MLP_UPDATE] = "step"};
    const place *p = &m->place[it->mark.value->number];
    it->mark.order = p->order;
    if (!p->namesakes || *p->namesakes < 2 || it->mark.value->given)
        return true;
    it->mark.place = m->steps == 1            ? headings[p->phase]
                     : p->phase == MLP_UPDATE ? mlp_arena_printf(m->arena, "step %" PRIu64, p->step)
                                              : mlp_arena_printf(m->arena, "%s, step %" PRIu64,
                                                                 headings[p->phase], p->step);
    return it->mark.place || marking_out_of_memory(m);
}
