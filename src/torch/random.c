/* Random numbers: torch.manual_seed, torch.rand and its kin, what they fill tensors with. */
#include "tensor.h"

#include <math.h>

static object *torch_manual_seed(script *s, const object *callee, object **arguments) {
    (void)callee;
    mlp_generator_seed(&s->generator, (uint64_t)arguments[0]->as.integer);
    s->seeded = true;
    return object_none(s);
}

void script_warn_unseeded(script *s) {
    if (!s->seeded)
        script_warn(s, s->here,
                    "random numbers are drawn without torch.manual_seed(): Python draws "
                    "others at every run; here the seed is %d",
                    UNSEEDED);
    s->seeded = true; /* once is enough */
}

/* --- filling --- */

static void check_floating(script *s, const mlp_tensor *t) {
    if (!mlp_dtype_is_floating(t->dtype))
        script_fail(s, s->here, "only a floating-point tensor can be filled so, not a %s one",
                    mlp_dtype_name(t->dtype));
}

void fill_uniform(script *s, mlp_tensor *t, double from, double to) {
    if (t->dtype == MLP_FLOAT64)
        mlp_uniform_f64(&s->generator, t->data, t->numel, from, to);
    else
        mlp_uniform_f32(&s->generator, t->data, t->numel, from, to);
}

static void fill_normal(script *s, mlp_tensor *t, double mean, double std) {
    if (!(std >= 0))
        script_fail(s, s->here, "std=%g must not be negative", std);
    if (t->dtype == MLP_FLOAT64)
        mlp_normal_f64(&s->generator, t->data, t->numel, mean, std);
    else
        mlp_normal_f32(&s->generator, t->data, t->numel, mean, std);
}

static void check_range(script *s, double from, double to) {
    if (!(from <= to) || !isfinite(to - from))
        script_fail(s, s->here, "from=%g must not be above to=%g", from, to);
}

static mlp_tensor like(script *s, const mlp_variable *variable) {
    mlp_tensor fresh;
    const mlp_tensor *t = &variable->value->tensor;
    check_floating(s, t);
    if (!mlp_tensor_new(&fresh, s->arena, t->dtype, t->ndim, t->shape, s->error))
        script_give_up(s, s->here);
    script_warn_unseeded(s);
    return fresh;
}

void tensor_draw_uniform(script *s, mlp_variable *variable, double from, double to) {
    check_range(s, from, to);
    mlp_tensor fresh = like(s, variable);
    fill_uniform(s, &fresh, from, to);
    tensor_overwrite(s, variable, fresh);
}

void tensor_draw_normal(script *s, mlp_variable *variable, double mean, double std) {
    mlp_tensor fresh = like(s, variable);
    fill_normal(s, &fresh, mean, std);
    tensor_overwrite(s, variable, fresh);
}

static void fill_bernoulli(script *s, mlp_tensor *t, double p) {
    if (!(p >= 0 && p <= 1))
        script_fail(s, s->here, "p=%g is not a probability: it must lie between 0 and 1", p);
    int64_t *mask = script_alloc(s, t->numel, sizeof *mask);
    mlp_bernoulli(&s->generator, s->rng, mask, t->numel, p);
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, (double)mask[i]);
}

void tensor_draw_bernoulli(script *s, mlp_variable *variable, double p) {
    mlp_tensor fresh = like(s, variable);
    fill_bernoulli(s, &fresh, p);
    tensor_overwrite(s, variable, fresh);
}

/* From low to below high. */
static void fill_integers(script *s, mlp_tensor *t, int64_t low, int64_t high) {
    int64_t *drawn = script_alloc(s, t->numel, sizeof *drawn);
    mlp_randint(&s->generator, drawn, t->numel, low, high);
    for (size_t i = 0; i < t->numel; i++) {
        if (t->dtype == MLP_INT64)
            ((int64_t *)t->data)[i] = drawn[i];
        else
            mlp_tensor_set(t, i, (double)drawn[i]);
    }
}

/* --- by size --- */

/* Arguments: *size, dtype, device, requires_grad. */
static mlp_variable *new_floating(script *s, object **arguments) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sizes_of(s, arguments[0], shape);
    check_device(s, arguments[2]);
    mlp_variable *v =
        tensor_new(s, dtype_argument(s, arguments[1]), ndim, shape, arguments[3]->as.boolean);
    check_floating(s, &v->value->tensor);
    script_warn_unseeded(s);
    return v;
}

static object *torch_rand(script *s, const object *callee, object **arguments) {
    (void)callee;
    mlp_variable *v = new_floating(s, arguments);
    fill_uniform(s, &v->value->tensor, 0, 1);
    return tensor_object(s, v);
}

static object *torch_randn(script *s, const object *callee, object **arguments) {
    (void)callee;
    mlp_variable *v = new_floating(s, arguments);
    fill_normal(s, &v->value->tensor, 0, 1);
    return tensor_object(s, v);
}

/* Arguments: input, dtype, device, requires_grad. */
static mlp_variable *new_like(script *s, object **arguments) {
    const mlp_tensor *t = &tensor_value(s, arguments[0])->tensor;
    check_device(s, arguments[2]);
    const mlp_dtype dtype =
        arguments[1]->kind == OBJECT_NONE ? t->dtype : dtype_argument(s, arguments[1]);
    mlp_variable *v = tensor_new(s, dtype, t->ndim, t->shape, arguments[3]->as.boolean);
    check_floating(s, &v->value->tensor);
    script_warn_unseeded(s);
    return v;
}

static object *torch_rand_like(script *s, const object *callee, object **arguments) {
    (void)callee;
    mlp_variable *v = new_like(s, arguments);
    fill_uniform(s, &v->value->tensor, 0, 1);
    return tensor_object(s, v);
}

static object *torch_randn_like(script *s, const object *callee, object **arguments) {
    (void)callee;
    mlp_variable *v = new_like(s, arguments);
    fill_normal(s, &v->value->tensor, 0, 1);
    return tensor_object(s, v);
}

static int64_t randint_bound(script *s, const object *v) {
    if (v->kind != OBJECT_INTEGER)
        script_fail(s, s->here, "write torch.randint(low, high, (rows, columns))");
    return v->as.integer;
}

/* randint(high, size), randint(low, high, size), or by these names. Arguments: them, low, high,
 * size, dtype, device, requires_grad. */
static object *torch_randint(script *s, const object *callee, object **arguments) {
    (void)callee;
    size_t shape[MLP_MAX_DIMS], count = arguments[0]->as.sequence.count;
    object *const *given = arguments[0]->as.sequence.items;
    const object *low = arguments[1], *high = arguments[2], *size = arguments[3];
    if (size->kind == OBJECT_NONE && count)
        size = given[--count];
    if (high->kind == OBJECT_NONE && count)
        high = given[--count];
    if (low->kind == OBJECT_NONE && count)
        low = given[--count];
    if (count ||
        (size->kind != OBJECT_TUPLE && size->kind != OBJECT_LIST && size->kind != OBJECT_SIZE))
        script_fail(s, s->here, "write torch.randint(low, high, (rows, columns))");
    const int64_t from = low->kind == OBJECT_NONE ? 0 : randint_bound(s, low);
    const int64_t to = randint_bound(s, high);
    if (from >= to)
        script_fail(s, s->here, "randint needs low < high, not %lld and %lld", (long long)from,
                    (long long)to);
    check_device(s, arguments[5]);
    const mlp_dtype dtype =
        arguments[4]->kind == OBJECT_NONE ? MLP_INT64 : dtype_argument(s, arguments[4]);
    const size_t ndim = sizes_of(s, size, shape);
    mlp_variable *v = tensor_new(s, dtype, ndim, shape, arguments[6]->as.boolean);
    script_warn_unseeded(s);
    fill_integers(s, &v->value->tensor, from, to);
    return tensor_object(s, v);
}

static object *torch_randperm(script *s, const object *callee, object **arguments) {
    (void)callee;
    const int64_t n = arguments[0]->as.integer;
    if (n < 0 || n >= MLP_RANDPERM_LIMIT)
        script_fail(s, s->here, "randperm() takes a number from 0 to %d", MLP_RANDPERM_LIMIT - 1);
    mlp_variable *v = tensor_new(s, MLP_INT64, 1, &(size_t){(size_t)n}, false);
    script_warn_unseeded(s);
    mlp_randperm(&s->generator, v->value->tensor.data, (size_t)n);
    return tensor_object(s, v);
}

static object *torch_bernoulli(script *s, const object *callee, object **arguments) {
    (void)callee;
    const mlp_tensor *p = &tensor_value(s, arguments[0])->tensor;
    check_floating(s, p);
    mlp_variable *v = tensor_new(s, p->dtype, p->ndim, p->shape, false);
    for (size_t i = 0; i < p->numel; i++)
        if (!(mlp_tensor_get(p, i) >= 0 && mlp_tensor_get(p, i) <= 1))
            script_fail(s, s->here, "bernoulli() takes probabilities, between 0 and 1, not %g",
                        mlp_tensor_get(p, i));
    script_warn_unseeded(s);
    int64_t *mask = script_alloc(s, p->numel, sizeof *mask);
    if (p->dtype == MLP_FLOAT64)
        mlp_bernoulli_each_f64(&s->generator, mask, p->data, p->numel);
    else
        mlp_bernoulli_each_f32(&s->generator, mask, p->data, p->numel);
    for (size_t i = 0; i < p->numel; i++)
        mlp_tensor_set(&v->value->tensor, i, (double)mask[i]);
    return tensor_object(s, v);
}

#define SIZED "*size, dtype = None, device = None, requires_grad: bool = False"
#define LIKE "input: Tensor, *, dtype = None, device = None, requires_grad: bool = False"

const native native_random[] = {
    {.path = "torch.manual_seed", .signature = "seed: uint64", .call = torch_manual_seed},
    {.path = "torch.rand", .signature = SIZED, .call = torch_rand},
    {.path = "torch.randn", .signature = SIZED, .call = torch_randn},
    {.path = "torch.rand_like", .signature = LIKE, .call = torch_rand_like},
    {.path = "torch.randn_like", .signature = LIKE, .call = torch_randn_like},
    {.path = "torch.randint",
     .signature = "*range, low = None, high = None, size = None, dtype = None, device = None, "
                  "requires_grad: bool = False",
     .call = torch_randint},
    {.path = "torch.randperm", .signature = "n: int", .call = torch_randperm},
    {.path = "torch.bernoulli", .signature = "input: Tensor", .call = torch_bernoulli},
    {0}};
