/* Whether what a step keeps for its backward is there still, and PyTorch's words where it is not. */
#include "sweep.h"

#include <stdio.h>
#include <string.h>

/* What the step read is there no more. PyTorch keeps a copy of what a step in place replaces, except
 * where it computes the gradient from the result: see `reads` in mlpstep/operation.h. */
static bool is_gone(const mlp_step *step, const mlp_value *read) {
    if (read->memory.replaced_by == step) {
        if (!step->operation->keeps_result)
            return false;
        read = step->out[0];
    }
    return trace_is_overwritten(read);
}

/* Which inputs the step keeps for the gradient of in[i], bit j for in[j]: what it reads, and in
 * earlier releases also what a mean over dimensions was taken of, for its size. */
static unsigned kept_for(const mlp_step *step, size_t i) {
    const bool keeps_size = step->operation->keeps_size && step->options->has_dims &&
                            !mlp_release_has(step->release, MLP_KEEPS_NO_SIZES);
    return step->operation->reads[i] | (keeps_size && i == 0 ? 1U : 0U);
}

/* Whether its backward reads anything: a graph is freed where it does. */
static bool reads_something(const mlp_step *step) {
    bool reads = step->operation->reads_output || (step->function && step->function->saves);
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        reads |= trace_passes_on(step, i) && kept_for(step, i);
    return reads;
}

static mlp_diagnostic *raises_freed(mlp_diagnostic *error) {
    return mlp_raises(
        error, "%s",
        "RuntimeError: Trying to backward through the graph a second time (or directly access saved "
        "tensors after they have already been freed). Saved intermediate values of the graph are freed "
        "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to backward "
        "through the graph a second time or if you need to access saved tensors after calling backward.");
}

/* --- PyTorch's words --- */

/* In another way for bools. */
static const char *type_text(char text[32], mlp_dtype dtype) {
    snprintf(text, 32, dtype == MLP_BOOL ? "CPU%sType" : "torch.%sTensor", mlp_dtype_word(dtype));
    return text;
}

/* What the tensor holds now that held the value. */
static const mlp_value *present(const mlp_value *value) {
    const mlp_step *last = value->memory.counter->last;
    if (value->memory.replaced && !value->memory.replaced_by && last)
        value = last->out[0];
    while (value->memory.replaced_by && value->memory.replaced_by->out[0] != value)
        value = value->memory.replaced_by->out[0];
    return value;
}

/* The node that PyTorch names: an input is known by its tensor, which has the present one, and a view
 * is made anew once its base was changed. */
static const char *node_of(const mlp_value *gone) {
    const bool is_view = gone->producer && gone->producer->operation->arrange;
    if (is_view && !gone->memory.replaced)
        return gone->requires_grad ? "AsStridedBackward0" : NULL;
    return mlp_value_grad_fn(present(gone));
}

static mlp_diagnostic *raises_modified(mlp_diagnostic *error, const mlp_tensor *kept,
                                       const mlp_value *gone, const char *node) {
    const size_t counted = gone->memory.counter->counted;
    const char *room = node && strcmp(node, "CopySlices") == 0 ? "torch::autograd::" : "";
    char shape[MLP_SHAPE_TEXT], type[32];
    if (counted == gone->memory.expected)
        return error; /* autograd has not seen the change */
    return mlp_raises(
        error,
        "RuntimeError: one of the variables needed for gradient computation has been modified by an "
        "inplace operation: [%s %s]%s%s%s%s is at version %zu; expected version %zu instead. Hint: "
        "enable anomaly detection to find the operation that failed to compute its gradient, with "
        "torch.autograd.set_detect_anomaly(True).",
        type_text(type, kept->dtype), mlp_shape_text(shape, kept),
        node ? ", which is output 0 of " : "", room, node ? node : "", node ? "," : "", counted,
        gone->memory.expected);
}

mlp_diagnostic *mlp_raises_modified(mlp_diagnostic *error, const mlp_value *gone, bool is_result) {
    return raises_modified(error, &gone->tensor, gone,
                           is_result ? mlp_value_grad_fn(gone) : node_of(gone));
}

/* Of its weight a layer keeps the transpose, which is a view. */
static mlp_diagnostic *raises_weight(mlp_diagnostic *error, const mlp_value *weight) {
    mlp_tensor kept = weight->tensor;
    if (kept.ndim == 2) {
        kept.shape[0] = weight->tensor.shape[1];
        kept.shape[1] = weight->tensor.shape[0];
    }
    return raises_modified(error, &kept, weight,
                           weight->requires_grad ? "AsStridedBackward0" : NULL);
}

/* Products keep vectors and matrices themselves, and of what has more dimensions a view. */
static mlp_diagnostic *raises_gone(mlp_diagnostic *error, const mlp_step *step,
                                   const mlp_value *gone) {
    const unsigned traits = step->operation->traits;
    if (step->phase != MLP_FORWARD)
        return error;
    if (traits & MLP_IS_LAYER && gone == step->in[1])
        return raises_weight(error, gone);
    const bool is_kept = !(traits & MLP_IS_PRODUCT) || step->in[0]->tensor.ndim == 2 ||
                         (!(traits & MLP_IS_LAYER) && step->in[0]->tensor.ndim == 1 &&
                          step->in[1]->tensor.ndim == 1);
    return is_kept ? mlp_raises_modified(error, gone, gone == step->out[0]) : error;
}

/* The inputs in the order in which PyTorch looks for them. */
static size_t looked_for(const mlp_step *step, size_t k) {
    const unsigned traits = step->operation->traits;
    const bool is_last_first = traits & MLP_IS_PRODUCT && (step->in[1]->tensor.ndim == 1 ||
                                                           (traits & MLP_IS_BIASED && step->in[2]));
    return is_last_first ? MLP_MAX_INPUTS - 1 - k : k;
}

/* The first that is gone; the result comes last. */
static const mlp_value *first_gone(const mlp_step *step, unsigned wanted) {
    for (size_t k = 0; k < MLP_MAX_INPUTS; k++) {
        const size_t j = looked_for(step, k);
        for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
            if (wanted >> i & 1 && kept_for(step, i) >> j & 1 && step->in[j] &&
                (step->in[j]->memory.forgotten || is_gone(step, step->in[j])))
                return step->in[j]->memory.replaced_by == step ? step->out[0] : step->in[j];
    }
    return step->operation->reads_output && is_gone(step, step->out[0]) ? step->out[0] : NULL;
}

bool sweep_check_saved(const mlp_step *step, unsigned wanted, mlp_diagnostic *error) {
    if (step->freed && reads_something(step))
        return mlp_error(raises_freed(error),
                         "this graph was freed by an earlier backward(): call that one "
                         "with retain_graph=True");
    const mlp_value *gone = first_gone(step, wanted);
    return !gone || mlp_error(raises_gone(error, step, gone),
                              "%s needs a value for its gradient that was changed in place "
                              "since (by step(), an assignment like += or inplace=True): call "
                              "backward() first, or make a new tensor instead of the change",
                              step->operation->name);
}
