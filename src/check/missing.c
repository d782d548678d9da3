#include "missing.h"

#include "place.h"

#include <string.h>

static bool is_missing(const marking *m, const mlp_entry *e) {
    return e->kind == MLP_ENTRY_VALUE && mlp_value_is_asked(e->value) &&
           !m->answered[e->value->number];
}

static bool make_blank(marking *m, const mlp_value *value, item *it) {
    mlp_answer *a = mlp_arena_alloc(m->arena, 1, sizeof *a);
    if (!a)
        return marking_out_of_memory(m);
    a->name = value->label.display;
    a->ndim = value->tensor.ndim;
    memcpy(a->shape, value->tensor.shape, sizeof a->shape);
    a->numel = value->tensor.numel;
    it->mark =
        (mlp_mark){.answer = a, .value = value, .name = value->label.display, .verdict = MLP_BLANK};
    return item_place(m, it);
}

bool missing_items(marking *m, item **items, size_t *count) {
    size_t room = 0;
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next)
        room += is_missing(m, e);
    *count = 0;
    *items = mlp_arena_alloc(m->arena, room, sizeof **items);
    if (!*items)
        return marking_out_of_memory(m);
    for (const mlp_entry *e = m->trace->first_entry; e; e = e->next) {
        if (is_missing(m, e) && !make_blank(m, e->value, &(*items)[(*count)++]))
            return false;
    }
    return true;
}
