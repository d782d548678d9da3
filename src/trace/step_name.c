#include "step_name.h"

#include <string.h>

/* Behind its digits; NULL where the @ has none, or something else follows. */
static const char *number_end(const char *mark) {
    const char *end = mark + 1 + strspn(mark + 1, "0123456789");
    return end > mark + 1 && mark[1] != '0' && (*end == '\0' || *end == '.') ? end : NULL;
}

/* The @ of the number; NULL where the name has none. */
static const char *find_number(const char *name) {
    const char *mark = strrchr(name, '@');
    return mark && mark > name && number_end(mark) ? mark : NULL;
}

uint64_t step_name_number(const char *name) {
    const char *mark = find_number(name);
    uint64_t number = 0;
    for (const char *at = mark ? mark + 1 : ""; *at >= '0' && *at <= '9'; at++)
        number = number > UINT64_MAX / 10 - 1 ? UINT64_MAX : 10 * number + (uint64_t)(*at - '0');
    return number;
}

const char *step_name_common(mlp_arena *arena, const char *name) {
    const char *mark = find_number(name);
    return mark ? mlp_arena_printf(arena, "%.*s%s", (int)(mark - name), name, number_end(mark))
                : name;
}

bool step_names_count(const mlp_trace *trace) {
    size_t held = 0;
    bool from_first = true;
    for (const mlp_entry *e = trace->first_entry; e; e = e->next)
        from_first &= e->kind != MLP_ENTRY_STEP || e->number == ++held;
    return from_first || held <= 1;
}
