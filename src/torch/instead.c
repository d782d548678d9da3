/* What to write instead of the names of torch that people use and that are outside the subset. */
#include "torch.h"

#include <string.h>

typedef struct {
    const char *in;     /* the namespaces that have the names, or Tensor, Module, Optimizer */
    const char *names;  /* as `in`, separated by spaces */
    const char *advice; /* one clause that says what to write; a test looks its paths up */
} instead;

/* A name that is supported has no row, nor has one without advice that works. Where a namespace
 * as a whole is outside the subset, the row of a name in it comes before the namespace's own. */
static const instead table[] = {
    /* optimizers */
    {"torch.optim", "AdamW Adamax Adagrad Adadelta NAdam RAdam RMSprop Rprop ASGD LBFGS SparseAdam",
     "write torch.optim.Adam or SGD"},
    {"torch.optim", "lr_scheduler",
     "set optimizer.param_groups[0]['lr'] = ... where the schedule changes it"},
    /* losses */
    {"torch.nn torch.nn.functional", "KLDivLoss kl_div",
     "write torch.nn.CrossEntropyLoss with class probabilities as its target"},
    {"torch.nn torch.nn.functional", "L1Loss l1_loss", "write torch.nn.MSELoss"},
    {"torch.nn", "MultiMarginLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss",
     "write torch.nn.CrossEntropyLoss"},
    /* layers */
    {"torch.nn torch.nn.functional", "SiLU silu", "write x * x.sigmoid()"},
    {"torch.nn torch.nn.functional", "Softplus softplus", "write (1 + x.exp()).log()"},
    {"torch.nn",
     "GELU SELU CELU Mish Softsign Hardtanh Hardsigmoid Hardswish ReLU6 "
     "LogSigmoid Threshold",
     "write torch.nn.ReLU, LeakyReLU, Sigmoid or Tanh"},
    {"torch.nn.functional",
     "gelu selu celu mish softsign hardtanh hardsigmoid hardswish relu6 "
     "logsigmoid threshold",
     "write torch.nn.functional.relu, leaky_relu, sigmoid or tanh"},
    {"torch.nn torch.nn.functional", "PReLU RReLU prelu rrelu",
     "write torch.nn.LeakyReLU with a negative_slope"},
    {"torch.nn", "Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout",
     "write torch.nn.Dropout"},
    {"torch.nn torch.nn.functional",
     "Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d Bilinear LazyLinear RNN LSTM GRU "
     "RNNCell LSTMCell GRUCell MultiheadAttention Transformer conv1d conv2d conv3d bilinear",
     "write torch.nn.Linear: networks of fully connected layers are supported"},
    {"torch.nn torch.nn.functional", "Embedding EmbeddingBag embedding",
     "write torch.nn.Linear with bias=False, and give it rows of 0 and 1"},
    {"torch.nn torch.nn.functional",
     "BatchNorm1d BatchNorm2d LayerNorm GroupNorm InstanceNorm1d MaxPool1d MaxPool2d AvgPool1d "
     "AvgPool2d AdaptiveAvgPool2d batch_norm layer_norm group_norm max_pool1d max_pool2d "
     "avg_pool1d avg_pool2d",
     "write the network without it: normalisation and pooling are not supported"},
    {"torch.nn", "Unflatten", "leave it out, and give the input the shape [batch, features]"},
    {"torch.nn", "ModuleDict",
     "assign each module to an attribute of its own, or write torch.nn.ModuleList"},
    {"torch.nn", "ParameterList ParameterDict",
     "assign each torch.nn.Parameter to an attribute of its own"},
    {"torch.nn", "DataParallel parallel", "leave it out: call the module itself"},
    {"torch.nn", "utils", "leave it out: gradients and weights are used as they are"},
    /* modules' methods */
    {"Module", "add_module register_module", "write self.name = module"},
    {"Module", "register_parameter", "write self.name = torch.nn.Parameter(...)"},
    {"Module", "register_buffer", "write self.name = tensor"},
    {"Module Tensor",
     "register_hook register_forward_hook register_forward_pre_hook register_backward_hook "
     "register_full_backward_hook",
     "leave it out: the report shows every value and every gradient"},
    {"Module Tensor", "cuda", "leave it out: everything is on the CPU"},
    {"Module", "half bfloat16", "write float() or double()"},
    {"Tensor", "half bfloat16",
     "write dtype=torch.float32 or torch.float64 where the tensor is made"},
    {"Tensor", "numpy", "print the tensor itself"},
    /* making tensors */
    {"torch", "float16 half bfloat16", "write torch.float32 or torch.float64"},
    {"torch", "int32 int int16 short int8 uint8", "write torch.int64"},
    {"torch", "DoubleTensor", "write torch.tensor with dtype=torch.float64"},
    {"torch", "IntTensor", "write torch.tensor with dtype=torch.int64"},
    {"torch", "from_numpy as_tensor asarray logspace load",
     "write the numbers in torch.tensor([...])"},
    {"torch", "save", "leave it out: the report shows every parameter"},
    {"torch", "hstack vstack dstack column_stack", "write torch.cat(tensors, dim)"},
    /* what operators compute */
    {"torch Tensor", "bmm einsum", "write a @ b"},
    {"torch", "addmm addmv", "write c + a @ b"},
    {"torch Tensor", "outer ger", "write a.unsqueeze(1) * b"},
    {"torch Tensor", "true_divide negative", "write the operator: a + b, a - b, a * b, a / b, -a"},
    {"torch Tensor", "square", "write the operator: x ** 2"},
    {"torch Tensor", "absolute", "write x.abs()"},
    {"torch Tensor", "clamp_min clamp_max clip", "write x.clamp(min=a, max=b)"},
    {"torch Tensor", "where",
     "write m * a + (1 - m) * b, with m = torch.tensor([...]) of 1.0 and 0.0"},
    {"torch Tensor", "log1p", "write (1 + x).log()"},
    {"torch Tensor", "expm1", "write x.exp() - 1"},
    {"torch Tensor", "logsumexp", "write x.exp().sum(dim).log()"},
    {"torch Tensor", "amin", "write x.min(dim).values"},
    /* namespaces and settings */
    {"torch.autograd", "Variable", "write torch.tensor with requires_grad=True"},
    {"torch", "autograd", "write loss.backward(): every leaf gets its .grad"},
    {"torch", "utils", "write the batch as tensors: x = torch.tensor([...])"},
    {"torch", "random Generator seed", "write torch.manual_seed"},
    {"torch", "compile jit fx onnx", "leave it out: call the module itself"},
    {"torch.cuda", "device_count current_device set_device get_device_name synchronize amp",
     "leave it out: everything is on the CPU"},
    {"torch", "amp autocast distributed multiprocessing profiler set_float32_matmul_precision",
     "leave it out: the step runs on one CPU, in the dtype it was given"}};

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

const char *torch_instead(const char *path) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (applies(&table[i], path))
            return table[i].advice;
    return NULL;
}
