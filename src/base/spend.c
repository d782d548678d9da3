#include "spend.h"

static const double untold_most = 2e6; /* some hundredths of a second */

/* Of the work that is done: this is not yet. */
static void tell(mlp_budget *budget, double numbers) {
    if (budget->untold > untold_most) {
        budget->watch->look(budget->watch->watcher, &budget->progress);
        budget->untold = 0;
    }
    budget->untold += numbers;
}

bool spend(mlp_budget *budget, double numbers, mlp_diagnostic *error) {
    if (!(numbers <= budget->left))
        return mlp_error(error,
                         "the script does too much: a run may make %g million calls and turns of "
                         "loops, or compute %g billion numbers; --budget=N allows more",
                         budget->limit / MLP_BUDGET_TURN / 1e6, budget->limit / 1e9);
    budget->left -= numbers;
    if (budget->watch)
        tell(budget, numbers);
    return true;
}

void make_way(const mlp_budget *budget, FILE *to, const char *text) {
    if (budget->watch)
        budget->watch->make_way(budget->watch->watcher, to, text);
}
