/* torch.set_printoptions. */
#include "python/format.h"

#include <limits.h>
#include <string.h>

static void choose_profile(script *s, const object *profile) {
    static const struct {
        const char *name;
        const mlp_print_options *options;
    } profiles[] = {
        {"default", &mlp_print_default}, {"short", &mlp_print_short}, {"full", &mlp_print_full}};
    if (profile->kind == OBJECT_NONE)
        return;
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
        if (profile->kind == OBJECT_STRING && strcmp(profile->as.string, profiles[i].name) == 0) {
            s->print = *profiles[i].options;
            return;
        }
    script_fail(s, s->here, "profile is 'default', 'short' or 'full'");
}

/* A whole number; `before` where it is None. */
static int64_t option(script *s, const object *v, const char *name, int64_t least, int64_t most,
                      int64_t before) {
    if (v->kind == OBJECT_NONE)
        return before;
    if (v->kind != OBJECT_INTEGER || v->as.integer < least || v->as.integer > most)
        script_fail(s, s->here, "%s must be a whole number from %lld to %lld", name,
                    (long long)least, (long long)most);
    return v->as.integer;
}

/* sci_mode is set at every call, to None where it is not given. */
object *torch_set_printoptions(script *s, const object *callee, object **arguments) {
    (void)callee;
    const object *threshold = arguments[1], *sci_mode = arguments[5];
    choose_profile(s, arguments[4]);
    mlp_print_options *to = &s->print;
    to->precision = (int)option(s, arguments[0], "precision", 0, MLP_MAX_PRECISION, to->precision);
    to->edgeitems =
        (size_t)option(s, arguments[2], "edgeitems", 1, INT_MAX, (int64_t)to->edgeitems);
    to->linewidth =
        (size_t)option(s, arguments[3], "linewidth", 0, INT_MAX, (int64_t)to->linewidth);
    if (threshold->kind != OBJECT_NONE && !object_is_number(threshold))
        script_fail(s, s->here, "threshold must be a number, not a value of type %s",
                    object_type(threshold));
    if (threshold->kind != OBJECT_NONE)
        to->threshold = object_as_number(threshold);
    if (sci_mode->kind != OBJECT_NONE && sci_mode->kind != OBJECT_BOOL)
        script_fail(s, s->here, "sci_mode is True, False or None");
    to->sci_mode = sci_mode->kind == OBJECT_NONE ? MLP_SCI_AUTO
                   : sci_mode->as.boolean        ? MLP_SCI_ON
                                                 : MLP_SCI_OFF;
    return object_none(s);
}
