/* Which steps of a training are meant. */
#include "mlpstep/steps.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A whole number from 1 on; NULL where there is none, else what stands behind it. */
static const char *read_number(const char *at, uint64_t *number) {
    char *end;
    if (*at < '0' || *at > '9')
        return NULL;
    errno = 0;
    *number = strtoull(at, &end, 10);
    return errno == 0 && *number > 0 ? end : NULL;
}

static const char *read_range(const char *at, mlp_step_range *range) {
    at = read_number(at, &range->first);
    range->last = range->first;
    if (at && *at == '-')
        at = read_number(at + 1, &range->last);
    return at && range->first <= range->last ? at : NULL;
}

bool mlp_steps_read(mlp_steps *steps, const char *text) {
    static const char last[] = "last";
    const char *at = text;
    *steps = (mlp_steps){0};
    for (;; at++) {
        if (strncmp(at, last, strlen(last)) == 0) {
            steps->last = true;
            at += strlen(last);
        } else if (steps->count == MLP_MOST_STEP_RANGES ||
                   !(at = read_range(at, &steps->range[steps->count++]))) {
            return false;
        }
        if (*at != ',')
            return *at == '\0';
    }
}

bool mlp_steps_has(const mlp_steps *steps, uint64_t number) {
    for (size_t i = 0; i < steps->count; i++)
        if (steps->range[i].first <= number && number <= steps->range[i].last)
            return true;
    return false;
}
