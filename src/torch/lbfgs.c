/* torch.optim.LBFGS: steps along directions that are made of the last gradients. It computes with the
 * tensors and numbers of the script, in PyTorch's order, and keeps what PyTorch keeps. The report
 * shows what the closure computes, and the parameters. */
#include "function.h"
#include "optimizer.h"
#include "tensor.h"

#include "python/arithmetic.h"
#include "python/dict.h"
#include "python/iterate.h"

#include <string.h>

/* One step(closure). */
typedef struct {
    call *c;
    object *closure;
    const object *params; /* a list of tensors */
    object *group, *state;
    bool quiet; /* as it was before: the closure is run so, and nothing else */
} search;

/* --- objects --- */

static object *compute(call *c, object *a, operator op, object *b) {
    return python_binary(c->script, op, a, b, c->where);
}

static bool holds(call *c, object *a, operator op, object *b) {
    return python_truth(c->script, compute(c, a, op, b), c->where);
}

static object *number(call *c, double x) {
    return object_float(c->script, x);
}

static object *integer(call *c, int64_t i) {
    return object_integer(c->script, i);
}

static object *method(call *c, object *tensor, const char *name, object *other) {
    return call_positional(c, native_member(c->script, "Tensor", name, tensor), &other,
                           other != NULL);
}

static object *negative(call *c, object *o) {
    return python_negative(c->script, o, c->where);
}

static object *absolute(call *c, object *o) {
    return python_absolute(c->script, o, c->where);
}

static object *dot(call *c, object *a, object *b) {
    return method(c, a, "dot", b);
}

static object *smaller(call *c, object *a, object *b) {
    return holds(c, b, OPERATOR_LT, a) ? b : a;
}

static object *larger(call *c, object *a, object *b) {
    return holds(c, b, OPERATOR_GT, a) ? b : a;
}

/* to.add_(what, alpha=factor), where the factor may be a tensor. */
static void add_scaled(call *c, object *to, object *what, object *factor) {
    if (is_tensor(factor))
        factor = tensor_item(c, factor);
    const argument given[] = {
        {.object = what, .where = c->where, .given = c->where},
        {.keyword = "alpha", .object = factor, .where = c->where, .given = c->where}};
    call_object(c, native_member(c->script, "Tensor", "add_", to), &(arguments){given, 2});
}

static object *option(const search *s, const char *name) {
    object *o = dict_find(s->group, name);
    if (!o)
        call_fail(s->c, "'%s' is missing in param_groups[0]", name);
    return o;
}

static void keep(const search *s, const char *name, object *o) {
    dict_set(s->c->script, s->state, name, o, s->c->where);
}

/* What it has kept; fails where the script took it away. */
static object *kept(const search *s, const char *name) {
    object *o = dict_find(s->state, name);
    if (!o)
        call_fail(s->c, "the optimizer's state has no '%s' any more", name);
    return o;
}

static object *kept_tensor(const search *s, const char *name) {
    object *o = kept(s, name);
    if (!is_tensor(o))
        call_fail(s->c, "'%s' of an optimizer's state must be a tensor", name);
    return o;
}

static void count(const search *s, const char *name, int64_t by) {
    keep(s, name, compute(s->c, kept(s, name), OPERATOR_ADD, integer(s->c, by)));
}

/* --- the function --- */

static object *evaluate_closure(const search *s) {
    mlp_trace *trace = trace_of(s->c);
    trace->no_grad = false;
    trace->quiet = s->quiet;
    object *loss = call_positional(s->c, s->closure, NULL, 0);
    trace->no_grad = trace->quiet = true;
    return loss;
}

static object *as_float(call *c, object *loss) {
    return call_positional(c, native_object(c->script, "float", NULL), &loss, 1);
}

/* All gradients, one after the other. */
static object *flat_gradient(const search *s) {
    call *c = s->c;
    const size_t parameters = s->params->as.sequence.count;
    object *parts = object_sequence(c->script, OBJECT_LIST, parameters);
    for (size_t i = 0; i < parameters; i++) {
        object *p = s->params->as.sequence.items[i];
        object *gradient =
            variable_of(p)->grad
                ? variable_object(c, variable_of(p)->grad)
                : call_positional(c, native_object(c->script, "torch.zeros_like", NULL), &p, 1);
        parts->as.sequence.items[i] = method(c, gradient, "view", integer(c, -1));
    }
    return call_positional(c, native_object(c->script, "torch.cat", NULL), &parts, 1);
}

static object *largest_of(call *c, object *tensor) {
    return method(c, method(c, tensor, "abs", NULL), "max", NULL);
}

/* Moves all parameters along the direction. Of what is computed here, the report shows them alone. */
static void move(const search *s, object *by, object *direction, bool is_shown) {
    call *c = s->c;
    int64_t offset = 0;
    for (size_t i = 0; i < s->params->as.sequence.count; i++) {
        object *p = s->params->as.sequence.items[i];
        const int64_t numel = (int64_t)variable_of(p)->value->tensor.numel;
        object *range[] = {integer(c, 0), integer(c, offset), integer(c, numel)};
        object *part =
            call_positional(c, native_member(c->script, "Tensor", "narrow", direction), range, 3);
        part = method(c, part, "view_as", p);
        tensor_value(c, part)->label.hidden = true;
        trace_of(c)->quiet = s->quiet || !is_shown;
        add_scaled(c, p, part, by);
        trace_of(c)->quiet = true;
        offset += numel;
    }
}

/* What the function and its gradient are so far along the direction; the parameters stay. */
static object *look(const search *s, const object *from, object *by, object *direction,
                    object **gradient) {
    move(s, by, direction, false);
    object *loss = as_float(s->c, evaluate_closure(s));
    *gradient = flat_gradient(s);
    for (size_t i = 0; i < s->params->as.sequence.count; i++)
        method(s->c, s->params->as.sequence.items[i], "copy_", from->as.sequence.items[i]);
    return loss;
}

/* --- the line search, by the strong conditions of Wolfe --- */

/* A place on the line: how far, the function, its gradient, and the slope along the direction. */
typedef struct {
    object *t, *f, *g, *slope;
} place;

/* The minimum of the cubic through both places, within the bounds. */
static object *interpolate(call *c, const place *a, const place *b, object *least, object *most) {
    object *three = integer(c, 3), *two = integer(c, 2);
    const bool in_order = holds(c, a->t, OPERATOR_LE, b->t);
    object *rise = compute(c, three, OPERATOR_MUL, compute(c, a->f, OPERATOR_SUB, b->f));
    rise = compute(c, rise, OPERATOR_TRUEDIV, compute(c, a->t, OPERATOR_SUB, b->t));
    object *d1 = compute(c, compute(c, a->slope, OPERATOR_ADD, b->slope), OPERATOR_SUB, rise);
    object *square = compute(c, compute(c, d1, OPERATOR_POW, two), OPERATOR_SUB,
                             compute(c, a->slope, OPERATOR_MUL, b->slope));
    if (!least) {
        least = in_order ? a->t : b->t;
        most = in_order ? b->t : a->t;
    }
    if (!holds(c, square, OPERATOR_GE, integer(c, 0)))
        return compute(c, compute(c, least, OPERATOR_ADD, most), OPERATOR_TRUEDIV, number(c, 2));
    object *d2 = method(c, square, "sqrt", NULL);
    const place *low = in_order ? a : b, *high = in_order ? b : a;
    object *above = compute(c, compute(c, high->slope, OPERATOR_ADD, d2), OPERATOR_SUB, d1);
    object *below = compute(c, compute(c, high->slope, OPERATOR_SUB, low->slope), OPERATOR_ADD,
                            compute(c, two, OPERATOR_MUL, d2));
    object *way = compute(c, compute(c, high->t, OPERATOR_SUB, low->t), OPERATOR_MUL,
                          compute(c, above, OPERATOR_TRUEDIV, below));
    object *at = compute(c, high->t, OPERATOR_SUB, way);
    return smaller(c, larger(c, at, least), most);
}

/* What a line search works on. */
typedef struct {
    const search *s;
    object *from, *direction; /* copies of the parameters; the flat direction */
    place start, bracket[2];  /* the place it begins at; around the one it looks for */
    size_t places;            /* in the bracket */
    int64_t evaluations, rounds;
    bool done;
} line;

enum {
    MAX_ROUNDS = 25
};

static place look_at(line *l, object *t) {
    place p = {.t = t};
    p.f = look(l->s, l->from, t, l->direction, &p.g);
    p.slope = dot(l->s->c, p.g, l->direction);
    l->evaluations++;
    return p;
}

/* f + 1e-4 t slope: what the function has to fall below. */
static bool is_too_high(const line *l, const place *p) {
    call *c = l->s->c;
    object *fall =
        compute(c, compute(c, number(c, 1e-4), OPERATOR_MUL, p->t), OPERATOR_MUL, l->start.slope);
    return holds(c, p->f, OPERATOR_GT, compute(c, l->start.f, OPERATOR_ADD, fall));
}

static bool is_flat(const line *l, const place *p) {
    call *c = l->s->c;
    return holds(c, absolute(c, p->slope), OPERATOR_LE,
                 compute(c, number(c, -0.9), OPERATOR_MUL, l->start.slope));
}

/* Goes on until there is a bracket around what is looked for. */
static void find_bracket(line *l, object *t) {
    call *c = l->s->c;
    place before = l->start, now = look_at(l, t);
    before.t = integer(c, 0);
    for (; l->rounds < MAX_ROUNDS; l->rounds++) {
        l->bracket[0] = before;
        l->bracket[1] = now;
        l->places = 2;
        if (is_too_high(l, &now) || (l->rounds > 1 && holds(c, now.f, OPERATOR_GE, before.f)))
            return;
        if (is_flat(l, &now)) {
            l->bracket[0] = now;
            l->places = 1;
            l->done = true;
            return;
        }
        if (holds(c, now.slope, OPERATOR_GE, integer(c, 0)))
            return;
        object *gone = compute(c, now.t, OPERATOR_SUB, before.t);
        object *least =
            compute(c, now.t, OPERATOR_ADD, compute(c, number(c, 0.01), OPERATOR_MUL, gone));
        object *most = compute(c, now.t, OPERATOR_MUL, integer(c, 10));
        t = interpolate(c, &before, &now, least, most);
        before = now;
        now = look_at(l, t);
    }
    l->bracket[0] = l->start;
    l->bracket[0].t = integer(c, 0);
    l->bracket[1] = now;
    l->places = 2;
}

/* Not too near to the ends of the bracket, twice. */
static object *inside(line *l, object *t, bool *was_near) {
    call *c = l->s->c;
    object *ends[] = {l->bracket[0].t, l->bracket[1].t};
    object *most = larger(c, ends[0], ends[1]), *least = smaller(c, ends[0], ends[1]);
    object *margin =
        compute(c, number(c, 0.1), OPERATOR_MUL, compute(c, most, OPERATOR_SUB, least));
    object *closest =
        smaller(c, compute(c, most, OPERATOR_SUB, t), compute(c, t, OPERATOR_SUB, least));
    if (!holds(c, closest, OPERATOR_LT, margin)) {
        *was_near = false;
        return t;
    }
    if (!*was_near && !holds(c, t, OPERATOR_GE, most) && !holds(c, t, OPERATOR_LE, least)) {
        *was_near = true;
        return t;
    }
    *was_near = false;
    object *to_most = absolute(c, compute(c, t, OPERATOR_SUB, most));
    object *to_least = absolute(c, compute(c, t, OPERATOR_SUB, least));
    return holds(c, to_most, OPERATOR_LT, to_least) ? compute(c, most, OPERATOR_SUB, margin)
                                                    : compute(c, least, OPERATOR_ADD, margin);
}

static size_t lower_of(const line *l) {
    return holds(l->s->c, l->bracket[0].f, OPERATOR_LE, l->bracket[l->places - 1].f) ? 0 : 1;
}

/* Narrows the bracket; returns which end is the place looked for. */
static size_t zoom(line *l, object *size) {
    call *c = l->s->c;
    size_t low = lower_of(l);
    bool was_near = false;
    for (; !l->done && l->rounds < MAX_ROUNDS; l->rounds++) {
        place *b = l->bracket;
        object *width = absolute(c, compute(c, b[1].t, OPERATOR_SUB, b[0].t));
        if (holds(c, compute(c, width, OPERATOR_MUL, size), OPERATOR_LT, number(c, 1e-9)))
            break;
        const place now =
            look_at(l, inside(l, interpolate(c, &b[0], &b[1], NULL, NULL), &was_near));
        if (is_too_high(l, &now) || holds(c, now.f, OPERATOR_GE, b[low].f)) {
            b[1 - low] = now;
            low = lower_of(l);
            continue;
        }
        object *way = compute(c, b[1 - low].t, OPERATOR_SUB, b[low].t);
        if (is_flat(l, &now))
            l->done = true;
        else if (holds(c, compute(c, now.slope, OPERATOR_MUL, way), OPERATOR_GE, integer(c, 0)))
            b[1 - low] = b[low];
        b[low] = now;
    }
    return low;
}

/* Finds the place; returns how often it evaluated the function. */
static int64_t search_line(const search *s, object *t, object *direction, place *at) {
    call *c = s->c;
    const size_t parameters = s->params->as.sequence.count;
    line l = {.s = s, .direction = direction, .start = *at};
    l.from = object_sequence(c->script, OBJECT_LIST, parameters);
    for (size_t i = 0; i < parameters; i++)
        l.from->as.sequence.items[i] = method(c, s->params->as.sequence.items[i], "clone", NULL);
    object *size = largest_of(c, direction);
    find_bracket(&l, t);
    *at = l.bracket[zoom(&l, size)];
    return l.evaluations;
}

/* --- the direction --- */

static object *list_in(const search *s, const char *name) {
    object *list = dict_find(s->state, name);
    bool are_tensors = list && list->kind == OBJECT_LIST;
    for (size_t i = 0; are_tensors && i < list->as.sequence.count; i++)
        are_tensors = is_tensor(list->as.sequence.items[i]);
    if (!are_tensors)
        call_fail(s->c, "'%s' of an optimizer's state must be a list of tensors", name);
    return list;
}

/* Without the oldest, where it is full. */
static void remember(const search *s, const char *name, object *o, int64_t most) {
    object *list = list_in(s, name);
    object **items = list->as.sequence.items;
    if ((int64_t)list->as.sequence.count == most) {
        memmove(items, items + 1, (list->as.sequence.count - 1) * sizeof *items);
        items[list->as.sequence.count - 1] = o;
        return;
    }
    list_append(s->c->script, list, o);
}

/* What the last step tells of the curvature. */
static void learn(const search *s, object *gradient, int64_t most) {
    call *c = s->c;
    object *y = method(c, gradient, "sub", kept_tensor(s, "prev_flat_grad"));
    object *way = method(c, kept_tensor(s, "d"), "mul", kept(s, "t"));
    object *ys = dot(c, y, way);
    if (!holds(c, ys, OPERATOR_GT, number(c, 1e-10)))
        return;
    remember(s, "old_dirs", y, most);
    remember(s, "old_stps", way, most);
    remember(s, "ro", compute(c, number(c, 1), OPERATOR_TRUEDIV, ys), most);
    keep(s, "H_diag", compute(c, ys, OPERATOR_TRUEDIV, dot(c, y, y)));
}

/* The inverse of the Hessian, as far as it is known, times the gradient, downwards. */
static object *turned(const search *s, object *gradient, int64_t most) {
    call *c = s->c;
    object *ways = list_in(s, "old_stps"), *changes = list_in(s, "old_dirs");
    object *ro = list_in(s, "ro"), *al = dict_find(s->state, "al");
    object *q = method(c, gradient, "neg", NULL);
    const size_t known = changes->as.sequence.count;
    if (!al) {
        al = object_sequence(c->script, OBJECT_LIST, (size_t)most);
        for (size_t i = 0; i < al->as.sequence.count; i++)
            al->as.sequence.items[i] = object_none(c->script);
        keep(s, "al", al);
    }
    if (al->kind != OBJECT_LIST || al->as.sequence.count < known ||
        ways->as.sequence.count < known || ro->as.sequence.count < known)
        call_fail(c, "the lists of the optimizer's state are not as long as each other");
    for (size_t i = known; i-- > 0;) {
        object *share = compute(c, dot(c, ways->as.sequence.items[i], q), OPERATOR_MUL,
                                ro->as.sequence.items[i]);
        al->as.sequence.items[i] = share;
        add_scaled(c, q, changes->as.sequence.items[i], negative(c, share));
    }
    object *r = method(c, q, "mul", kept(s, "H_diag"));
    for (size_t i = 0; i < known; i++) {
        object *share = compute(c, dot(c, changes->as.sequence.items[i], r), OPERATOR_MUL,
                                ro->as.sequence.items[i]);
        add_scaled(c, r, ways->as.sequence.items[i],
                   compute(c, al->as.sequence.items[i], OPERATOR_SUB, share));
    }
    return r;
}

static bool is_first(const search *s) {
    return holds(s->c, kept(s, "n_iter"), OPERATOR_EQ, integer(s->c, 1));
}

/* The direction to go, kept as d, and the gradient that it was made of. */
static void choose_direction(const search *s, object *gradient) {
    call *c = s->c;
    const object *given = option(s, "history_size");
    const int64_t most = given->kind == OBJECT_INTEGER ? given->as.integer : 0;
    if (most < 1 || most > INT32_MAX)
        call_fail(c, "history_size must be a positive whole number");
    if (is_first(s)) {
        keep(s, "d", method(c, gradient, "neg", NULL));
        keep(s, "old_dirs", object_sequence(c->script, OBJECT_LIST, 0));
        keep(s, "old_stps", object_sequence(c->script, OBJECT_LIST, 0));
        keep(s, "ro", object_sequence(c->script, OBJECT_LIST, 0));
        keep(s, "H_diag", integer(c, 1));
    } else {
        learn(s, gradient, most);
        keep(s, "d", turned(s, gradient, most));
    }
    if (is_first(s))
        keep(s, "prev_flat_grad", method(c, gradient, "clone", NULL));
    else
        method(c, kept_tensor(s, "prev_flat_grad"), "copy_", gradient);
}

/* --- a step --- */

static object *first_length(const search *s, object *gradient) {
    call *c = s->c;
    if (!is_first(s))
        return option(s, "lr");
    object *sum = method(c, method(c, gradient, "abs", NULL), "sum", NULL);
    object *most = compute(c, number(c, 1), OPERATOR_TRUEDIV, sum);
    return compute(c, smaller(c, number(c, 1), most), OPERATOR_MUL, option(s, "lr"));
}

static bool is_solved(const search *s, object *gradient) {
    return holds(s->c, largest_of(s->c, gradient), OPERATOR_LE, option(s, "tolerance_grad"));
}

static bool searches_lines(const search *s) {
    const object *function = option(s, "line_search_fn");
    if (function->kind == OBJECT_NONE)
        return false;
    if (function->kind != OBJECT_STRING || strcmp(function->as.string, "strong_wolfe") != 0)
        call_fail(call_raises(s->c, RUNTIME_ERROR, "only 'strong_wolfe' is supported"),
                  "line_search_fn is 'strong_wolfe' or None");
    return true;
}

/* One iteration from a place; false where it is the last one. `evaluations` counts those of the
 * step. */
static bool iterate_once(const search *s, place *at, bool is_last, int64_t *evaluations) {
    call *c = s->c;
    int64_t more = 0;
    bool is_solved_now = false;
    count(s, "n_iter", 1);
    choose_direction(s, at->g);
    object *direction = kept_tensor(s, "d"), *before = at->f;
    keep(s, "prev_loss", before);
    object *t = first_length(s, at->g);
    keep(s, "t", t);
    at->slope = dot(c, at->g, direction);
    object *tolerance = option(s, "tolerance_change");
    if (holds(c, at->slope, OPERATOR_GT, negative(c, tolerance)))
        return false;
    if (searches_lines(s)) {
        more = search_line(s, t, direction, at);
        t = at->t;
        keep(s, "t", t);
        move(s, t, direction, true);
        is_solved_now = is_solved(s, at->g);
    } else {
        move(s, t, direction, true);
        if (!is_last) {
            at->f = as_float(c, evaluate_closure(s));
            at->g = flat_gradient(s);
            is_solved_now = is_solved(s, at->g);
            more = 1;
        }
    }
    *evaluations += more;
    count(s, "func_evals", more);
    if (is_last || holds(c, integer(c, *evaluations), OPERATOR_GE, option(s, "max_eval")) ||
        is_solved_now)
        return false;
    object *moved = largest_of(c, method(c, direction, "mul", t));
    object *gain = absolute(c, compute(c, at->f, OPERATOR_SUB, before));
    return !holds(c, moved, OPERATOR_LE, tolerance) && !holds(c, gain, OPERATOR_LT, tolerance);
}

static search new_search(call *c, optimizer *o) {
    object *params = (object *)optimizer_params(c, o, 0);
    object *state = optimizer_own(c, o, "state"), *first = params->as.sequence.items[0];
    search s = {.c = c, .closure = c->arguments[0], .params = params, .quiet = trace_of(c)->quiet};
    s.group = optimizer_own(c, o, "param_groups")->as.sequence.items[0];
    if (state->kind != OBJECT_DICT)
        call_fail(c, "'state' of an optimizer must be a dict of dicts");
    s.state = dict_get(c->script, state, first, c->where);
    if (!s.state) {
        s.state = object_dict(c->script);
        dict_put(c->script, state, first, s.state, c->where);
    }
    if (s.state->kind != OBJECT_DICT)
        call_fail(c, "'state' of an optimizer must be a dict of dicts");
    if (!dict_find(s.state, "func_evals"))
        keep(&s, "func_evals", integer(c, 0));
    if (!dict_find(s.state, "n_iter"))
        keep(&s, "n_iter", integer(c, 0));
    return s;
}

/* As PyTorch lists it that keeps all but the first ones when the first step ends. */
static void order_state(const search *s) {
    call *c = s->c;
    object *ordered = optimizer_in_order(c, s->state,
                                         "func_evals n_iter al d t old_dirs old_stps ro H_diag "
                                         "prev_flat_grad prev_loss");
    dict_clear(s->state);
    dict_update(c->script, s->state, ordered, c->where);
}

object *lbfgs_step(call *c, optimizer *o) {
    if (c->arguments[0]->kind == OBJECT_NONE)
        call_fail(call_raises(c, TYPE_ERROR,
                              "LBFGS.step() missing 1 required positional argument: 'closure'"),
                  "step() of LBFGS needs a closure, which computes the loss and its gradients");
    const search s = new_search(c, o);
    const object *most = option(&s, "max_iter");
    if (most->kind != OBJECT_INTEGER)
        call_fail(c, "max_iter must be a whole number");
    const bool is_begun = dict_find(s.state, "d") != NULL;
    mode_guard guard;
    guard_modes(c, &guard);
    object *loss = evaluate_closure(&s);
    place at = {.t = integer(c, 0), .f = as_float(c, loss), .g = flat_gradient(&s)};
    int64_t evaluations = 1;
    count(&s, "func_evals", 1);
    if (!is_solved(&s, at.g))
        for (int64_t i = 1; i <= most->as.integer; i++)
            if (!iterate_once(&s, &at, i == most->as.integer, &evaluations))
                break;
    if (!is_begun)
        order_state(&s);
    restore_modes(c, &guard);
    return loss;
}

/* Arguments: params, lr, max_iter, max_eval, tolerance_grad, tolerance_change, history_size,
 * line_search_fn. */
void lbfgs_initialize(call *c, optimizer *o) {
    const char *names[MAX_ARGUMENTS];
    const size_t options = signature_names(c->script, c->native->signature, names);
    object *defaults = object_dict(c->script), *iterations = c->arguments[2];
    for (size_t i = 1; i < options; i++)
        dict_set(c->script, defaults, names[i], c->arguments[i], c->where);
    if (c->arguments[3]->kind == OBJECT_NONE)
        dict_set(c->script, defaults, "max_eval",
                 compute(c, compute(c, iterations, OPERATOR_MUL, integer(c, 5)), OPERATOR_FLOORDIV,
                         integer(c, 4)),
                 c->where);
    optimizer_set_up(c, o, c->arguments[0], defaults);
    if (optimizer_own(c, o, "param_groups")->as.sequence.count != 1)
        call_fail(call_raises(c, VALUE_ERROR,
                              "LBFGS doesn't support per-parameter options (parameter groups)"),
                  "LBFGS takes a list of tensors, not parameter groups");
}
