/* Where in the report the values stand. */
#ifndef MLPSTEP_CHECK_PLACE_H
#define MLPSTEP_CHECK_PLACE_H

#include "marking.h"

/* Finds it for all values of the trace. False without memory. */
bool places_find(marking *m);

/* Has to know of every item, before ... */
void place_note_item(const marking *m, const item *it);

/* ... it gives the item the order of its value, and, where its name alone does not say which value it is,
 * its place in words. False without memory. */
bool item_place(marking *m, item *it);

/* Whether neither its name nor a heading tells of which step it is. */
bool answer_is_bare(const mlp_answer *a);

#endif
