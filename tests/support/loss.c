#include "loss.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

mlp_reduction fixture_reduction(const fixture *f) {
    const char *name = fixture_text(f, "reduction");
    if (strcmp(name, "none") == 0)
        return MLP_REDUCTION_NONE;
    if (strcmp(name, "mean") == 0)
        return MLP_REDUCTION_MEAN;
    assert_string_equal(name, "sum");
    return MLP_REDUCTION_SUM;
}
