/* torch.nn.LayerNorm and BatchNorm1d, and their functions. */
#include "module.h"
#include "operators.h"
#include "options.h"
#include "tensor.h"

/* --- what they have in common --- */

static object *filled(call *c, mlp_dtype dtype, size_t ndim, const size_t *shape, double number,
                      bool is_parameter) {
    mlp_variable *t = tensor_new(c, dtype, ndim, shape, is_parameter);
    t->is_parameter = is_parameter;
    tensor_fill(&t->value->tensor, mlp_real(number));
    mlp_value_changed_again(t->value); /* as it was empty before */
    return variable_object(c, t);
}

static void make_scales(call *c, nn_module *m, bool affine, size_t ndim, const size_t *shape) {
    const mlp_dtype dtype = dtype_argument(c, module_option(m, "dtype"));
    object *weight = object_none(c->script), *bias = weight;
    if (affine) {
        weight = filled(c, dtype, ndim, shape, 1, true);
        bias = filled(c, dtype, ndim, shape, 0, true);
    }
    scope_bind(c->script, &m->attributes, "weight", weight);
    scope_bind(c->script, &m->attributes, "bias", bias);
}

static mlp_value *tensor_or_null(call *c, const object *o) {
    return o && is_tensor(o) ? tensor_value(c, o) : NULL;
}

/* --- LayerNorm --- */

/* normalized_shape: a size, or several. */
static mlp_sizes normalised_sizes(call *c, const object *shape) {
    mlp_sizes sizes = {0};
    sizes.count = shape->kind == OBJECT_INTEGER ? 1 : 0;
    if (sizes.count)
        sizes.size[0] = tensor_size_of(c, shape->as.integer);
    else if (shape->kind == OBJECT_LIST || shape->kind == OBJECT_TUPLE)
        sizes.count = sizes_of(c, shape, sizes.size);
    if (!sizes.count)
        call_fail(c, "normalized_shape is the size of the last dimension, or a tuple of the last "
                     "sizes, at least one");
    return sizes;
}

static void layer_norm_init(call *c, nn_module *m) {
    const object *shape = module_option(m, "normalized_shape");
    const mlp_sizes sizes = normalised_sizes(c, shape);
    check_device(c, module_option(m, "device"));
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, sizes.count);
    for (size_t i = 0; i < sizes.count; i++)
        tuple->as.sequence.items[i] = object_integer(c->script, (int64_t)sizes.size[i]);
    scope_bind(c->script, &m->options, "normalized_shape", tuple);
    make_scales(c, m, module_option(m, "elementwise_affine")->as.boolean, sizes.count, sizes.size);
}

static bool ends_with(const mlp_tensor *t, const mlp_sizes *sizes, bool whole) {
    bool fits = whole ? t->ndim == sizes->count : t->ndim >= sizes->count;
    for (size_t i = 0; fits && i < sizes->count; i++)
        fits = t->shape[t->ndim - sizes->count + i] == sizes->size[i];
    return fits;
}

/* 3, 4 */
static const char *listed(call *c, const mlp_sizes *sizes) {
    const char *text = "";
    for (size_t i = 0; i < sizes->count; i++)
        text = script_printf(c->script, "%s%s%zu", text, i ? ", " : "", sizes->size[i]);
    return text;
}

static void check_layer(call *c, const mlp_sizes *sizes, mlp_value *const in[3]) {
    static const char *const names[] = {"input", "weight", "bias"};
    char shape[MLP_SHAPE_TEXT];
    for (size_t i = 1; i < 3; i++)
        if (in[i] && !ends_with(&in[i]->tensor, sizes, true))
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "Expected %s to be of same shape as normalized_shape, but got %s "
                                  "of shape %s and normalized_shape = [%s]",
                                  names[i], names[i], mlp_shape_text(shape, &in[i]->tensor),
                                  listed(c, sizes)),
                      "the %s of layer_norm has the shape normalized_shape, [%s], not %s", names[i],
                      listed(c, sizes), mlp_shape_text(shape, &in[i]->tensor));
    if (!ends_with(&in[0]->tensor, sizes, false))
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Given normalized_shape=[%s], expected input with shape [*, %s], but "
                              "got input of size%s",
                              listed(c, sizes), listed(c, sizes),
                              mlp_shape_text(shape, &in[0]->tensor)),
                  "layer_norm over [%s] takes an input whose last sizes these are, not one of "
                  "shape %s",
                  listed(c, sizes), mlp_shape_text(shape, &in[0]->tensor));
}

/* What PyTorch raises of integers, and of an input and scales of two types. */
static void check_dtypes(call *c, mlp_value *const in[3], const char *of_integers,
                         const char *of_two) {
    const mlp_dtype dtype = in[0]->tensor.dtype;
    if (!mlp_dtype_is_floating(dtype)) {
        call_raises(c, RUNTIME_ERROR, "\"%s\" not implemented for '%s'", of_integers,
                    mlp_dtype_word(dtype));
        return;
    }
    for (size_t i = 1; i < 3; i++)
        if (in[i] && in[i]->tensor.dtype != dtype)
            call_raises(c, RUNTIME_ERROR, "%s", of_two);
}

static mlp_variable *layer_norm(call *c, const mlp_origin *origin, const object *shape,
                                mlp_value *const in[3], double eps) {
    const mlp_request request = {.operation = &mlp_layer_norm,
                                 .origin = origin,
                                 .options.sizes = normalised_sizes(c, shape),
                                 .options.eps = eps,
                                 .in = {in[0], in[1], in[2]}};
    check_layer(c, &request.options.sizes, in);
    const mlp_dtype dtype = in[0]->tensor.dtype;
    const mlp_dtype other = dtype == MLP_FLOAT64 ? MLP_FLOAT32 : MLP_FLOAT64;
    check_dtypes(c, in, "LayerNormKernelImpl",
                 script_printf(c->script, "expected scalar type %s but found %s",
                               mlp_dtype_word(dtype), mlp_dtype_word(other)));
    return tensor_computed(c, &request);
}

static mlp_variable *layer_norm_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *const in[] = {tensor_value(c, inputs[0]), module_tensor(c, m, "weight"),
                             module_tensor(c, m, "bias")};
    return layer_norm(c, &m->origin, module_option(m, "normalized_shape"), in,
                      option_exact(c, module_option(m, "eps")));
}

/* Arguments: input, normalized_shape, weight, bias, eps. */
static object *functional_layer_norm(call *c) {
    if (c->arguments[1]->kind == OBJECT_INTEGER)
        call_fail(call_raises(c, TYPE_ERROR,
                              "layer_norm(): argument 'normalized_shape' (position 2) must be "
                              "tuple of ints, not int"),
                  "normalized_shape of layer_norm is a tuple of the last sizes: write (%lld,)",
                  (long long)c->arguments[1]->as.integer);
    mlp_value *const in[] = {tensor_value(c, c->arguments[0]), tensor_or_null(c, c->arguments[2]),
                             tensor_or_null(c, c->arguments[3])};
    return variable_object(c, layer_norm(c, &module_for_call(c, NULL, "layer_norm")->origin,
                                         c->arguments[1], in, option_exact(c, c->arguments[4])));
}

/* --- BatchNorm1d --- */

static void batch_norm_init(call *c, nn_module *m) {
    const int64_t features = module_option(m, "num_features")->as.integer;
    const size_t count = tensor_size_of(c, features);
    const mlp_dtype dtype = dtype_argument(c, module_option(m, "dtype"));
    check_device(c, module_option(m, "device"));
    make_scales(c, m, module_option(m, "affine")->as.boolean, 1, &count);
    const bool tracks = module_option(m, "track_running_stats")->as.boolean;
    object *none = object_none(c->script);
    scope_bind(c->script, &m->buffers, "running_mean",
               tracks ? filled(c, dtype, 1, &count, 0, false) : none);
    scope_bind(c->script, &m->buffers, "running_var",
               tracks ? filled(c, dtype, 1, &count, 1, false) : none);
    scope_bind(c->script, &m->buffers, "num_batches_tracked",
               tracks ? filled(c, MLP_INT64, 0, NULL, 0, false) : none);
}

static void refill(call *c, const object *tensor, double number) {
    if (!tensor || !is_tensor(tensor))
        return;
    mlp_variable *held = variable_of(tensor);
    const bool is_whole = held->value->tensor.dtype == MLP_INT64;
    tensor_reset(
        c, held,
        tensor_filled(c, held, is_whole ? mlp_integer((int64_t)number) : mlp_real(number)));
}

/* Arguments: none, as of reset_parameters. */
static object *reset_running_stats(call *c) {
    const nn_module *m = module_of(c->self);
    refill(c, scope_find(&m->buffers, "running_mean"), 0);
    refill(c, scope_find(&m->buffers, "running_var"), 1);
    refill(c, scope_find(&m->buffers, "num_batches_tracked"), 0);
    return object_none(c->script);
}

/* Of what has no running statistics, of the scales alone. */
static object *reset_scales(call *c) {
    const nn_module *m = module_of(c->self);
    refill(c, module_option(m, "weight"), 1);
    refill(c, module_option(m, "bias"), 0);
    return reset_running_stats(c);
}

/* What a call is given beside input, weight and bias. */
typedef struct {
    const mlp_origin *origin;
    const object *mean, *var; /* a Tensor or None each */
    bool training;
    double momentum, eps;
} batch_norm_call;

static void keep(call *c, const batch_norm_call *given, const mlp_operation *operation,
                 const object *kept, mlp_value *x) {
    if (!kept || !is_tensor(kept))
        return;
    const mlp_request request = {.operation = operation,
                                 .origin = given->origin,
                                 .options.momentum = given->momentum,
                                 .options.scattered = !mlp_value_is_contiguous(x),
                                 .in = {tensor_value(c, kept), x}};
    mlp_value *now = tensor_step(c, &request);
    if (!now->label.name) {
        now->label.internal_of = given->origin;
        now->label.suffix = operation == &mlp_running_mean ? ".running_mean" : ".running_var";
    }
    tensor_replace(c, variable_of(kept), now);
}

static void check_batch(call *c, const mlp_tensor *x) {
    char shape[MLP_SHAPE_TEXT];
    if (x->ndim >= 2 && x->numel == x->shape[1])
        call_fail(call_raises(c, VALUE_ERROR,
                              "Expected more than 1 value per channel when training, got input "
                              "size torch.Size(%s)",
                              mlp_shape_text(shape, x)),
                  "batch norm needs more than one value per channel when training: a batch of "
                  "shape %s has one, which is its own mean; call eval() before",
                  mlp_shape_text(shape, x));
}

/* In PyTorch's order: what is kept, and then the scales. */
static void check_counts(call *c, const batch_norm_call *given, mlp_value *const in[3]) {
    static const char *const names[] = {"running_mean", "running_var", "weight", "bias"};
    const mlp_value *const values[] = {tensor_or_null(c, given->mean),
                                       tensor_or_null(c, given->var), in[1], in[2]};
    const mlp_tensor *x = &in[0]->tensor;
    char shape[MLP_SHAPE_TEXT];
    for (size_t i = 0; i < 4 && x->ndim >= 2; i++) {
        if (values[i] && values[i]->tensor.numel != x->shape[1])
            call_fail(call_raises(c, RUNTIME_ERROR, "%s should contain %zu elements not %zu",
                                  names[i], x->shape[1], values[i]->tensor.numel),
                      "batch norm of an input of shape %s needs %zu numbers as %s, not %zu",
                      mlp_shape_text(shape, x), x->shape[1], names[i], values[i]->tensor.numel);
        if (!values[i] && i < 2 && !given->training)
            call_fail(
                call_raises(c, RUNTIME_ERROR, "%s must be defined in evaluation mode", names[i]),
                "outside of training batch norm needs running_mean and running_var");
    }
}

static mlp_variable *batch_norm(call *c, const batch_norm_call *given, mlp_value *const in[3]) {
    mlp_request request = {.operation = &mlp_batch_norm,
                           .origin = given->origin,
                           .options.eps = given->eps,
                           .options.scattered = !mlp_value_is_contiguous(in[0]),
                           .in = {in[0], in[1], in[2]}};
    if (given->training)
        check_batch(c, &in[0]->tensor);
    check_counts(c, given, in);
    check_dtypes(c, in, "batch_norm",
                 "mixed dtype (CPU): expect input to have scalar type of BFloat16");
    if (given->training) {
        mlp_variable *y = tensor_computed(c, &request);
        keep(c, given, &mlp_running_mean, given->mean, in[0]);
        keep(c, given, &mlp_running_var, given->var, in[0]);
        return y;
    }
    request.in[3] = tensor_or_null(c, given->mean);
    request.in[4] = tensor_or_null(c, given->var);
    return tensor_computed(c, &request);
}

/* Counts the batch; returns the momentum, which without one makes the plain mean of all batches. */
static double count_batch(call *c, const nn_module *m) {
    const object *momentum = module_option(m, "momentum");
    const object *batches = scope_find(&m->buffers, "num_batches_tracked");
    int64_t count = 0;
    if (batches && is_tensor(batches)) {
        count = (int64_t)mlp_tensor_get(tensor_numbers(c, batches), 0) + 1;
        mlp_variable *counted = variable_of(batches);
        tensor_reset(c, counted, tensor_filled(c, counted, mlp_integer(count)));
    }
    if (momentum->kind != OBJECT_NONE)
        return option_exact(c, momentum);
    return count ? 1 / (double)count : 0;
}

static void check_input(call *c, const mlp_tensor *x) {
    char shape[MLP_SHAPE_TEXT];
    if (x->ndim != 2 && x->ndim != 3)
        call_fail(call_raises(c, VALUE_ERROR, "expected 2D or 3D input (got %zuD input)", x->ndim),
                  "BatchNorm1d takes an input of two or three dimensions, not of shape %s",
                  mlp_shape_text(shape, x));
}

static mlp_variable *batch_norm_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *const in[] = {tensor_value(c, inputs[0]), module_tensor(c, m, "weight"),
                             module_tensor(c, m, "bias")};
    batch_norm_call given = {.origin = &m->origin,
                             .mean = scope_find(&m->buffers, "running_mean"),
                             .var = scope_find(&m->buffers, "running_var"),
                             .eps = option_exact(c, module_option(m, "eps"))};
    const bool tracks = module_option(m, "track_running_stats")->as.boolean;
    check_input(c, &in[0]->tensor);
    given.training = m->training || !given.mean || !is_tensor(given.mean);
    if (m->training && tracks)
        given.momentum = count_batch(c, m);
    if (m->training && !tracks)
        given.mean = given.var = NULL;
    return batch_norm(c, &given, in);
}

/* Arguments: input, running_mean, running_var, weight, bias, training, momentum, eps. */
static object *functional_batch_norm(call *c) {
    object *const *a = c->arguments;
    mlp_value *const in[] = {tensor_value(c, a[0]), tensor_or_null(c, a[3]),
                             tensor_or_null(c, a[4])};
    const batch_norm_call given = {.origin = &module_for_call(c, NULL, "batch_norm")->origin,
                                   .mean = a[1],
                                   .var = a[2],
                                   .training = a[5]->as.boolean,
                                   .momentum = option_exact(c, a[6]),
                                   .eps = option_exact(c, a[7])};
    return variable_object(c, batch_norm(c, &given, in));
}

const nn_class nn_norms[] = {
    {.name = "LayerNorm",
     .file = "normalization",
     .options = "normalized_shape, eps: float = 1e-05, elementwise_affine: bool = True, "
                "device = None, dtype = None",
     .init = layer_norm_init,
     .apply = layer_norm_apply,
     .inputs = "input: Tensor",
     .shown = {"=normalized_shape", "eps", "elementwise_affine"}},
    {.name = "BatchNorm1d",
     .file = "batchnorm",
     .options = "num_features: int, eps: float = 1e-05, momentum: Optional[float] = 0.1, affine: "
                "bool = True, track_running_stats: bool = True, device = None, dtype = None",
     .init = batch_norm_init,
     .apply = batch_norm_apply,
     .inputs = "input: Tensor",
     .shown = {"=num_features", "eps", "momentum", "affine", "track_running_stats"}},
    {0}};

const native native_norms[] = {
    {.path = "LayerNorm.reset_parameters", .signature = "", .call = reset_scales},
    {.path = "BatchNorm1d.reset_parameters", .signature = "", .call = reset_scales},
    {.path = "BatchNorm1d.reset_running_stats", .signature = "", .call = reset_running_stats},
    {.path = "torch.nn.functional.layer_norm",
     .signature = "input: Tensor, normalized_shape, weight: Optional[Tensor] = None, "
                  "bias: Optional[Tensor] = None, eps: float = 1e-05",
     .call = functional_layer_norm},
    {.path = "torch.nn.functional.batch_norm",
     .signature = "input: Tensor, running_mean: Optional[Tensor], running_var: Optional[Tensor], "
                  "weight: Optional[Tensor] = None, bias: Optional[Tensor] = None, "
                  "training: bool = False, momentum: float = 0.1, eps: float = 1e-05",
     .call = functional_batch_norm},
    {0}};
