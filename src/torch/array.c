/* tensor.numpy(): the numbers of a tensor, to be printed and looked at as numpy does. It shares them
 * with the tensor. What numpy computes of it is written in modules/array.py. */
#include "array.h"

#include "operators.h"
#include "tensor.h"

#include "mlpstep/bound.h"

#include "python/arithmetic.h"
#include "python/note.h"
#include "tensor/array_text.h"

#include <string.h>

/* An array, or a number that was picked from one. */
typedef struct {
    object *tensor; /* without history */
    bool is_number;
} array;

bool is_array(const object *o) {
    return o->kind == OBJECT_EXTENSION && o->type == &array_type;
}

object *array_tensor(const object *o) {
    return ((const array *)o->as.data)->tensor;
}

bool array_is_number(const object *o) {
    return ((const array *)o->as.data)->is_number;
}

static const mlp_tensor *numbers_of(call *c, const object *o) {
    return &tensor_value(c, array_tensor(o))->tensor;
}

static object *new_array(call *c, object *tensor, bool is_number) {
    array *a = script_alloc(c->script, 1, sizeof *a);
    *a = (array){tensor, is_number};
    return object_extension(c->script, &array_type, a);
}

/* Of numbers of its own. */
static object *new_copy(call *c, object *tensor, bool is_number) {
    mlp_value *v = tensor_value(c, tensor);
    return new_array(c, value_object(c, tensor_copied(c, v, v->tensor.dtype)), is_number);
}

/* A number does not follow the tensor, as an array does. */
object *array_part(call *c, object *tensor) {
    return tensor_value(c, tensor)->tensor.ndim > 0 ? new_array(c, tensor, false)
                                                    : new_copy(c, tensor, true);
}

static object *tensor_numpy(call *c) {
    if (mlp_variable_requires_grad(variable_of(c->self)))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Can't call numpy() on Tensor that requires grad. Use "
                              "tensor.detach().numpy() instead."),
                  "numpy() of a tensor that requires grad: write .detach().numpy()");
    return new_array(c, variable_object(c, tensor_detached(c, variable_of(c->self))), false);
}

/* --- text --- */

typedef struct {
    call *call;
    buffer *out;
    const mlp_value *value;
} noting;

static void note_number(void *context, size_t i, size_t start, size_t length) {
    const noting *n = context;
    if (mlp_dtype_is_floating(n->value->tensor.dtype))
        note_float(n->call->script, n->out->bytes + start, length,
                   (estimate){mlp_tensor_get(&n->value->tensor, i), mlp_value_bound(n->value, i)});
}

/* numpy 2, which newer releases run with, wraps the repr of a number: np.float32(0.5) */
static const char *scalar_type(call *c, const object *self) {
    static const char *const names[] = {
        [MLP_FLOAT32] = "np.float32", [MLP_FLOAT64] = "np.float64", [MLP_INT64] = "np.int64",
        [MLP_BOOL] = "np.",           [MLP_INT32] = "np.int32",     [MLP_INT16] = "np.int16",
        [MLP_INT8] = "np.int8",       [MLP_UINT8] = "np.uint8"};
    const mlp_tensor *t = numbers_of(c, self);
    const bool wraps = array_is_number(self) && release_has(c, MLP_RUNS_ON_PYTHON_3_12);
    return wraps ? names[t->dtype] : NULL;
}

static void print(call *c, const object *self, buffer *out, bool is_repr) {
    const mlp_value *v = tensor_read(c, array_tensor(self));
    noting n = {c, out, v};
    const array_options *options = &torch_of(c)->array;
    const bool whole_text = v->tensor.numel <= options->threshold;
    script_work(c->script, c->where, BUDGET_CALL * (whole_text ? v->tensor.numel : 0));
    array_print(out, &v->tensor, options, is_repr && !array_is_number(self), note_number, &n);
    tensor_type.shown(c, array_tensor(self));
}

static void write(call *c, const object *self, buffer *out) {
    const char *type = scalar_type(c, self);
    const bool is_bool = type && numbers_of(c, self)->dtype == MLP_BOOL;
    buffer_printf(out, "%s%s", type ? type : "", type && !is_bool ? "(" : "");
    print(c, self, out, true);
    buffer_text(out, type && !is_bool ? ")" : "");
}

static const char *str(call *c, const object *self) {
    buffer text = {.arena = script_arena(c->script)};
    print(c, self, &text, false);
    if (text.failed)
        script_out_of_memory(c->script);
    return text.bytes;
}

/* A number is formatted as the Python number that it is. */
static object *formatted(call *c, object *self) {
    return array_is_number(self) ? tensor_item(c, array_tensor(self)) : self;
}

/* --- its dtype --- */

static const char *dtype_name(call *c, const object *self) {
    (void)c;
    return mlp_dtype_name(*(const mlp_dtype *)self->as.data);
}

static void write_array_dtype(call *c, const object *self, buffer *out) {
    buffer_printf(out, "dtype('%s')", dtype_name(c, self));
}

static object *dtype_attribute(call *c, object *self, const char *name) {
    if (strcmp(name, "itemsize") == 0)
        return object_integer(
            c->script, (int64_t)mlp_dtype_size_in_pytorch(*(const mlp_dtype *)self->as.data));
    return strcmp(name, "name") == 0 ? object_string(c->script, dtype_name(c, self)) : NULL;
}

/* The types of single numbers, which stand for dtypes, too. */
static const char *const scalar_paths[] = {
    [MLP_FLOAT32] = "numpy.float32", [MLP_FLOAT64] = "numpy.float64", [MLP_INT64] = "numpy.int64",
    [MLP_BOOL] = "numpy.bool_",      [MLP_INT32] = "numpy.int32",     [MLP_INT16] = "numpy.int16",
    [MLP_INT8] = "numpy.int8",       [MLP_UINT8] = "numpy.uint8"};

const char *array_named_dtype(call *c, const object *o) {
    if (o->kind == OBJECT_STRING)
        return o->as.string;
    for (size_t i = 0; i < sizeof scalar_paths / sizeof *scalar_paths; i++)
        if (o == native_object(c->script, scalar_paths[i], NULL))
            return mlp_dtype_name((mlp_dtype)i);
    return NULL;
}

static const struct type array_dtype_type;

static bool is_array_dtype(const object *o) {
    return o->kind == OBJECT_EXTENSION && o->type == &array_dtype_type;
}

/* It equals its name, and the type of its numbers, too. */
static object *compare_dtypes(call *c, operator op, object *a, object *b) {
    const bool is_first = is_array_dtype(a);
    const object *other = is_first ? b : a, *self = is_first ? a : b;
    if (op != OPERATOR_EQ && op != OPERATOR_NE)
        return NULL;
    const char *name = is_array_dtype(other) ? dtype_name(c, other) : array_named_dtype(c, other);
    if (!name)
        call_fail(c, "a dtype of numpy is compared with one, or with its name, here");
    return object_bool(c->script, (strcmp(name, dtype_name(c, self)) == 0) == (op == OPERATOR_EQ));
}

static const struct type array_dtype_type = {.name = "numpy.dtype",
                                             .attribute = dtype_attribute,
                                             .binary = compare_dtypes,
                                             .write = write_array_dtype,
                                             .str = dtype_name};

/* --- elements --- */

static object *attribute(call *c, object *self, const char *name) {
    const mlp_tensor *t = numbers_of(c, self);
    if (strcmp(name, "ndim") == 0)
        return object_integer(c->script, (int64_t)t->ndim);
    if (strcmp(name, "size") == 0)
        return object_integer(c->script, (int64_t)t->numel);
    if (strcmp(name, "dtype") == 0)
        return object_extension(c->script, &array_dtype_type, (void *)&t->dtype);
    if (strcmp(name, "T") == 0 && t->ndim <= 2)
        return array_part(c, tensor_type.attribute(c, array_tensor(self), name));
    if (strcmp(name, "shape") != 0)
        return NULL;
    object *shape = object_sequence(c->script, OBJECT_TUPLE, t->ndim);
    for (size_t i = 0; i < t->ndim; i++)
        shape->as.sequence.items[i] = object_integer(c->script, (int64_t)t->shape[i]);
    return shape;
}

static bool has_elements(call *c, const object *self, const char *asker) {
    const bool has = variable_of(array_tensor(self))->value->tensor.ndim > 0;
    if (!has && asker)
        call_fail(c, "a number of numpy has no elements");
    return has;
}

static size_t length(call *c, const object *self) {
    return numbers_of(c, self)->shape[0];
}

static object *element(call *c, object *self, size_t index) {
    return array_part(c, tensor_type.element(c, array_tensor(self), index));
}

static bool is_plain(const object *index) {
    return index->kind == OBJECT_INTEGER || index->kind == OBJECT_SLICE ||
           index->kind == OBJECT_ELLIPSIS || index->kind == OBJECT_NONE;
}

/* A mask, or a row of places, alone: what it picks is a copy. */
static object *picked(call *c, object *self, object *index) {
    const mlp_dtype dtype = is_array(index) ? numbers_of(c, index)->dtype : MLP_INT64;
    if (array_is_number(self) || (dtype != MLP_INT64 && dtype != MLP_BOOL))
        call_fail(c, "an array of numpy is indexed by whole numbers, slices, a mask, or an array "
                     "of int64 here: index the tensor");
    return array_part(c, tensor_index_hidden(c, array_tensor(self),
                                             is_array(index) ? array_tensor(index) : index));
}

static object *subscript(call *c, object *self, object *index) {
    if (index->kind == OBJECT_LIST || (is_array(index) && !array_is_number(index)))
        return picked(c, self, index);
    if (is_array(index) && mlp_dtype_is_integer(numbers_of(c, index)->dtype))
        index = tensor_item(c, array_tensor(index));
    bool plain = is_plain(index) || index->kind == OBJECT_TUPLE;
    for (size_t i = 0; index->kind == OBJECT_TUPLE && i < index->as.sequence.count; i++)
        plain = plain && is_plain(index->as.sequence.items[i]);
    if (!plain)
        call_fail(c, "whole numbers, slices, None, a mask or a list are indices of a numpy array "
                     "here: index the tensor");
    return array_part(c, tensor_index(c, array_tensor(self), index));
}

/* --- numbers --- */

static object *number(call *c, const object *self, const char *asker) {
    return tensor_type.number(c, array_tensor(self), asker);
}

static object *whole(call *c, const object *self, bool is_asked) {
    if (array_is_number(self) && mlp_dtype_is_integer(numbers_of(c, self)->dtype))
        return tensor_item(c, array_tensor(self));
    if (is_asked)
        call_fail(array_is_number(self)
                      ? c
                      : call_raises(c, TYPE_ERROR,
                                    "only integer scalar arrays can be converted to a "
                                    "scalar index"),
                  "a whole number is asked for, which %s of a numpy array is not: write int(...) "
                  "of one number",
                  array_is_number(self) ? "a float or a bool" : "a part");
    return NULL;
}

static bool truth(call *c, const object *self) {
    return tensor_truth(c, array_tensor(self));
}

/* A number is replaced, but an array is changed, and with it the tensor whose numbers it has. */
static object *in_place(call *c, operator op, object *self, object *b) {
    if (!array_is_number(self))
        call_fail(c,
                  "'%s=' of an array of numpy is not supported: change the tensor in place, whose "
                  "numbers it shows",
                  operator_text(op));
    return array_binary(c, op, self, b);
}

static void assign(call *c, object *self, object *index, object *o) {
    (void)self;
    (void)index;
    (void)o;
    call_fail(c, "the elements of an array of numpy cannot be set here: set those of the tensor, "
                 "whose numbers it shows");
}

/* copy.copy() copies the numbers, too. */
static object *copied(call *c, object *self, copies *deep) {
    (void)deep;
    return new_copy(c, array_tensor(self), array_is_number(self));
}

static object *own_class(call *c, const object *self) {
    const char *path =
        array_is_number(self) ? scalar_paths[numbers_of(c, self)->dtype] : "numpy.ndarray";
    return native_object(c->script, path, NULL);
}

const struct type array_type = {.name = "ndarray",
                                .class = own_class,
                                .copied = copied,
                                .attribute = attribute,
                                .binary = array_binary,
                                .in_place = in_place,
                                .assign = assign,
                                .negative = array_negative,
                                .absolute = array_absolute,
                                .inverted = array_inverted,
                                .truth = truth,
                                .number = number,
                                .index = whole,
                                .has_elements = has_elements,
                                .length = length,
                                .element = element,
                                .subscript = subscript,
                                .write = write,
                                .str = str,
                                .formatted = formatted};

/* tolist and item */
static object *method_of_tensor(call *c) {
    const char *name = strrchr(c->native->path, '.') + 1;
    call inner = *c;
    inner.self = array_tensor(c->self);
    return native_find(c->script, script_printf(c->script, "Tensor.%s", name))->call(&inner);
}

static object *like_tensor(call *c, const char *name) {
    object *method = native_member(c->script, "Tensor", name, array_tensor(c->self));
    const object *given = c->native->signature[0] ? c->arguments[0] : NULL;
    return call_positional(c, method, given ? given->as.sequence.items : NULL,
                           given ? given->as.sequence.count : 0);
}

/* What rearranges or picks numbers gives an array again. */
static object *rearranged(call *c) {
    return array_part(c, like_tensor(c, strrchr(c->native->path, '.') + 1));
}

static object *copy_of(call *c) {
    return copied(c, c->self, NULL);
}

static object *flattened(call *c) {
    object *ravel = native_member(c->script, "Tensor", "ravel", array_tensor(c->self));
    return new_copy(c, call_positional(c, ravel, NULL, 0), false);
}

/* Of up to two dimensions, with or without the order (1, 0). */
static object *transposed(call *c) {
    const object *axes = c->arguments[0];
    const size_t count = axes->as.sequence.count;
    const mlp_tensor *t = numbers_of(c, c->self);
    const bool is_turn =
        count == 2 && t->ndim == 2 && axes->as.sequence.items[0]->kind == OBJECT_INTEGER &&
        axes->as.sequence.items[1]->kind == OBJECT_INTEGER &&
        axes->as.sequence.items[0]->as.integer == 1 && axes->as.sequence.items[1]->as.integer == 0;
    if ((count > 0 && !is_turn) || t->ndim > 2)
        call_fail(c, "transpose() of an array is supported of two dimensions: permute the tensor");
    return array_part(c, tensor_type.attribute(c, array_tensor(c->self), "T"));
}

static object *made_by_call(call *c) {
    call_fail(c, "an array of numpy is not made here: write torch.tensor()");
}

const native native_array[] = {
    {.path = "numpy.ndarray",
     .class_name = "numpy.ndarray",
     .is_type = true,
     .signature = "*arguments",
     .call = made_by_call},
    {.path = "ndarray.reshape", .signature = "*shape", .call = rearranged},
    {.path = "ndarray.ravel", .signature = "", .call = rearranged},
    {.path = "ndarray.squeeze", .signature = "", .call = rearranged},
    {.path = "ndarray.flatten", .signature = "", .call = flattened},
    {.path = "ndarray.transpose", .signature = "*axes", .call = transposed},
    {.path = "ndarray.copy", .signature = "", .call = copy_of},
    {.path = "Tensor.numpy", .signature = "", .call = tensor_numpy},
    {.path = "ndarray.tolist", .signature = "", .call = method_of_tensor},
    {.path = "ndarray.item", .signature = "", .call = method_of_tensor},
    {0}};
