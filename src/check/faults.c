#include "faults.h"

#include "base/out_of_memory.h"

static bool is_behind(mlp_span a, mlp_span b) {
    return a.line != b.line ? a.line > b.line : a.column > b.column;
}

bool faults_add(mlp_answers *answers, mlp_arena *arena, const mlp_diagnostic *fault,
                mlp_diagnostic *error) {
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
