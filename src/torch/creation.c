/* torch: tensors made from numbers and sizes. */
#include "options.h"
#include "tensor.h"

#include <math.h>

/* Arguments: data, dtype, device, requires_grad. */
static object *torch_tensor(call *c) {
    const object *data = c->arguments[0];
    const bool requires_grad = c->arguments[3]->as.boolean;
    check_device(c, c->arguments[2]);
    if (is_tensor(data))
        call_fail(c, "torch.tensor() takes numbers and lists of them, not a Tensor: write "
                     ".clone().detach()");
    const mlp_dtype dtype = dtype_argument(c, c->arguments[1]);
    return variable_object(
        c,
        tensor_from(c, data, c->arguments[1]->kind == OBJECT_NONE ? NULL : &dtype, requires_grad));
}

static object *legacy(call *c, const object *given, const char *name, mlp_dtype dtype) {
    const object *list = given->as.sequence.count == 1 ? given->as.sequence.items[0] : NULL;
    if (!list || (list->kind != OBJECT_LIST && list->kind != OBJECT_TUPLE))
        call_fail(c,
                  "torch.%s() takes one list of numbers; for a tensor of a given size write "
                  "torch.zeros()",
                  name);
    return variable_object(c, tensor_from(c, list, &dtype, false));
}

/* torch.Tensor([...]) always has the default dtype, whatever the numbers are. */
static object *torch_Tensor(call *c) {
    return legacy(c, c->arguments[0], "Tensor", torch_of(c)->dtype);
}

static object *torch_FloatTensor(call *c) {
    return legacy(c, c->arguments[0], "FloatTensor", MLP_FLOAT32);
}

static object *torch_LongTensor(call *c) {
    return legacy(c, c->arguments[0], "LongTensor", MLP_INT64);
}

/* --- by size: zeros(2, 3), zeros((2, 3)), zeros(x.shape) --- */

size_t sizes_of(call *c, const object *sizes, size_t shape[MLP_MAX_DIMS]) {
    if (sizes->as.sequence.count == 1 && object_is_sequence(sizes->as.sequence.items[0]))
        sizes = sizes->as.sequence.items[0];
    if (sizes->as.sequence.count > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i < sizes->as.sequence.count; i++) {
        const object *size = sizes->as.sequence.items[i];
        if (size->kind != OBJECT_INTEGER || size->as.integer < 0)
            call_fail(c, "a size is a whole number of 0 or more");
        shape[i] = (size_t)size->as.integer;
    }
    return sizes->as.sequence.count;
}

static object *filled(call *c, mlp_variable *v, mlp_number number) {
    tensor_fill(&v->value->tensor, number);
    return variable_object(c, v);
}

/* Arguments: *size, dtype, device, requires_grad. */
static mlp_variable *new_by_size(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sizes_of(c, c->arguments[0], shape);
    check_device(c, c->arguments[2]);
    return tensor_new(c, dtype_argument(c, c->arguments[1]), ndim, shape,
                      c->arguments[3]->as.boolean);
}

static object *torch_zeros(call *c) {
    return filled(c, new_by_size(c), mlp_integer(0));
}

static object *torch_ones(call *c) {
    return filled(c, new_by_size(c), mlp_integer(1));
}

/* Of the number where none is given, as torch.full chooses it. */
static mlp_dtype full_dtype(call *c, const object *number, const object *dtype) {
    if (dtype->kind != OBJECT_NONE)
        return dtype_argument(c, dtype);
    return number->kind == OBJECT_FLOAT  ? torch_of(c)->dtype
           : number->kind == OBJECT_BOOL ? MLP_BOOL
                                         : MLP_INT64;
}

/* Arguments: size, fill_value, dtype, device, requires_grad. */
static object *torch_full(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sizes_of(c, c->arguments[0], shape);
    check_device(c, c->arguments[3]);
    return filled(c,
                  tensor_new(c, full_dtype(c, c->arguments[1], c->arguments[2]), ndim, shape,
                             c->arguments[4]->as.boolean),
                  option_number(c->arguments[1]));
}

/* Arguments: n, m, dtype, device, requires_grad. */
static object *torch_eye(call *c) {
    const int64_t n = c->arguments[0]->as.integer;
    const int64_t m = c->arguments[1]->kind == OBJECT_NONE ? n : c->arguments[1]->as.integer;
    if (n < 0 || m < 0)
        call_fail(c, "a size is a whole number of 0 or more");
    check_device(c, c->arguments[3]);
    mlp_variable *v = tensor_new(c, dtype_argument(c, c->arguments[2]), 2,
                                 (size_t[]){(size_t)n, (size_t)m}, c->arguments[4]->as.boolean);
    for (size_t i = 0; i < (size_t)(n < m ? n : m); i++)
        mlp_tensor_set(&v->value->tensor, i * (size_t)m + i, 1);
    return variable_object(c, v);
}

/* The arguments are input, dtype, device, requires_grad. */
static mlp_variable *new_like(call *c, object *const *given) {
    const mlp_value *like = tensor_value(c, given[0]);
    const bool has_dtype = given[1]->kind != OBJECT_NONE;
    check_device(c, given[2]);
    return tensor_like(c, like, has_dtype ? dtype_argument(c, given[1]) : like->tensor.dtype,
                       given[3]->as.boolean);
}

static object *torch_zeros_like(call *c) {
    return filled(c, new_like(c, c->arguments), mlp_integer(0));
}

static object *torch_ones_like(call *c) {
    return filled(c, new_like(c, c->arguments), mlp_integer(1));
}

/* Arguments: input, fill_value, dtype, device, requires_grad. */
static object *torch_full_like(call *c) {
    object *like[] = {c->arguments[0], c->arguments[2], c->arguments[3], c->arguments[4]};
    return filled(c, new_like(c, like), option_number(c->arguments[1]));
}

/* --- arange --- */

/* float32 as PyTorch's vectors have it: each 8 numbers begin at one that is rounded first. They are
 * taken in pairs, and the numbers behind the last full pair are computed one by one. */
static void fill_range(mlp_tensor *t, double start, double step) {
    const size_t lanes = t->dtype == MLP_FLOAT32 ? 8 : 4;
    const size_t full = t->numel - t->numel % (2 * lanes);
    for (size_t i = 0; i < t->numel; i++) {
        double base = fma(step, (double)(i - i % lanes), start);
        if (t->dtype == MLP_FLOAT32)
            base = (double)(float)base;
        mlp_tensor_set(
            t, i, i < full ? fma(step, (double)(i % lanes), base) : fma(step, (double)i, start));
    }
}

/* The second half counts back from the end. As for arange, each 4 numbers begin at one that
 * is rounded first, up to the last full pair of fours; it decides which half all four are in. */
static void fill_linspace(mlp_tensor *t, double start, double end) {
    const size_t n = t->numel, half = n / 2, lanes = 4, full = n - n % (2 * lanes);
    const double step = (end - start) / (double)(n - 1);
    for (size_t i = 0; i < n; i++) {
        const size_t lane = i < full ? i % lanes : 0, first = i - lane;
        const double base = first < half ? fma(step, (double)first, start)
                                         : fma(-step, (double)(n - 1 - first), end);
        mlp_tensor_set(t, i, base + (double)lane * step);
    }
}

/* The same in float throughout, by 8. */
static void fill_linspace_f32(float *x, size_t n, float start, float end) {
    const size_t half = n / 2, lanes = 8, full = n - n % (2 * lanes);
    const float step = (end - start) / (float)(n - 1);
    for (size_t i = 0; i < n; i++) {
        const size_t lane = i < full ? i % lanes : 0, first = i - lane;
        const float base = first < half ? fmaf(step, (float)first, start)
                                        : fmaf(-step, (float)(n - 1 - first), end);
        x[i] = base + (float)lane * step;
    }
}

static void fill_integers(mlp_tensor *t, int64_t start, int64_t step) {
    uint64_t number = (uint64_t)start;
    for (size_t i = 0; i < t->numel; i++, number += (uint64_t)step)
        ((int64_t *)t->data)[i] = (int64_t)number;
}

static size_t range_size(call *c, double start, double stop, double step) {
    const double size = ceil((stop - start) / step);
    if (step == 0)
        call_fail(c, "arange() needs a step other than 0");
    if (!isfinite(size) || size > 9007199254740992.0)
        call_fail(c, "arange() from %g to %g is not a range", start, stop);
    if ((step > 0 && stop < start) || (step < 0 && stop > start))
        call_fail(c, "arange() from %g to %g goes against its step of %g", start, stop, step);
    return (size_t)size;
}

/* The same as range_size, which has found it a range, without its rounding. */
static size_t integer_range_size(call *c, int64_t start, int64_t stop, int64_t step) {
    if (step > 0 ? stop < start : stop > start)
        call_fail(c, "arange() from %lld to %lld goes against its step of %lld", (long long)start,
                  (long long)stop, (long long)step);
    const uint64_t way =
        step > 0 ? (uint64_t)stop - (uint64_t)start : (uint64_t)start - (uint64_t)stop;
    const uint64_t each = step > 0 ? (uint64_t)step : -(uint64_t)step;
    return (size_t)(way / each + (way % each != 0));
}

/* The limits and the step of arange(end), arange(start, end), arange(start, end, step), or by these
 * names. Arguments: them, start, end, step. */
static void take_limits(call *c, const object *limits[3]) {
    const size_t count = c->arguments[0]->as.sequence.count;
    object *const *given = c->arguments[0]->as.sequence.items;
    for (size_t i = 0; i < 3; i++)
        limits[i] = c->arguments[1 + i];
    if (count > 3)
        call_fail(c, "arange() takes end, or start and end, or start, end and step");
    const bool named = limits[0]->kind != OBJECT_NONE || limits[1]->kind != OBJECT_NONE;
    const size_t first = count == 1 && !named ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        if (limits[first + i]->kind != OBJECT_NONE)
            call_fail(c, "arange() was given a limit twice: by its position and by its name");
        limits[first + i] = given[i];
    }
}

/* The same as numbers; whether all of them are whole. */
static bool read_limits(call *c, mlp_number numbers[3]) {
    const object *limits[3];
    bool integers = true;
    take_limits(c, limits);
    for (size_t i = 0; i < 3; i++) {
        if (limits[i]->kind == OBJECT_NONE && i != 1)
            continue;
        if (!object_is_number(limits[i]))
            call_fail(c, "arange() takes numbers, not a value of type %s", object_type(limits[i]));
        integers = integers && limits[i]->kind != OBJECT_FLOAT;
        numbers[i] = option_number(limits[i]);
    }
    return integers;
}

/* Arguments: those of the limits, dtype, device, requires_grad. */
static object *torch_arange(call *c) {
    mlp_number numbers[3] = {mlp_integer(0), mlp_integer(0), mlp_integer(1)};
    const bool integers = read_limits(c, numbers);
    check_device(c, c->arguments[5]);
    const mlp_dtype dtype = c->arguments[4]->kind != OBJECT_NONE
                                ? dtype_argument(c, c->arguments[4])
                            : integers ? MLP_INT64
                                       : torch_of(c)->dtype;
    const bool exact = integers && dtype == MLP_INT64;
    size_t size = range_size(c, numbers[0].real, numbers[1].real, numbers[2].real);
    if (exact)
        size = integer_range_size(c, numbers[0].integer, numbers[1].integer, numbers[2].integer);
    mlp_variable *v = tensor_new(c, dtype, 1, &size, c->arguments[6]->as.boolean);
    if (exact)
        fill_integers(&v->value->tensor, numbers[0].integer, numbers[2].integer);
    else
        fill_range(&v->value->tensor, numbers[0].real, numbers[2].real);
    return variable_object(c, v);
}

/* Arguments: start, end, steps, dtype, device, requires_grad. */
static object *torch_linspace(call *c) {
    const double start = object_as_number(c->arguments[0]), end = object_as_number(c->arguments[1]);
    if (c->arguments[2]->as.integer < 0)
        call_fail(c, "linspace() takes a number of steps of 0 or more");
    const size_t steps = (size_t)c->arguments[2]->as.integer;
    check_device(c, c->arguments[4]);
    mlp_variable *v =
        tensor_new(c, dtype_argument(c, c->arguments[3]), 1, &steps, c->arguments[5]->as.boolean);
    if (!mlp_dtype_is_floating(v->value->tensor.dtype))
        call_fail(c, "linspace() of integers is not supported: write torch.arange()");
    mlp_tensor *t = &v->value->tensor;
    if (steps == 1)
        mlp_tensor_set(t, 0, start);
    else if (t->dtype == MLP_FLOAT32)
        fill_linspace_f32(t->data, steps, (float)start, (float)end);
    else
        fill_linspace(t, start, end);
    return variable_object(c, v);
}

/* torch.Size([2, 3]) */
static object *torch_Size(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sizes_of(c, c->arguments[0], shape);
    return size_object(c, ndim, shape);
}

#define SIZED "*size, dtype = None, device = None, requires_grad: bool = False"
#define LIKE "input: Tensor, *, dtype = None, device = None, requires_grad: bool = False"
#define MADE "*, dtype = None, device = None, requires_grad: bool = False"

const native native_creation[] = {
    {.path = "torch.tensor", .signature = "data, " MADE, .call = torch_tensor},
    {.path = "torch.Tensor",
     .class_name = "torch.Tensor",
     .is_type = true,
     .instances = &tensor_type,
     .signature = "*data",
     .call = torch_Tensor},
    {.path = "torch.FloatTensor", .signature = "*data", .call = torch_FloatTensor},
    {.path = "torch.LongTensor", .signature = "*data", .call = torch_LongTensor},
    {.path = "torch.zeros", .signature = SIZED, .call = torch_zeros},
    {.path = "torch.ones", .signature = SIZED, .call = torch_ones},
    {.path = "torch.full", .signature = "size: list, fill_value: float, " MADE, .call = torch_full},
    {.path = "torch.eye", .signature = "n: int, m: Optional[int] = None, " MADE, .call = torch_eye},
    {.path = "torch.zeros_like", .signature = LIKE, .call = torch_zeros_like},
    {.path = "torch.ones_like", .signature = LIKE, .call = torch_ones_like},
    {.path = "torch.full_like",
     .signature = "input: Tensor, fill_value: float, " MADE,
     .call = torch_full_like},
    {.path = "torch.empty", .signature = SIZED, .call = torch_zeros},
    {.path = "torch.Size",
     .class_name = "torch.Size",
     .is_type = true,
     .signature = "size: list = (), /",
     .call = torch_Size},
    {.path = "torch.arange",
     .signature = "*range, start = None, end = None, step = None, dtype = None, device = None, "
                  "requires_grad: bool = False",
     .call = torch_arange},
    {.path = "torch.linspace",
     .signature = "start: float, end: float, steps: int, " MADE,
     .call = torch_linspace},
    {0}};
