/* What PyTorch raises where an argument is no Tensor. */
#include "torch.h"

#include <string.h>

/* A function or the forward of a module, and the function in C++ that complains of it, where that
 * has another name; or the attribute that Python looks for, and does not find. */
typedef struct {
    const char *path, *function, *attribute;
} misfit_row;

static const misfit_row table[] = {
    {"CELU", "celu", NULL},
    {"CrossEntropyLoss", "cross_entropy_loss", NULL},
    {"Dropout", "dropout", NULL},
    {"ELU", "elu", NULL},
    {"GELU", "gelu", NULL},
    {"Hardsigmoid", "hardsigmoid", NULL},
    {"Hardswish", "hardswish", NULL},
    {"LayerNorm", "layer_norm", NULL},
    {"LeakyReLU", "leaky_relu", NULL},
    {"Linear", "linear", NULL},
    {"LogSigmoid", "log_sigmoid", NULL},
    {"Mish", "mish", NULL},
    {"NLLLoss", "nll_loss_nd", NULL},
    {"PReLU", "prelu", NULL},
    {"ReLU", "relu", NULL},
    {"ReLU6", "hardtanh", NULL},
    {"SELU", "selu", NULL},
    {"SiLU", "silu", NULL},
    {"Sigmoid", "sigmoid", NULL},
    {"Softplus", "softplus", NULL},
    {"Softshrink", "softshrink", NULL},
    {"Tanh", "tanh", NULL},
    {"Threshold", "threshold", NULL},
    {"BCELoss", NULL, "size"},
    {"BCEWithLogitsLoss", NULL, "size"},
    {"BatchNorm1d", NULL, "dim"},
    {"Flatten", NULL, "flatten"},
    {"HuberLoss", NULL, "size"},
    {"L1Loss", NULL, "size"},
    {"MSELoss", NULL, "size"},
    {"SmoothL1Loss", NULL, "size"},
    {"Softsign", NULL, "abs"},
    {"Tanhshrink", NULL, "tanh"},
    {"torch.nn.Parameter", NULL, "detach"},
    {"torch.nn.functional.binary_cross_entropy", NULL, "size"},
    {"torch.nn.functional.binary_cross_entropy_with_logits", NULL, "size"},
    {"torch.nn.functional.cross_entropy", "cross_entropy_loss", NULL},
    {"torch.nn.functional.huber_loss", NULL, "size"},
    {"torch.nn.functional.l1_loss", NULL, "size"},
    {"torch.nn.functional.logsigmoid", "log_sigmoid", NULL},
    {"torch.nn.functional.mse_loss", NULL, "size"},
    {"torch.nn.functional.nll_loss", "nll_loss_nd", NULL},
    {"torch.nn.functional.normalize", NULL, "norm"},
    {"torch.nn.functional.sigmoid", NULL, "sigmoid"},
    {"torch.nn.functional.smooth_l1_loss", NULL, "size"},
    {"torch.nn.functional.softsign", NULL, "abs"},
    {"torch.nn.functional.tanh", NULL, "tanh"},
    {"torch.nn.functional.tanhshrink", NULL, "tanh"},
    {"torch.norm", NULL, "dim"}};

/* Functions and methods that say something longer, or other things of other arguments. */
static const char others[] =
    " bucketize clamp clamp_ clip copy_ cumulative_trapezoid dot embedding gather gaussian_nll_loss "
    "index_select lerp lerp_ log_softmax margin_ranking_loss masked_fill masked_fill_ normal softmax "
    "softmin trapezoid trapz unique xlogy ";

static bool is_other(script *s, const char *name) {
    return strstr(others, script_printf(s, " %s ", name)) != NULL;
}

static const misfit_row *find(const char *path, size_t length) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].path) == length && strncmp(table[i].path, path, length) == 0)
            return &table[i];
    return NULL;
}

bool torch_misfit(script *s, const native *row, const char *type, const object *given,
                  misfit *says) {
    static const char forward[] = ".forward";
    const char *dot = strrchr(row->path, '.');
    if (!dot || strcmp(type, "Tensor") != 0)
        return false;
    const bool is_module = strcmp(dot, forward) == 0;
    const misfit_row *found =
        find(row->path, is_module ? (size_t)(dot - row->path) : strlen(row->path));
    *says = (misfit){.function = dot + 1, .type = type};
    if (found)
        *says = (misfit){.function = found->function, .type = type, .attribute = found->attribute};
    says->given = strcmp(object_type(given), "ndarray") == 0 ? "numpy.ndarray" : NULL;
    says->is_handed_on = is_module;
    return found || (!is_module && !is_other(s, dot + 1));
}
