#include "items.h"

#include "base/out_of_memory.h"
#include "base/text.h"
#include "trace/shown.h"

#include <string.h>

enum {
    LONGEST = 200 /* bytes of a name where other programs have limits */
};

static bool count_values(size_t *count, const mlp_trace *trace, const char *const *only,
                         mlp_diagnostic *error) {
    shown at;
    *count = 0;
    if (!shown_begin(&at, trace, only, false, error))
        return false;
    while (shown_next(&at))
        *count += at.entry->kind == MLP_ENTRY_VALUE;
    return true;
}

bool items_collect(items *all, const mlp_trace *trace, const char *const *only,
                   mlp_diagnostic *error) {
    static const char *const sections[] = {
        [MLP_FORWARD] = "forward", [MLP_BACKWARD] = "backward", [MLP_UPDATE] = "step"};
    size_t count;
    shown at;
    *all = (items){0};
    if (!count_values(&count, trace, only, error) || !shown_begin(&at, trace, only, false, error))
        return false;
    all->item = mlp_arena_alloc(trace->arena, count, sizeof *all->item);
    if (!all->item)
        return out_of_memory(error, trace->arena, "the tensors need");
    while (shown_next(&at))
        if (at.entry->kind == MLP_ENTRY_VALUE) {
            const mlp_value *value = at.entry->value;
            all->item[all->count++] =
                (item){value->label.display, &value->tensor, sections[at.section], at.step};
            all->several_steps |= at.step != all->item[0].step;
        }
    return true;
}

/* Notes the key, whose number, if it has one, is the last that was put behind it. */
static bool take(map *taken, mlp_arena *arena, const char *key) {
    size_t *number = mlp_arena_alloc(arena, 1, sizeof *number);
    if (!number)
        return false;
    *number = 1;
    return map_put(taken, arena, key, number);
}

const char *unique_key(map *taken, mlp_arena *arena, const char *key, const char *separator) {
    size_t *number = map_find(taken, key);
    const char *unique = key;
    while (unique && map_find(taken, unique))
        unique = mlp_arena_printf(arena, "%s%s%zu", key, separator, ++*number);
    return unique && take(taken, arena, unique) ? unique : NULL;
}

const char *short_name(mlp_arena *arena, const char *name) {
    size_t length = LONGEST;
    if (strlen(name) <= LONGEST)
        return name;
    while (!text_begins_character(name[length]))
        length--;
    return mlp_arena_printf(arena, "%.*s...", (int)length, name);
}
