/* torch.testing.assert_close: what is not close ends the script with PyTorch's text. */
#include "operators.h"
#include "options.h"
#include "tensor.h"
#include "tuples.h"

#include "python/format.h"

#include <math.h>
#include <string.h>

/* What a comparison is told. rtol and atol are numbers of the script, or None: those of the types. */
typedef struct {
    object *rtol, *atol;
    bool equal_nan, check_dtype;
    const object *msg;
    const char *id; /* [0]['key'] of what is compared within lists and dicts */
} terms;

/* Fails with the text, or with that of the script. */
_Noreturn static void fail(call *c, const terms *t, raises type, const char *text) {
    if (*t->id)
        text = script_printf(c->script, "%s\n\nThe failure occurred for item %s", text, t->id);
    if (t->msg->kind == OBJECT_STRING)
        text = t->msg->as.string;
    const char *line = strchr(text, '\n');
    call_fail(call_raises(c, type, "%s", text), "assert_close: %.*s",
              line ? (int)(line - text) : (int)strlen(text), text);
}

static object *default_tolerance(call *c, const mlp_dtype dtypes[2], bool relative) {
    double tolerance = 0;
    for (size_t i = 0; i < 2; i++) {
        const double of_it = dtypes[i] == MLP_FLOAT32   ? (relative ? 1.3e-6 : 1e-5)
                             : dtypes[i] == MLP_FLOAT64 ? 1e-7
                                                        : 0;
        tolerance = fmax(tolerance, of_it);
    }
    return object_float(c->script, tolerance);
}

/* The terms with tolerances in them: both of the script, or both of the types. */
static terms with_tolerances(call *c, terms t, mlp_dtype a, mlp_dtype b) {
    const bool has_rtol = t.rtol->kind != OBJECT_NONE, has_atol = t.atol->kind != OBJECT_NONE;
    const mlp_dtype dtypes[] = {a, b};
    if (has_rtol != has_atol)
        fail(c, &t, VALUE_ERROR,
             script_printf(c->script,
                           "Both 'rtol' and 'atol' must be either specified or omitted, but got no "
                           "%s.",
                           has_rtol ? "atol" : "rtol"));
    if (!has_rtol) {
        t.rtol = default_tolerance(c, dtypes, true);
        t.atol = default_tolerance(c, dtypes, false);
    }
    return t;
}

static bool is_equality(call *c, const terms *t) {
    return option_decides(c, t->rtol) == 0 && option_decides(c, t->atol) == 0;
}

/* Absolute difference: 1.0 (up to 1e-05 allowed) */
static const char *difference_line(call *c, const terms *t, const char *kind, object *difference,
                                   object *tolerance, const char *where) {
    const char *first = where ? "Greatest " : "", *last = where ? " at index " : "";
    const char *allowed = is_equality(c, t) ? ""
                                            : script_printf(c->script, " (up to %s allowed)",
                                                            format_str(c, tolerance));
    return script_printf(c->script, "%s%s difference: %s%s%s%s", first, kind,
                         format_str(c, difference), last, where ? where : "", allowed);
}

/* --- numbers --- */

static object *magnitude(call *c, const object *a, const object *b) {
    if (a->kind == OBJECT_INTEGER && b->kind == OBJECT_INTEGER) {
        const uint64_t apart = a->as.integer > b->as.integer
                                   ? (uint64_t)a->as.integer - (uint64_t)b->as.integer
                                   : (uint64_t)b->as.integer - (uint64_t)a->as.integer;
        return object_integer(c->script, (int64_t)apart);
    }
    return object_float(c->script, fabs(option_decides(c, a) - option_decides(c, b)));
}

_Noreturn static void fail_numbers(call *c, const terms *t, object *a, object *b) {
    object *apart = magnitude(c, a, b);
    const double size = fabs(option_decides(c, b));
    object *relative =
        object_float(c->script, size == 0 ? (double)INFINITY : option_decides(c, apart) / size);
    const char *both = release_has(c, MLP_RENAMES_NODES)
                           ? script_printf(c->script, "Expected %s but got %s.\n", format_str(c, b),
                                           format_str(c, a))
                           : "";
    fail(c, t, ASSERTION_ERROR,
         script_printf(c->script, "Scalars are not %s!\n\n%s%s\n%s",
                       is_equality(c, t) ? "equal" : "close", both,
                       difference_line(c, t, "Absolute", apart, t->atol, NULL),
                       difference_line(c, t, "Relative", relative, t->rtol, NULL)));
}

static void compare_numbers(call *c, terms t, object *a, object *b) {
    t = with_tolerances(c, t, a->kind == OBJECT_INTEGER ? MLP_INT64 : MLP_FLOAT64,
                        b->kind == OBJECT_INTEGER ? MLP_INT64 : MLP_FLOAT64);
    const double x = option_decides(c, a), y = option_decides(c, b);
    if (t.check_dtype && a->kind != b->kind)
        fail(c, &t, ASSERTION_ERROR,
             script_printf(c->script, "The (d)types do not match: <class '%s'> != <class '%s'>.",
                           object_type(a), object_type(b)));
    if (x == y || (t.equal_nan && isnan(x) && isnan(y)))
        return;
    const double apart = fabs(x - y);
    if (!isfinite(apart) || apart > option_decides(c, t.atol) + option_decides(c, t.rtol) * fabs(y))
        fail_numbers(c, &t, a, b);
}

/* --- tensors --- */

static void fail_attribute(call *c, const terms *t, const char *name, const char *a,
                           const char *b) {
    fail(c, t, ASSERTION_ERROR,
         script_printf(c->script, "The values for attribute '%s' do not match: %s != %s.", name, a,
                       b));
}

/* Of two elements that are not close: |a - b|, and that divided by |b|, as the type computes it. */
static double apart_at(const mlp_tensor *a, const mlp_tensor *b, size_t i, bool relative) {
    const double x = mlp_tensor_get(a, i), y = mlp_tensor_get(b, i);
    if (!mlp_dtype_is_floating(a->dtype))
        return relative ? (double)((float)fabs(x - y) / (float)fabs(y)) : fabs(x - y);
    if (a->dtype == MLP_FLOAT64)
        return relative ? fabs(x - y) / fabs(y) : fabs(x - y);
    const float apart = fabsf((float)x - (float)y);
    return relative ? (double)(apart / fabsf((float)y)) : (double)apart;
}

typedef struct {
    const mlp_tensor *a, *b;
    const bool *differ;
} compared;

/* (0, 1): where element i stands. */
static const char *index_text(call *c, const mlp_tensor *t, size_t i) {
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, t->ndim);
    for (size_t d = t->ndim; d-- > 0; i /= t->shape[d])
        tuple->as.sequence.items[d] = object_integer(c->script, (int64_t)(i % t->shape[d]));
    return format_repr(c, tuple);
}

/* The largest one, and where it stands: the first of them. */
static const char *greatest_line(call *c, const terms *t, const compared *of, bool relative) {
    double most = 0;
    size_t at = 0;
    for (size_t i = 0; i < of->a->numel && !isnan(most); i++) {
        const double apart = of->differ[i] ? apart_at(of->a, of->b, i, relative) : 0;
        if (apart > most || isnan(apart)) {
            most = apart;
            at = i;
        }
    }
    const bool is_whole = !relative && !mlp_dtype_is_floating(of->a->dtype);
    object *number =
        is_whole ? object_integer(c->script, (int64_t)most) : object_float(c->script, most);
    return difference_line(c, t, relative ? "relative" : "absolute", number,
                           relative ? t->rtol : t->atol, index_text(c, of->a, at));
}

_Noreturn static void fail_elements(call *c, const terms *t, const compared *of, size_t count) {
    const size_t n = of->a->numel;
    fail(c, t, ASSERTION_ERROR,
         script_printf(c->script,
                       "Tensor-likes are not %s!\n\nMismatched elements: %zu / %zu (%.1f%%)\n%s\n"
                       "%s",
                       is_equality(c, t) ? "equal" : "close", count, n,
                       100 * ((double)count / (double)n), greatest_line(c, t, of, false),
                       greatest_line(c, t, of, true)));
}

static object *number_of(call *c, const mlp_tensor *t) {
    return mlp_dtype_is_floating(t->dtype) ? object_float(c->script, mlp_tensor_get(t, 0))
                                           : object_integer(c->script, mlp_tensor_get_int(t, 0));
}

static void compare_values(call *c, const terms *t, mlp_value *a, mlp_value *b, mlp_dtype dtype) {
    const mlp_value *of_a = tensor_in_dtype(c, a, dtype), *of_b = tensor_in_dtype(c, b, dtype);
    bool *differ = script_alloc(c->script, of_a->tensor.numel + 1, sizeof *differ);
    const compared of = {&of_a->tensor, &of_b->tensor, differ};
    const mlp_options options = {.rtol = option_decides(c, t->rtol),
                                 .atol = option_decides(c, t->atol),
                                 .equal_nan = t->equal_nan};
    const mlp_dtype close_in = mlp_dtype_is_floating(dtype) ? dtype : torch_of(c)->dtype;
    size_t count = 0;
    script_work(c->script, c->where, of.a->numel);
    tensor_decides(c, of_a);
    tensor_decides(c, of_b);
    for (size_t i = 0; i < of.a->numel; i++) {
        const double x = mlp_tensor_get(of.a, i), y = mlp_tensor_get(of.b, i);
        differ[i] = x != y && !mlp_is_close(close_in, x, y, &options);
        count += differ[i];
    }
    if (count && of.a->ndim == 0)
        fail_numbers(c, t, number_of(c, of.a), number_of(c, of.b));
    if (count)
        fail_elements(c, t, &of, count);
}

static void compare_tensors(call *c, terms t, object *a, object *b) {
    const mlp_tensor *x = &tensor_value(c, a)->tensor, *y = &tensor_value(c, b)->tensor;
    t = with_tolerances(c, t, x->dtype, y->dtype);
    if (!mlp_tensor_same_shape(x, y))
        fail_attribute(c, &t, "shape", format_repr(c, size_object(c, x->ndim, x->shape)),
                       format_repr(c, size_object(c, y->ndim, y->shape)));
    if (t.check_dtype && x->dtype != y->dtype)
        fail_attribute(c, &t, "dtype", format_repr(c, dtype_object(c, x->dtype)),
                       format_repr(c, dtype_object(c, y->dtype)));
    const mlp_dtype both = tensor_result_type(c, a, b);
    const mlp_dtype compared_in = !mlp_dtype_is_floating(both)        ? MLP_INT64
                                  : release_has(c, MLP_RENAMES_NODES) ? both
                                                                      : MLP_FLOAT64;
    compare_values(c, &t, tensor_value(c, a), tensor_value(c, b), compared_in);
}

/* --- whatever there is --- */

static void compare(call *c, const terms *t, object *a, object *b);

static void compare_items(call *c, const terms *t, const object *a, const object *b) {
    const size_t n = a->as.sequence.count, m = b->as.sequence.count;
    if (n != m)
        fail(c, t, ASSERTION_ERROR,
             script_printf(c->script, "The length of the sequences mismatch: %zu != %zu", n, m));
    for (size_t i = 0; i < n; i++) {
        terms inner = *t;
        inner.id = script_printf(c->script, "%s[%zu]", t->id, i);
        compare(c, &inner, a->as.sequence.items[i], b->as.sequence.items[i]);
    }
}

static bool is_plain(const object *o) {
    return o->kind == OBJECT_INTEGER || o->kind == OBJECT_FLOAT;
}

static void compare(call *c, const terms *t, object *a, object *b) {
    script_enter(c->script, c->where, "lists");
    if (object_is_sequence(a) && object_is_sequence(b))
        compare_items(c, t, a, b);
    else if (is_tensor(a) && is_tensor(b))
        compare_tensors(c, *t, a, b);
    else if (is_plain(a) && is_plain(b))
        compare_numbers(c, *t, a, b);
    else if (a->kind == OBJECT_BOOL && b->kind == OBJECT_BOOL) {
        if (a->as.boolean != b->as.boolean)
            fail(c, t, ASSERTION_ERROR,
                 script_printf(c->script, "Booleans mismatch: %s is not %s", format_str(c, a),
                               format_str(c, b)));
    } else if (a->kind != OBJECT_NONE || b->kind != OBJECT_NONE)
        call_fail(c,
                  "assert_close() compares tensors, numbers and lists of them here, not values of "
                  "type %s and %s",
                  object_type(a), object_type(b));
    script_leave(c->script);
}

/* Arguments: actual, expected, and more. */
static object *assert_close(call *c) {
    const terms t = {.rtol = call_argument(c, "rtol"),
                     .atol = call_argument(c, "atol"),
                     .equal_nan = call_argument(c, "equal_nan")->as.boolean,
                     .check_dtype = call_argument(c, "check_dtype")->as.boolean,
                     .msg = call_argument(c, "msg"),
                     .id = ""};
    if (t.msg->kind != OBJECT_NONE && t.msg->kind != OBJECT_STRING)
        call_fail(c, "msg= of assert_close() is a str here");
    if (call_argument(c, "check_stride")->as.boolean)
        call_fail(c, "check_stride=True is not supported: compare .stride()");
    compare(c, &t, c->arguments[0], c->arguments[1]);
    return object_none(c->script);
}

const native native_testing[] = {
    {.path = "torch.testing.assert_close",
     .signature = "actual, expected, *, allow_subclasses: bool = True, "
                  "rtol: Optional[float] = None, atol: Optional[float] = None, "
                  "equal_nan: bool = False, check_device: bool = True, check_dtype: bool = True, "
                  "check_layout: bool = True, check_stride: bool = False, msg = None",
     .call = assert_close},
    {0}};
