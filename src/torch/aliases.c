/* Other names of functions, when these are there. */
#include "torch.h"

#include <string.h>

static const struct {
    const char *path, *of;
} aliases[] = {
    {"torch.concatenate", "torch.cat"},
    {"torch.selu", "torch.nn.functional.selu"},
    {"torch.celu", "torch.nn.functional.celu"},
    {"torch.threshold", "torch.nn.functional.threshold"},
    {"torch.special.erf", "torch.erf"},
    {"torch.special.exp2", "torch.exp2"},
    {"torch.special.expit", "torch.sigmoid"},
    {"torch.special.expm1", "torch.expm1"},
    {"torch.special.log1p", "torch.log1p"},
    {"torch.special.log_softmax", "torch.log_softmax"},
    {"torch.special.logit", "torch.logit"},
    {"torch.special.logsumexp", "torch.logsumexp"},
    {"torch.special.round", "torch.round"},
    {"torch.special.softmax", "torch.softmax"},
    {"torch.special.xlogy", "torch.xlogy"},
};

/* A function of torch.nn.functional may work in place; under its other name none does. */
static const char *without_inplace(script *s, const char *signature) {
    const char *flag = strstr(signature, ", inplace");
    return flag ? script_printf(s, "%.*s", (int)(flag - signature), signature) : signature;
}

static const native *make(call *c, const char *path, const void *of) {
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = *native_find(c->script, of);
    row->path = path;
    row->signature = without_inplace(c->script, row->signature);
    return row;
}

void add_aliases(call *c) {
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        native_defer(c->script, aliases[i].path, NULL, make, aliases[i].of);
    native_constant(c->script, "torch.linalg.LinAlgError",
                    native_object(c->script, "torch._C._LinAlgError", NULL));
}
