/* torch.optim: one class for every operation that has an optimizer in its row. */
#include "function.h"
#include "optimizer.h"
#include "tensor.h"

#include "python/dict.h"
#include "python/format.h"
#include "python/iterate.h"

#include <string.h>

static const struct type optimizer_type;

optimizer *optimizer_of(const object *o) {
    return o->as.data;
}

bool is_optimizer(const object *o) {
    return object_is(o, &optimizer_type);
}

bool optimizer_has_stepped(const object *o) {
    return optimizer_of(o)->stepped || optimizer_of(o)->class; /* whose step() nobody watches */
}

void optimizer_watch_steps(object *o) {
    optimizer_of(o)->stepped = false;
}

/* --- what the language asks --- */

static user_class *class_of(const object *self) {
    return optimizer_of(self)->class;
}

static optimizer *new_optimizer(call *c, const native *of, user_class *class) {
    optimizer *o = script_alloc(c->script, 1, sizeof *o);
    *o =
        (optimizer){.of = of, .operation = of->data, .class = class, .own = object_dict(c->script)};
    return o;
}

static object *make(call *c, user_class *class) {
    return object_extension(c->script, &optimizer_type, new_optimizer(c, class->native, class));
}

static const char *name_of(const optimizer *o) {
    return o->class ? o->class->name : strrchr(o->of->path, '.') + 1;
}

static object *attribute(call *c, object *self, const char *name) {
    const optimizer *o = optimizer_of(self);
    object *own = dict_find(o->own, name), *member = class_member(o->class, name);
    if (member && (!own || member->kind == OBJECT_PROPERTY))
        return bind_method(c->script, member, self);
    if (own && o->operation && strcmp(name, "defaults") == 0 && !dict_find(own, "lr"))
        call_fail(c, "defaults without a learning rate are not supported: give lr=");
    return own;
}

static void set_attribute(call *c, object *self, const char *name, object *o) {
    dict_set(c->script, optimizer_of(self)->own, name, o, c->where);
}

static void suggest(const object *self, nearest *near) {
    class_consider(optimizer_of(self)->class, near);
}

/* The position of the key that comes next in the alphabet; the count where none does. */
static size_t next_key(const object *group, const char *last) {
    size_t next = group->as.sequence.count;
    for (size_t i = 0; i < group->as.sequence.count; i++) {
        const char *key = dict_key(group, i);
        if (key && strcmp(key, "params") != 0 && strcmp(key, last) > 0 &&
            (next == group->as.sequence.count || strcmp(key, dict_key(group, next)) < 0))
            next = i;
    }
    return next;
}

/* All that the group has, by name. */
static void write_group(call *c, const object *group, buffer *out) {
    const char *last = "";
    for (size_t i; (i = next_key(group, last)) < group->as.sequence.count;) {
        last = dict_key(group, i);
        buffer_printf(out, "    %s: ", last);
        write_str(c, group->as.sequence.items[i]);
        buffer_text(out, "\n");
    }
}

static void write(call *c, const object *self, buffer *out) {
    const optimizer *o = optimizer_of(self);
    const object *groups = optimizer_groups(c, self);
    buffer_printf(out, "%s (", name_of(o));
    for (size_t i = 0; i < groups->as.sequence.count; i++) {
        buffer_printf(out, "\nParameter Group %zu\n", i);
        write_group(c, groups->as.sequence.items[i], out);
    }
    buffer_text(out, ")");
}

static object *class(call *c, const object *self) {
    if (optimizer_of(self)->class)
        return optimizer_of(self)->class->object;
    return native_object(c->script, optimizer_of(self)->of->path, NULL);
}

static const struct type optimizer_type = {.name = "Optimizer",
                                           .user_class = class_of,
                                           .make = make,
                                           .class = class,
                                           .attribute = attribute,
                                           .set_attribute = set_attribute,
                                           .suggest = suggest,
                                           .write = write};

/* --- what it keeps of a parameter --- */

/* The state of the parameter, a dict; NULL where it has none yet. */
static object *state_of(call *c, const optimizer *o, object *p) {
    object *state = optimizer_own(c, o, "state");
    object *of = state->kind == OBJECT_DICT ? dict_get(c->script, state, p, c->where) : state;
    if (of && of->kind != OBJECT_DICT)
        call_fail(c, "'state' of an optimizer must be a dict of dicts");
    return of;
}

static void keep(call *c, const optimizer *o, object *p, const char *name, object *item) {
    object *of = state_of(c, o, p);
    if (!of) {
        of = object_dict(c->script);
        dict_put(c->script, optimizer_own(c, o, "state"), p, of, c->where);
    }
    dict_set(c->script, of, name, item, c->where);
}

static object *filled(call *c, const mlp_variable *like, double number) {
    const mlp_tensor *t = &like->value->tensor;
    mlp_variable *v = tensor_new(c, t->dtype, t->ndim, t->shape, false);
    tensor_reset(c, v, tensor_filled(c, v, mlp_real(number)));
    return variable_object(c, v);
}

/* Of an optimizer that has its state before the first step. */
static void begin_states(call *c, const optimizer *o, const object *params) {
    const mlp_optimizer *row = o->operation->optimizer;
    const object *first = dict_find(dict_find(o->own, "defaults"), row->begins_with);
    for (size_t i = 0; i < params->as.sequence.count; i++) {
        object *p = params->as.sequence.items[i];
        mlp_variable *step = tensor_new(c, torch_of(c)->dtype, 0, NULL, false);
        tensor_reset(c, step, tensor_filled(c, step, mlp_real(0)));
        keep(c, o, p, "step", variable_object(c, step));
        keep(c, o, p, row->states[0] + 1, filled(c, variable_of(p), object_as_number(first)));
    }
}

/* --- the class and its methods --- */

/* Arguments: params, and the options. */
static void initialize(call *c, optimizer *o) {
    if (!o->operation) {
        lbfgs_initialize(c, o);
        return;
    }
    object *defaults = optimizer_defaults(c, o->operation->optimizer, c->arguments + 1);
    dict_set(c->script, o->own, "defaults", defaults, c->where);
    optimizer_check(c, o);
    optimizer_set_up(c, o, c->arguments[0], defaults);
    for (size_t i = 0; i < optimizer_own(c, o, "param_groups")->as.sequence.count; i++) {
        optimizer_read(c, o, i);
        if (o->operation->optimizer->begins_with)
            begin_states(c, o, optimizer_params(c, o, i));
    }
}

static object *construct(call *c) {
    optimizer *o = new_optimizer(c, c->native, NULL);
    initialize(c, o);
    return object_extension(c->script, &optimizer_type, o);
}

/* SGD.__init__, of a class that derives from it. */
static object *construct_derived(call *c) {
    optimizer *o = optimizer_of(c->self);
    if (strncmp(c->native->path, strrchr(o->of->path, '.') + 1, strcspn(c->native->path, ".")) != 0)
        call_fail(c, "%s() takes an object of a class that derives from it", c->native->path);
    initialize(c, o);
    return object_none(c->script);
}

/* Where the rate must be given, the groups can give it. */
static const char *signature_of(call *c, const mlp_optimizer *row) {
    const char *options = optimizer_options(c, row), required[] = "lr: number,";
    options = script_printf(c->script, "%s, %s%s", options, strchr(options, '*') ? "" : "*, ",
                            optimizer_settings(c, row));
    const size_t length = sizeof required - 1;
    if (strncmp(options, required, length) != 0)
        return script_printf(c->script, "params, %s", options);
    return script_printf(c->script, "params, lr: number = NotImplemented,%s", options + length);
}

static const native *make_class(call *c, const char *path, const void *of) {
    const mlp_operation *operation = of;
    const mlp_optimizer *info = operation->optimizer;
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = path,
                    .signature = signature_of(c, info),
                    .call = construct,
                    .class_name =
                        script_printf(c->script, "torch.optim.%s.%s", info->file, info->name),
                    .is_type = true,
                    .root = &optimizer_type,
                    .data = operation};
    return row;
}

static const native *make_init(call *c, const char *path, const void *of) {
    const mlp_operation *operation = of;
    native *row = script_alloc(c->script, 1, sizeof *row);
    *row = (native){.path = path,
                    .signature = signature_of(c, operation->optimizer),
                    .call = construct_derived,
                    .data = operation};
    return row;
}

void add_optimizer(call *c, const mlp_operation *operation) {
    const char *name = operation->optimizer->name;
    native_defer(c->script, "torch.optim", name, make_class, operation);
    native_defer(c->script, name, "__init__", make_init, operation);
}

/* What can be imported from it is no attribute of torch.optim: PyTorch deletes that. */
void add_optimizer_file(call *c) {
    native_set(c->script, "torch.optim.optimizer.Optimizer",
               native_object(c->script, "torch.optim.Optimizer", NULL));
    native_constant(c->script, "torch.optim.optimizer.required", optimizer_required(c));
}

/* What the closure, which computes the loss once more, returns. */
static object *call_closure(call *c, object *closure) {
    mode_guard guard;
    if (closure->kind == OBJECT_NONE)
        return object_none(c->script);
    guard_modes(c, &guard);
    trace_of(c)->no_grad = false;
    object *loss = call_positional(c, closure, NULL, 0);
    restore_modes(c, &guard);
    return loss;
}

/* --- a step --- */

/* How many steps the parameter has made, this one counted, as the state has it from now on: where
 * an optimizer can be captured, as a tensor. */
static int64_t count_step(call *c, const optimizer *o, object *p) {
    const mlp_optimizer *row = o->operation->optimizer;
    if (!row->lists_step)
        return 0;
    const object *of = state_of(c, o, p);
    object *before = of ? dict_find(of, "step") : NULL;
    if (row->begins_with && !(of && dict_find(of, row->states[0] + 1)))
        call_fail(
            call_raises(c, KEY_ERROR, "%s", row->states[0] + 1),
            "the optimizer's state has no '%s' of a parameter: give %s all of them when it is "
            "made",
            row->states[0] + 1, row->name);
    if (of && of->as.sequence.count && !before)
        call_fail(call_raises(c, KEY_ERROR, "step"),
                  "the optimizer's state has no 'step' any more");
    const object *number = before && is_tensor(before) ? tensor_item(c, before) : before;
    if (number && !object_is_number(number))
        call_fail(c, "'step' of an optimizer's state must be a number");
    const int64_t step = (number ? (int64_t)object_as_number(number) : 0) + 1;
    if (!row->step_is_tensor && !strstr(optimizer_settings(c, row), "capturable")) {
        keep(c, o, p, "step", object_integer(c->script, step));
        return step;
    }
    if (!before || !is_tensor(before)) {
        before = variable_object(c, tensor_new(c, torch_of(c)->dtype, 0, NULL, false));
        keep(c, o, p, "step", before);
    }
    tensor_reset(c, variable_of(before),
                 tensor_filled(c, variable_of(before), mlp_real((double)step)));
    return step;
}

static void read_states(call *c, const optimizer *o, object *p, mlp_value *state[MLP_MAX_STATES]) {
    const object *of = state_of(c, o, p);
    for (size_t i = 0; of && o->operation->optimizer->states[i]; i++) {
        const char *name = o->operation->optimizer->states[i] + 1; /* behind its dot */
        const object *item = dict_find(of, name);
        if (item && item->kind != OBJECT_NONE && !is_tensor(item))
            call_fail(c, "'%s' of an optimizer's state must be a tensor", name);
        if (item && is_tensor(item))
            state[i] = tensor_value(c, item);
    }
}

/* Whether it holds nothing but what begin_states() put there, which is no number of the script. */
static bool is_begun(const mlp_value *state, const mlp_options *options) {
    const bool is_float = state->tensor.dtype == MLP_FLOAT32;
    const double first = is_float ? (double)(float)options->value : options->value;
    for (size_t i = 0; i < state->tensor.numel; i++)
        if (mlp_tensor_get(&state->tensor, i) != first)
            return false;
    return true;
}

/* PyTorch changes the tensors of the state in place. */
static void write_states(call *c, const optimizer *o, object *p, unsigned kept,
                         mlp_value *const state[MLP_MAX_STATES]) {
    for (size_t i = 0; o->operation->optimizer->states[i]; i++) {
        const char *name = o->operation->optimizer->states[i] + 1;
        const object *of = state_of(c, o, p);
        object *before = of ? dict_find(of, name) : NULL;
        if (!(kept >> i & 1)) {
            if (!before && !o->operation->optimizer->lists_step &&
                !release_has(c, MLP_KEEPS_NO_NONE))
                keep(c, o, p, name, object_none(c->script));
            continue;
        }
        if (before && is_tensor(before)) {
            tensor_replace(c, variable_of(before), state[i]);
            continue;
        }
        keep(c, o, p, name, value_object(c, state[i]));
    }
}

static void update(call *c, const optimizer *o, const reading *r, object *p) {
    mlp_request request = {.operation = o->operation, .origin = r->origin, .options = r->options};
    mlp_variable *parameter = variable_of(p);
    mlp_value *state[MLP_MAX_STATES] = {NULL};
    read_states(c, o, p, state);
    const int64_t step = count_step(c, o, p);
    if (o->operation->optimizer->counts_steps)
        request.options.step = step;
    if (o->operation->optimizer->begins_with && state[0] && step == 1 &&
        is_begun(state[0], &r->options))
        state[0] = NULL;
    mlp_value *updated =
        mlp_trace_update(trace_of(c), &request, parameter, state, script_error(c->script));
    if (!updated)
        call_give_up(c);
    if (mlp_variable_original(parameter)->view_of)
        tensor_replace(c, parameter, updated);
    write_states(c, o, p, o->operation->optimizer->kept(&r->options), state);
    warn_if_unseeded(c, updated);
}

/* Parameters that received no gradient stay as they are. Arguments: closure. */
static object *optimizer_step(call *c) {
    optimizer *o = optimizer_of(c->self);
    o->stepped = true;
    if (!o->operation && o->of->call == construct)
        return lbfgs_step(c, o);
    if (!o->operation)
        call_fail(call_raises(c, NOT_IMPLEMENTED_ERROR, "%s", ""), "%s has no step() of its own",
                  o->class->name);
    object *loss = call_closure(c, c->arguments[0]);
    for (size_t i = 0; i < optimizer_groups(c, c->self)->as.sequence.count; i++) {
        const reading *r = optimizer_read(c, o, i);
        const object *params = optimizer_params(c, o, i);
        script_work(c->script, c->where, params->as.sequence.count);
        for (size_t k = 0; k < params->as.sequence.count; k++)
            if (variable_of(params->as.sequence.items[k])->grad)
                update(c, o, r, params->as.sequence.items[k]);
    }
    return loss;
}

static object *optimizer_zero_grad(call *c) {
    const optimizer *o = optimizer_of(c->self);
    for (size_t i = 0; i < optimizer_groups(c, c->self)->as.sequence.count; i++) {
        const object *params = optimizer_params(c, o, i);
        script_work(c->script, c->where, params->as.sequence.count);
        for (size_t k = 0; k < params->as.sequence.count; k++)
            zero_gradient(c, variable_of(params->as.sequence.items[k]), sets_to_none(c));
    }
    return object_none(c->script);
}

/* Arguments: params, defaults. */
static object *optimizer_init(call *c) {
    optimizer_set_up(c, optimizer_of(c->self), c->arguments[0], c->arguments[1]);
    return object_none(c->script);
}

static object *add_param_group(call *c) {
    optimizer_add_group(c, optimizer_of(c->self), c->arguments[0]);
    return object_none(c->script);
}

static object *refuse_optimizer(call *c) {
    call_fail(c,
              "torch.optim.Optimizer is what the optimizers have in common: make one of them, such "
              "as torch.optim.SGD, or derive a class from it");
}

#define LBFGS                                                                                 \
    "params, lr: number = 1, max_iter: int = 20, max_eval: Optional[int] = None, "            \
    "tolerance_grad: float = 1e-7, tolerance_change: float = 1e-9, history_size: int = 100, " \
    "line_search_fn: Optional[str] = None"

const native native_optimizer[] = {
    {.path = "torch.optim.LBFGS",
     .signature = LBFGS,
     .call = construct,
     .class_name = "torch.optim.lbfgs.LBFGS",
     .is_type = true,
     .root = &optimizer_type},
    {.path = "LBFGS.__init__", .signature = LBFGS, .call = construct_derived},
    {.path = "torch.optim.Optimizer",
     .signature = "*args, **kwargs",
     .call = refuse_optimizer,
     .class_name = "torch.optim.optimizer.Optimizer",
     .is_type = true,
     .instances = &optimizer_type,
     .root = &optimizer_type},
    {.path = "Optimizer.__init__", .signature = "params, defaults", .call = optimizer_init},
    {.path = "Optimizer.add_param_group", .signature = "param_group", .call = add_param_group},
    {.path = "Optimizer.step",
     .signature = "closure = None",
     .call = optimizer_step,
     .name = "_use_grad"}, /* what wraps it */
    {.path = "Optimizer.zero_grad",
     .signature = "| set_to_none: bool",
     .call = optimizer_zero_grad},
    {0}};
