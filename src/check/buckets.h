/* By which names, and under which headings, answers may speak of the values of a trace. */
#ifndef MLPSTEP_CHECK_BUCKETS_H
#define MLPSTEP_CHECK_BUCKETS_H

#include "marking.h"

#include "base/map.h"

/* The values that an answer of some name, perhaps under some heading, may speak of. */
typedef struct candidate candidate;
struct candidate {
    const mlp_value *value;
    mlp_phase section;
    uint64_t step; /* of the training, from 1 */
    candidate *next;
    const candidate *before; /* of the same name, wherever it stands */
};

typedef struct bucket {
    candidate *first, *last, *next;        /* next: for the next answer */
    size_t count, answers, taken, by_step; /* by_step: that the steps were told of */
    const candidate *before;       /* of a place in a step: the last of the name before it */
    const struct bucket *numbered; /* of more answers than values: y, y@2 and so on; NULL: none */
} bucket;

/* A heading: the how manieth of its phase, or of that phase in a step of the training. */
typedef struct {
    mlp_phase section;
    size_t count;  /* 0: what stands under no heading */
    uint64_t step; /* 0: of all */
    bool by_place; /* of that phase in that step of the training, however many sections it has */
} heading;

heading heading_of(const mlp_answer *a);

/* Under which an answer is looked up. NULL without memory. */
const char *bucket_key(marking *m, const char *name, heading h);

/* Of y, y@2 and so on, and of their gradients: where those that have numbers stand in a place of a step,
 * since a report of some steps counts them from its own first one on. NULL without memory. */
const char *numbered_key(marking *m, const char *name, heading by_place);

/* Where all of y, y@2 and so on stand that are computed, y too. NULL without memory. */
const char *common_key(marking *m, const char *name);

/* An empty one where there is none of that key. NULL without memory, and of the key NULL. */
bucket *bucket_of(marking *m, map *buckets, const char *key);

/* Adds such a one to the bucket. False without memory, or where b is NULL. */
bool put_candidate(marking *m, bucket *b, const candidate *like);

/* Fills the buckets with all values of the trace; *last becomes the number of the last step of the
 * training. False without memory. */
bool collect_names(marking *m, map *buckets, uint64_t *last);

/* The last one there of the names that differ in numbers only. Where the step has several, as y and
 * y@2, it is none of them: NULL. */
const candidate *candidate_of_step(const bucket *all, uint64_t step);

#endif
