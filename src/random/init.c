/* How wide torch.nn.init draws initial weights, computed in double in the order of its Python
 * source: the last bits depend on it. */
#include "mlpstep/random.h"

#include <math.h>
#include <string.h>

bool mlp_init_gain(const char *nonlinearity, double negative_slope, double *gain) {
    static const char *const linear[] = {"linear",           "conv1d",           "conv2d",
                                         "conv3d",           "conv_transpose1d", "conv_transpose2d",
                                         "conv_transpose3d", "sigmoid"};
    for (size_t i = 0; i < sizeof linear / sizeof *linear; i++) {
        if (strcmp(nonlinearity, linear[i]) == 0) {
            *gain = 1;
            return true;
        }
    }
    if (strcmp(nonlinearity, "tanh") == 0)
        *gain = 5.0 / 3;
    else if (strcmp(nonlinearity, "relu") == 0)
        *gain = sqrt(2);
    else if (strcmp(nonlinearity, "leaky_relu") == 0)
        *gain = sqrt(2 / (1 + pow(negative_slope, 2)));
    else if (strcmp(nonlinearity, "selu") == 0)
        *gain = 3.0 / 4;
    else
        return false;
    return true;
}

double mlp_init_xavier_std(size_t fan_in, size_t fan_out, double gain) {
    return gain * sqrt(2 / (double)(fan_in + fan_out));
}

double mlp_init_kaiming_std(size_t fan, double gain) {
    return gain / sqrt((double)fan);
}

double mlp_init_uniform_bound(double std) {
    return sqrt(3) * std;
}

double mlp_linear_weight_bound(size_t fan_in) {
    if (fan_in == 0)
        return 0;
    double gain;
    mlp_init_gain("leaky_relu", sqrt(5), &gain);
    return mlp_init_uniform_bound(mlp_init_kaiming_std(fan_in, gain));
}

double mlp_linear_bias_bound(size_t fan_in) {
    return fan_in == 0 ? 0 : 1 / sqrt((double)fan_in);
}
