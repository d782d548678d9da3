/* What to write instead of the names of torch that people use and that are outside the subset. */
#include "torch.h"

#include <stdio.h>
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
    {"torch.nn torch.nn.functional", "Upsampl* upsample* interpolate",
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
    /* modules' methods */
    {"Module", "register_hook", "to see a gradient, write register_hook of a tensor"},
    {"Module",
     "register_state_dict_pre_hook register_load_state_dict_post_hook get_extra_state "
     "set_extra_state",
     "write register_buffer for what state_dict() shall hold"},
    {"Module", "compile", "leave it out: call the module itself"},
    {"Module Tensor",
     "cuda cpu_ xpu ipu hpu mtia share_memory pin_memory record_stream "
     "to_mkldnn to_empty",
     "leave it out: everything is on the CPU"},
    {"Tensor", "is_cpu is_mps is_xpu is_ipu is_mkldnn is_meta get_device is_pinned is_shared",
     "write x.device.type == 'cpu', which is true"},
    {"Module Tensor", "half bfloat16",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    /* types of numbers */
    {"torch torch.cuda", "float16 half bfloat16 HalfTensor BFloat16Tensor float8_*",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    {"torch", "uint16 uint32 uint64",
     "of the types of integers torch.int64, int32, int16, int8 and torch.uint8 are supported"},
    {"torch Tensor", "quantize* fake_quantize* dequantize qint* quint* q_* int_repr qscheme",
     "write torch.round(x / scale) * scale, and clamp() it"},
    {"torch", "quantization ao",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    {"torch Tensor",
     "real conj conj_physical resolve_conj resolve_neg isreal is_conj "
     "is_neg",
     "leave it out: all numbers are real"},
    {"torch Tensor", "adjoint", "write x.mT: all numbers are real"},
    {"torch Tensor", "vdot", "write torch.dot: all numbers are real"},
    {"torch Tensor", "sgn", "write torch.sign: all numbers are real"},
    {"torch Tensor",
     "complex complex* cdouble cfloat chalf imag polar view_as_complex view_as_real "
     "angle",
     "all numbers are real: compute the real and the imaginary parts"},
    {"torch Tensor", "fft stft istft",
     "all numbers are real: write the sums of torch.cos and torch.sin that it stands "
     "for"},
    {"torch", "bartlett_window blackman_window hamming_window hann_window kaiser_window",
     "write its formula: hann_window is 0.5 - 0.5 * torch.cos(2 * torch.pi * torch.arange(n) / n)"},
    {"torch Tensor",
     "sparse sparse_* to_sparse* to_dense coalesce is_coalesced indices values "
     "crow_indices col_indices sspaddmm smm spmm hspmm dsmm hsmm saddmm",
     "leave it out: all tensors are dense"},
    {"torch", "nested masked", "write dense tensors, and torch.where with a mask"},
    {"Tensor", "names rename rename_ align_to align_as refine_names has_names",
     "dimensions have no names here: write their numbers"},
    /* making tensors */
    {"torch", "from_numpy",
     "write the numbers in torch.tensor([...], dtype=...), with the dtype of the array"},
    {"torch", "asarray logspace frombuffer from_file from_dlpack",
     "write the numbers in torch.tensor([...])"},
    {"torch", "load",
     "keep copy.deepcopy(net.state_dict()) in place of the file, or write the numbers in "
     "torch.tensor([...])"},
    {"torch", "save", "leave it out: the report shows every parameter"},
    {"torch", "scalar_tensor", "write torch.tensor"},
    {"torch", "range", "write torch.arange(start, end + 1.0), which ends one step later"},
    {"Tensor", "new", "write x.new_tensor, x.new_zeros or x.new_empty"},
    {"torch Tensor",
     "Storage FloatStorage DoubleStorage LongStorage IntStorage TypedStorage "
     "UntypedStorage storage untyped_storage",
     "write x.flatten().tolist() for the numbers"},
    {"torch Tensor", "empty_strided as_strided as_strided_", "write reshape(), expand() or slices"},
    {"torch Tensor",
     "layout strided memory_format contiguous_format channels_last channels_last_3d",
     "leave it out: it changes no number"},
    {"Tensor", "resize resize_ resize_as resize_as_",
     "write x = x.reshape(-1), or torch.zeros of the size"},
    {"Tensor", "set_", "write x.data = y"},
    {"Tensor", "unfold", "write torch.stack([x[i:i + size] for i in range(0, len(x) - size + 1)])"},
    {"Tensor", "map2_",
     "write torch.tensor([abs(v) for v in x.flatten().tolist()]), with the function for abs"},
    {"torch", "poisson binomial",
     "of what draws numbers torch.rand, torch.randn, torch.randint, torch.bernoulli and "
     "torch.multinomial are supported"},
    /* what operators compute */
    {"torch Tensor", "addmv", "write c + a @ b"},
    {"torch Tensor", "addr", "write c + torch.outer(a[0], b[0])"},
    {"Tensor", "addmv_", "write x += a @ b"},
    {"torch Tensor", "rsub", "write y - x"},
    {"torch Tensor", "ldexp", "write x * 2.0 ** y"},
    {"torch Tensor", "logaddexp2",
     "write torch.logaddexp(x * math.log(2), y * math.log(2)) / math.log(2)"},
    {"torch Tensor", "logcumsumexp",
     "write torch.stack([torch.logsumexp(x[:i + 1], 0) for i in range(len(x))])"},
    {"torch Tensor torch.special", "erfc",
     "write 1 - torch.erf(x), which has fewer digits where x is large"},
    {"torch.special", "erfinv", "write torch.erfinv(x)"},
    {"torch Tensor torch.special", "sinc",
     "write torch.sin(torch.pi * x) / (torch.pi * x), and 1 where x is 0"},
    {"torch.special", "entr", "write -x * torch.log(x), and 0 where x is 0"},
    {"torch.special", "xlog1py", "write x * torch.log1p(y)"},
    {"torch.special", "ndtr",
     "write 0.5 * (1 + torch.erf(x / math.sqrt(2))), which has fewer digits far below 0"},
    {"torch Tensor torch.special",
     "lgamma digamma polygamma gammaln psi mvlgamma multigammaln igamma* gammainc* i0* i1* zeta "
     "bessel_* airy_ai erfcx log_ndtr ndtri",
     "of such functions torch.erf, torch.erfinv, torch.logit and torch.xlogy are supported"},
    {"torch Tensor", "signbit", "write x < 0"},
    {"torch Tensor", "is_nonzero", "write bool() of it"},
    {"torch Tensor", "is_same_size", "write x.shape == y.shape"},
    {"torch Tensor", "gcd lcm", "write torch.tensor([math.gcd(4, v) for v in i.tolist()])"},
    {"torch Tensor", "frexp nextafter", "write math.frexp, of each of x.flatten().tolist()"},
    {"torch", "gradient", "write (x[2:] - x[:-2]) / 2, and the differences at both ends"},
    {"torch", "unflatten", "write x.unflatten(0, (2, 2))"},
    {"torch Tensor", "split_with_sizes unsafe_split unsafe_split_with_sizes",
     "write torch.split(x, [1, 3])"},
    {"torch Tensor", "unsafe_chunk", "write torch.chunk(x, 2)"},
    {"torch Tensor", "select_scatter slice_scatter diagonal_scatter as_strided_scatter",
     "write y = x.clone(), and y[0] = v[0] or what else is put there"},
    {"torch", "segment_reduce", "write torch.scatter_reduce, with an index for each element"},
    {"torch Tensor", "sum_to_size",
     "write x.sum(0, keepdim=True), of the dimensions that become 1"},
    {"torch", "broadcast_shapes", "write torch.broadcast_tensors(x, y)[0].shape"},
    {"torch Tensor", "nanmedian", "write x[~x.isnan()].median()"},
    {"torch Tensor", "nanquantile", "write x[~x.isnan()].quantile(0.5)"},
    {"torch Tensor", "histogram histogramdd",
     "write torch.histc(x, 4, 0, 1) for the counts, and torch.linspace(0, 1, 5) for the edges"},
    {"torch Tensor", "renorm renorm_",
     "write x * (size / x.norm(dim=1, keepdim=True)).clamp(max=1.0)"},
    {"torch", "norm_except_dim frobenius_norm nuclear_norm native_norm", "write torch.linalg.norm"},
    {"Tensor", "addr_ erfc_ sinc_ gcd_ lcm_ lgamma_ digamma_ polygamma_ mvlgamma_ nextafter_",
     "write x.copy_(y), with y computed by what has no _ at its end"},
    {"torch",
     "negative_ arccos_ arccosh_ arcsin_ arcsinh_ arctan_ arctanh_ fix_ logit_ nan_to_num_ fill_ "
     "zero_ index_put_",
     "write the method of the tensor that has this name"},
    {"torch", "fill", "write torch.full_like(x, 0.5)"},
    {"torch", "celu_ selu_ threshold_",
     "write the function of torch.nn.functional that has this name"},
    {"torch torch.nn.functional", "dropout_ alpha_dropout_ feature_alpha_dropout_ rrelu_",
     "write x = torch.nn.functional.dropout(x), or the like: the function without _ at its end"},
    {"torch", "functional types", "write the function of torch that has this name"},
    /* matrices */
    {"torch Tensor", "qr", "write torch.linalg.qr"},
    {"torch Tensor", "solve", "write torch.linalg.solve(a, b), of the matrix and the right side"},
    {"torch Tensor", "lstsq", "write torch.linalg.lstsq, of the matrix and the right side"},
    {"torch Tensor", "matrix_rank", "write torch.linalg.matrix_rank"},
    {"torch torch.linalg Tensor",
     "cholesky_solve lu_solve triangular_solve solve_triangular tensorsolve ldl_solve",
     "write torch.linalg.solve, of the matrix itself"},
    {"torch torch.linalg Tensor", "cholesky_inverse tensorinv inv_ex",
     "write torch.linalg.inv, of the matrix itself"},
    {"torch.linalg", "cholesky_ex", "write torch.linalg.cholesky"},
    {"torch.linalg", "solve_ex", "write torch.linalg.solve"},
    {"torch.linalg", "matmul", "write a @ b"},
    {"torch.linalg", "matrix_power", "write torch.matrix_power(x, n)"},
    {"torch.linalg", "vecdot", "write (a * b).sum(-1)"},
    {"torch.linalg", "vander", "write x.unsqueeze(-1) ** torch.arange(n), of n powers"},
    {"Tensor", "cross isposinf isneginf diag_embed",
     "write the function of torch that has this name"},
    {"torch.linalg", "diagonal", "write torch.diagonal(x, dim1=-2, dim2=-1)"},
    {"torch torch.linalg Tensor", "svd svd_lowrank pca_lowrank",
     "write torch.linalg.svdvals for the singular values; torch.linalg.qr and torch.linalg.eigh "
     "are supported"},
    {"torch torch.linalg Tensor", "eig symeig eigvals lobpcg",
     "of symmetric matrices write torch.linalg.eigh or torch.linalg.eigvalsh"},
    {"torch torch.linalg Tensor",
     "lu lu_factor* lu_unpack ldl_factor* geqrf orgqr ormqr householder_product",
     "of such parts of a matrix torch.linalg.qr and torch.linalg.cholesky are supported"},
    {"torch torch.linalg Tensor", "matrix_exp",
     "write the sum of its series, with torch.matrix_power"},
    /* gradients */
    {"torch", "func vmap", "write a loop, and torch.autograd.grad with create_graph=True"},
    {"torch.autograd", "forward_ad", "write torch.autograd.functional.jvp"},
    {"torch.nn", "parameter", "write torch.nn.Parameter"},
    {"torch.autograd", "grad_mode", "write torch.no_grad"},
    {"torch.autograd", "graph saved_tensors_hooks",
     "leave it out: what is kept for gradients changes no number"},
    {"torch.autograd torch.utils",
     "profiler profiler_legacy kineto_available benchmark bottleneck flop_counter",
     "leave it out: what it measures differs from run to run"},
    {"torch.autograd", "anomaly_mode", "write torch.autograd.set_detect_anomaly"},
    {"torch", "set_anomaly_enabled is_anomaly_enabled", "write torch.autograd.set_detect_anomaly"},
    {"torch.utils", "checkpoint", "call the function itself"},
    {"torch.utils", "tensorboard", "print the numbers"},
    /* initial values, and what is made of modules */
    {"torch.nn.init", "orthogonal", "write torch.nn.init.orthogonal_"},
    {"torch.nn.init", "eye", "write torch.nn.init.eye_"},
    {"torch.nn.init", "dirac dirac_",
     "networks of fully connected layers, torch.nn.Linear, are supported"},
    {"torch.nn.init", "sparse sparse_",
     "write torch.nn.init.normal_, and zeros into some rows of each column"},
    {"torch.nn.utils", "rnn",
     "fill the rows up with torch.nn.functional.pad(x, (0, 1)), and write torch.stack"},
    {"torch.nn.utils", "skip_init", "write the module itself"},
    {"torch.nn.utils", "parametrizations parametrize",
     "write torch.nn.utils.weight_norm or torch.nn.utils.spectral_norm, or compute the weight in "
     "forward()"},
    {"torch.nn.utils", "convert_parameters", "write torch.nn.utils.parameters_to_vector"},
    {"torch.nn.utils", "stateless",
     "write the layers by torch.nn.functional.linear, with the weights that they shall have"},
    {"torch.nn.utils",
     "fusion fuse_conv_bn_eval fuse_conv_bn_weights convert_conv2d_weight_memory_format "
     "fuse_linear_bn_eval",
     "leave it out: it changes no number"},
    {"torch.nn", "Container", "write torch.nn.Module"},
    /* distributions */
    {"ndarray", "*", "compute it of the tensor itself"},
    {"torch.version", "*", "write torch.__version__"},
    {"torch.distributions", "Uniform uniform", "write low + torch.rand(n) * (high - low)"},
    {"torch.distributions", "Exponential exponential",
     "write torch.empty(n).exponential_() / rate"},
    {"torch.distributions", "LogNormal log_normal",
     "write torch.distributions.Normal(mean, scale).sample().exp()"},
    {"torch.distributions", "HalfNormal half_normal",
     "write torch.distributions.Normal(0.0, scale).sample().abs()"},
    {"torch.distributions", "MultivariateNormal multivariate_normal",
     "write mean + torch.linalg.cholesky(covariance) @ torch.randn(4)"},
    {"torch.distributions", "OneHotCategorical one_hot_categorical",
     "write F.one_hot(torch.multinomial(x, 1)[:, 0], 4)"},
    {"torch.distributions", "*",
     "of torch.distributions Normal, Bernoulli and Categorical are supported"},
    /* namespaces and settings */
    {"torch.utils", "data",
     "slice the batches by hand: for i in range(0, len(x), size): x[i:i + size]"},
    {"torch Generator torch.random", "seed",
     "write manual_seed, with a seed: seed() draws another one at every run"},
    {"torch.random", "fork_rng",
     "write torch.get_rng_state before it, and torch.set_rng_state behind it"},
    {"torch.random", "get_rng_state set_rng_state initial_seed default_generator Generator",
     "write the same of torch"},
    {"torch", "hub", "write the model out, and its numbers into torch.tensor([...])"},
    {"torch", "compile jit fx onnx export _dynamo", "leave it out: call the module itself"},
    {"torch", "set_default_device get_default_device accelerator xpu mps mtia Stream Event",
     "leave it out: everything is on the CPU"},
    {"torch.cuda", "*", "leave it out: everything is on the CPU"},
    {"torch.backends",
     "mkl mkldnn openmp openblas xnnpack nnpack opt_einsum quantized disable_global_flags",
     "leave it out: it changes no result here"},
    {"torch", "amp autocast set_autocast* is_autocast* get_autocast*",
     "of the floating-point types torch.float32 and torch.float64 are supported"},
    {"torch",
     "set_num_interop_threads set_flush_denormal set_warn_always set_deterministic_debug_mode "
     "are_deterministic_algorithms_enabled get_num_threads get_num_interop_threads "
     "get_deterministic_debug_mode",
     "leave it out: one thread computes, and in one order"},
    {"torch",
     "distributed multiprocessing profiler futures fork wait set_float32_matmul_precision "
     "get_float32_matmul_precision",
     "leave it out: the step runs on one CPU, in float32 or float64"},
    {"torch.testing", "make_tensor", "write torch.rand or torch.randint"},
    {"torch.testing", "assert_allclose", "write torch.testing.assert_close"}};

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

/* What a file of torch.nn.modules has is in torch.nn. */
static const char *torch_nn_of(const char *path, char out[96]) {
    static const char files[] = "torch.nn.modules.";
    if (strncmp(path, files, strlen(files)) != 0)
        return path;
    snprintf(out, 96, "torch.nn%s", strrchr(path, '.'));
    return out;
}

const char *torch_instead(const char *path) {
    char in_nn[96];
    path = torch_nn_of(path, in_nn);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (applies(&table[i], path))
            return table[i].advice;
    return torch_knows(path) ? "" : NULL;
}
