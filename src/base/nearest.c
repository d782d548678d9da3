#include "nearest.h"

#include <string.h>

enum {
    LONGEST = 40
};

/* Edits (insert, delete, replace, swap neighbours) between two short names, of which b has m
 * characters. */
static size_t edit_distance(const char *a, const char *b, size_t m) {
    const size_t n = strlen(a);
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

/* Of the candidate, the first `length` characters count. */
static void consider(nearest *n, const char *candidate, size_t length, size_t distance) {
    const size_t own = strlen(n->name);
    const bool is_abbreviation = *n->name == *candidate && own + distance == length;
    if (distance > 0 && distance < own && (distance <= 1 + own / 4 || is_abbreviation) &&
        (!n->best || distance < n->distance)) {
        n->best = candidate;
        n->distance = distance;
    }
}

void nearest_consider(nearest *n, const char *candidate) {
    const size_t length = strlen(candidate);
    consider(n, candidate, length, edit_distance(n->name, candidate, length));
}

void nearest_consider_entry(nearest *n, const char *candidate) {
    const size_t part = strcspn(candidate, ".");
    nearest_consider(n, candidate);
    if (candidate[part]) /* what is left out counts as one edit */
        consider(n, candidate, part, 1 + edit_distance(n->name, candidate, part));
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
