/* What to write instead of the names of torch that people use and that are outside the subset. */
#include "torch.h"

#include <string.h>

typedef struct {
    const char *in;     /* the namespaces that have the names, or Tensor, Module, Optimizer */
    const char *names;  /* as `in`, separated by spaces */
    const char *advice; /* one clause that says what to write; a test looks its paths up */
} instead;

/* A name that is supported has no row. Of one that has none, but that PyTorch has by
 * known_names.c, nothing is said, and no guess made what was meant. Advice gives the numbers and
 * the gradients that PyTorch gives, for the numbers that it names: where no short replacement does
 * so, the row says what is supported, or nothing. */
static const instead table[] = {
    /* optimizers */
    {"torch.optim", "SparseAdam",
     "all other optimizers are supported; this one takes no gradients but sparse ones"},
    /* losses */
    {"torch.nn torch.nn.functional", "MultiLabelMarginLoss CTCLoss multilabel_margin_loss ctc_loss",
     "of the losses over classes torch.nn.CrossEntropyLoss, torch.nn.NLLLoss, "
     "torch.nn.MultiMarginLoss and torch.nn.MultiLabelSoftMarginLoss are supported"},
    /* layers */
    {"torch.nn torch.nn.functional",
     "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d Bilinear RNN LSTM GRU "
     "RNNCell LSTMCell GRUCell MultiheadAttention Transformer conv1d conv2d conv3d bilinear",
     "networks of fully connected layers, torch.nn.Linear, are supported"},
    {"torch.nn torch.nn.functional", "BatchNorm2d GroupNorm InstanceNorm2d group_norm",
     "of what normalises torch.nn.LayerNorm, torch.nn.BatchNorm1d and torch.nn.InstanceNorm1d are "
     "supported"},
    {"torch.nn torch.nn.functional",
     "MaxPool1d MaxPool2d AvgPool1d AvgPool2d AdaptiveAvgPool2d max_pool1d max_pool2d avg_pool1d "
     "avg_pool2d",
     "pooling is not supported"},
    {"torch.nn", "DataParallel parallel",
     "leave it out, and the 'module.' of the names in state_dict(): call the module itself"},
    {"torch.nn.utils torch.nn.utils.clip_grad", "clip_grad_norm",
     "write torch.nn.utils.clip_grad_norm_"},
    /* modules' methods */
    {"Module", "register_backward_hook", "write register_full_backward_hook"},
    {"Module", "register_hook", "to see a gradient, write register_hook of a tensor"},
    {"Module Tensor", "cuda", "leave it out: everything is on the CPU"},
    {"Module", "half bfloat16",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    {"Tensor", "half bfloat16",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    /* making tensors */
    {"torch", "float16 half bfloat16",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    {"torch", "from_numpy",
     "write the numbers in torch.tensor([...], dtype=...), with the dtype of the array"},
    {"torch", "asarray logspace load", "write the numbers in torch.tensor([...])"},
    {"torch", "save", "leave it out: the report shows every parameter"},
    /* what operators compute */
    {"torch Tensor", "addmv baddbmm addbmm", "write c + a @ b"},
    {"torch Tensor", "detach_", "write x = x.detach()"},
    /* namespaces and settings */
    {"torch", "func vmap", "write a loop, and torch.autograd.grad with create_graph=True"},
    {"torch.utils", "data",
     "slice the batches by hand: for i in range(0, len(x), size): x[i:i + size]"},
    {"torch Generator", "seed",
     "write manual_seed, with a seed: seed() draws another one at every run"},
    {"torch", "compile jit fx onnx", "leave it out: call the module itself"},
    {"torch.cuda", "device_count current_device set_device get_device_name synchronize amp",
     "leave it out: everything is on the CPU"},
    {"torch", "amp autocast",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    {"torch", "distributed multiprocessing profiler set_float32_matmul_precision",
     "leave it out: the step runs on one CPU, in float32 or float64"}};

static bool has_word(const char *words, const char *word, size_t length) {
    while (*words) {
        const size_t n = strcspn(words, " ");
        if (n == length && strncmp(words, word, n) == 0)
            return true;
        words += n + strspn(words + n, " ");
    }
    return false;
}

/* A name's row is also that of what stands in it: torch.utils of torch.utils.data.DataLoader. */
static bool applies(const instead *row, const char *path) {
    for (const char *dot = strchr(path, '.'); dot; dot = strchr(dot + 1, '.'))
        if (has_word(row->in, path, (size_t)(dot - path)) &&
            has_word(row->names, dot + 1, strcspn(dot + 1, ".")))
            return true;
    return false;
}

void add_empty_namespaces(call *c) {
    static const char *const spaces[] = {"torch.random", "torch.utils"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        native_namespace(c->script, spaces[i]);
}

const char *torch_instead(const char *path) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (applies(&table[i], path))
            return table[i].advice;
    return torch_knows(path) ? "" : NULL;
}
