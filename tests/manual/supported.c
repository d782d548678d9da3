/* What the tables offer of PyTorch, and so what a script may use. */
#include "manual.h"

#include "parity/paths.h"
#include "python/written.h"
#include "torch/torch.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST = 512, /* names in one of the spaces */
    LONGEST = 48
};

typedef struct {
    const char *space;
    bool without_in_place;
    char name[MOST][LONGEST];
    size_t count;
    bool overflows;
} names;

static int compare(const void *a, const void *b) {
    return strcmp(a, b);
}

static void add(names *n, const char *name, size_t length) {
    n->overflows |= length >= LONGEST || n->count == MOST;
    if (*name == '_' || n->overflows || (n->without_in_place && name[length - 1] == '_'))
        return;
    snprintf(n->name[n->count++], LONGEST, "%.*s", (int)length, name);
}

static void add_path(names *n, const char *path) {
    const size_t length = strlen(n->space);
    const char *name = path + length + 1;
    if (strncmp(path, n->space, length) == 0 && path[length] == '.' && !strchr(name, '.'))
        add(n, name, strlen(name));
}

/* Of a module that is written in Python: MODULE in SPACE: NAMES. */
static void add_written(names *n, const char *title) {
    const size_t length = strlen(n->space);
    const char *space = strstr(title, " in ") + strlen(" in ");
    if (strncmp(space, n->space, length) != 0 || space[length] != ':')
        return;
    for (const char *at = space + length + 1; *at; at += strcspn(at, " ")) {
        at += strspn(at, " ");
        add(n, at, strcspn(at, " "));
    }
}

static void find(names *n, const char *const *paths, size_t count) {
    n->count = 0;
    for (size_t i = 0; i < count; i++)
        add_path(n, paths[i]);
    for (const written_module *m = torch_written; m->name; m++)
        add_written(n, m->title);
    qsort(n->name, n->count, sizeof *n->name, compare);
}

static int write_spaces(const char *const *paths, size_t count, void *to) {
    static const struct {
        const char *path;
        bool is_long; /* of abs_, that there is abs says enough */
    } spaces[] = {{"torch", true},
                  {"torch.nn", false},
                  {"torch.nn.functional", true},
                  {"torch.nn.init", false},
                  {"torch.nn.utils", false},
                  {"torch.optim", false},
                  {"torch.optim.lr_scheduler", false},
                  {"torch.linalg", false},
                  {"torch.distributions", false}};
    static names n;
    for (size_t k = 0; k < sizeof spaces / sizeof *spaces; k++) {
        n.space = spaces[k].path;
        n.without_in_place = spaces[k].is_long;
        find(&n, paths, count);
        fprintf(to, ".TP\n.B %s\n", n.space);
        for (size_t i = 0; i < n.count; i++)
            if (i == 0 || strcmp(n.name[i], n.name[i - 1]) != 0)
                fprintf(to, "%s\\%%%s", i ? ",\n" : "", n.name[i]);
        fputs(".\n", to);
    }
    return n.overflows ? EXIT_FAILURE : EXIT_SUCCESS;
}

bool write_supported(FILE *to) {
    return paths_with(write_spaces, to) == EXIT_SUCCESS;
}
