/* torch.autograd.functional.vjp, jvp, hvp, vhp: the derivatives of a function, times a vector. What
 * goes forward is computed as in PyTorch, by differentiating a gradient by what it was given. */
#include "autograd.h"
#include "derivatives.h"

#include "python/iterate.h"

/* Values of one kind: results, inputs, gradients. */
typedef struct {
    mlp_value **at;
    size_t count;
} values;

static values values_like(call *c, size_t count) {
    return (values){script_alloc(c->script, count, sizeof(mlp_value *)), count};
}

/* Zeros in the shapes of all of them, which can be differentiated by. */
static values zeros_like(call *c, values like) {
    values zeros = values_like(c, like.count);
    for (size_t i = 0; i < like.count; i++) {
        zeros.at[i] = derivative_given(c, like.at[i], SIZE_MAX, 0);
        if (!mlp_trace_variable(trace_of(c), zeros.at[i], true))
            script_out_of_memory(c->script);
    }
    return zeros;
}

/* The gradients of the roots, of each times its seed, by the inputs. Zeros where no root depends on
 * one, unless that is refused. */
static values derive(call *c, values roots, values seeds, values inputs, bool create_graph,
                     bool strict) {
    values of = values_like(c, roots.count), with = values_like(c, roots.count);
    values results = values_like(c, inputs.count);
    of.count = 0;
    for (size_t k = 0; k < roots.count; k++)
        if (roots.at[k]->requires_grad) {
            with.at[of.count] = seeds.at ? seeds.at[k] : NULL;
            of.at[of.count++] = roots.at[k];
        }
    const mlp_differentiation all = {.roots = of.at,
                                     .gradients = with.at,
                                     .count = of.count,
                                     .inputs = inputs.at,
                                     .results = results.at,
                                     .input_count = inputs.count,
                                     .retain_graph = true,
                                     .create_graph = create_graph};
    if (of.count && !mlp_trace_differentiate(trace_of(c), &all, script_error(c->script)))
        call_give_up(c);
    for (size_t i = 0; i < inputs.count; i++) {
        if (!results.at[i] && strict)
            call_fail(c,
                      "strict=True: nothing depends on input %zu, where zeros are given without "
                      "strict",
                      i);
        if (!results.at[i])
            results.at[i] = derivative_given(c, inputs.at[i], SIZE_MAX, 0);
    }
    return results;
}

/* --- the vector --- */

static void check_vector(call *c, values v, values like) {
    char shape[MLP_SHAPE_TEXT], wanted[MLP_SHAPE_TEXT];
    if (v.count != like.count)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "v is a tuple of invalid length: should be %zu but got %zu.",
                              like.count, v.count),
                  "v has one tensor for each of the %zu, not %zu", like.count, v.count);
    for (size_t i = 0; i < v.count; i++) {
        const mlp_tensor *t = &v.at[i]->tensor, *of = &like.at[i]->tensor;
        mlp_shape_text(shape, t);
        mlp_shape_text(wanted, of);
        if (!mlp_tensor_same_shape(t, of))
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "%sv has invalid size: should be torch.Size(%s) but got "
                                  "torch.Size(%s).",
                                  v.count > 1 ? script_printf(c->script, "Entry %zu in ", i) : "",
                                  wanted, shape),
                      "v has the shape %s here, not %s", wanted, shape);
    }
}

/* What the result is differentiated by, or the derivative multiplied with: v, in the shapes of
 * `like`, or the one number 1. */
static values vector_of(call *c, values like, const char *what, bool create_graph) {
    object *v = c->arguments[2];
    if (v->kind == OBJECT_NONE) {
        if (like.count != 1 || like.at[0]->tensor.numel != 1)
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "The vector v can only be None if %s a single Tensor with a "
                                  "single element.",
                                  what),
                      "v is left out only beside one number: pass a tensor of the same shape");
        values one = values_like(c, 1);
        one.at[0] = derivative_given(c, like.at[0], 0, 1);
        return one;
    }
    const object *tuple = derivative_tuple(c, v, "v");
    values all = values_like(c, tuple->as.sequence.count);
    for (size_t i = 0; i < all.count; i++) {
        mlp_variable *variable = variable_of(tuple->as.sequence.items[i]);
        if (!create_graph)
            variable = tensor_detached(c, variable);
        all.at[i] = tensor_value(c, variable_object(c, variable));
    }
    check_vector(c, all, like);
    return all;
}

/* --- what is returned --- */

/* (result, derivative), whose entries a report shows. */
static object *returned(call *c, whole *w, values derivative, bool is_one, bool create_graph) {
    object *pair = object_sequence(c->script, OBJECT_TUPLE, 2);
    object *all = object_sequence(c->script, OBJECT_TUPLE, derivative.count);
    restore_modes(c, &w->guard);
    for (size_t i = 0; i < derivative.count; i++) {
        derivative.at[i]->label.hidden = false;
        all->as.sequence.items[i] = value_object(c, derivative.at[i]);
        if (!mlp_trace_show(trace_of(c), MLP_BACKWARD, derivative.at[i]))
            script_out_of_memory(c->script);
    }
    object *result = value_object(c, w->result);
    if (!create_graph)
        result = variable_object(c, tensor_detached(c, variable_of(result)));
    pair->as.sequence.items[0] = result;
    pair->as.sequence.items[1] = is_one ? all->as.sequence.items[0] : all;
    return pair;
}

/* Arguments of all four: func, inputs, v, create_graph, strict. */
static bool creates_graph(const call *c) {
    return c->arguments[3]->as.boolean;
}

static bool is_strict(const call *c) {
    return c->arguments[4]->as.boolean;
}

static values result_of(const whole *w, mlp_value **place) {
    *place = w->result;
    return (values){place, 1};
}

static values inputs_of(const whole *w) {
    return (values){w->values, w->count};
}

static void begin(call *c, whole *w) {
    whole_begin(c, w, c->arguments[1], creates_graph(c) ? WHOLE_KEEPS_HISTORY : WHOLE_DETACHES);
    if (is_strict(c) && !w->result->requires_grad)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Output 0 of the user-provided function does not require gradients. "
                              "The outputs must be computed in a differentiable manner from the "
                              "input when running in strict mode."),
                  "strict=True: the result depends on no input");
}

/* --- first derivatives --- */

static object *vjp(call *c) {
    whole w;
    mlp_value *place;
    begin(c, &w);
    const values result = result_of(&w, &place);
    const values v = vector_of(c, result, "the user-provided function returns", creates_graph(c));
    const values product = derive(c, result, v, inputs_of(&w), creates_graph(c), is_strict(c));
    return returned(c, &w, product, w.is_one, creates_graph(c));
}

static const char of_input[] = "the input to the user-provided function is";

static object *jvp(call *c) {
    whole w;
    mlp_value *place;
    begin(c, &w);
    const values v = vector_of(c, inputs_of(&w), of_input, creates_graph(c));
    const values result = result_of(&w, &place), seed = zeros_like(c, result);
    const values gradients = derive(c, result, seed, inputs_of(&w), true, is_strict(c));
    const values product = derive(c, gradients, v, seed, creates_graph(c), is_strict(c));
    return returned(c, &w, product, true, creates_graph(c));
}

/* --- second derivatives --- */

static values gradients_of(call *c, whole *w, const char *name, mlp_value **place) {
    if (w->result->tensor.numel != 1)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "The Tensor returned by the function given to %s should contain a "
                              "single element",
                              name),
                  "%s() takes a function that returns one number: reduce it with sum()", name);
    return derive(c, result_of(w, place), (values){0}, inputs_of(w), true, is_strict(c));
}

static object *hvp(call *c) {
    whole w;
    mlp_value *place;
    begin(c, &w);
    const values v = vector_of(c, inputs_of(&w), of_input, creates_graph(c));
    const values gradients = gradients_of(c, &w, "hvp", &place);
    const values seeds = zeros_like(c, inputs_of(&w));
    const values twice = derive(c, gradients, seeds, inputs_of(&w), true, is_strict(c));
    const values product = derive(c, twice, v, seeds, creates_graph(c), is_strict(c));
    return returned(c, &w, product, w.is_one, creates_graph(c));
}

static object *vhp(call *c) {
    whole w;
    mlp_value *place;
    begin(c, &w);
    const values v = vector_of(c, inputs_of(&w), of_input, creates_graph(c));
    const values gradients = gradients_of(c, &w, "vhp", &place);
    const values product = derive(c, gradients, v, inputs_of(&w), creates_graph(c), is_strict(c));
    return returned(c, &w, product, w.is_one, creates_graph(c));
}

#define SIGNATURE "func, inputs, v = None, create_graph: bool = False, strict: bool = False"

const native native_vector_products[] = {
    {.path = "torch.autograd.functional.vjp", .signature = SIGNATURE, .call = vjp},
    {.path = "torch.autograd.functional.jvp", .signature = SIGNATURE, .call = jvp},
    {.path = "torch.autograd.functional.hvp", .signature = SIGNATURE, .call = hvp},
    {.path = "torch.autograd.functional.vhp", .signature = SIGNATURE, .call = vhp},
    {0}};
