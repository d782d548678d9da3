/* What is changed in a replay for a try, put aside so that it can be put back. Values are kept before
 * they are changed; marks tell what was changed since, by whom never matters. */
#ifndef MLPSTEP_CHECK_JOURNAL_H
#define MLPSTEP_CHECK_JOURNAL_H

#include "mlpstep/replay.h"

typedef struct journal journal;

/* Of a replay of a trace with so many values. NULL without memory. */
journal *journal_new(mlp_arena *arena, mlp_replay *replay, size_t values);

/* How many changes stand in it; 0: all is as it was. */
size_t journal_mark(const journal *j);
/* Puts the value's numbers aside, unless they were since that mark: it is about to be changed. False
 * without memory. */
bool journal_keep(journal *j, const mlp_value *value, size_t since);
/* The value was changed, or may have been: where its numbers are the kept ones it was not. */
void journal_settle(journal *j, const mlp_value *value, size_t since);
/* Whether the value was changed since that mark. */
bool journal_has_changed(const journal *j, const mlp_value *value, size_t since);
/* Everything is as it was at that mark. */
void journal_go_back(journal *j, size_t to);

#endif
