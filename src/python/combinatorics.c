/* itertools: product, permutations and combinations, in the order of the places of the elements. */
#include "iterate.h"
#include "native.h"
#include "run.h"

typedef struct {
    object **pools; /* lists */
    size_t *places, count;
    size_t *cycles; /* of permutations: how many are left for each place */
    bool begun, ended;
    /* Goes on to the next places; false at the end. */
    bool (*advance)(void *choice);
} choice;

static object *chosen(script *s, const choice *ch) {
    object *tuple = object_sequence(s, OBJECT_TUPLE, ch->count);
    for (size_t i = 0; i < ch->count; i++)
        tuple->as.sequence.items[i] = ch->pools[i]->as.sequence.items[ch->places[i]];
    return tuple;
}

static object *next_choice(script *s, void *context, mlp_span where) {
    choice *ch = context;
    script_work(s, where, ch->count);
    if (!ch->ended && ch->begun)
        ch->ended = !ch->advance(ch);
    ch->begun = true;
    return ch->ended ? NULL : chosen(s, ch);
}

static size_t size_of(const choice *ch, size_t i) {
    return ch->pools[i]->as.sequence.count;
}

/* The last place runs through first. */
static bool advance_product(void *context) {
    choice *ch = context;
    for (size_t i = ch->count; i-- > 0;) {
        if (++ch->places[i] < size_of(ch, i))
            return true;
        ch->places[i] = 0;
    }
    return false;
}

/* Places that rise, each to at most the one that leaves room for those behind it. */
static bool advance_combination(void *context) {
    choice *ch = context;
    size_t i = ch->count;
    while (i > 0 && ch->places[i - 1] == size_of(ch, i - 1) - ch->count + i - 1)
        i--;
    if (i == 0)
        return false;
    ch->places[i - 1]++;
    for (; i < ch->count; i++)
        ch->places[i] = ch->places[i - 1] + 1;
    return true;
}

static bool advance_replaced(void *context) {
    choice *ch = context;
    size_t i = ch->count;
    while (i > 0 && ch->places[i - 1] == size_of(ch, i - 1) - 1)
        i--;
    if (i == 0)
        return false;
    const size_t place = ch->places[i - 1] + 1;
    for (i--; i < ch->count; i++)
        ch->places[i] = place;
    return true;
}

/* places holds all of the n places here, of which the first `count` are taken. */
static bool advance_permutation(void *context) {
    choice *ch = context;
    const size_t n = ch->count ? size_of(ch, 0) : 0;
    for (size_t i = ch->count; i-- > 0;) {
        const size_t place = ch->places[i];
        if (--ch->cycles[i] > 0) {
            const size_t j = n - ch->cycles[i];
            ch->places[i] = ch->places[j];
            ch->places[j] = place;
            return true;
        }
        for (size_t k = i; k + 1 < n; k++)
            ch->places[k] = ch->places[k + 1];
        ch->places[n - 1] = place;
        ch->cycles[i] = n - i;
    }
    return false;
}

/* Of `count` elements, with room for so many places. */
static choice *new_choice(const call *c, size_t count, size_t places) {
    choice *ch = script_alloc(c->script, 1, sizeof *ch);
    ch->count = count;
    ch->pools = script_alloc(c->script, count, sizeof *ch->pools);
    ch->places = script_alloc(c->script, places, sizeof *ch->places);
    return ch;
}

static object *product(call *c) {
    const object *given = c->arguments[0];
    const int64_t times = c->arguments[1]->as.integer;
    const size_t n = given->as.sequence.count;
    if (times < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "repeat argument cannot be negative");
    if (n && (uint64_t)times > mlp_arena_limit(script_arena(c->script)) / n)
        script_out_of_memory(c->script);
    choice *ch = new_choice(c, n * (size_t)times, n * (size_t)times);
    object **pools = script_alloc(c->script, n, sizeof *pools);
    for (size_t i = 0; i < n; i++)
        pools[i] = iterate_all(c->script, given->as.sequence.items[i], OBJECT_LIST, c->where);
    for (size_t i = 0; i < ch->count; i++) {
        ch->pools[i] = pools[i % n];
        ch->ended |= size_of(ch, i) == 0;
    }
    ch->advance = advance_product;
    return iterate_native(c->script, c->native->path, next_choice, ch);
}

/* Of permutations all places are numbered; those of the choice are the first r. */
static object *choose(call *c, bool (*advance)(void *choice), bool repeats) {
    object *pool = iterate_all(c->script, c->arguments[0], OBJECT_LIST, c->where);
    const size_t n = pool->as.sequence.count;
    const int64_t r =
        c->arguments[1]->kind == OBJECT_NONE ? (int64_t)n : c->arguments[1]->as.integer;
    if (r < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "r must be non-negative");
    const bool ended = repeats ? r > 0 && n == 0 : (uint64_t)r > n;
    const size_t count = ended ? 0 : (size_t)r;
    choice *ch = new_choice(c, count, repeats ? count : n);
    ch->cycles = script_alloc(c->script, count, sizeof *ch->cycles);
    ch->advance = advance;
    ch->ended = ended;
    for (size_t i = 0; i < n && !repeats; i++)
        ch->places[i] = i;
    for (size_t i = 0; i < count; i++) {
        ch->pools[i] = pool;
        ch->cycles[i] = n - i;
    }
    return iterate_native(c->script, c->native->path, next_choice, ch);
}

static object *permutations(call *c) {
    return choose(c, advance_permutation, false);
}

static object *combinations(call *c) {
    return choose(c, advance_combination, false);
}

static object *with_replacement(call *c) {
    return choose(c, advance_replaced, true);
}

const native native_combinatorics[] = {
    {.path = "itertools.product", .signature = "*iterables, repeat: index = 1", .call = product},
    {.path = "itertools.permutations",
     .signature = "iterable, r: Optional[index] = None",
     .call = permutations},
    {.path = "itertools.combinations", .signature = "iterable, r: index", .call = combinations},
    {.path = "itertools.combinations_with_replacement",
     .signature = "iterable, r: index",
     .call = with_replacement},
    {0}};
