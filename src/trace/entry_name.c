#include "entry_name.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool is_opening(char c) {
    return c == '(' || c == '[' || c == '{';
}

static bool is_closing(char c) {
    return c == ')' || c == ']' || c == '}';
}

/* Which brackets are still open at the end, NULL where none is. Fails without memory. */
static bool find_open(mlp_arena *arena, const char *name, bool **open) {
    const size_t length = strlen(name);
    size_t depth = 0, closing = 0;
    *open = NULL;
    for (size_t i = 0; i < length; i++)
        depth = text_depth(depth, name[i]);
    if (depth == 0)
        return true;
    *open = mlp_arena_alloc(arena, length, sizeof **open);
    for (size_t i = length; *open && i-- > 0; closing += is_closing(name[i])) {
        (*open)[i] = is_opening(name[i]) && closing == 0;
        closing -= is_opening(name[i]) && closing;
    }
    return *open;
}

/* Whether it is an = that could be the one between name and value. */
static bool is_equals(const char *name, const char *at) {
    return *at == '=' && at[1] != '=' && (at == name || !strchr("=!<>", at[-1]));
}

static bool misleads(const char *name, const char *at, size_t depth) {
    return *at == '#' || (*at == ' ' && (at == name || at[1] == '\0')) ||
           (depth == 0 && is_equals(name, at));
}

const char *entry_name(mlp_arena *arena, const char *name) {
    const size_t length = strlen(name);
    char *text = NULL, *to = NULL, shown[TEXT_SHOWN];
    bool *open;
    if (!find_open(arena, name, &open))
        return NULL;
    for (size_t i = 0, n, depth = 0; i < length; i += n) {
        const bool is_open = open && open[i];
        n = text_show(name + i, length - i, shown);
        if (is_open || misleads(name, name + i, depth))
            snprintf(shown, sizeof shown, "\\x%02x", (unsigned)(unsigned char)name[i]);
        depth = is_open ? depth : text_depth(depth, name[i]);
        if (!text && strncmp(shown, name + i, n) == 0)
            continue;
        if (!text) {
            text = mlp_arena_alloc(arena, length + 1, sizeof shown);
            if (!text)
                return NULL;
            memcpy(text, name, i);
            to = text + i;
        }
        memcpy(to, shown, strlen(shown));
        to += strlen(shown);
    }
    return text ? text : name;
}
