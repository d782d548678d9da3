#include "spend.h"

bool spend(mlp_budget *budget, double numbers, mlp_diagnostic *error) {
    if (!(numbers <= budget->left))
        return mlp_error(error,
                         "the script does too much: a run may make %g million calls and turns of "
                         "loops, or compute %g billion numbers; --budget=N allows more",
                         budget->limit / MLP_BUDGET_TURN / 1e6, budget->limit / 1e9);
    budget->left -= numbers;
    return true;
}
