/* torch: tensors made from numbers and sizes. */
#include "options.h"
#include "tensor.h"

#include "operations/bounded.h"
#include "python/format.h"
#include "python/iterate.h"
#include "python/off.h"

#include <math.h>
#include <string.h>

static bool is_other_sequence(const object *o) {
    return o->kind == OBJECT_RANGE || strcmp(object_class_name(o), "deque") == 0;
}

static object *as_list(call *c, object *o) {
    return is_other_sequence(o) ? iterate_all(c->script, o, OBJECT_LIST, c->where) : o;
}

/* A range or a deque, and a list of them, as lists. */
static const object *as_lists(call *c, object *data) {
    data = as_list(c, data);
    bool has_others = false;
    for (size_t i = 0; object_is_sequence(data) && i < data->as.sequence.count; i++)
        has_others = has_others || is_other_sequence(data->as.sequence.items[i]);
    if (!has_others)
        return data;
    object *lists = object_sequence(c->script, OBJECT_LIST, data->as.sequence.count);
    for (size_t i = 0; i < data->as.sequence.count; i++)
        lists->as.sequence.items[i] = as_list(c, data->as.sequence.items[i]);
    return lists;
}

/* Arguments: data, dtype, device, requires_grad. */
static object *torch_tensor(call *c) {
    const object *data = as_lists(c, c->arguments[0]);
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
    if (!list || !object_is_sequence(list) || list->type) /* a torch.Size is no list of numbers */
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

/* torch.FloatTensor and the like: the dtype that the native is of. */
static object *typed_tensor(call *c) {
    const mlp_dtype dtype = *(const mlp_dtype *)c->native->data;
    return legacy(c, c->arguments[0], tensor_type_name(dtype) + strlen("torch."), dtype);
}

/* --- by size: zeros(2, 3), zeros((2, 3)), zeros(x.shape) --- */

/* Of the first negative size of whole numbers. */
static void raises_negative(call *c, const object *sizes) {
    object list = *sizes;
    list.kind = OBJECT_LIST;
    for (size_t i = 0; i < sizes->as.sequence.count; i++)
        if (sizes->as.sequence.items[i]->kind != OBJECT_INTEGER)
            return;
    size_t i = 0;
    while (sizes->as.sequence.items[i]->as.integer >= 0)
        i++;
    call_raises(c, RUNTIME_ERROR, "Trying to create tensor with negative dimension %lld: %s",
                (long long)sizes->as.sequence.items[i]->as.integer, format_repr(c, &list));
}

size_t sizes_of(call *c, const object *sizes, size_t shape[MLP_MAX_DIMS]) {
    if (sizes->as.sequence.count > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t i = 0; i < sizes->as.sequence.count; i++) {
        const object *size = tensor_as_whole(c, sizes->as.sequence.items[i]);
        if (size->kind != OBJECT_INTEGER)
            call_fail(c, "a size is a whole number of 0 or more");
        if (size->as.integer < 0)
            raises_negative(c, sizes);
        shape[i] = tensor_size_of(c, size->as.integer);
    }
    return sizes->as.sequence.count;
}

static object *filled(call *c, mlp_variable *v, mlp_number number) {
    tensor_fill(&v->value->tensor, number);
    tensor_set_bound(v->value, tensor_bound_of(c, &v->value->tensor, number));
    return variable_object(c, v);
}

/* With a number of the script. */
static object *filled_checked(call *c, mlp_variable *v, const object *number) {
    option_check_object(c, number, v->value->tensor.dtype);
    return filled(c, v, option_number(number));
}

/* Arguments: size, dtype, device, requires_grad. */
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

/* Whatever the memory holds, which is for a run of Python to know; here, as by chance, zeros. */
static object *torch_empty(call *c) {
    mlp_variable *v = new_by_size(c);
    v->value->unseeded = v->value->unset = v->value->tensor.numel > 0;
    return variable_object(c, v);
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
    return filled_checked(c,
                          tensor_new(c, full_dtype(c, c->arguments[1], c->arguments[2]), ndim,
                                     shape, c->arguments[4]->as.boolean),
                          c->arguments[1]);
}

/* Arguments: n, m, dtype, device, requires_grad. */
static object *torch_eye(call *c) {
    const size_t n = tensor_size_of(c, c->arguments[0]->as.integer);
    const size_t m =
        c->arguments[1]->kind == OBJECT_NONE ? n : tensor_size_of(c, c->arguments[1]->as.integer);
    check_device(c, c->arguments[3]);
    mlp_variable *v = tensor_new(c, dtype_argument(c, c->arguments[2]), 2, (size_t[]){n, m},
                                 c->arguments[4]->as.boolean);
    for (size_t i = 0; i < (n < m ? n : m); i++)
        mlp_tensor_set(&v->value->tensor, i * m + i, 1);
    return variable_object(c, v);
}

/* The arguments are input, dtype, device, requires_grad. */
static mlp_variable *new_like(call *c, object *const *given) {
    const mlp_value *like = tensor_value(c, given[0]);
    const bool has_dtype = given[1]->kind != OBJECT_NONE;
    check_device(c, given[2]);
    check_memory_format(c, call_argument(c, "memory_format"));
    return tensor_like(c, like, has_dtype ? dtype_argument(c, given[1]) : like->tensor.dtype,
                       given[3]->as.boolean);
}

static object *torch_zeros_like(call *c) {
    return filled(c, new_like(c, c->arguments), mlp_integer(0));
}

static object *torch_empty_like(call *c) {
    mlp_variable *v = new_like(c, c->arguments);
    v->value->unseeded = v->value->unset = v->value->tensor.numel > 0;
    return variable_object(c, v);
}

static object *torch_ones_like(call *c) {
    return filled(c, new_like(c, c->arguments), mlp_integer(1));
}

/* Arguments: input, fill_value, dtype, device, requires_grad. */
static object *torch_full_like(call *c) {
    object *like[] = {c->arguments[0], c->arguments[2], c->arguments[3], c->arguments[4]};
    return filled_checked(c, new_like(c, like), c->arguments[1]);
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

/* Number `first` of n: the second half counts back from the end. */
static double spaced(size_t first, size_t n, double start, double end) {
    const double step = (end - start) / (double)(n - 1);
    return first < n / 2 ? fma(step, (double)first, start)
                         : fma(-step, (double)(n - 1 - first), end);
}

/* Before MLP_SPACES_ONE_BY_ONE, as for arange, each 4 numbers begin at one that is rounded first, up
 * to the last full pair of fours; it decides which half all four are in. */
static void fill_linspace(mlp_tensor *t, double start, double end, bool one_by_one) {
    const size_t n = t->numel, lanes = 4;
    const size_t full = one_by_one ? 0 : n - n % (2 * lanes);
    const double step = (end - start) / (double)(n - 1);
    for (size_t i = 0; i < n; i++) {
        const size_t lane = i < full ? i % lanes : 0;
        mlp_tensor_set(t, i, spaced(i - lane, n, start, end) + (double)lane * step);
    }
}

/* The same in float throughout, by 8. */
static void fill_linspace_f32(float *x, size_t n, float start, float end, bool one_by_one) {
    const size_t half = n / 2, lanes = 8, full = one_by_one ? 0 : n - n % (2 * lanes);
    const float step = (end - start) / (float)(n - 1);
    for (size_t i = 0; i < n; i++) {
        const size_t lane = i < full ? i % lanes : 0, first = i - lane;
        const float base = first < half ? fmaf(step, (float)first, start)
                                        : fmaf(-step, (float)(n - 1 - first), end);
        x[i] = base + (float)lane * step;
    }
}

/* Whether all are multiples of a power of two, none with more digits than the type. */
static bool is_spaced_exactly(rounding r, double start, double step, double largest) {
    int exponent;
    frexp(largest, &exponent);
    const double grain = ldexp(r.unit, exponent);
    return grain >= r.smallest && start / grain == rint(start / grain) &&
           step / grain == rint(step / grain);
}

/* Builds have their own ways to start + i step: of up to eight roundings, each of no more than
 * |start| + |end|. All begin with start itself. */
static void bound_spaced(call *c, mlp_value *v, double start, double end, double step) {
    const rounding r = rounding_to(v->tensor.dtype);
    const double largest = fabs(start) + fabs(end);
    if (!trace_of(c)->bounded || is_spaced_exactly(r, start, step, largest))
        return;
    double *bound = script_alloc(c->script, v->tensor.numel, sizeof *bound);
    for (size_t i = 0; i < v->tensor.numel; i++)
        bound[i] = i == 0 ? 0 : 8 * r.unit * largest;
    tensor_set_bound(v, bound);
}

static void fill_integers(mlp_tensor *t, int64_t start, int64_t step) {
    uint64_t number = (uint64_t)start;
    for (size_t i = 0; i < t->numel; i++, number += (uint64_t)step)
        mlp_tensor_set_int(t, i, (int64_t)number);
}

/* What PyTorch makes of the limits: in int64 they are cut to it, else they are doubles, although
 * all integers begin with a whole number, and go on by one. */
typedef struct {
    mlp_number start, end, step;
    bool whole;
} limits;

/* Arguments: end, dtype, device, requires_grad, start, step. */
static mlp_dtype range_dtype(call *c) {
    const size_t given[] = {0, 4, 5};
    if (c->arguments[1]->kind != OBJECT_NONE)
        return dtype_argument(c, c->arguments[1]);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (c->arguments[given[i]] && c->arguments[given[i]]->kind == OBJECT_FLOAT)
            return torch_of(c)->dtype;
    return MLP_INT64;
}

static mlp_number limit(call *c, const object *v, bool whole) {
    option_exact(c, v);
    if (whole && off_splits(trunc, object_estimate(v)))
        script_doubt(c->script);
    return option_number(v);
}

static limits limits_of(call *c, mlp_dtype dtype) {
    const object *start = c->arguments[4];
    const bool whole = dtype == MLP_INT64;
    const limits l = {
        .start = start ? limit(c, start, whole) : mlp_integer(0),
        .end = limit(c, c->arguments[0], whole),
        .step = limit(c, c->arguments[5], whole),
        .whole = whole,
    };
    if (l.whole) {
        option_check_fits(c, l.start, dtype);
        option_check_fits(c, l.end, dtype);
        option_check_fits(c, l.step, dtype);
    }
    return l;
}

/* In int64 PyTorch counts with its integers, which turn their sign where they overflow. */
static double whole_range_size(const limits *l) {
    const int64_t step = l->step.integer, sign = step > 0 ? 1 : -1;
    const int64_t way = (int64_t)((uint64_t)l->end.integer - (uint64_t)l->start.integer +
                                  (uint64_t)step - (uint64_t)sign);
    const int64_t size = step == -1 ? 0 : way / step;
    return step == -1 ? -(double)way : (double)size;
}

static bool goes_against(const limits *l) {
    if (l->whole)
        return l->step.integer > 0 ? l->end.integer < l->start.integer
                                   : l->end.integer > l->start.integer;
    return l->step.real > 0 ? l->end.real < l->start.real : l->end.real > l->start.real;
}

/* Another build may come to another number of them. */
static double real_range_size(call *c, const limits *l) {
    const double way = l->end.real - l->start.real, size = way / l->step.real;
    const estimate start = {l->start.real, l->start.off}, end = {l->end.real, l->end.off};
    const estimate step = {l->step.real, l->step.off};
    if (off_splits(ceil, off_binary(OPERATOR_TRUEDIV, off_binary(OPERATOR_SUB, end, start, way),
                                    step, size)))
        script_doubt(c->script);
    return ceil(size);
}

static size_t range_size(call *c, const limits *l, bool is_integer) {
    const double start = l->whole ? (double)l->start.integer : l->start.real;
    const double end = l->whole ? (double)l->end.integer : l->end.real;
    const double step = l->whole ? (double)l->step.integer : l->step.real;
    if (!(step > 0 || step < 0) || (is_integer && l->step.integer == 0))
        call_fail(call_raises(c, RUNTIME_ERROR, "step must be nonzero"),
                  "arange() needs a step other than 0");
    if (!isfinite(start) || !isfinite(end))
        call_fail(c, "arange() from %g to %g is not a range", start, end);
    if (goes_against(l))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "upper bound and larger bound inconsistent with step sign"),
                  "arange() from %g to %g goes against its step of %g", start, end, step);
    const double size = l->whole ? whole_range_size(l) : real_range_size(c, l);
    if (!(size >= 0 && size < (double)INT64_MAX))
        call_fail(c, "arange() from %g to %g by %g has too many numbers", start, end, step);
    return tensor_size_of(c, (int64_t)size);
}

static object *torch_arange(call *c) {
    const mlp_dtype dtype = range_dtype(c);
    check_device(c, c->arguments[2]);
    if (dtype == MLP_BOOL)
        call_fail(c, "arange() of bools is not known to PyTorch: write .bool() behind it");
    const limits l = limits_of(c, dtype);
    const size_t size = range_size(c, &l, mlp_dtype_is_integer(dtype));
    mlp_variable *v = tensor_new(c, dtype, 1, &size, c->arguments[3]->as.boolean);
    if (mlp_dtype_is_integer(dtype))
        fill_integers(&v->value->tensor, l.start.integer, l.step.integer);
    else {
        fill_range(&v->value->tensor, l.start.real, l.step.real);
        bound_spaced(c, v->value, l.start.real, l.start.real + (double)size * l.step.real,
                     l.step.real);
    }
    return variable_object(c, v);
}

/* Integers: both ends are cut off first, then each 32 bytes begin at a number that is, up to the
 * last full pair of these. */
static void fill_linspace_integers(mlp_tensor *t, double start, double end, bool one_by_one) {
    const size_t n = t->numel;
    const size_t lanes = t->dtype == MLP_INT64   ? 4
                         : t->dtype == MLP_INT32 ? 8
                         : t->dtype == MLP_INT16 ? 16
                                                 : 32;
    const size_t full = one_by_one ? 0 : n - n % (2 * lanes);
    const double step = (end - start) / (double)(n - 1);
    for (size_t i = 0; i < n; i++) {
        const size_t lane = i < full ? i % lanes : 0;
        const double base = spaced(i - lane, n, start, end);
        mlp_tensor_set_int(t, i, (int64_t)(trunc(base) + (double)lane * step));
    }
}

/* Arguments: start, end, steps, dtype, device, requires_grad. */
static object *torch_linspace(call *c) {
    const double start = option_exact(c, c->arguments[0]), end = option_exact(c, c->arguments[1]);
    if (c->arguments[2]->as.integer < 0)
        call_fail(call_raises(c, RUNTIME_ERROR, "number of steps must be non-negative"),
                  "linspace() takes a number of steps of 0 or more");
    const size_t steps = tensor_size_of(c, c->arguments[2]->as.integer);
    check_device(c, c->arguments[4]);
    mlp_variable *v =
        tensor_new(c, dtype_argument(c, c->arguments[3]), 1, &steps, c->arguments[5]->as.boolean);
    if (v->value->tensor.dtype == MLP_BOOL)
        call_fail(c, "linspace() of bools is not supported: write them in torch.tensor([...])");
    option_check_fits(c, mlp_real(start), v->value->tensor.dtype);
    option_check_fits(c, mlp_real(end), v->value->tensor.dtype);
    mlp_tensor *t = &v->value->tensor;
    const bool one_by_one = release_has(c, MLP_SPACES_ONE_BY_ONE);
    if (mlp_dtype_is_integer(t->dtype) && steps > 1)
        fill_linspace_integers(t, trunc(start), trunc(end), one_by_one);
    else if (steps == 1)
        mlp_tensor_set(t, 0, start);
    else if (t->dtype == MLP_FLOAT32)
        fill_linspace_f32(t->data, steps, (float)start, (float)end, one_by_one);
    else
        fill_linspace(t, start, end, one_by_one);
    if (steps > 1)
        bound_spaced(c, v->value, start, end, (end - start) / (double)(steps - 1));
    return variable_object(c, v);
}

/* torch.as_tensor: a Tensor of the dtype is itself. Arguments: data, dtype, device. */
static object *torch_as_tensor(call *c) {
    object *data = c->arguments[0], *dtype = c->arguments[1];
    check_device(c, c->arguments[2]);
    if (is_tensor(data))
        return dtype->kind == OBJECT_NONE ? data : tensor_cast(c, data, dtype_argument(c, dtype));
    const mlp_dtype chosen = dtype_argument(c, dtype);
    return variable_object(
        c, tensor_from(c, as_lists(c, data), dtype->kind == OBJECT_NONE ? NULL : &chosen, false));
}

/* --- of the dtype of a tensor: x.new_zeros(2, 3) --- */

/* Where the dtype is left out it is self's. */
static object *or_own_dtype(call *c, object *dtype) {
    return dtype->kind == OBJECT_NONE ? dtype_object(c, tensor_value(c, c->self)->tensor.dtype)
                                      : dtype;
}

static object *new_zeros(call *c) {
    c->arguments[1] = or_own_dtype(c, c->arguments[1]);
    return torch_zeros(c);
}

static object *new_ones(call *c) {
    c->arguments[1] = or_own_dtype(c, c->arguments[1]);
    return torch_ones(c);
}

static object *new_empty(call *c) {
    c->arguments[1] = or_own_dtype(c, c->arguments[1]);
    return torch_empty(c);
}

static object *new_full(call *c) {
    c->arguments[2] = or_own_dtype(c, c->arguments[2]);
    return torch_full(c);
}

static object *new_tensor(call *c) {
    c->arguments[1] = or_own_dtype(c, c->arguments[1]);
    return torch_tensor(c);
}

/* torch.Size([2, 3]) */
static object *torch_Size(call *c) {
    size_t shape[MLP_MAX_DIMS];
    const size_t ndim = sizes_of(c, c->arguments[0], shape);
    return size_object(c, ndim, shape);
}

#define MADE "*, dtype = None, device = None, requires_grad: bool = False"
#define MADE_LIKE MADE ", memory_format = None"
#define LIKE "input: Tensor, " MADE_LIKE

const native native_creation[] = {
    {.path = "torch.tensor", .signature = "data, " MADE, .call = torch_tensor},
    {.path = "torch.Tensor",
     .class_name = "torch.Tensor",
     .is_type = true,
     .instances = &tensor_type,
     .signature = "*data",
     .call = torch_Tensor},
    {.path = "torch.FloatTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_FLOAT32}},
    {.path = "torch.DoubleTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_FLOAT64}},
    {.path = "torch.LongTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_INT64}},
    {.path = "torch.BoolTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_BOOL}},
    {.path = "torch.IntTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_INT32}},
    {.path = "torch.ShortTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_INT16}},
    {.path = "torch.CharTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_INT8}},
    {.path = "torch.ByteTensor",
     .signature = "*data",
     .call = typed_tensor,
     .data = &(const mlp_dtype){MLP_UINT8}},
    {.path = "torch.zeros", .signature = BY_SIZE, .call = torch_zeros},
    {.path = "torch.ones", .signature = BY_SIZE, .call = torch_ones},
    {.path = "torch.full",
     .signature = "size: sequence, fill_value: float, " MADE,
     .call = torch_full},
    {.path = "torch.eye", .signature = "n: int, m: int = None, " MADE, .call = torch_eye},
    {.path = "torch.as_tensor",
     .signature = "data, dtype = None, device = None",
     .call = torch_as_tensor},
    {.path = "Tensor.new_zeros", .signature = BY_SIZE, .call = new_zeros},
    {.path = "Tensor.new_ones", .signature = BY_SIZE, .call = new_ones},
    {.path = "Tensor.new_empty", .signature = BY_SIZE, .call = new_empty},
    {.path = "Tensor.new_full",
     .signature = "size: sequence, fill_value: float, " MADE,
     .call = new_full},
    {.path = "Tensor.new_tensor", .signature = "data, " MADE, .call = new_tensor},
    {.path = "torch.empty_like", .signature = LIKE, .call = torch_empty_like},
    {.path = "torch.zeros_like", .signature = LIKE, .call = torch_zeros_like},
    {.path = "torch.ones_like", .signature = LIKE, .call = torch_ones_like},
    {.path = "torch.full_like",
     .signature = "input: Tensor, fill_value: float, " MADE_LIKE,
     .call = torch_full_like},
    {.path = "torch.empty", .signature = BY_SIZE, .call = torch_empty},
    {.path = "torch.Size",
     .class_name = "torch.Size",
     .is_type = true,
     .signature = "size: list = (), /",
     .call = torch_Size},
    {.path = "torch.arange",
     .signature = "end: float, " MADE "| start: float, end: float, step: float = 1, " MADE,
     .call = torch_arange},
    {.path = "torch.linspace",
     .signature = "start: float, end: float, steps: int, " MADE,
     .call = torch_linspace},
    {0}};
