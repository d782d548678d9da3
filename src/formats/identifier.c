#include "identifier.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    LONGEST = 60 /* characters of a name, so that a line has room for it */
};

/* Whatever the locale. */
static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* One _ for all that lies between what can stay, since C++ keeps __ for itself. */
static void make_plain(char plain[LONGEST + 1], const char *name) {
    size_t length = 0;
    for (const char *c = name; *c && length < LONGEST; c++)
        if (is_plain(*c))
            plain[length++] = *c;
        else if (length > 0 && plain[length - 1] != '_')
            plain[length++] = '_';
    while (length > 0 && plain[length - 1] == '_')
        length--;
    plain[length] = '\0';
}

const char *identifier_new(map *taken, mlp_arena *arena, const items *all, const item *it) {
    char plain[LONGEST + 1], step[24] = "";
    make_plain(plain, it->name);
    if (all->several_steps)
        snprintf(step, sizeof step, "%" PRIu64, it->step);
    const char *key =
        mlp_arena_printf(arena, "%s%s_%s", it->section, step, *plain ? plain : "value");
    return key ? unique_key(taken, arena, key, "_") : NULL;
}
