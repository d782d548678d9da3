/* What to write instead of the names of torch that people use and that are outside the subset. */
#include "torch.h"

#include <string.h>

typedef struct {
    const char *in;     /* the namespaces that have the names, or Tensor, Module, Optimizer */
    const char *names;  /* as `in`, separated by spaces */
    const char *advice; /* one clause that says what to write; a test runs the code in it */
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
    {"torch torch.nn torch.nn.functional",
     "MultiLabelMarginLoss CTCLoss AdaptiveLogSoftmaxWithLoss multilabel_margin_loss ctc_loss",
     "of the losses over classes torch.nn.CrossEntropyLoss, torch.nn.NLLLoss, "
     "torch.nn.MultiMarginLoss and torch.nn.MultiLabelSoftMarginLoss are supported"},
    {"torch.nn", "NLLLoss2d", "write torch.nn.NLLLoss"},
    /* layers */
    {"torch torch.nn torch.nn.functional", "Conv* LazyConv* conv*",
     "write torch.nn.Linear, of image.flatten(1)"},
    {"torch torch.nn torch.nn.functional", "Bilinear bilinear",
     "write torch.einsum('bi,oij,bj->bo', x1, weight, x2) + bias"},
    {"torch torch.nn", "RNN RNNBase RNNCell* rnn_*",
     "write h = torch.tanh(w_x(x) + w_h(h)), in a loop over the steps, where w_x and w_h are "
     "torch.nn.Linear"},
    {"torch torch.nn", "LSTM* GRU* lstm* gru*",
     "write its formulas with torch.nn.Linear, torch.sigmoid and torch.tanh, in a loop over the "
     "steps"},
    {"torch torch.nn torch.nn.functional",
     "MultiheadAttention Transformer* multi_head_attention_forward scaled_dot_product_attention",
     "write attention by its formula, torch.softmax(q @ k.mT / d**0.5, dim=-1) @ v, and "
     "torch.nn.Linear"},
    {"torch torch.nn torch.nn.functional", "MaxPool* AdaptiveMaxPool* max_pool* adaptive_max_pool*",
     "write x.reshape(n, -1, size).max(-1)[0], of windows of a size that lie side by side"},
    {"torch torch.nn torch.nn.functional", "AvgPool* AdaptiveAvgPool* avg_pool* adaptive_avg_pool*",
     "write x.reshape(n, -1, size).mean(-1), of windows of a size that lie side by side"},
    {"torch torch.nn torch.nn.functional",
     "LPPool* FractionalMaxPool* MaxUnpool* lp_pool* fractional_max_pool* max_unpool* Fold Unfold "
     "fold unfold grid_sample* affine_grid*",
     "networks of fully connected layers, torch.nn.Linear, are supported"},
    {"torch torch.nn torch.nn.functional",
     "PixelShuffle PixelUnshuffle ChannelShuffle pixel_shuffle "
     "pixel_unshuffle channel_shuffle native_channel_shuffle",
     "write the reshape and the permute that it is made of"},
    {"torch.nn torch.nn.functional", "Upsample* upsample* interpolate",
     "write x.repeat_interleave(2, dim=-1), as mode='nearest' does it, for each dimension"},
    {"torch torch.nn torch.nn.functional", "ConstantPad* ZeroPad* constant_pad_nd",
     "write torch.nn.functional.pad(x, (1, 1))"},
    {"torch.nn torch.nn.functional", "ReflectionPad* ReplicationPad* CircularPad*",
     "write torch.cat([x[:, :1], x, x[:, -1:]], dim=1), of the columns to be put at the sides"},
    {"torch.nn", "BatchNorm2d BatchNorm3d SyncBatchNorm",
     "write torch.nn.BatchNorm1d, of image.flatten(2), and reshape what comes of it"},
    {"torch.nn", "InstanceNorm2d InstanceNorm3d",
     "write torch.nn.InstanceNorm1d, of image.flatten(2), and reshape what comes of it"},
    {"torch.nn", "LazyBatchNorm*", "write torch.nn.BatchNorm1d, with the number of features"},
    {"torch.nn", "LazyInstanceNorm*", "write torch.nn.InstanceNorm1d, with the number of features"},
    {"torch.nn torch.nn.functional torch", "RMSNorm rms_norm",
     "write x * torch.rsqrt(x.square().mean(-1, keepdim=True) + eps) * weight"},
    {"torch torch.nn torch.nn.functional",
     "GroupNorm LocalResponseNorm CrossMapLRN2d group_norm local_response_norm",
     "of what normalises torch.nn.LayerNorm, torch.nn.BatchNorm1d and torch.nn.InstanceNorm1d are "
     "supported"},
    {"torch.nn", "Uninitialized*", "write torch.nn.Parameter, of a tensor of its shape"},
    {"torch torch.nn.functional", "pdist",
     "write torch.cdist(x, x), and take what is above its diagonal"},
    {"torch",
     "alpha_dropout batch_norm binary_cross_entropy_with_logits cosine_embedding_loss embedding "
     "embedding_bag feature_alpha_dropout hinge_embedding_loss instance_norm kl_div layer_norm "
     "margin_ranking_loss poisson_nll_loss rrelu triplet_margin_loss",
     "write the function of torch.nn.functional that has this name"},
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
    {"torch.cuda", "current_device set_device get_device_name synchronize amp",
     "leave it out: everything is on the CPU"},
    {"torch", "amp autocast",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    {"torch", "distributed multiprocessing profiler set_float32_matmul_precision",
     "leave it out: the step runs on one CPU, in float32 or float64"}};

/* A name that ends in * stands for all that begin so. */
static bool has_word(const char *words, const char *word, size_t length) {
    while (*words) {
        const size_t n = strcspn(words, " ");
        const bool begins = words[n - 1] == '*' && n - 1 <= length;
        if ((begins || n == length) && strncmp(words, word, begins ? n - 1 : n) == 0)
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
