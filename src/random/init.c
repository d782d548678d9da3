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

static double column_dot(const double *a, size_t m, size_t n, size_t j, size_t k) {
    double dot = 0;
    for (size_t i = 0; i < m; i++)
        dot += a[i * n + j] * a[i * n + k];
    return dot;
}

/* The norm of the inverse of R, column by column: R x = e_j from the last row on. */
static double inverse_norm(double *x, const double *r, size_t n) {
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        for (size_t i = j + 1; i-- > 0;) {
            double rest = i == j;
            for (size_t k = i + 1; k <= j; k++)
                rest -= r[i * n + k] * x[k];
            x[i] = rest / r[i * n + i];
            sum += x[i] * x[i];
        }
    }
    return sqrt(sum);
}

/* By Gram and Schmidt, twice, after which nothing of the earlier columns is left. */
double mlp_init_orthogonal(double *a, double *room, size_t m, size_t n) {
    double *r = room;
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < n; k++)
            r[k * n + j] = 0;
        for (size_t turn = 0; turn < 2; turn++)
            for (size_t k = 0; k < j; k++) {
                const double along = column_dot(a, m, n, k, j);
                r[k * n + j] += along;
                for (size_t i = 0; i < m; i++)
                    a[i * n + j] -= along * a[i * n + k];
            }
        r[j * n + j] = sqrt(column_dot(a, m, n, j, j));
        for (size_t i = 0; i < m; i++)
            a[i * n + j] /= r[j * n + j];
    }
    return inverse_norm(r + n * n, r, n);
}
