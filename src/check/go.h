/* Going a path: its steps are done, one of them perhaps another way. */
#ifndef MLPSTEP_CHECK_GO_H
#define MLPSTEP_CHECK_GO_H

#include "manner.h"
#include "path.h"

/* A step done another way: overwrites its results in the replay, and returns false where it cannot
 * be done so. */
typedef bool variant(marking *m, const mlp_step *step, void *context);

/* One way to come from the answers to a value: the steps, one of them done another way if
 * `instead` is not NULL. */
typedef struct way {
    const path *path;
    const mlp_step *step;
    variant *instead;
    bool in_all; /* so are all steps of the same optimizer */
    void *context;
    bool asks_near;   /* how far from the item is not asked for: far is enough */
    const manner *as; /* what is left open on the way is rounded so; NULL: it is not */
} way;

/* What of it is done: only steps whose numbers come out otherwise need to be. */
typedef struct going {
    size_t first; /* steps of the path before it are done already */
    size_t since; /* what was changed in m->own since this mark counts */
    bool enters; /* the replay is as the script, with the author's habits, leaves it: steps that the
                     path does in another way are done, too */
    bool again;  /* it has been gone; what it reads is changed now */
} going;

/* Goes it in m->own, which keeps what is changed in its journal. False where that cannot be, or
 * without memory: then m->starved. */
bool way_go(marking *m, const way *w, const going *g);

/* The first step of the path that is done another way; behind the last where none is. */
size_t way_first_instead(const way *w);
/* The first that the path does in another way than the replay has it. */
size_t path_first_otherwise(const marking *m, const path *p);

#endif
