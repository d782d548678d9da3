/* What the files of torch.optim share of one optimizer. */
#ifndef MLPSTEP_TORCH_OPTIMIZER_H
#define MLPSTEP_TORCH_OPTIMIZER_H

#include "optim.h"

#include "python/native.h"

/* The options of a group at the last step, and the text above the steps that had them. */
typedef struct reading {
    mlp_options options;
    const object *from[MAX_ARGUMENTS]; /* which they were read from */
    const mlp_origin *origin;          /* NULL before the first step */
} reading;

typedef struct optimizer {
    const native *of;               /* the class of torch.optim that it is of, or derives from */
    const mlp_operation *operation; /* that updates a parameter; NULL of Optimizer and of LBFGS */
    user_class *class;              /* of the script, or NULL */
    object *own;                    /* its attributes, a dict: defaults, state, param_groups, ... */
    reading *readings;              /* of the groups, in their order */
    size_t count;                   /* of readings */
    bool stepped;                   /* since optimizer_watch_steps() */
} optimizer;

optimizer *optimizer_of(const object *o);
/* An attribute; fails where the script took it away, or never called super().__init__(). */
object *optimizer_own(call *c, const optimizer *o, const char *name);

/* The options and the settings that the release has of a row. */
const char *optimizer_options(const call *c, const mlp_optimizer *row);
const char *optimizer_settings(const call *c, const mlp_optimizer *row);
/* The items of a dict in the order of the names, which blanks separate, and the others behind. */
object *optimizer_in_order(call *c, object *all, const char *names);
/* A dict of the options, which were bound to that signature, and of the settings. */
object *optimizer_defaults(call *c, const mlp_optimizer *row, object *const *options);
/* What Optimizer.__init__ does: sets defaults, state and param_groups. */
void optimizer_set_up(call *c, optimizer *o, object *params, object *defaults);
/* add_param_group() */
void optimizer_add_group(call *c, optimizer *o, object *group);
/* torch.optim.optimizer.required: the default of what every group has to give. */
object *optimizer_required(call *c);
/* The dict of group i and its list of parameters, each checked. */
const object *optimizer_group(call *c, const optimizer *o, size_t i);
const object *optimizer_params(call *c, const optimizer *o, size_t i);
/* The options as group i has them now. */
const reading *optimizer_read(call *c, optimizer *o, size_t i);
/* Fails where PyTorch makes no optimizer with such defaults. */
void optimizer_check(call *c, const optimizer *o);

/* What LBFGS does when it is made, and for step(closure). */
void lbfgs_initialize(call *c, optimizer *o);
object *lbfgs_step(call *c, optimizer *o);

/* The dict that state is at first. */
object *optimizer_new_state(call *c);

#endif
