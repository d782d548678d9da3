/* A program that knows the kernels and nothing of scripts: y = x W^T + b. */
#include <mlpstep/kernels/linear.h>

int main(void) {
    const float x[2] = {1, 2}, weight[4] = {1, 2, 3, 4}, bias[2] = {0.5F, 0.25F};
    const mlp_linear_sizes sizes = {.batch = 1, .in_features = 2, .out_features = 2};
    float y[2];
    mlp_linear_forward_f32(y, x, weight, bias, &sizes);
    return y[0] == 5.5F && y[1] == 11.25F ? 0 : 1;
}
