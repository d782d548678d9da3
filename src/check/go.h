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

/* Goes it in m->own, which it leaves so. */
bool way_go(marking *m, const way *w);
/* The same from step `first` of the path on; those before it have been done. */
bool way_go_from(marking *m, const way *w, size_t first);

/* The first step of the path that is done another way; behind the last where none is. */
size_t way_first_instead(const way *w);

#endif
