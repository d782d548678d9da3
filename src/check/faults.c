#include "faults.h"

#include "base/out_of_memory.h"

#include <string.h>

static bool is_behind(mlp_span a, mlp_span b) {
    return a.line != b.line ? a.line > b.line : a.column > b.column;
}

enum {
    MOST_LISTED = 3 /* of one message: a program writes all its lines in one way */
};

/* The last of those that are listed of the message; NULL where there is room for one more. */
static mlp_fault *last_like(const mlp_answers *answers, const char *message) {
    mlp_fault *last = NULL;
    size_t like = 0;
    for (mlp_fault *f = answers->faults; f; f = f->next)
        if (strcmp(f->diagnostic.message, message) == 0) {
            like++;
            last = f;
        }
    return like < MOST_LISTED ? NULL : last;
}

bool faults_add(mlp_answers *answers, mlp_arena *arena, const mlp_diagnostic *fault,
                mlp_diagnostic *error) {
    mlp_fault *like = last_like(answers, fault->message);
    if (like) {
        like->more++;
        answers->more_faults++;
        return true;
    }
    mlp_fault *fresh = mlp_arena_alloc(arena, 1, sizeof *fresh), **link = &answers->faults;
    if (fresh && answers->fault_count < MLP_MOST_FAULTS) {
        while (*link && !is_behind((*link)->diagnostic.where, fault->where))
            link = &(*link)->next;
        fresh->diagnostic = *fault;
        fresh->next = *link;
        *link = fresh;
        answers->fault_count++;
        return true;
    }
    error->where = (mlp_span){0};
    if (!fresh)
        return out_of_memory(error, arena, "the answers need");
    return mlp_error(error, "more than %d faults: nothing is marked", MLP_MOST_FAULTS);
}
