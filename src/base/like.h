/* Patterns for names. */
#ifndef MLPSTEP_BASE_LIKE_H
#define MLPSTEP_BASE_LIKE_H

#include <stdbool.h>

/* Whether the text is like the pattern, which ends at `end`: * is any characters, and ? is one. */
bool is_like(const char *text, const char *pattern, const char *end);

#endif
