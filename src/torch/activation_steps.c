/* Activations that PyTorch composes of operations (torch/nn/functional.py). Each operation hands
 * its gradient to the input by itself, so that the sum there is added up in that order. */
#include "loss_steps.h"
#include "operators.h"
#include "tensor.h"

static mlp_variable *softsign_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]);
    const mlp_options one = {.number = mlp_real(1)};
    loss_show(c, x);
    mlp_value *size = loss_step(c, m, &mlp_abs, ".abs", x, NULL);
    mlp_value *below = loss_step_with(c, m, &mlp_add, &one, ".add", size, NULL);
    const mlp_request quotient = loss_request(c, m, &mlp_div, x, below);
    return tensor_computed(c, &quotient);
}

static mlp_variable *tanhshrink_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *x = tensor_value(c, inputs[0]);
    loss_show(c, x);
    mlp_value *tanh = loss_step(c, m, &mlp_tanh, ".tanh", x, NULL);
    const mlp_request difference = loss_request(c, m, &mlp_sub, x, tanh);
    return tensor_computed(c, &difference);
}

const nn_class nn_activations[] = {{.name = "Softsign",
                                    .file = "activation",
                                    .function = "softsign",
                                    .options = "",
                                    .apply = softsign_apply,
                                    .inputs = "input: Tensor"},
                                   {.name = "Tanhshrink",
                                    .file = "activation",
                                    .function = "tanhshrink",
                                    .options = "",
                                    .apply = tanhshrink_apply,
                                    .inputs = "input: Tensor"},
                                   {0}};
