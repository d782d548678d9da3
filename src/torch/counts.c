/* How often numbers occur, which there are, and where others would stand among them: torch.bincount,
 * histc, unique, searchsorted. */
#include "options.h"
#include "tensor.h"

#include "mlpstep/bound.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_open(const mlp_value *v) {
    for (size_t i = 0; v->bound && i < v->tensor.numel; i++)
        if (v->bound[i] > 0)
            return true;
    return false;
}

/* Where other builds may count otherwise, no count has a bound. */
static void open_all(call *c, mlp_value *counts, bool open) {
    if (!open)
        return;
    double *bound = script_alloc(c->script, counts->tensor.numel, sizeof *bound);
    for (size_t i = 0; i < counts->tensor.numel; i++)
        bound[i] = INFINITY;
    tensor_set_bound(counts, bound);
}

/* --- bincount --- */

static size_t bins_for(call *c, const mlp_tensor *x, int64_t least) {
    int64_t largest = -1;
    for (size_t i = 0; i < x->numel; i++) {
        const int64_t number = mlp_tensor_get_int(x, i);
        if (number < 0)
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "bincount only supports 1-d non-negative integral inputs."),
                      "bincount() takes numbers from 0 on, not %lld", (long long)number);
        largest = number > largest ? number : largest;
    }
    if (least < 0)
        call_fail(call_raises(c, RUNTIME_ERROR, "minlength should be >= 0"),
                  "minlength is 0 or more, not %lld", (long long)least);
    if (largest == INT64_MAX)
        script_out_of_memory(c->script);
    return tensor_size_of(c, largest + 1 > least ? largest + 1 : least);
}

/* Of weights: each sum is off by what they are, and by its roundings. */
static void bound_weighted(call *c, mlp_value *sums, const mlp_tensor *x,
                           const mlp_value *weights) {
    const double unit = sums->tensor.dtype == MLP_FLOAT32 ? (double)FLT_EPSILON : DBL_EPSILON;
    double *bound = script_alloc(c->script, sums->tensor.numel, sizeof *bound);
    for (size_t i = 0; i < x->numel; i++)
        bound[mlp_tensor_get_int(x, i)] +=
            mlp_value_bound(weights, i) +
            (double)x->numel * unit * fabs(mlp_tensor_get(&weights->tensor, i));
    tensor_set_bound(sums, bound);
}

static object *weighted(call *c, const mlp_value *of, const object *given, size_t bins) {
    const mlp_value *weights = tensor_read(c, given);
    const mlp_tensor *x = &of->tensor, *w = &weights->tensor;
    if (!mlp_tensor_same_shape(x, w))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "weights should be 1-d and have the same length as input"),
                  "bincount() takes a weight for each number");
    const mlp_dtype dtype = w->dtype == MLP_FLOAT32 ? MLP_FLOAT32 : MLP_FLOAT64;
    mlp_variable *v = tensor_new(c, dtype, 1, &bins, false);
    mlp_tensor *sums = &v->value->tensor;
    for (size_t i = 0; i < x->numel; i++) {
        const size_t bin = (size_t)mlp_tensor_get_int(x, i);
        mlp_tensor_set(sums, bin, mlp_tensor_get(sums, bin) + mlp_tensor_get(w, i));
    }
    if (is_open(of))
        open_all(c, v->value, true);
    else if (trace_of(c)->bounded)
        bound_weighted(c, v->value, x, weights);
    return variable_object(c, v);
}

/* Arguments: weights, minlength. */
static object *tensor_bincount(call *c) {
    const mlp_value *of = tensor_read(c, c->self);
    const mlp_tensor *x = &of->tensor;
    if (mlp_dtype_is_floating(x->dtype) || x->dtype == MLP_BOOL || x->ndim != 1)
        call_fail(c, "bincount() takes a vector of integers");
    const size_t bins = bins_for(c, x, call_argument(c, "minlength")->as.integer);
    const object *weights = call_argument(c, "weights");
    if (is_tensor(weights))
        return weighted(c, of, weights, bins);
    mlp_variable *v = tensor_new(c, MLP_INT64, 1, &bins, false);
    for (size_t i = 0; i < x->numel; i++)
        ((int64_t *)v->value->tensor.data)[mlp_tensor_get_int(x, i)]++;
    open_all(c, v->value, is_open(of));
    return variable_object(c, v);
}

/* --- histc --- */

typedef struct {
    double least, most;
    size_t bins;
} histogram;

/* Of what the tensor holds where the limits are equal. */
static histogram limits_of(call *c, const mlp_tensor *x) {
    const int64_t bins = call_argument(c, "bins")->as.integer;
    histogram h = {option_exact(c, call_argument(c, "min")),
                   option_exact(c, call_argument(c, "max")), 0};
    if (bins <= 0)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "torch.histogram(): bins must be > 0, but got %lld for dimension 0",
                              (long long)bins),
                  "histc() has one bin or more");
    h.bins = tensor_size_of(c, bins);
    if (h.least == h.most && x->numel > 0) {
        const double first = mlp_tensor_get(x, 0);
        h = (histogram){first, first, h.bins};
        for (size_t k = 0; k < x->numel; k++) {
            h.least = fmin(h.least, mlp_tensor_get(x, k));
            h.most = fmax(h.most, mlp_tensor_get(x, k));
        }
    }
    if (h.least == h.most)
        h = (histogram){h.least - 1, h.most + 1, h.bins};
    if (!(h.least < h.most) || !isfinite(h.least) || !isfinite(h.most))
        call_fail(c, "histc() needs finite limits, and min below max");
    return h;
}

/* Computed in the type of the numbers, as PyTorch does. */
static size_t bin_of(double x, const histogram *h, mlp_dtype dtype) {
    const double part = (x - h->least) * (double)h->bins / (h->most - h->least);
    const float least = (float)h->least, most = (float)h->most;
    const float rounded = ((float)x - least) * (float)h->bins / (most - least);
    const size_t bin = dtype == MLP_FLOAT32 ? (size_t)rounded : (size_t)part;
    return bin < h->bins ? bin : h->bins - 1;
}

static object *tensor_histc(call *c) {
    const mlp_value *of = tensor_read(c, c->self);
    const mlp_tensor *x = &of->tensor;
    if (!mlp_dtype_is_floating(x->dtype))
        call_fail(c, "histc() takes floating-point tensors: write .float() behind it");
    if (of->requires_grad && !trace_of(c)->no_grad)
        call_fail(c, "histc() has no gradient: write .detach() before it");
    const histogram h = limits_of(c, x);
    mlp_variable *v = tensor_new(c, x->dtype, 1, &h.bins, false);
    mlp_tensor *counts = &v->value->tensor;
    for (size_t i = 0; i < x->numel; i++) {
        const double number = mlp_tensor_get(x, i);
        if (!(number >= h.least && number <= h.most))
            continue;
        const size_t bin = bin_of(number, &h, x->dtype);
        mlp_tensor_set(counts, bin, mlp_tensor_get(counts, bin) + 1);
    }
    open_all(c, v->value, is_open(of));
    return variable_object(c, v);
}

/* --- unique --- */

/* The number, and where it stood. */
typedef struct {
    double number;
    int64_t integer;
    size_t place;
} placed;

static int by_number(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->integer != y->integer)
        return x->integer < y->integer ? -1 : 1;
    if (isnan(x->number) != isnan(y->number))
        return isnan(x->number) ? 1 : -1;
    if (x->number < y->number || x->number > y->number)
        return x->number < y->number ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static placed *placed_numbers(call *c, const mlp_tensor *x) {
    const bool is_floating = mlp_dtype_is_floating(x->dtype);
    placed *all = script_alloc(c->script, x->numel, sizeof *all);
    for (size_t i = 0; i < x->numel; i++)
        all[i] = (placed){is_floating ? mlp_tensor_get(x, i) : 0,
                          is_floating ? 0 : mlp_tensor_get_int(x, i), i};
    return all;
}

static bool is_same(const placed *a, const placed *b) {
    return a->integer == b->integer && a->number == b->number;
}

/* The three tensors of an answer, those that were asked for. */
static object *answers(call *c, mlp_variable *values, mlp_variable *inverse, mlp_variable *counts) {
    mlp_variable *const all[] = {values, inverse, counts};
    size_t count = 0;
    for (size_t i = 0; i < 3; i++)
        count += all[i] != NULL;
    if (count == 1)
        return variable_object(c, values);
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, count);
    for (size_t i = 0, k = 0; i < 3; i++)
        if (all[i])
            tuple->as.sequence.items[k++] = variable_object(c, all[i]);
    return tuple;
}

/* Each run of equal numbers as one. */
static object *runs_of(call *c, const mlp_tensor *x, const placed *all) {
    size_t runs = 0;
    for (size_t i = 0; i < x->numel; i++)
        runs += i == 0 || !is_same(&all[i - 1], &all[i]);
    const bool wants_inverse = call_argument(c, "return_inverse")->as.boolean;
    const bool wants_counts = call_argument(c, "return_counts")->as.boolean;
    mlp_variable *values = tensor_new(c, x->dtype, 1, &runs, false);
    mlp_variable *inverse =
        wants_inverse ? tensor_new(c, MLP_INT64, x->ndim, x->shape, false) : NULL;
    mlp_variable *counts = wants_counts ? tensor_new(c, MLP_INT64, 1, &runs, false) : NULL;
    const size_t size = mlp_dtype_size(x->dtype);
    size_t run = 0;
    for (size_t i = 0; i < x->numel; i++) {
        run += i > 0 && !is_same(&all[i - 1], &all[i]);
        if (i == 0 || !is_same(&all[i - 1], &all[i]))
            memcpy((char *)values->value->tensor.data + run * size,
                   (const char *)x->data + all[i].place * size, size);
        if (inverse)
            ((int64_t *)inverse->value->tensor.data)[all[i].place] = (int64_t)run;
        if (counts)
            ((int64_t *)counts->value->tensor.data)[run]++;
    }
    return answers(c, values, inverse, counts);
}

static const mlp_tensor *numbers_to_compare(call *c, const char *name) {
    const mlp_value *of = tensor_read(c, c->self);
    if (call_argument(c, "dim")->kind != OBJECT_NONE)
        call_fail(c, "dim= of %s() is not supported: without it all elements are compared", name);
    if (of->requires_grad && !trace_of(c)->no_grad)
        call_fail(c, "%s() has no gradient: write .detach() before it", name);
    tensor_decides(c, of);
    return &of->tensor;
}

static object *tensor_unique(call *c) {
    const mlp_tensor *x = numbers_to_compare(c, "unique");
    placed *all = placed_numbers(c, x);
    if (!call_argument(c, "sorted")->as.boolean)
        call_fail(c, "the order of unique(sorted=False) is not known here: leave sorted out");
    script_work(c->script, c->where, 20 * (uint64_t)x->numel);
    qsort(all, x->numel, sizeof *all, by_number);
    return runs_of(c, x, all);
}

static object *tensor_unique_consecutive(call *c) {
    const mlp_tensor *x = numbers_to_compare(c, "unique_consecutive");
    return runs_of(c, x, placed_numbers(c, x));
}

/* --- searchsorted, bucketize --- */

/* How many of the n numbers are below x, or, from the right, not above it. */
static size_t place_among(const mlp_tensor *sorted, size_t first, size_t n, double x, bool right) {
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const double number = mlp_tensor_get(sorted, first + middle);
        const bool is_before = right ? !(number > x) : !(number >= x);
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    return low;
}

/* Each value in the row of `sorted` that is its own, or in the only one. */
static object *placed_among(call *c, const mlp_value *sorted, const mlp_value *values) {
    const mlp_tensor *s = &sorted->tensor, *x = &values->tensor;
    const size_t n = s->ndim ? s->shape[s->ndim - 1] : 0;
    const size_t per_row = s->ndim > 1 ? x->shape[x->ndim - 1] : 1;
    const bool right = call_argument(c, "right")->as.boolean;
    mlp_variable *v = tensor_new(c, MLP_INT64, x->ndim, x->shape, false);
    for (size_t i = 0; i < x->numel; i++)
        ((int64_t *)v->value->tensor.data)[i] = (int64_t)place_among(
            s, s->ndim > 1 ? i / per_row * n : 0, n, mlp_tensor_get(x, i), right);
    open_all(c, v->value, is_open(sorted) || is_open(values));
    return variable_object(c, v);
}

static void check_rows(call *c, const mlp_tensor *s, const mlp_tensor *x) {
    bool fit = s->ndim == 1 || s->ndim == x->ndim;
    for (size_t d = 0; fit && s->ndim > 1 && d + 1 < s->ndim; d++)
        fit = s->shape[d] == x->shape[d];
    if (!fit || s->ndim == 0)
        call_fail(c,
                  "searchsorted() takes a vector, or a row of sorted numbers for each of values");
    if (s->dtype != x->dtype)
        call_fail(c, "searchsorted() takes tensors of one dtype, not %s and %s",
                  mlp_dtype_name(s->dtype), mlp_dtype_name(x->dtype));
}

static const mlp_value *values_given(call *c, const object *given, mlp_dtype dtype) {
    if (is_tensor(given))
        return tensor_read(c, given);
    return tensor_constant(c, given, dtype);
}

/* Arguments: sorted_sequence, values, right. */
static object *torch_searchsorted(call *c) {
    const mlp_value *sorted = tensor_read(c, c->arguments[0]);
    const mlp_value *values = values_given(c, c->arguments[1], sorted->tensor.dtype);
    check_rows(c, &sorted->tensor, &values->tensor);
    return placed_among(c, sorted, values);
}

/* Arguments: input, boundaries, right. */
static object *torch_bucketize(call *c) {
    const mlp_value *sorted = tensor_read(c, c->arguments[1]);
    if (sorted->tensor.ndim != 1)
        call_fail(c, "bucketize() takes a vector of boundaries");
    return placed_among(c, sorted, values_given(c, c->arguments[0], sorted->tensor.dtype));
}

#define ANSWERS \
    "return_inverse: bool = False, return_counts: bool = False, dim: Optional[int] = None"

const native native_counts[] = {
    {.path = "Tensor.bincount",
     .signature = "weights: Optional[Tensor] = None, minlength: int = 0",
     .call = tensor_bincount,
     .is_function = true},
    {.path = "Tensor.histc",
     .signature = "bins: int = 100, min: number = 0, max: number = 0",
     .call = tensor_histc,
     .is_function = true},
    {.path = "Tensor.unique",
     .signature = "sorted: bool = True, " ANSWERS,
     .call = tensor_unique,
     .is_function = true},
    {.path = "Tensor.unique_consecutive",
     .signature = ANSWERS,
     .call = tensor_unique_consecutive,
     .is_function = true},
    {.path = "torch.searchsorted",
     .signature = "sorted_sequence: Tensor, values, *, right: bool = False",
     .call = torch_searchsorted},
    {.path = "torch.bucketize",
     .signature = "input, boundaries: Tensor, *, right: bool = False",
     .call = torch_bucketize},
    {0}};
