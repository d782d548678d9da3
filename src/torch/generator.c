/* torch.Generator, and the generator of torch.manual_seed, which is one, too. */
#include "generator.h"

#include "tensor.h"

#include "python/arithmetic.h"
#include "python/large.h"

#include <string.h>

/* Where PyTorch has a new torch.Generator() begin. */
static const uint64_t first_seed = UINT64_C(67280421310721);

static const struct type generator_type, state_type;

void stream_seed(stream *s, uint64_t seed) {
    mlp_generator_seed(&s->generator[0], seed);
    s->generators = 1;
    s->strayed = false;
    s->seed = seed;
}

static stream *stream_behind(const object *generator) {
    return generator->as.data;
}

stream *stream_of(const call *c) {
    const object *given = c->native ? call_argument(c, "generator") : NULL;
    return given && given->kind != OBJECT_NONE ? stream_behind(given) : &torch_of(c)->random;
}

static void reseed(call *c, stream *s, const object *seed) {
    uint64_t bits = 0;
    if (seed->kind != OBJECT_LARGE)
        bits = (uint64_t)number_integer(seed);
    else if (!whole_is_unsigned(seed, &bits))
        script_raise(c->script, c->where, RUNTIME_ERROR, "Overflow when unpacking long");
    stream_seed(s, bits);
    s->seeded = true;
}

/* --- torch.Generator --- */

static object *new_generator(call *c) {
    stream *s = script_alloc(c->script, 1, sizeof *s);
    check_device(c, c->arguments[0]);
    stream_seed(s, first_seed);
    s->seeded = true; /* it draws the same at every run */
    return object_extension(c->script, &generator_type, s);
}

static object *generator_manual_seed(call *c) {
    const object *seed = c->arguments[0];
    if (seed->kind != OBJECT_INTEGER && seed->kind != OBJECT_LARGE)
        call_fail(c, "manual_seed() of a Generator takes a whole number, not a value of type %s",
                  object_type(seed));
    reseed(c, stream_behind(c->self), seed);
    return c->self;
}

static object *seed_of(call *c, const stream *s) {
    if (!s->seeded)
        warn_unseeded(c);
    return whole_of_unsigned(c->script, s->seed);
}

static object *generator_initial_seed(call *c) {
    return seed_of(c, stream_behind(c->self));
}

/* PyTorch's is a tensor of bytes, which scripts keep and give back. */
static object *state_of(call *c, const stream *s) {
    stream *kept = script_alloc(c->script, 1, sizeof *kept);
    *kept = *s;
    return object_extension(c->script, &state_type, kept);
}

static object *generator_get_state(call *c) {
    return state_of(c, stream_behind(c->self));
}

static object *generator_set_state(call *c) {
    *stream_behind(c->self) = *stream_behind(c->arguments[0]);
    return c->self;
}

static object *generator_attribute(call *c, object *self, const char *name) {
    (void)self;
    return strcmp(name, "device") == 0 ? device_object(c) : NULL;
}

static object *generator_class(call *c, const object *self) {
    (void)self;
    return native_member(c->script, "torch", "Generator", NULL);
}

static const struct type generator_type = {.name = "Generator",
                                           .class = generator_class,
                                           .attribute = generator_attribute};

_Noreturn static void write_state(call *c, const object *self, buffer *out) {
    (void)self;
    (void)out;
    call_fail(c, "the state of a generator can be kept and given back, but not be printed");
}

_Noreturn static object *state_attribute(call *c, object *self, const char *name) {
    (void)self;
    call_fail(c,
              "the state of a generator can be kept and given back, by set_state() or "
              "torch.set_rng_state(), and no more: leave .%s out",
              name);
}

static const struct type state_type = {.name = "state of a Generator",
                                       .attribute = state_attribute,
                                       .write = write_state};

void add_default_generator(call *c) {
    native_constant(c->script, "torch.default_generator",
                    object_extension(c->script, &generator_type, &torch_of(c)->random));
}

/* --- the generator that draws where none is named --- */

static object *torch_manual_seed(call *c) {
    reseed(c, &torch_of(c)->random, c->arguments[0]);
    return native_member(c->script, "torch", "default_generator", NULL);
}

static object *torch_initial_seed(call *c) {
    return seed_of(c, &torch_of(c)->random);
}

static object *torch_get_rng_state(call *c) {
    return state_of(c, &torch_of(c)->random);
}

static object *torch_set_rng_state(call *c) {
    torch_of(c)->random = *stream_behind(c->arguments[0]);
    return object_none(c->script);
}

const native native_generator[] = {
    {.path = "torch.Generator",
     .class_name = "torch._C.Generator",
     .is_type = true,
     .instances = &generator_type,
     .signature = "device = None",
     .call = new_generator},
    {.path = "Generator.manual_seed", .signature = "seed, /", .call = generator_manual_seed},
    {.path = "Generator.initial_seed", .signature = "", .call = generator_initial_seed},
    {.path = "Generator.get_state", .signature = "", .call = generator_get_state},
    {.path = "Generator.set_state",
     .signature = "new_state: state of a Generator, /",
     .call = generator_set_state},
    {.path = "torch.manual_seed", .signature = "seed: whole", .call = torch_manual_seed},
    {.path = "torch.random.manual_seed", .signature = "seed: whole", .call = torch_manual_seed},
    {.path = "torch.initial_seed", .signature = "", .call = torch_initial_seed},
    {.path = "torch.get_rng_state", .signature = "", .call = torch_get_rng_state},
    {.path = "torch.set_rng_state",
     .signature = "new_state: state of a Generator",
     .call = torch_set_rng_state},
    {0}};
