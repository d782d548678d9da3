#include "nearest.h"

#include <string.h>

enum {
    LONGEST = 40
};

/* Edits (insert, delete, replace, swap neighbours) between two short names. */
static size_t edit_distance(const char *a, const char *b) {
    const size_t n = strlen(a), m = strlen(b);
    unsigned char d[LONGEST + 1][LONGEST + 1]; /* small, for there may be little stack left */
    if (n > LONGEST || m > LONGEST)
        return LONGEST;
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = (unsigned char)(i + j);
                continue;
            }
            int best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
            best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = d[i - 2][j - 2] + 1 < best ? d[i - 2][j - 2] + 1 : best;
            d[i][j] = (unsigned char)best;
        }
    }
    return d[n][m];
}

void nearest_consider(nearest *n, const char *candidate) {
    const size_t distance = edit_distance(n->name, candidate);
    if (distance > 0 && distance < strlen(n->name) && distance <= 1 + strlen(n->name) / 4 &&
        (!n->best || distance < n->distance)) {
        n->best = candidate;
        n->distance = distance;
    }
}

const char *mlp_nearest_name(const char *name, const char *const *names) {
    nearest n = {.name = name};
    for (; *names; names++)
        nearest_consider(&n, *names);
    return n.best;
}

const char *nearest_hint(reader *r, const nearest *n) {
    return n->best ? reader_printf(r, "; did you mean '%s'?", n->best) : "";
}
