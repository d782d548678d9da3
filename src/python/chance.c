/* The module random, with the numbers that CPython draws from the same seed. What is made of the
 * generator's bits follows Lib/random.py and Modules/_randommodule.c of CPython 3.11. */
#include "chance.h"

#include "arithmetic.h"
#include "dict.h"
#include "digest.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "off.h"
#include "run.h"
#include "set.h"
#include "type.h"

#include <math.h>
#include <string.h>

static const struct type chance_type;

/* --- seeding --- */

static void seed(struct chance *r, uint64_t number) {
    const uint32_t words[2] = {(uint32_t)number, (uint32_t)(number >> 32)};
    mlp_generator_seed_by_words(&r->generator, words, words[1] ? 2 : 1);
    r->is_seeded = true;
    r->has_next_gauss = false;
}

/* That of the module, or of a random.Random. */
static struct chance *state(call *c) {
    script *s = c->script;
    if (c->self && object_is(c->self, &chance_type))
        return c->self->as.data;
    if (!s->chance)
        s->chance = script_alloc(s, 1, sizeof *s->chance);
    return s->chance;
}

/* The generator of a function that draws. */
struct chance *chance_of(call *c) {
    struct chance *r = state(c);
    if (!r->is_seeded) {
        call_warn(c, "random numbers are drawn without random.seed(): Python draws other ones in "
                     "every run; these are those of random.seed(0)");
        seed(r, 0);
    }
    return r;
}

static void seed_by_words(struct chance *r, const uint32_t *words, size_t count) {
    mlp_generator_seed_by_words(&r->generator, words, count);
    r->is_seeded = true;
    r->has_next_gauss = false;
}

/* The bytes of a string, and of their digest, are one whole number, whose low words come first. */
static void seed_by_text(call *c, struct chance *r, const object *text) {
    const size_t length = text->as.bytes, bytes = length + DIGEST_BYTES;
    const size_t count = (bytes + 3) / 4;
    unsigned char digest[DIGEST_BYTES];
    uint32_t *words = script_alloc(c->script, count, sizeof *words);
    script_work(c->script, c->where, length);
    digest_of(text->as.string, length, digest);
    for (size_t i = 0; i < bytes; i++) {
        const size_t at = bytes - 1 - i;
        const unsigned char byte =
            at < length ? (unsigned char)text->as.string[at] : digest[at - length];
        words[i / 4] |= (uint32_t)byte << 8 * (i % 4);
    }
    size_t used = count;
    while (used > 1 && words[used - 1] == 0)
        used--;
    seed_by_words(r, words, used);
}

static void seed_by(call *c, struct chance *r, object *a) {
    if (a->kind == OBJECT_LARGE)
        seed_by_words(r, a->as.large.digits, a->as.large.count);
    else if (a->kind == OBJECT_INTEGER || a->kind == OBJECT_BOOL)
        seed(r,
             number_integer(a) < 0 ? 0 - (uint64_t)number_integer(a) : (uint64_t)number_integer(a));
    else if (a->kind == OBJECT_FLOAT && !isnan(a->as.number))
        seed(r, object_hash(c->script, a, c->where));
    else if (a->kind == OBJECT_STRING)
        seed_by_text(c, r, a);
    else
        call_fail(c,
                  "random.seed() takes a whole number, a float or a str here, not a value of "
                  "type %s",
                  object_type(a));
    if (a->kind == OBJECT_FLOAT && a->as.off > 0)
        script_doubt(c->script);
}

static object *random_seed(call *c) {
    seed_by(c, state(c), c->arguments[0]);
    return object_none(c->script);
}

/* --- random.Random, and the states --- */

static object *class_of(call *c, const object *self) {
    (void)self;
    return native_member(c->script, "random", "Random", NULL);
}

static const struct type chance_type = {.name = "Random", .class = class_of},
                         chance_state_type = {.name = "tuple"};

static object *random_Random(call *c) {
    struct chance *r = script_alloc(c->script, 1, sizeof *r);
    if (c->arguments[0]->kind != OBJECT_NONE)
        seed_by(c, r, c->arguments[0]);
    return object_extension(c->script, &chance_type, r);
}

static object *random_getstate(call *c) {
    struct chance *held = script_alloc(c->script, 1, sizeof *held);
    *held = *chance_of(c);
    return object_extension(c->script, &chance_state_type, held);
}

static object *random_setstate(call *c) {
    if (!object_is(c->arguments[0], &chance_state_type))
        call_fail(c, "setstate() takes what getstate() has given");
    *state(c) = *(const struct chance *)c->arguments[0]->as.data;
    return object_none(c->script);
}

/* --- numbers --- */

double chance_uniform(struct chance *r) {
    const uint32_t high = mlp_generator_random(&r->generator) >> 5;
    const uint32_t low = mlp_generator_random(&r->generator) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

/* `count` random bits, at most 64, the words that are drawn first being the low ones. */
static uint64_t random_bits(struct chance *r, int count) {
    if (count <= 32)
        return count ? mlp_generator_random(&r->generator) >> (32 - count) : 0;
    const uint64_t low = mlp_generator_random(&r->generator);
    return low | (uint64_t)(mlp_generator_random(&r->generator) >> (64 - count)) << 32;
}

/* A whole number from 0 to n - 1. */
static uint64_t below(call *c, uint64_t n) {
    struct chance *r = chance_of(c);
    int length = 0;
    for (uint64_t rest = n; rest; rest >>= 1)
        length++;
    uint64_t drawn = random_bits(r, length);
    while (drawn >= n)
        drawn = random_bits(r, length);
    return drawn;
}

static object *random_random(call *c) {
    return object_float(c->script, chance_uniform(chance_of(c)));
}

static object *random_getrandbits(call *c) {
    const int64_t count = c->arguments[0]->as.integer, words = count / 32, rest = count % 32;
    struct chance *r = chance_of(c);
    if (count < 0)
        script_raise(c->script, c->where, VALUE_ERROR, "number of bits must be non-negative");
    uint32_t *bits = script_alloc(c->script, (size_t)words + 1, sizeof *bits);
    script_work(c->script, c->where, (uint64_t)words);
    for (int64_t i = 0; i < words; i++)
        bits[i] = (uint32_t)random_bits(r, 32);
    bits[words] = (uint32_t)random_bits(r, (int)rest);
    return whole_object(c->script, (large_number){bits, (size_t)words + 1, false});
}

static object *operate(call *c, operator op, object *a, object *b) {
    return python_binary(c->script, op, a, b, c->where);
}

/* a + (b - a) * u */
static object *random_uniform(call *c) {
    object *a = c->arguments[0], *b = c->arguments[1];
    object *u = object_float(c->script, chance_uniform(chance_of(c)));
    return operate(c, OPERATOR_ADD, a, operate(c, OPERATOR_MUL, operate(c, OPERATOR_SUB, b, a), u));
}

/* By Box and Muller, in pairs. */
static double standard_gauss(struct chance *r) {
    if (r->has_next_gauss) {
        r->has_next_gauss = false;
        return r->next_gauss;
    }
    const double angle = chance_uniform(r) * 6.283185307179586;
    const double radius = sqrt(-2.0 * log(1.0 - chance_uniform(r)));
    r->next_gauss = sin(angle) * radius;
    r->has_next_gauss = true;
    return cos(angle) * radius;
}

/* By Kinderman and Monahan (ACM TOMS 3, 1977). */
double chance_normal(call *c, struct chance *r) {
    const double scale = 4 * exp(-0.5) / sqrt(2.0);
    for (;; script_spend(c->script, c->where)) {
        const double u = chance_uniform(r), v = 1.0 - chance_uniform(r);
        const double z = scale * (u - 0.5) / v;
        if (z * z / 4.0 <= -log(v))
            return z;
    }
}

/* gauss and normalvariate: mu + z sigma */
static object *random_normal(call *c) {
    struct chance *r = chance_of(c);
    const bool is_gauss = strstr(c->native->path, "gauss") != NULL;
    object *z = object_float(c->script, is_gauss ? standard_gauss(r) : chance_normal(c, r));
    return operate(c, OPERATOR_ADD, c->arguments[0], operate(c, OPERATOR_MUL, z, c->arguments[1]));
}

static object *random_expovariate(call *c) {
    object *e = object_float(c->script, -log(1.0 - chance_uniform(chance_of(c))));
    return operate(c, OPERATOR_TRUEDIV, e, c->arguments[0]);
}

/* --- whole numbers of a range --- */

_Noreturn static void refuse_range(call *c, int64_t start, int64_t stop, int64_t step) {
    const long long first = start, last = stop;
    const bool is_alone =
        strcmp(c->native->path, "random.randrange") == 0 && c->arguments[1]->kind == OBJECT_NONE;
    const char *of =
        is_alone || (step != 1 && !c->script->is_python_3_12) ? ""
        : c->script->is_python_3_12 && step != 1
            ? script_printf(c->script, "(%lld, %lld, %lld)", first, last, (long long)step)
        : c->script->is_python_3_12 ? script_printf(c->script, "(%lld, %lld)", first, last)
                                    : script_printf(c->script, " (%lld, %lld, %lld)", first, last,
                                                    (long long)((uint64_t)stop - (uint64_t)start));
    call_fail(call_raises(c, VALUE_ERROR, "empty range %s randrange%s%s", *of == '(' ? "in" : "for",
                          *of == '(' ? "" : "()", of),
              "ValueError: empty range for randrange()");
}

static object *within(call *c, int64_t start, int64_t stop, int64_t step) {
    if (step == 0)
        call_fail(call_raises(c, VALUE_ERROR, "zero step for randrange()"),
                  "ValueError: zero step for randrange()");
    if (step > 0 ? start >= stop : start <= stop)
        refuse_range(c, start, stop, step);
    const uint64_t distance =
        step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    const uint64_t width = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    const uint64_t drawn = below(c, (distance - 1) / width + 1);
    return object_integer(c->script, (int64_t)((uint64_t)start + (uint64_t)step * drawn));
}

static object *random_randrange(call *c) {
    const int64_t start = c->arguments[0]->as.integer, step = c->arguments[2]->as.integer;
    const object *stop = c->arguments[1];
    return stop->kind == OBJECT_NONE ? within(c, 0, start, 1)
                                     : within(c, start, stop->as.integer, step);
}

/* Both ends are drawn, too. */
static object *random_randint(call *c) {
    const int64_t last = c->arguments[1]->as.integer;
    if (last == INT64_MAX)
        call_fail(c, "random.randint() of numbers up to 2**63 - 1 is not supported");
    return within(c, c->arguments[0]->as.integer, last + 1, 1);
}

/* --- elements --- */

static call *raises_no_sequence(call *c, const object *o, bool is_sample) {
    const bool is_sized = o->kind == OBJECT_DICT || object_is_set(o);
    if (is_sample)
        return call_raises(c, TYPE_ERROR,
                           "Population must be a sequence.  For dicts or sets, use sorted(d).");
    if (o->kind == OBJECT_DICT)
        return c; /* whose key may be the position that was drawn */
    return is_sized ? call_raises(c, TYPE_ERROR, "'%s' object is not subscriptable",
                                  object_class_name(o))
                    : call_raises(c, TYPE_ERROR, "object of type '%s' has no len()",
                                  object_class_name(o));
}

static size_t count_of(call *c, const object *population) {
    const bool is_sample = strstr(c->native->path, "sample");
    if (!object_has_elements(population))
        call_fail(!population->type && !object_class(population)
                      ? raises_no_sequence(c, population, is_sample)
                      : c,
                  "%s() takes a list, a tuple, a range or a str, not a value of type %s",
                  c->native->path, object_type(population));
    return object_length(c->script, population, c->where);
}

static object *random_choice(call *c) {
    const size_t count = count_of(c, c->arguments[0]);
    if (count == 0)
        call_fail(call_raises(c, INDEX_ERROR, "Cannot choose from an empty sequence"),
                  "IndexError: Cannot choose from an empty sequence");
    return object_element(c->script, c->arguments[0], (size_t)below(c, count), c->where);
}

static object *random_shuffle(call *c) {
    object *list = c->arguments[0];
    if (list->kind != OBJECT_LIST)
        call_fail(
            list->kind == OBJECT_TUPLE && !list->type && list->as.sequence.count > 1
                ? call_raises(c, TYPE_ERROR, "'tuple' object does not support item assignment")
                : c,
            "random.shuffle() takes a list, not a value of type %s", object_type(list));
    object **items = list->as.sequence.items;
    for (size_t i = list->as.sequence.count; i-- > 1; script_spend(c->script, c->where)) {
        const size_t j = (size_t)below(c, i + 1);
        object *item = items[i];
        items[i] = items[j];
        items[j] = item;
    }
    return object_none(c->script);
}

/* Which elements are drawn, by taking them out of a list of those that are left. */
static void sample_of_few(call *c, size_t count, size_t k, size_t *places) {
    size_t *left = script_alloc(c->script, count, sizeof *left);
    for (size_t i = 0; i < count; i++)
        left[i] = i;
    for (size_t i = 0; i < k; i++) {
        const size_t j = (size_t)below(c, count - i);
        places[i] = left[j];
        left[j] = left[count - i - 1];
    }
}

/* The same by drawing again what was drawn before. */
static void sample_of_many(call *c, size_t count, size_t k, size_t *places) {
    bool *taken = script_alloc(c->script, count, sizeof *taken);
    for (size_t i = 0; i < k; i++) {
        do
            places[i] = (size_t)below(c, count);
        while (taken[places[i]]);
        taken[places[i]] = true;
    }
}

/* CPython takes whichever needs less memory there, and draws other numbers by each. */
static bool is_few(size_t count, size_t k) {
    double size = 21;
    if (k > 5)
        size += pow(4, ceil(log((double)k * 3) / log(4)));
    return (double)count <= size;
}

static object *random_sample(call *c) {
    object *population = c->arguments[0];
    const size_t count = count_of(c, population);
    const int64_t k = c->arguments[1]->as.integer;
    if (k < 0 || (uint64_t)k > count)
        call_fail(call_raises(c, VALUE_ERROR, "Sample larger than population or is negative"),
                  "ValueError: Sample larger than population or is negative");
    size_t *places = script_alloc(c->script, (size_t)k, sizeof *places);
    script_spend_on(c->script, c->where, (size_t)k);
    script_work(c->script, c->where, count);
    (is_few(count, (size_t)k) ? sample_of_few : sample_of_many)(c, count, (size_t)k, places);
    object *chosen = object_sequence(c->script, OBJECT_LIST, (size_t)k);
    for (size_t i = 0; i < (size_t)k; i++)
        chosen->as.sequence.items[i] = object_element(c->script, population, places[i], c->where);
    return chosen;
}

/* The running sums of the weights, or what is given as such. */
static double *running_sums(call *c, object *given, size_t count, bool are_sums) {
    const object *weights = iterate_all(c->script, given, OBJECT_LIST, c->where);
    double *sums = script_alloc(c->script, count, sizeof *sums), sum = 0;
    if (weights->as.sequence.count != count)
        call_fail(
            call_raises(c, VALUE_ERROR, "The number of weights does not match the population"),
            "ValueError: The number of weights does not match the population");
    for (size_t i = 0; i < count; i++) {
        const object *weight = weights->as.sequence.items[i];
        if (!object_is_number(weight))
            call_fail(c, "weights are numbers, not a value of type %s", object_type(weight));
        if (object_estimate(weight).off > 0)
            script_doubt(c->script);
        sum = (are_sums ? 0 : sum) + object_as_number(weight);
        sums[i] = sum;
    }
    if (!(sum > 0 && isfinite(sum)))
        call_fail(call_raises(c, VALUE_ERROR, "Total of weights must be greater than zero"),
                  "ValueError: Total of weights must be greater than zero");
    return sums;
}

/* The first place whose sum is beyond x, but for the last one. */
static size_t place_beyond(const double *sums, size_t count, double x) {
    size_t low = 0, high = count - 1;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (x < sums[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static object *random_choices(call *c) {
    object *population = c->arguments[0], *weights = c->arguments[1];
    const size_t count = count_of(c, population);
    object *cumulated = c->arguments[2];
    const int64_t k = c->arguments[3]->as.integer;
    if (count == 0)
        call_fail(population->kind == OBJECT_LIST && k > 0
                      ? call_raises(c, INDEX_ERROR, "list index out of range")
                      : c,
                  "IndexError: random.choices() of nothing");
    if (weights->kind != OBJECT_NONE && cumulated->kind != OBJECT_NONE)
        script_raise(c->script, c->where, TYPE_ERROR,
                     "Cannot specify both weights and cumulative weights");
    const double *sums = weights->kind != OBJECT_NONE     ? running_sums(c, weights, count, false)
                         : cumulated->kind != OBJECT_NONE ? running_sums(c, cumulated, count, true)
                                                          : NULL;
    struct chance *r = chance_of(c);
    object *chosen = object_sequence(c->script, OBJECT_LIST, k > 0 ? (size_t)k : 0);
    for (size_t i = 0; i < chosen->as.sequence.count; i++) {
        const double u = chance_uniform(r);
        const size_t place = sums ? place_beyond(sums, count, u * sums[count - 1])
                                  : (size_t)floor(u * (double)count);
        chosen->as.sequence.items[i] = object_element(c->script, population, place, c->where);
    }
    return chosen;
}

static const native rows[] = {
    {.path = "random.seed", .signature = "a", .call = random_seed},
    {.path = "random.getstate", .signature = "", .call = random_getstate},
    {.path = "random.setstate", .signature = "state, /", .call = random_setstate},
    {.path = "random.random", .signature = "", .call = random_random},
    {.path = "random.getrandbits", .signature = "k: index, /", .call = random_getrandbits},
    {.path = "random.uniform", .signature = "a: float, b: float", .call = random_uniform},
    {.path = "random.gauss",
     .signature = "mu: float = 0.0, sigma: float = 1.0",
     .call = random_normal},
    {.path = "random.normalvariate",
     .signature = "mu: float = 0.0, sigma: float = 1.0",
     .call = random_normal},
    {.path = "random.expovariate", .signature = "lambd: float", .call = random_expovariate},
    {.path = "random.randrange",
     .signature = "start: index, stop: Optional[index] = None, step: index = 1",
     .call = random_randrange},
    {.path = "random.randint", .signature = "a: index, b: index", .call = random_randint},
    {.path = "random.choice", .signature = "seq", .call = random_choice},
    {.path = "random.choices",
     .signature = "population, weights = None, *, cum_weights = None, k: index = 1",
     .call = random_choices},
    {.path = "random.shuffle", .signature = "x", .call = random_shuffle},
    {.path = "random.sample", .signature = "population, k: index", .call = random_sample},
    {0}};

static const native *make_method(call *c, const char *path, const void *function) {
    native *method = script_alloc(c->script, 1, sizeof *method);
    memcpy(method, function, sizeof *method);
    method->path = path;
    return method;
}

/* Functions of the module, and methods of random.Random. */
static void add_rows(script *s, const native *table) {
    native_add_table(s, table);
    for (const native *row = table; row->path; row++)
        native_defer(s, "Random", strchr(row->path, '.') + 1, make_method, row);
}

void native_add_chance(script *s) {
    static const native class[] = {{.path = "random.Random",
                                    .class_name = "random.Random",
                                    .is_type = true,
                                    .instances = &chance_type,
                                    .signature = "x = None, /",
                                    .call = random_Random},
                                   {0}};
    add_rows(s, rows);
    add_rows(s, native_distributions_of_python);
    native_add_table(s, class);
}
