/* torch.autograd.gradcheck, and torch.autograd.functional: a function of the script, differentiated
 * as a whole. A report does not show how. */
#include "derivatives.h"

#include "autograd.h"

#include "python/iterate.h"
#include "tensor/format.h"

#include <math.h>
#include <string.h>

/* What the function returns, as a tuple of tensors. */
static object *results_of(call *c, object *function, const object *inputs, bool several) {
    object *result =
        call_positional(c, function, inputs->as.sequence.items, inputs->as.sequence.count);
    if (several)
        return derivative_tuple(c, result, "the results of the function");
    if (!is_tensor(result))
        call_fail(c, "the function returns one Tensor here, not a value of type %s",
                  object_type(result));
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, 1);
    tuple->as.sequence.items[0] = result;
    return tuple;
}

object *derivative_tuple(call *c, object *given, const char *what) {
    object *tuple = object_sequence(c->script, OBJECT_TUPLE, 1);
    if (is_tensor(given))
        tuple->as.sequence.items[0] = given;
    else
        tuple = iterate_all(c->script, given, OBJECT_TUPLE, c->where);
    for (size_t i = 0; i < tuple->as.sequence.count; i++)
        if (!is_tensor(tuple->as.sequence.items[i]))
            call_fail(c, "%s are tensors, not values of type %s", what,
                      object_type(tuple->as.sequence.items[i]));
    return tuple;
}

void whole_begin(call *c, whole *w, object *given, whole_inputs inputs) {
    w->function = c->arguments[0];
    w->is_one = is_tensor(given);
    w->inputs = derivative_tuple(c, given, "the inputs");
    w->count = w->inputs->as.sequence.count;
    w->values = script_alloc(c->script, w->count, sizeof(mlp_value *));
    for (size_t i = 0; i < w->count; i++) {
        object **input = &w->inputs->as.sequence.items[i];
        if (inputs == WHOLE_KEEPS_ALL ||
            (inputs == WHOLE_KEEPS_HISTORY && tensor_value(c, *input)->requires_grad))
            continue;
        *input = variable_object(c, tensor_detached(c, variable_of(*input)));
        tensor_require_grad(c, variable_of(*input), true);
    }
    guard_modes(c, &w->guard);
    trace_of(c)->quiet = true;
    trace_of(c)->no_grad = false;
    for (size_t i = 0; i < w->count; i++)
        w->values[i] = tensor_value(c, w->inputs->as.sequence.items[i]);
    w->results = results_of(c, w->function, w->inputs, inputs == WHOLE_KEEPS_ALL);
    w->output = 0;
    w->result =
        w->results->as.sequence.count ? tensor_value(c, w->results->as.sequence.items[0]) : NULL;
}

mlp_value *derivative_given(call *c, const mlp_value *like, size_t at, double number) {
    const mlp_tensor *t = &like->tensor;
    mlp_tensor numbers = tensor_zeroed(c, t->dtype, t->ndim, t->shape);
    if (at < numbers.numel)
        mlp_tensor_set(&numbers, at, number);
    mlp_value *value = mlp_trace_given(trace_of(c), numbers);
    if (!value)
        script_out_of_memory(c->script);
    return value;
}

/* The gradients of element `at` of the root, by the inputs; zeros where it does not depend on one. */
static void gradients_of(call *c, const whole *w, mlp_value *root, size_t at, bool create_graph,
                         mlp_value **gradients) {
    mlp_value *seed = derivative_given(c, root, at, 1);
    const mlp_differentiation of = {.roots = &root,
                                    .gradients = &seed,
                                    .count = 1,
                                    .inputs = w->values,
                                    .results = gradients,
                                    .input_count = w->count,
                                    .retain_graph = true,
                                    .create_graph = create_graph};
    for (size_t i = 0; i < w->count; i++)
        gradients[i] = NULL;
    if (root->requires_grad && !mlp_trace_differentiate(trace_of(c), &of, script_error(c->script)))
        call_give_up(c);
    for (size_t i = 0; i < w->count; i++)
        if (!gradients[i])
            gradients[i] = derivative_given(c, w->values[i], SIZE_MAX, 0);
}

/* --- torch.autograd.functional --- */

/* The rows as one tensor, in the sizes of the root, then of the input. */
static object *stacked(call *c, const whole *w, object *rows, const mlp_tensor *root,
                       const mlp_tensor *input) {
    size_t shape[MLP_MAX_DIMS], ndim = 0;
    if (root->ndim + input->ndim > MLP_MAX_DIMS)
        call_fail(c, "a tensor has at most %d dimensions", MLP_MAX_DIMS);
    for (size_t d = 0; d < root->ndim; d++)
        shape[ndim++] = root->shape[d];
    for (size_t d = 0; d < input->ndim; d++)
        shape[ndim++] = input->shape[d];
    mlp_trace *trace = trace_of(c);
    object *all = call_positional(c, native_object(c->script, "torch.stack", NULL), &rows, 1);
    const mlp_options options = {.sizes = tensor_sizes(ndim, shape)};
    tensor_value(c, all)->label.hidden = true;
    const bool sweeping = trace->sweeping;
    trace->quiet = w->guard.quiet; /* this is what the script receives */
    trace->sweeping = true;
    object *result = tensor_view(c, all, &mlp_view, &options);
    trace->quiet = true;
    trace->sweeping = sweeping;
    return result;
}

/* All derivatives of the root, one tensor for each input, in a tuple. */
static object *jacobian_of(call *c, const whole *w, mlp_value *root, bool create_graph) {
    const size_t n = root->tensor.numel;
    object *all = object_sequence(c->script, OBJECT_TUPLE, w->count);
    mlp_value **gradients = script_alloc(c->script, w->count, sizeof(mlp_value *));
    if (n == 0)
        call_fail(c, "a tensor without elements has no derivatives");
    for (size_t i = 0; i < w->count; i++)
        all->as.sequence.items[i] = object_sequence(c->script, OBJECT_LIST, n);
    for (size_t at = 0; at < n; at++) {
        gradients_of(c, w, root, at, create_graph, gradients);
        for (size_t i = 0; i < w->count; i++)
            all->as.sequence.items[i]->as.sequence.items[at] = value_object(c, gradients[i]);
    }
    for (size_t i = 0; i < w->count; i++)
        all->as.sequence.items[i] =
            stacked(c, w, all->as.sequence.items[i], &root->tensor, &w->values[i]->tensor);
    return all;
}

static object *first_or_all(const whole *w, object *all) {
    return w->is_one ? all->as.sequence.items[0] : all;
}

/* Arguments of both: func, inputs, create_graph, strict, vectorize, strategy. */
static void check_options(call *c, const whole *w) {
    if (c->arguments[3]->as.boolean && !w->result->requires_grad)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Output 0 of the user-provided function does not require gradients. "
                              "The outputs must be computed in a differentiable manner from the "
                              "input when running in strict mode."),
                  "strict=True: the result depends on no input");
    if (c->arguments[3]->as.boolean)
        call_fail(c, "strict=True is not supported: without it, what does not depend on an input "
                     "has zeros");
    if (c->arguments[4]->as.boolean || strcmp(c->arguments[5]->as.string, "reverse-mode") != 0)
        call_fail(c, "vectorize=True and forward-mode, which compute several derivatives at once, "
                     "are not supported: leave them out");
}

static object *jacobian(call *c) {
    const bool create_graph = c->arguments[2]->as.boolean;
    whole w;
    whole_begin(c, &w, c->arguments[1], create_graph ? WHOLE_KEEPS_HISTORY : WHOLE_DETACHES);
    check_options(c, &w);
    object *all = jacobian_of(c, &w, w.result, create_graph);
    restore_modes(c, &w.guard);
    return first_or_all(&w, all);
}

static object *hessian(call *c) {
    const bool create_graph = c->arguments[2]->as.boolean;
    whole w;
    whole_begin(c, &w, c->arguments[1], create_graph ? WHOLE_KEEPS_HISTORY : WHOLE_DETACHES);
    check_options(c, &w);
    object *all = object_sequence(c->script, OBJECT_TUPLE, w.count);
    mlp_value **gradients = script_alloc(c->script, w.count, sizeof(mlp_value *));
    if (w.result->tensor.numel != 1)
        call_fail(
            call_raises(c, RUNTIME_ERROR,
                        "The Tensor returned by the function given to hessian should contain a "
                        "single element"),
            "hessian() takes a function that returns one number: reduce it with sum()");
    gradients_of(c, &w, w.result, 0, true, gradients);
    for (size_t i = 0; i < w.count; i++)
        all->as.sequence.items[i] =
            first_or_all(&w, jacobian_of(c, &w, gradients[i], create_graph));
    restore_modes(c, &w.guard);
    return first_or_all(&w, all);
}

/* --- torch.autograd.gradcheck --- */

/* The result where element `at` of input i is another number. */
static const mlp_tensor *result_at(call *c, const whole *w, size_t i, size_t at, double number) {
    object *inputs = object_sequence(c->script, OBJECT_TUPLE, w->count);
    mlp_value *nudged = derivative_given(c, w->values[i], SIZE_MAX, 0);
    for (size_t k = 0; k < w->count; k++)
        inputs->as.sequence.items[k] = w->inputs->as.sequence.items[k];
    for (size_t k = 0; k < nudged->tensor.numel; k++)
        mlp_tensor_set(&nudged->tensor, k, mlp_tensor_get(&w->values[i]->tensor, k));
    mlp_tensor_set(&nudged->tensor, at, number);
    inputs->as.sequence.items[i] = value_object(c, nudged);
    tensor_require_grad(c, variable_of(inputs->as.sequence.items[i]), true);
    const object *results = results_of(c, w->function, inputs, true);
    if (results->as.sequence.count != w->results->as.sequence.count)
        call_fail(c, "the function does not always return as many tensors");
    return &tensor_value(c, results->as.sequence.items[w->output])->tensor;
}

/* Both Jacobians of one input: a row for each of its elements, a column for each of the result. */
typedef struct {
    mlp_tensor numerical, analytical;
} jacobians;

static void fill_numerical(call *c, const whole *w, size_t i, double eps, jacobians *both) {
    const mlp_tensor *x = &w->values[i]->tensor;
    const size_t columns = w->result->tensor.numel;
    for (size_t at = 0; at < x->numel; at++) {
        const double number = mlp_tensor_get(x, at);
        const mlp_tensor *low = result_at(c, w, i, at, number - eps);
        const mlp_tensor *high = result_at(c, w, i, at, number + eps);
        for (size_t k = 0; k < columns; k++)
            mlp_tensor_set(&both->numerical, at * columns + k,
                           (mlp_tensor_get(high, k) - mlp_tensor_get(low, k)) / (2 * eps));
    }
}

static void fill_analytical(call *c, const whole *w, size_t i, jacobians *both) {
    const size_t columns = w->result->tensor.numel, rows = w->values[i]->tensor.numel;
    mlp_value **gradients = script_alloc(c->script, w->count, sizeof(mlp_value *));
    for (size_t k = 0; k < columns; k++) {
        gradients_of(c, w, w->result, k, false, gradients);
        for (size_t at = 0; at < rows; at++)
            mlp_tensor_set(&both->analytical, at * columns + k,
                           mlp_tensor_get(&gradients[i]->tensor, at));
    }
}

static bool agrees(const jacobians *both, double atol, double rtol) {
    for (size_t i = 0; i < both->numerical.numel; i++) {
        const double a = mlp_tensor_get(&both->analytical, i);
        const double n = mlp_tensor_get(&both->numerical, i);
        if (!(a == n || fabs(a - n) <= atol + rtol * fabs(n)))
            return false;
    }
    return true;
}

_Noreturn static void fail_mismatch(call *c, size_t output, size_t i, const jacobians *both) {
    buffer text = {.arena = script_arena(c->script)};
    const mlp_dtype dtype = torch_of(c)->dtype;
    buffer_text(&text, "numerical:");
    tensor_print(&text, &both->numerical, &torch_of(c)->print, dtype, NULL);
    buffer_text(&text, "\nanalytical:");
    tensor_print(&text, &both->analytical, &torch_of(c)->print, dtype, NULL);
    if (text.failed)
        script_out_of_memory(c->script);
    call_fail(call_raises(c, GRADCHECK_ERROR,
                          "Jacobian mismatch for output %zu with respect to input %zu,\n%.*s\n",
                          output, i, (int)text.length, text.bytes),
              "gradcheck finds another gradient by input %zu than its backward gives: print "
              "torch.autograd.functional.jacobian(...) to see that",
              i);
}

/* Of the present output, by input i. Arguments: as below. */
static bool check_input(call *c, const whole *w, size_t i) {
    const size_t shape[] = {w->values[i]->tensor.numel, w->result->tensor.numel};
    jacobians both = {tensor_zeroed(c, w->result->tensor.dtype, 2, shape),
                      tensor_zeroed(c, w->result->tensor.dtype, 2, shape)};
    fill_numerical(c, w, i, object_as_number(c->arguments[2]), &both);
    fill_analytical(c, w, i, &both);
    const bool well =
        agrees(&both, object_as_number(c->arguments[3]), object_as_number(c->arguments[4]));
    if (!well && c->arguments[5]->as.boolean)
        fail_mismatch(c, w->output, i, &both);
    return well;
}

/* Only results that require grad are looked at, unless none does. */
static bool is_passed_over(const whole *w) {
    bool any = false;
    for (size_t k = 0; k < w->results->as.sequence.count; k++)
        any = any || variable_of(w->results->as.sequence.items[k])->requires_grad;
    return any && !w->result->requires_grad;
}

/* Arguments: func, inputs, eps, atol, rtol, raise_exception, nondet_tol, check_undefined_grad,
 * check_grad_dtypes, check_batched_grad, fast_mode. What these allow or look for besides is so. */
static object *gradcheck(call *c) {
    whole w;
    if (c->arguments[9]->as.boolean || c->arguments[10]->as.boolean)
        call_fail(c,
                  "check_batched_grad=True and fast_mode=True are not supported: leave them out");
    whole_begin(c, &w, c->arguments[1], WHOLE_KEEPS_ALL);
    bool well = true, has_input = false;
    for (size_t i = 0; i < w.count; i++)
        has_input = has_input || w.values[i]->requires_grad;
    if (!has_input)
        call_fail(call_raises(c, VALUE_ERROR,
                              "gradcheck expects at least one input tensor to require gradient, "
                              "but none of the them have requires_grad=True."),
                  "gradcheck() needs an input with requires_grad=True");
    for (; w.output < w.results->as.sequence.count && well; w.output++) {
        w.result = tensor_value(c, w.results->as.sequence.items[w.output]);
        for (size_t i = 0; i < w.count && well && !is_passed_over(&w); i++)
            well = !w.values[i]->requires_grad || check_input(c, &w, i);
    }
    restore_modes(c, &w.guard);
    return object_bool(c->script, well);
}

const native native_derivatives[] = {
    {.path = "torch.autograd.gradcheck",
     .signature = "func, inputs, *, eps: float = 1e-6, atol: float = 1e-5, rtol: float = 1e-3, "
                  "raise_exception: bool = True, nondet_tol: float = 0.0, "
                  "check_undefined_grad: bool = True, check_grad_dtypes: bool = False, "
                  "check_batched_grad: bool = False, fast_mode: bool = False",
     .call = gradcheck},
    {.path = "torch.autograd.functional.jacobian",
     .signature = "func, inputs, create_graph: bool = False, strict: bool = False, "
                  "vectorize: bool = False, strategy: str = 'reverse-mode'",
     .call = jacobian},
    {.path = "torch.autograd.functional.hessian",
     .signature = "func, inputs, create_graph: bool = False, strict: bool = False, "
                  "vectorize: bool = False, outer_jacobian_strategy: str = 'reverse-mode'",
     .call = hessian},
    {0}};
