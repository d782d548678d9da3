// The neuron of ../neuron.py, whose product is one of the library's kernels.
#include <mlpstep/kernels/linear.h>

#include <cmath>
#include <cstdio>

int main() {
    const float x[] = {1, 2}, weight[] = {0.5F, -0.25F}, bias = 0;
    const mlp_linear_sizes sizes{1, 2, 1, false, false};
    float z;
    mlp_linear_forward_f32(&z, x, weight, &bias, &sizes);
    const float y = 1 / (1 + std::exp(-z)), slope = y * (1 - y);
    std::printf("y = %.9g\nw.grad = [%.9g, %.9g]\n", y, slope * x[0], slope * x[1]);
}
