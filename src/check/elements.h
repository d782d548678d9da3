/* Answers in single elements, h[0][1] 0.5, as a program prints a tensor in a loop. */
#ifndef MLPSTEP_CHECK_ELEMENTS_H
#define MLPSTEP_CHECK_ELEMENTS_H

#include "names.h"

/* One element of an answer. */
typedef struct element_answer element_answer;
struct element_answer {
    const mlp_answer *answer;
    size_t count, index[MLP_MAX_DIMS];
    element_answer *next;
};

/* Makes one item of the elements of each tensor: the first one's, with parts. The others are joined,
 * and left out. The second h[0][1] under a heading begins another tensor. False without memory. */
bool elements_join(marking *m, const name_table *n);

/* Of an item with parts, whose value is known: gives its answer numbers, with ? for what is not
 * there. An index that the value has not is a fault. False without memory, or where there are too
 * many. */
bool elements_spread(marking *m, item *it);

#endif
