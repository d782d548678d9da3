/* Who is told how far a run has come, while it goes on. */
#ifndef MLPSTEP_WATCH_H
#define MLPSTEP_WATCH_H

#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mlp_progress {
    uint64_t steps;       /* of training: the sections `# step` that were begun */
    uint64_t turn, turns; /* of the outermost `for` over a range that runs now, counted from 1;
                             turns is 0 where none does */
} mlp_progress;

typedef struct mlp_watch {
    void *watcher;
    /* Called now and then, a hundred times a second or so. */
    void (*look)(void *watcher, const mlp_progress *progress);
    /* Called before print() writes a text, which is not empty, to one of the run's streams. */
    void (*make_way)(void *watcher, FILE *to, const char *text);
} mlp_watch;

#ifdef __cplusplus
}
#endif

#endif
