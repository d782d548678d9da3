/* F.pad(input, pad, mode='constant', value): numbers before and behind a tensor, or fewer of its own,
 * along its last dimensions. */
#include "options.h"
#include "tensor.h"

#include <string.h>

/* How many before and behind, along dimension dim; negative: so many are cut off. */
typedef struct {
    size_t dim;
    int64_t before, behind;
} margins;

static mlp_value *hidden(call *c, mlp_request request) {
    request.hidden = true;
    return tensor_step(c, &request);
}

static mlp_value *cut(call *c, mlp_value *x, margins m) {
    const int64_t size = (int64_t)x->tensor.shape[m.dim];
    const int64_t start = m.before < 0 ? -m.before : 0;
    const int64_t stop = m.behind < 0 ? size + m.behind : size;
    if (start == 0 && stop == size)
        return x;
    if (stop < start || stop < 0)
        call_fail(c, "pad cuts off %lld of %lld along dimension %zu",
                  (long long)(start + size - stop), (long long)size, m.dim);
    return hidden(c, (mlp_request){.operation = &mlp_slice,
                                   .in = {x},
                                   .options = {.dim = (int64_t)m.dim,
                                               .start = start,
                                               .stop = stop,
                                               .has_start = true,
                                               .has_stop = true}});
}

/* The sizes of x, but for `count` along the dimension; all of them the number. */
static mlp_value *margin(call *c, const mlp_value *x, size_t dim, int64_t count,
                         mlp_number number) {
    size_t shape[MLP_MAX_DIMS];
    for (size_t d = 0; d < x->tensor.ndim; d++)
        shape[d] = d == dim ? tensor_size_of(c, count) : x->tensor.shape[d];
    mlp_value *v = tensor_new(c, x->tensor.dtype, x->tensor.ndim, shape, false)->value;
    tensor_fill(&v->tensor, number);
    tensor_set_bound(v, tensor_bound_of(c, &v->tensor, number));
    v->label.hidden = true;
    return v;
}

static mlp_request joined(call *c, mlp_value *x, margins m, mlp_number number) {
    mlp_request request = {.operation = &mlp_cat, .options.dim = (int64_t)m.dim};
    size_t count = 0;
    if (m.before > 0)
        request.in[count++] = margin(c, x, m.dim, m.before, number);
    request.in[count++] = x;
    if (m.behind > 0)
        request.in[count++] = margin(c, x, m.dim, m.behind, number);
    return request;
}

static mlp_number number_of(call *c, const mlp_tensor *x, const object *value) {
    const mlp_number number = value->kind == OBJECT_NONE ? mlp_integer(0) : option_number(value);
    option_check_fits(c, number, x->dtype);
    return number;
}

static const object *widths_of(call *c, const mlp_tensor *x) {
    const object *pad = c->arguments[1];
    const size_t count = pad->as.sequence.count;
    if (count % 2)
        call_fail(call_raises(c, RUNTIME_ERROR, "Padding length must be divisible by 2"),
                  "pad has a number before and one behind for each dimension, from the last one");
    if (count / 2 > x->ndim)
        call_fail(call_raises(c, RUNTIME_ERROR, "Padding length too large"),
                  "pad has two numbers for each of at most %zu dimensions, not %zu", x->ndim,
                  count);
    return pad;
}

static int64_t width(call *c, const object *pad, size_t i) {
    const object *o = pad->as.sequence.items[i];
    if (o->kind != OBJECT_INTEGER)
        call_fail(c, "pad takes whole numbers, not a value of type %s", object_type(o));
    return o->as.integer;
}

/* Nothing may be left of a dimension only where nothing is put to another. */
static void check_left(call *c, const mlp_tensor *x, const object *widths) {
    const size_t count = widths->as.sequence.count;
    bool grows = false;
    for (size_t i = 0; i < count; i++)
        grows = grows || width(c, widths, i) > 0;
    for (size_t i = 0; i < count && grows; i += 2) {
        const size_t dim = x->ndim - 1 - i / 2;
        const int64_t before = width(c, widths, i), behind = width(c, widths, i + 1);
        const int64_t size = (int64_t)x->shape[dim];
        if (before >= -size && behind >= -size && before + behind <= -size)
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "The input size %lld, plus negative padding %lld and %lld "
                                  "resulted in a negative output size, which is invalid. Check "
                                  "dimension %zu of your input.",
                                  (long long)size, (long long)before, (long long)behind, dim),
                      "pad leaves nothing along dimension %zu", dim);
    }
}

/* Arguments: input, pad, mode, value. */
static object *pad(call *c) {
    mlp_value *x = tensor_value(c, c->arguments[0]);
    if (strcmp(c->arguments[2]->as.string, "constant") != 0)
        call_fail(c, "pad() with mode='%s' is not supported: write torch.cat() of the parts",
                  c->arguments[2]->as.string);
    const object *widths = widths_of(c, &x->tensor);
    check_left(c, &x->tensor, widths);
    const mlp_number number = number_of(c, &x->tensor, c->arguments[3]);
    const size_t ndim = x->tensor.ndim, pairs = widths->as.sequence.count / 2;
    mlp_request last = {.operation = &mlp_clone, .in = {x}};
    for (size_t i = 0; i < pairs; i++) {
        const margins m = {ndim - 1 - i, width(c, widths, 2 * i), width(c, widths, 2 * i + 1)};
        x = cut(c, i ? hidden(c, last) : x, m);
        last = m.before > 0 || m.behind > 0 ? joined(c, x, m, number)
                                            : (mlp_request){.operation = &mlp_clone, .in = {x}};
    }
    mlp_variable *padded = tensor_computed(c, &last);
    padded->value->producer->grad_fn = "ConstantPadNdBackward0";
    return variable_object(c, padded);
}

const native native_pad[] = {
    {.path = "torch.nn.functional.pad",
     .signature = "input: Tensor, pad: sequence, mode: str = 'constant', value = None",
     .call = pad},
    {0}};
