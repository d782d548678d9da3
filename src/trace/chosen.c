#include "chosen.h"

#include "shown.h"
#include "step_name.h"

#include "base/like.h"
#include "base/nearest.h"
#include "base/out_of_memory.h"

#include <inttypes.h>
#include <string.h>

static bool counts(const chosen *c, const mlp_entry *e) {
    return e->kind == MLP_ENTRY_VALUE && (!c->counts || c->counts(e->value));
}

typedef bool comparison(const char *display, const char *name);

static bool is_called(const char *display, const char *name) {
    return strcmp(display, name) == 0;
}

static bool is_like_name(const char *display, const char *name) {
    return is_like(display, name, name + strlen(name));
}

static bool add_all(chosen *c, const char *name, comparison *is_meant) {
    bool found = false;
    for (const mlp_entry *e = c->trace->first_entry; e; e = e->next) {
        if (!counts(c, e) || !is_meant(e->value->label.display, name))
            continue;
        c->value[e->value->number] = true;
        found = true;
    }
    return found;
}

/* NAME@N: the last of its name in step N. Where the step has several with numbers, as y and y@2, it is
 * none of them. False without memory. */
static bool find_in_step(const chosen *c, const char *name, const mlp_value **found) {
    const uint64_t number = step_name_number(name);
    const char *common = step_name_common(c->trace->arena, name);
    shown at;
    *found = NULL;
    if (!common || !shown_begin(&at, c->trace, NULL, false, NULL))
        return false;
    while (shown_next(&at)) {
        if (at.step != number || !counts(c, at.entry) || at.entry->value->given)
            continue;
        const mlp_value *value = at.entry->value;
        const char *own = step_name_common(c->trace->arena, value->label.display);
        if (!own)
            return false;
        if (strcmp(own, common) != 0)
            continue;
        if (*found && strcmp((*found)->label.display, value->label.display) != 0)
            return *found = NULL, true;
        *found = value;
    }
    return true;
}

static bool fail_unknown(const chosen *c, const char *name, mlp_diagnostic *error) {
    nearest near = {.name = name};
    for (const mlp_entry *e = c->trace->first_entry; e; e = e->next)
        if (counts(c, e))
            nearest_consider_entry(&near, e->value->label.display);
    if (strpbrk(name, "*?"))
        return mlp_error(error,
                         "%s has no entry like '%.200s': run without --only to see the names",
                         c->whose, name);
    if (near.best)
        return mlp_error(error, "%s has no entry '%.200s'; did you mean '%.200s'?", c->whose, name,
                         near.best);
    return mlp_error(error, "%s has no entry '%.200s': run without --only to see the names",
                     c->whose, name);
}

bool chosen_add(chosen *c, const char *name, mlp_diagnostic *error) {
    const mlp_value *in_step = NULL;
    const uint64_t number = step_name_number(name);
    if (add_all(c, name, is_called) || add_all(c, name, is_like_name))
        return true;
    if (number && !find_in_step(c, name, &in_step))
        return out_of_memory(error, c->trace->arena, "the names need");
    if (!in_step)
        return fail_unknown(c, name, error);
    if (!step_names_count(c->trace))
        return mlp_error(error,
                         "%s has no entry '%.200s': it counts names in the steps that are there; "
                         "--step=%" PRIu64 " alone takes it",
                         c->whose, name, number);
    if (c->called)
        c->called[in_step->number] = name;
    return c->value[in_step->number] = true;
}
