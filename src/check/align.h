/* Which lines of two texts belong together: the longest common subsequence, by E. W. Myers, "An
 * O(ND) difference algorithm and its variations", Algorithmica 1 (1986) 251-266. */
#ifndef MLPSTEP_CHECK_ALIGN_H
#define MLPSTEP_CHECK_ALIGN_H

#include "base/reader.h"

#include <stdbool.h>

/* Whether line i of the first text and line j of the second can belong together. */
typedef bool align_equal(const void *context, size_t i, size_t j);

enum {
    ALIGN_NONE = -1
};

/* Zeroed but for `in`, it has no room yet; it can be used again and again. */
typedef struct aligner {
    reader *in;
    ptrdiff_t *reach; /* see align.c */
    size_t room;
} aligner;

/* Sets, for each line of the first text, of n, the line of the second, of m, that belongs to it, or
 * ALIGN_NONE. Of texts that differ in very many lines only the first and the last ones are. */
void align(aligner *a, size_t n, size_t m, align_equal *equal, const void *context, ptrdiff_t *of);

#endif
