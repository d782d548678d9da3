/* What a Tensor does when the language asks: attributes, operators, elements, text and names. */
#include "grad_fn.h"
#include "operators.h"
#include "tensor.h"

#include "python/arithmetic.h"
#include "python/builtins.h"
#include "python/format.h"
#include "python/large.h"
#include "python/note.h"
#include "tensor/format.h"

#include <string.h>

/* --- attributes --- */

/* All dimensions in reverse. */
static object *transposed(call *c, object *self) {
    mlp_options options = {.order.count = tensor_value(c, self)->tensor.ndim};
    for (size_t i = 0; i < options.order.count; i++)
        options.order.dim[i] = (int64_t)(options.order.count - 1 - i);
    return tensor_view(c, self, &mlp_permute, &options);
}

/* The last two dimensions swapped: mT and mH of matrices and batches of them, H of a matrix. */
static object *matrix_transposed(call *c, object *self, const char *name) {
    const size_t ndim = tensor_value(c, self)->tensor.ndim;
    const bool is_single = strcmp(name, "H") == 0;
    if (ndim < 2 || (is_single && ndim > 2))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "tensor.%s is only supported on matrices%s. Got %zu-D tensor.%s",
                              name, is_single ? " (2-D tensors)" : " or batches of matrices", ndim,
                              ndim > 2 ? " For batches of matrices, consider using tensor.mH" : ""),
                  ".%s is of matrices, not of a tensor of %zu dimensions: write .transpose(), with "
                  "the dimensions",
                  name, ndim);
    return tensor_view(c, self, &mlp_transpose,
                       &(mlp_options){.dim0 = (int64_t)ndim - 2, .dim1 = (int64_t)ndim - 1});
}

static const char *const attributes[] = {
    "data",    "grad", "shape", "dtype", "device", "ndim",   "requires_grad",
    "is_leaf", "T",    "mT",    "H",     "mH",     "grad_fn"};

static void suggest(const object *self, nearest *near) {
    const scope *own = mlp_variable_original(variable_of(self))->attached;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        nearest_consider(near, attributes[i]);
    if (own)
        scope_consider(own, near);
}

/* What tells of the history of a tensor needs to know it, under no_grad(), too. */
static mlp_value *value_with_history(call *c, const object *self) {
    if (!mlp_variable_has_known_history(trace_of(c), variable_of(self), script_error(c->script)))
        call_give_up(c);
    return tensor_value(c, self);
}

static object *grad(call *c, const mlp_variable *variable) {
    if (!variable->grad && !variable->value->leaf)
        call_warn_otherwise(c);
    return variable->grad ? variable_object(c, variable->grad) : object_none(c->script);
}

static object *attribute(call *c, object *self, const char *name) {
    mlp_variable *variable = variable_of(self);
    if (strcmp(name, "data") == 0)
        return variable_object(c, tensor_data(c, variable));
    if (strcmp(name, "grad") == 0)
        return grad(c, mlp_variable_original(variable));
    if (strcmp(name, "shape") == 0)
        return size_object(c, variable->value->tensor.ndim, variable->value->tensor.shape);
    if (strcmp(name, "dtype") == 0)
        return dtype_object(c, variable->value->tensor.dtype);
    if (strcmp(name, "requires_grad") == 0)
        return object_bool(c->script, mlp_variable_requires_grad(variable));
    if (strcmp(name, "is_leaf") == 0)
        return object_bool(c->script, value_with_history(c, self)->leaf);
    if (strcmp(name, "ndim") == 0)
        return object_integer(c->script, (int64_t)variable->value->tensor.ndim);
    if (strcmp(name, "device") == 0)
        return device_object(c);
    if (strcmp(name, "grad_fn") == 0)
        return grad_fn(c, self);
    if (strcmp(name, "T") == 0)
        return transposed(c, self);
    if (strcmp(name, "mT") == 0 || strcmp(name, "mH") == 0 || strcmp(name, "H") == 0)
        return matrix_transposed(c, self, name);
    if (strcmp(name, "is_cuda") == 0 || strcmp(name, "is_sparse") == 0)
        return object_bool(c->script, false);
    object *answer = tensor_autograd_attribute(c, self, name);
    const scope *own = mlp_variable_original(variable)->attached;
    return answer ? answer : own ? scope_find(own, name) : NULL;
}

/* parameter.data = tensor: the variable stays, its numbers are the other's from now on. */
static void set_data(call *c, mlp_variable *variable, const object *v) {
    if (!is_tensor(v))
        call_fail(c, ".data takes a Tensor, not a value of type %s: write torch.tensor(...)",
                  object_type(v));
    const mlp_tensor *t = &variable_of(v)->value->tensor;
    if (mlp_variable_requires_grad(variable) && !mlp_dtype_is_floating(t->dtype))
        call_fail(c, ".data of a tensor that requires grad cannot be set to a %s one",
                  mlp_dtype_name(t->dtype));
    const mlp_variable *of = variable_of(v);
    if (of == variable || (variable->storage && variable->storage == of->storage) ||
        (of->detached_view && of->view_of == variable))
        return; /* what p.data -= ... ends with */
    if (!mlp_trace_share(trace_of(c), variable, variable_of(v), script_error(c->script)))
        call_give_up(c);
}

static void set_grad(call *c, mlp_variable *variable, const object *v) {
    if (v->kind == OBJECT_NONE) {
        variable->grad = NULL;
        return;
    }
    if (!is_tensor(v))
        call_fail(
            call_raises(c, TYPE_ERROR,
                        "assigned grad expected to be a Tensor or None but got grad of type%s",
                        object_class_name(v)),
            ".grad takes a Tensor or None, not a value of type %s", object_type(v));
    if (variable_of(v) == variable)
        call_fail(c, "a tensor cannot be its own gradient: write .clone() behind it");
    const mlp_tensor *t = &variable->value->tensor, *g = &variable_of(v)->value->tensor;
    char shape[MLP_SHAPE_TEXT], grad_shape[MLP_SHAPE_TEXT];
    if (!mlp_tensor_same_shape(t, g) || t->dtype != g->dtype)
        call_fail(call_raises(c, RUNTIME_ERROR, "assigned grad has data of a different %s",
                              t->dtype != g->dtype ? "type" : "size"),
                  "the gradient of a %s tensor of shape %s cannot be %s of shape %s",
                  mlp_dtype_name(t->dtype), mlp_shape_text(shape, t), mlp_dtype_name(g->dtype),
                  mlp_shape_text(grad_shape, g));
    variable->grad = variable_of(v);
}

/* Unlike requires_grad_(), this is refused for what requires grad already, if it is no leaf. */
static void set_requires_grad(call *c, object *self, bool requires_grad) {
    if (!value_with_history(c, self)->leaf)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach()."),
            "requires_grad can only be set on a leaf: leave it out, or write .detach() to "
            "have a tensor without history");
    tensor_require_grad(c, mlp_variable_original(variable_of(self)), requires_grad);
}

/* What is computed for it is named after both: w.g */
static void name_attached(call *c, const object *self, const char *name, const object *v) {
    mlp_label *label = &variable_of(v)->value->label;
    if (label->part_of || label->rank >= MLP_NAMED_LOCALLY)
        return;
    label->part_of = variable_of(self)->value;
    label->suffix = script_printf(c->script, ".%s", name);
    label->of_script = true;
}

static bool is_own(const char *name) {
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (strcmp(attributes[i], name) == 0)
            return true;
    return false;
}

/* An attribute that only the script knows. */
static void attach(call *c, object *self, const char *name, object *v) {
    mlp_variable *variable = mlp_variable_original(variable_of(self));
    if (!variable->attached)
        variable->attached = script_alloc(c->script, 1, sizeof(scope));
    scope_bind(c->script, variable->attached, name, v);
    if (is_tensor(v))
        name_attached(c, self, name, v);
}

static void set_attribute(call *c, object *self, const char *name, object *v) {
    if (strcmp(name, "data") == 0)
        set_data(c, mlp_variable_original(variable_of(self)), v);
    else if (strcmp(name, "grad") == 0)
        set_grad(c, mlp_variable_original(variable_of(self)), v);
    else if (strcmp(name, "requires_grad") == 0 && v->kind == OBJECT_BOOL)
        set_requires_grad(c, self, v->as.boolean);
    else if (is_own(name) || strncmp(name, "__", 2) == 0)
        call_fail(c,
                  "'%s' of a Tensor cannot be set: only data, grad, requires_grad and names of "
                  "your own can",
                  name);
    else
        attach(c, self, name, v);
}

/* --- operators --- */

/* What a tensor equals is another tensor or a number; nothing else is ever equal to it. */
static object *binary(call *c, operator op, object *a, object *b) {
    const object *other = is_tensor(a) ? b : a;
    const bool is_equality = op == OPERATOR_EQ || op == OPERATOR_NE;
    if (is_equality && !is_tensor(other) && !object_is_real(other))
        return NULL;
    if (op == OPERATOR_MUL && (other->kind == OBJECT_STRING || object_is_sequence(other)))
        return NULL; /* which is repeated */
    return tensor_binary(c, op, a, b);
}

/* item(), for what takes a number. */
static object *number(call *c, const object *self, const char *asker) {
    const mlp_tensor *t = &tensor_value(c, self)->tensor;
    if (t->numel == 1)
        return tensor_item(c, self);
    if (asker && *asker == '%')
        call_fail(call_raises(c, VALUE_ERROR,
                              "only one element tensors can be converted to Python scalars"),
                  "%s takes one number, such as a tensor of one element, not a value of type %s",
                  asker, object_type(self));
    if (asker)
        call_fail(call_raises(c, VALUE_ERROR,
                              "only one element tensors can be converted to Python scalars"),
                  "%s() takes a Tensor of one element, but this one has %zu", asker, t->numel);
    return NULL;
}

/* Python takes any one number of a type without fractions; the library one without dimensions. */
static object *index(call *c, const object *self, bool is_asked) {
    const mlp_tensor *t = &tensor_value(c, self)->tensor;
    char shape[MLP_SHAPE_TEXT];
    const bool is_whole = t->numel == 1 && !mlp_dtype_is_floating(t->dtype);
    if (is_whole && is_asked)
        return object_integer(c->script, number_integer(tensor_item(c, self)));
    if (is_asked)
        call_fail(call_raises(c, TYPE_ERROR,
                              "only integer tensors of a single element can be converted to an "
                              "index"),
                  "a whole number is asked for, which a %s tensor of shape %s is not: write "
                  "int(...) of one element of it",
                  mlp_dtype_name(t->dtype), mlp_shape_text(shape, t));
    return is_whole && t->ndim == 0 && t->dtype != MLP_BOOL ? tensor_item(c, self) : NULL;
}

const object *tensor_as_whole(call *c, const object *o) {
    const object *whole = is_tensor(o) ? index(c, o, false) : NULL;
    return whole ? whole : o;
}

/* --- elements --- */

static bool has_elements(call *c, const object *self, const char *asker) {
    if (variable_of(self)->value->tensor.ndim > 0)
        return true;
    if (asker)
        call_fail(call_raises(c, TYPE_ERROR, "%s a 0-d tensor",
                              strcmp(asker, "len") == 0 ? "len() of" : "iteration over"),
                  strcmp(asker, "len") == 0 ? "len() of a 0-d tensor"
                                            : "a 0-d tensor has no elements to iterate over");
    return false;
}

static size_t length(call *c, const object *self) {
    (void)c;
    return variable_of(self)->value->tensor.shape[0];
}

static object *element(call *c, object *self, size_t index) {
    return tensor_view(c, self, &mlp_unbind, &(mlp_options){.index = (int64_t)index});
}

/* item in self: whether any element, of parts of its shape, equals it. */
static bool contains(call *c, object *self, object *item) {
    if (!is_tensor(item) && !object_is_number(item))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Tensor.__contains__ only supports Tensor or scalar, but you passed "
                              "in a %s.",
                              format_repr(c, python_type_of(c, item))),
                  "a tensor contains numbers, and nothing of type %s", object_type(item));
    const mlp_value *equal = tensor_read(c, tensor_binary(c, OPERATOR_EQ, item, self));
    tensor_decides(c, equal);
    for (size_t i = 0; i < equal->tensor.numel; i++)
        if (mlp_tensor_get(&equal->tensor, i) != 0)
            return true;
    return false;
}

/* --- text --- */

static const char *gradient_suffix(call *c, const mlp_variable *variable) {
    const char *grad_fn = mlp_value_grad_fn(variable->value);
    if (!mlp_variable_requires_grad(variable))
        return NULL;
    return grad_fn ? script_printf(c->script, "grad_fn=<%s>", grad_fn) : "requires_grad=True";
}

static void shown(call *c, const object *self) {
    mlp_value *v = tensor_value(c, self);
    warn_if_unseeded(c, v);
    if (!mlp_trace_echo(trace_of(c), v))
        script_out_of_memory(c->script);
}

static void write(call *c, const object *self, buffer *out) {
    const mlp_variable *variable = variable_of(self);
    mlp_value *v = value_with_history(c, self);
    if (variable->is_parameter)
        buffer_text(out, "Parameter containing:\n");
    script_work(
        c->script, c->where,
        (double)v->tensor.numel > torch_of(c)->print.threshold ? 0 : BUDGET_CALL * v->tensor.numel);
    const size_t start = out->length;
    mlp_print_options options = torch_of(c)->print;
    options.measures_as_asked = release_has(c, MLP_MEASURES_AS_ASKED);
    tensor_print(out, &v->tensor, &options, torch_of(c)->dtype, gradient_suffix(c, variable));
    if (!out->failed)
        note_object(c->script, out->bytes + start, out->length - start, v);
    shown(c, self);
}

/* A tensor without dimensions is formatted as the number that it is. */
static object *formatted(call *c, object *self) {
    const bool is_number = variable_of(self)->value->tensor.ndim == 0 && !is_parameter(self);
    return is_number ? tensor_item(c, self) : self;
}

/* --- names --- */

static void named(call *c, object *self, const char *name, naming how) {
    static const mlp_name_rank ranks[] = {
        [NAMED_WHERE_FOUND] = MLP_NAMED_BY_CALL,      [NAMED_BY_EXPRESSION] = MLP_NAMED_BY_CALL,
        [NAMED_BY_PARAMETER] = MLP_NAMED_BY_ARGUMENT, [NAMED_IN_PASSING] = MLP_NAMED_BY_ARGUMENT,
        [NAMED_IN_FUNCTION] = MLP_NAMED_LOCALLY,      [NAMED_AT_TOP] = MLP_NAMED_AT_TOP};
    mlp_value *v = variable_of(self)->value;
    if (v->label.rank > ranks[how] || (how == NAMED_WHERE_FOUND && v->label.rank != MLP_UNNAMED))
        return;
    mlp_value_name(v, name ? name : call_text(c), ranks[how]);
}

static const char *class_name(const object *self) {
    return is_parameter(self) ? "Parameter" : "Tensor";
}

static object *class(call *c, const object *self) {
    return native_object(c->script, is_parameter(self) ? "torch.nn.Parameter" : "torch.Tensor",
                         NULL);
}

/* What a step hands on is its input itself. */
static const void *identity(const object *self) {
    return mlp_variable_original(variable_of(self));
}

const struct type tensor_type = {.name = "Tensor",
                                 .identity = identity,
                                 .class = class,
                                 .class_name = class_name,
                                 .attribute = attribute,
                                 .set_attribute = set_attribute,
                                 .suggest = suggest,
                                 .binary = binary,
                                 .in_place = tensor_in_place,
                                 .negative = tensor_negative,
                                 .positive = tensor_positive,
                                 .absolute = tensor_absolute,
                                 .inverted = tensor_inverted,
                                 .copied = tensor_deep_copied,
                                 .truth = tensor_truth,
                                 .number = number,
                                 .index = index,
                                 .has_elements = has_elements,
                                 .length = length,
                                 .element = element,
                                 .subscript = tensor_index,
                                 .contains = contains,
                                 .assign = tensor_assign_elements,
                                 .augment = tensor_augment_elements,
                                 .write = write,
                                 .formatted = formatted,
                                 .named = named,
                                 .shown = shown};
