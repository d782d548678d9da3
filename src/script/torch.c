/* torch: tensors made from numbers, sizes and random numbers; seeds and defaults. */
#include "format.h"
#include "tensor.h"

#include <string.h>

static value *torch_tensor(script *s, const value *callee, value **arguments) {
    (void)callee;
    const value *data = arguments[0];
    const bool requires_grad = arguments[3]->as.boolean;
    check_device(s, arguments[2]);
    if (data->kind == VALUE_TENSOR)
        script_fail(s, s->here, "torch.tensor() takes numbers and lists of them, not a Tensor");
    const mlp_dtype dtype = dtype_argument(s, arguments[1]);
    return value_tensor(
        s, tensor_from(s, data, arguments[1]->kind == VALUE_NONE ? NULL : &dtype, requires_grad));
}

/* torch.Tensor([...]) always has the default dtype, whatever the numbers are. */
static value *torch_Tensor(script *s, const value *callee, value **arguments) {
    (void)callee;
    const value *given = arguments[0];
    if (given->as.sequence.count != 1 || (given->as.sequence.items[0]->kind != VALUE_LIST &&
                                          given->as.sequence.items[0]->kind != VALUE_TUPLE))
        script_fail(s, s->here,
                    "torch.Tensor() takes one list of numbers; for a tensor of a "
                    "given size write torch.zeros()");
    return value_tensor(s, tensor_from(s, given->as.sequence.items[0], &s->dtype, false));
}

/* --- by size: zeros(2, 3) or zeros((2, 3)) --- */

static size_t sizes_of(script *s, const value *sizes, size_t shape[MLP_MAX_DIMS]) {
    const value *first = sizes->as.sequence.count == 1 ? sizes->as.sequence.items[0] : NULL;
    if (first && (first->kind == VALUE_TUPLE || first->kind == VALUE_LIST))
        sizes = first;
    if (sizes->as.sequence.count > MLP_MAX_DIMS)
        script_fail(s, s->here, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i < sizes->as.sequence.count; i++) {
        const value *size = sizes->as.sequence.items[i];
        if (size->kind != VALUE_INTEGER || size->as.integer < 0)
            script_fail(s, s->here, "a size is a whole number of 0 or more");
        shape[i] = (size_t)size->as.integer;
    }
    return sizes->as.sequence.count;
}

/* Arguments: *size, dtype, device, requires_grad. */
static mlp_variable *new_by_size(script *s, value **arguments) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sizes_of(s, arguments[0], shape);
    check_device(s, arguments[2]);
    return tensor_new(s, dtype_argument(s, arguments[1]), ndim, shape, arguments[3]->as.boolean);
}

static value *torch_zeros(script *s, const value *callee, value **arguments) {
    (void)callee;
    return value_tensor(s, new_by_size(s, arguments));
}

static value *torch_ones(script *s, const value *callee, value **arguments) {
    (void)callee;
    mlp_variable *ones = new_by_size(s, arguments);
    mlp_tensor *t = &ones->value->tensor;
    for (size_t i = 0; i < t->numel; i++)
        mlp_tensor_set(t, i, 1);
    return value_tensor(s, ones);
}

void tensor_uniform(script *s, mlp_tensor *t, double from, double to) {
    if (t->dtype == MLP_FLOAT64)
        mlp_uniform_f64(&s->generator, t->data, t->numel, from, to);
    else
        mlp_uniform_f32(&s->generator, t->data, t->numel, from, to);
}

static value *torch_rand(script *s, const value *callee, value **arguments) {
    (void)callee;
    mlp_variable *random = new_by_size(s, arguments);
    if (!mlp_dtype_is_floating(random->value->tensor.dtype))
        script_fail(s, s->here, "torch.rand() makes floating-point tensors only");
    script_warn_unseeded(s);
    tensor_uniform(s, &random->value->tensor, 0, 1);
    return value_tensor(s, random);
}

/* --- seeds and defaults --- */

static value *torch_manual_seed(script *s, const value *callee, value **arguments) {
    (void)callee;
    mlp_generator_seed(&s->generator, (uint64_t)arguments[0]->as.integer);
    s->seeded = true;
    return value_none(s);
}

void script_warn_unseeded(script *s) {
    if (!s->seeded)
        script_warn(s, s->here,
                    "random numbers are drawn without torch.manual_seed(): Python draws "
                    "others at every run; here the seed is %d",
                    UNSEEDED);
    s->seeded = true; /* once is enough */
}

static value *torch_set_default_dtype(script *s, const value *callee, value **arguments) {
    (void)callee;
    const mlp_dtype dtype = dtype_argument(s, arguments[0]);
    if (!mlp_dtype_is_floating(dtype))
        script_fail(s, s->here, "only torch.float32 and torch.float64 can be the default dtype");
    s->dtype = dtype;
    return value_none(s);
}

#define SIZED "*size, dtype = None, device = None, requires_grad: bool = False"

const native native_torch[] = {
    {.path = "torch.tensor",
     .signature = "data, *, dtype = None, device = None, requires_grad: bool = False",
     .call = torch_tensor},
    {.path = "torch.Tensor", .signature = "*data", .call = torch_Tensor},
    {.path = "torch.zeros", .signature = SIZED, .call = torch_zeros},
    {.path = "torch.ones", .signature = SIZED, .call = torch_ones},
    {.path = "torch.rand", .signature = SIZED, .call = torch_rand},
    {.path = "torch.manual_seed", .signature = "seed: int", .call = torch_manual_seed},
    {.path = "torch.set_default_dtype", .signature = "d", .call = torch_set_default_dtype},
    {.path = "torch.set_printoptions",
     .signature = "precision = None, threshold = None, edgeitems = None, linewidth = None, "
                  "profile = None, sci_mode = None",
     .call = torch_set_printoptions},
    {.path = "torch.set_num_threads", .signature = "int: int"},
    {.path = "torch.use_deterministic_algorithms",
     .signature = "mode: bool, *, warn_only: bool = False"},
    {.path = "torch.cuda.manual_seed", .signature = "seed: int"},
    {.path = "torch.cuda.manual_seed_all", .signature = "seed: int"},
    {.path = "torch.cuda.empty_cache", .signature = ""},
    {.path = "torch.backends.cudnn.deterministic", .signature = ""},
    {.path = "torch.backends.cudnn.benchmark", .signature = ""},
    {0}};
