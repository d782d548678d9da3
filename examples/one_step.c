/* The step of plain.py without a script: each kernel by hand, forward, backward, update. It prints
 * what `mlpstep plain.py` prints, but for the comments. */
#include <mlpstep/kernels/leaky_relu.h>
#include <mlpstep/kernels/linear.h>
#include <mlpstep/kernels/log_softmax.h>
#include <mlpstep/kernels/nll_loss.h>
#include <mlpstep/kernels/sgd.h>
#include <mlpstep/kernels/softmax.h>
#include <mlpstep/tensor.h>

#include <string.h>

static void print(const char *name, mlp_tensor tensor) {
    tensor.numel = 1;
    for (size_t i = 0; i < tensor.ndim; i++)
        tensor.numel *= tensor.shape[i];
    printf("%s = ", name);
    mlp_tensor_write(stdout, &tensor, 6, strlen(name) + strlen(" = "));
    printf("\n");
}

/* float32, which is the first dtype. */
static void print_vector(const char *name, float *data, size_t size) {
    print(name, (mlp_tensor){.ndim = 1, .shape = {size}, .data = data});
}

static void print_matrix(const char *name, float *data, size_t rows, size_t columns) {
    print(name, (mlp_tensor){.ndim = 2, .shape = {rows, columns}, .data = data});
}

static void print_scalar(const char *name, float *data) {
    print(name, (mlp_tensor){.data = data});
}

static float x[2] = {0.05F, 0.10F};
static float w1[6] = {0.15F, 0.20F, 0.25F, 0.30F, 0.35F, 0.40F}, b1[3] = {0.04F, 0.08F, 0.12F};
static float w2[6] = {0.45F, 0.50F, 0.55F, 0.60F, 0.65F, 0.70F}, b2[2] = {0.16F, 0.20F};
static int64_t y = 1;
static const mlp_linear_sizes first = {.batch = 1, .in_features = 2, .out_features = 3};
static const mlp_linear_sizes second = {.batch = 1, .in_features = 3, .out_features = 2};
static const double negative_slope = 0.1;
static const mlp_dimension classes = {.outer = 1, .size = 2, .inner = 1, .last_dim = true};
static const mlp_class_loss mean = {.batch = 1,
                                    .classes = 2,
                                    .positions = 1,
                                    .ignore_index = -100,
                                    .reduction = MLP_REDUCTION_MEAN};
static const mlp_sgd_options sgd = {.lr = 0.1};

int main(void) {
    /* forward */
    float z[3], h[3], o[2], y_pred[2], log_p[2], l, weight;
    mlp_linear_forward_f32(z, x, w1, b1, &first);
    mlp_leaky_relu_forward_f32(h, z, 3, negative_slope);
    mlp_linear_forward_f32(o, h, w2, b2, &second);
    mlp_softmax_forward_f32(y_pred, o, &classes);
    mlp_log_softmax_forward_f32(log_p, o, &classes);
    mlp_nll_loss_forward_f32(&l, &weight, log_p, &y, NULL, &mean);
    print_vector("x", x, 2);
    print_matrix("w1.weight", w1, 3, 2);
    print_vector("w1.bias", b1, 3);
    print_vector("w1(x)", z, 3);
    print_vector("h", h, 3);
    print_matrix("w2.weight", w2, 2, 3);
    print_vector("w2.bias", b2, 2);
    print_vector("o", o, 2);
    print_vector("y_pred", y_pred, 2);
    print("y", (mlp_tensor){.dtype = MLP_INT64, .ndim = 1, .shape = {1}, .data = &y});
    print_matrix("loss.log_softmax", log_p, 1, 2);
    print_scalar("l", &l);

    /* backward: the gradient of a bias is that of what it is added to */
    float dl = 1, dlog_p[2], d_o[2], dw2[6], dh[3], dz[3], dw1[6], dx[2];
    mlp_nll_loss_backward_f32(dlog_p, &dl, &y, NULL, &weight, &mean);
    mlp_log_softmax_backward_f32(d_o, dlog_p, log_p, &classes);
    mlp_linear_backward_f32(dh, dw2, NULL, d_o, h, w2, &second);
    mlp_leaky_relu_backward_f32(dz, dh, z, 3, negative_slope);
    mlp_linear_backward_f32(dx, dw1, NULL, dz, x, w1, &first);
    print_scalar("l.grad", &dl);
    print_matrix("loss.log_softmax.grad", dlog_p, 1, 2);
    print_vector("o.grad", d_o, 2);
    print_matrix("w2.weight.grad", dw2, 2, 3);
    print_vector("w2.bias.grad", d_o, 2);
    print_vector("h.grad", dh, 3);
    print_vector("w1(x).grad", dz, 3);
    print_matrix("w1.weight.grad", dw1, 3, 2);
    print_vector("w1.bias.grad", dz, 3);
    print_vector("x.grad", dx, 2);

    /* step */
    mlp_sgd_step_f32(w1, NULL, w1, dw1, NULL, 6, &sgd);
    mlp_sgd_step_f32(b1, NULL, b1, dz, NULL, 3, &sgd);
    mlp_sgd_step_f32(w2, NULL, w2, dw2, NULL, 6, &sgd);
    mlp_sgd_step_f32(b2, NULL, b2, d_o, NULL, 2, &sgd);
    print_matrix("w1.weight", w1, 3, 2);
    print_vector("w1.bias", b1, 3);
    print_matrix("w2.weight", w2, 2, 3);
    print_vector("w2.bias", b2, 2);
    if (ferror(stdout) || fclose(stdout) != 0) {
        fprintf(stderr, "one_step: cannot write the output\n");
        return 2;
    }
    return 0;
}
