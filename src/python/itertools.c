/* itertools: what goes on through elements, one at a time as Python does. What chooses among the
 * elements of lists that are there is in combinatorics.c. */
#include "arithmetic.h"
#include "iterate.h"
#include "native.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <string.h>

/* What all of these keep: which one uses what stands below it. */
typedef struct {
    object *source;   /* an iterator */
    object *function; /* or what else decides */
    object *item;     /* the last element, or what fills */
    object *list;     /* elements that are kept */
    size_t at;
    int64_t left; /* how many are to come; -1: no end */
    int64_t step;
    bool begun;
} state;

static state *new_state(const call *c, object *source) {
    state *st = script_alloc(c->script, 1, sizeof *st);
    st->source = source ? iterate(c->script, source, c->where) : NULL;
    return st;
}

static object *called(script *s, mlp_span where, object *function, object *item) {
    call c = {.script = s, .where = where};
    return call_positional(&c, function, &item, 1);
}

/* --- chain --- */

/* source gives what is gone through, one behind the other; item is what is gone through now. */
static object *next_chained(script *s, void *context, mlp_span where) {
    state *st = context;
    for (;;) {
        object *item = st->item ? iterate_next(s, st->item, where) : NULL;
        if (item)
            return item;
        object *source = iterate_next(s, st->source, where);
        st->item = source ? iterate(s, source, where) : NULL;
        if (!source)
            return NULL;
    }
}

static object *chain(call *c) {
    return iterate_native(c->script, "itertools.chain", next_chained,
                          new_state(c, c->arguments[0]));
}

/* --- count, cycle, repeat --- */

static object *next_counted(script *s, void *context, mlp_span where) {
    state *st = context;
    object *item = st->item;
    st->item = python_binary(s, OPERATOR_ADD, item, st->function, where);
    return item;
}

static object *count(call *c) {
    state *st = new_state(c, NULL);
    st->item = c->arguments[0];
    st->function = c->arguments[1];
    return iterate_native(c->script, c->native->path, next_counted, st);
}

static object *next_cycled(script *s, void *context, mlp_span where) {
    state *st = context;
    object *item = st->source ? iterate_next(s, st->source, where) : NULL;
    if (item) {
        list_append(s, st->list, item);
        return item;
    }
    st->source = NULL;
    const size_t count = st->list->as.sequence.count;
    return count ? st->list->as.sequence.items[st->at++ % count] : NULL;
}

static object *cycle(call *c) {
    state *st = new_state(c, c->arguments[0]);
    st->list = object_sequence(c->script, OBJECT_LIST, 0);
    return iterate_native(c->script, c->native->path, next_cycled, st);
}

static object *next_repeated(script *s, void *context, mlp_span where) {
    state *st = context;
    (void)s;
    (void)where;
    if (st->left == 0)
        return NULL;
    st->left -= st->left > 0;
    return st->item;
}

static object *repeat(call *c) {
    state *st = new_state(c, NULL);
    const int64_t times = c->arguments[1] ? c->arguments[1]->as.integer : -1;
    st->item = c->arguments[0];
    st->left = c->arguments[1] && times < 0 ? 0 : times;
    return iterate_native(c->script, c->native->path, next_repeated, st);
}

/* --- islice --- */

/* at: the place of the next element of the source; left: that of the next one that is wanted; item:
 * the place of the end, or None. */
static object *next_sliced(script *s, void *context, mlp_span where) {
    state *st = context;
    const bool has_end = st->item->kind == OBJECT_INTEGER;
    const int64_t end = has_end ? st->item->as.integer : INT64_MAX;
    const int64_t wanted = st->left < end ? st->left : end;
    object *item = NULL;
    if (!st->source)
        return NULL;
    while ((int64_t)st->at < wanted || ((int64_t)st->at == st->left && st->left < end)) {
        item = iterate_next(s, st->source, where);
        if (!item || (int64_t)st->at++ == st->left)
            break;
        item = NULL;
    }
    if (!item)
        st->source = NULL;
    st->left = st->left > INT64_MAX - st->step ? INT64_MAX : st->left + st->step;
    return item;
}

typedef enum {
    SLICE_START,
    SLICE_STOP,
    SLICE_STEP
} slice_part;

static int64_t place(call *c, object *bound, slice_part part, int64_t otherwise) {
    const bool asks = bound->type && bound->type->index; /* no failure in its own words */
    object *own = asks ? bound->type->index(c, bound, false) : special_index(c, bound);
    const object *o = own ? own : bound;
    const bool is_whole = o->kind == OBJECT_INTEGER || o->kind == OBJECT_BOOL;
    const int64_t given = is_whole ? number_integer(o) : -1;
    if (o->kind == OBJECT_NONE)
        return otherwise;
    if (part == SLICE_STEP && given < 1)
        script_raise(c->script, c->where, VALUE_ERROR,
                     "Step for islice() must be a positive integer or None.");
    if (given < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "%s: 0 <= x <= sys.maxsize.",
                     part == SLICE_STOP && given == -1
                         ? "Stop argument for islice() must be None or an integer"
                         : "Indices for islice() must be None or an integer");
    return given;
}

/* islice(iterable, stop), or start, stop and step */
static object *islice(call *c) {
    const object *bounds = c->arguments[1];
    object *const *given = bounds->as.sequence.items;
    const size_t number = bounds->as.sequence.count;
    if (number < 1 || number > 3)
        script_raise(c->script, c->where, TYPE_ERROR, "islice expected %s arguments, got %zu",
                     number < 1 ? "at least 2" : "at most 4", number + 1);
    state *st = new_state(c, c->arguments[0]);
    object *stop = given[number == 1 ? 0 : 1];
    const int64_t end = place(c, stop, SLICE_STOP, -1);
    st->left = number > 1 ? place(c, given[0], SLICE_START, 0) : 0;
    st->step = number > 2 ? place(c, given[2], SLICE_STEP, 1) : 1;
    st->item = end < 0 ? object_none(c->script) : object_integer(c->script, end);
    return iterate_native(c->script, c->native->path, next_sliced, st);
}

/* --- accumulate, pairwise --- */

static object *next_accumulated(script *s, void *context, mlp_span where) {
    state *st = context;
    call c = {.script = s, .where = where};
    if (!st->begun && st->item) {
        st->begun = true;
        return st->item;
    }
    object *item = iterate_next(s, st->source, where);
    st->begun = true;
    if (!item)
        return NULL;
    if (!st->item)
        st->item = item;
    else if (st->function->kind == OBJECT_NONE)
        st->item = python_binary(s, OPERATOR_ADD, st->item, item, where);
    else
        st->item = call_positional(&c, st->function, (object *[]){st->item, item}, 2);
    return st->item;
}

static object *accumulate(call *c) {
    state *st = new_state(c, c->arguments[0]);
    st->function = c->arguments[1];
    st->item = c->arguments[2]->kind == OBJECT_NONE ? NULL : c->arguments[2];
    return iterate_native(c->script, c->native->path, next_accumulated, st);
}

static object *next_pair(script *s, void *context, mlp_span where) {
    state *st = context;
    object *first = st->begun ? st->item : iterate_next(s, st->source, where);
    st->begun = true;
    st->item = first ? iterate_next(s, st->source, where) : NULL;
    if (!st->item)
        return NULL;
    object *pair = object_sequence(s, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = first;
    pair->as.sequence.items[1] = st->item;
    return pair;
}

static object *pairwise(call *c) {
    return iterate_native(c->script, c->native->path, next_pair, new_state(c, c->arguments[0]));
}

/* --- what is chosen by a function, or by other elements --- */

static bool holds(script *s, const state *st, object *item, mlp_span where) {
    object *answer =
        st->function->kind == OBJECT_NONE ? item : called(s, where, st->function, item);
    return python_truth(s, answer, where);
}

static object *next_taken(script *s, void *context, mlp_span where) {
    state *st = context;
    object *item = st->source ? iterate_next(s, st->source, where) : NULL;
    if (item && holds(s, st, item, where))
        return item;
    st->source = NULL;
    return NULL;
}

static object *next_not_dropped(script *s, void *context, mlp_span where) {
    state *st = context;
    object *item = iterate_next(s, st->source, where);
    while (item && !st->begun && holds(s, st, item, where))
        item = iterate_next(s, st->source, where);
    st->begun = true;
    return item;
}

static object *next_false(script *s, void *context, mlp_span where) {
    state *st = context;
    object *item = iterate_next(s, st->source, where);
    while (item && holds(s, st, item, where))
        item = iterate_next(s, st->source, where);
    return item;
}

/* function: the iterator of what says which. */
static object *next_selected(script *s, void *context, mlp_span where) {
    state *st = context;
    for (;;) {
        object *item = iterate_next(s, st->source, where);
        object *answer = item ? iterate_next(s, st->function, where) : NULL;
        if (!answer || python_truth(s, answer, where))
            return answer ? item : NULL;
    }
}

static object *by_function(call *c, iterate_step *next) {
    state *st = new_state(c, c->arguments[1]);
    st->function = c->arguments[0];
    return iterate_native(c->script, c->native->path, next, st);
}

static object *takewhile(call *c) {
    return by_function(c, next_taken);
}

static object *dropwhile(call *c) {
    return by_function(c, next_not_dropped);
}

static object *filterfalse(call *c) {
    return by_function(c, next_false);
}

static object *compress(call *c) {
    state *st = new_state(c, c->arguments[0]);
    st->function = iterate(c->script, c->arguments[1], c->where);
    return iterate_native(c->script, c->native->path, next_selected, st);
}

static object *next_starred(script *s, void *context, mlp_span where) {
    state *st = context;
    call c = {.script = s, .where = where};
    object *item = iterate_next(s, st->source, where);
    if (!item)
        return NULL;
    const object *all = object_is_sequence(item) ? item : iterate_all(s, item, OBJECT_TUPLE, where);
    return call_positional(&c, st->function, all->as.sequence.items, all->as.sequence.count);
}

static object *starmap(call *c) {
    return by_function(c, next_starred);
}

/* --- zip_longest --- */

/* list: the iterators, None where one has ended; left: how many have not. */
static object *next_longest(script *s, void *context, mlp_span where) {
    state *st = context;
    const size_t count = st->list->as.sequence.count;
    object *tuple = object_sequence(s, OBJECT_TUPLE, count);
    for (size_t i = 0; i < count; i++) {
        object **it = &st->list->as.sequence.items[i];
        object *item = (*it)->kind == OBJECT_NONE ? NULL : iterate_next(s, *it, where);
        if (!item && (*it)->kind != OBJECT_NONE) {
            *it = object_none(s);
            st->left--;
        }
        tuple->as.sequence.items[i] = item ? item : st->item;
        if (st->left == 0)
            return NULL;
    }
    return count ? tuple : NULL;
}

static object *zip_longest(call *c) {
    state *st = new_state(c, NULL);
    const object *given = c->arguments[0];
    st->list = object_sequence(c->script, OBJECT_LIST, given->as.sequence.count);
    st->left = (int64_t)given->as.sequence.count;
    st->item = c->arguments[1];
    for (size_t i = 0; i < given->as.sequence.count; i++)
        st->list->as.sequence.items[i] = iterate(c->script, given->as.sequence.items[i], c->where);
    return iterate_native(c->script, c->native->path, next_longest, st);
}

/* --- tee --- */

/* list: what was taken from the source so far, which all of them share. */
static object *next_shared(script *s, void *context, mlp_span where) {
    state *st = context;
    if (st->at == st->list->as.sequence.count) {
        object *item = iterate_next(s, st->source, where);
        if (!item)
            return NULL;
        list_append(s, st->list, item);
    }
    return st->list->as.sequence.items[st->at++];
}

static object *tee(call *c) {
    const int64_t n = c->arguments[1]->as.integer;
    if (n < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "n must be >= 0");
    object *source = iterate(c->script, c->arguments[0], c->where);
    object *list = object_sequence(c->script, OBJECT_LIST, 0);
    object *all = object_sequence(c->script, OBJECT_TUPLE, (size_t)n);
    for (size_t i = 0; i < (size_t)n; i++) {
        state *st = new_state(c, source);
        st->list = list;
        all->as.sequence.items[i] = iterate_native(c->script, "itertools._tee", next_shared, st);
    }
    return all;
}

/* --- groupby --- */

typedef struct {
    object *source, *function;
    object *key, *item; /* of the element that was taken last; NULL where it was given */
    object *group;      /* the key of the group that was given last */
    size_t groups;      /* so far */
} grouping;

typedef struct {
    grouping *of;
    object *key;
    size_t number; /* of groups, when this one was given */
} group;

/* Whether there was one. */
static bool take(script *s, grouping *g, mlp_span where) {
    g->item = iterate_next(s, g->source, where);
    if (g->item)
        g->key =
            g->function->kind == OBJECT_NONE ? g->item : called(s, where, g->function, g->item);
    return g->item != NULL;
}

static object *next_of_group(script *s, void *context, mlp_span where) {
    const group *of = context;
    grouping *g = of->of;
    if (of->number != g->groups || (!g->item && !take(s, g, where)) ||
        !python_equal(s, g->key, of->key, where))
        return NULL;
    object *item = g->item;
    g->item = NULL;
    return item;
}

static object *next_group(script *s, void *context, mlp_span where) {
    grouping *g = context;
    while (!g->key || (g->group && python_equal(s, g->key, g->group, where)))
        if (!take(s, g, where))
            return NULL;
    group *of = script_alloc(s, 1, sizeof *of);
    g->group = g->key;
    *of = (group){g, g->key, ++g->groups};
    object *pair = object_sequence(s, OBJECT_TUPLE, 2);
    pair->as.sequence.items[0] = g->key;
    pair->as.sequence.items[1] = iterate_native(s, "itertools._grouper", next_of_group, of);
    return pair;
}

static object *groupby(call *c) {
    grouping *g = script_alloc(c->script, 1, sizeof *g);
    g->source = iterate(c->script, c->arguments[0], c->where);
    g->function = c->arguments[1];
    return iterate_native(c->script, c->native->path, next_group, g);
}

static const char by[] = "function, iterable, /";

const native native_itertools[] = {
    {.path = "itertools.chain", .signature = "*iterables", .call = chain},
    {.path = "itertools.chain.from_iterable",
     .signature = "iterable, /",
     .call = chain,
     .is_class_method = true},
    {.path = "itertools.count", .signature = "start = 0, step = 1", .call = count},
    {.path = "itertools.cycle", .signature = "iterable, /", .call = cycle},
    {.path = "itertools.repeat", .signature = "object | object, times: index", .call = repeat},
    {.path = "itertools.islice", .signature = "iterable, /, *bounds", .call = islice},
    {.path = "itertools.accumulate",
     .signature = "iterable, func = None, *, initial = None",
     .call = accumulate},
    {.path = "itertools.pairwise", .signature = "iterable, /", .call = pairwise},
    {.path = "itertools.takewhile", .signature = by, .call = takewhile},
    {.path = "itertools.dropwhile", .signature = by, .call = dropwhile},
    {.path = "itertools.filterfalse", .signature = by, .call = filterfalse},
    {.path = "itertools.compress", .signature = "data, selectors", .call = compress},
    {.path = "itertools.starmap", .signature = by, .call = starmap},
    {.path = "itertools.zip_longest",
     .signature = "*iterables, fillvalue = None",
     .call = zip_longest},
    {.path = "itertools.tee", .signature = "iterable, n: index = 2, /", .call = tee},
    {.path = "itertools.groupby", .signature = "iterable, key = None", .call = groupby},
    {0}};
