/* The rows of the table of operations: check, forward, backward and the name of the node, against
 * PyTorch, and every backward against finite differences. */
#include "fixture.h"
#include "gradient.h"
#include "mlpstep/operation.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *name;
    const mlp_operation *operation;
} ROWS[] = {
    {"add", &mlp_add},
    {"sub", &mlp_sub},
    {"mul", &mlp_mul},
    {"div", &mlp_div},
    {"add_scaled", &mlp_add_scaled},
    {"rsub", &mlp_rsub},
    {"pow", &mlp_pow},
    {"pow_tensor", &mlp_pow_tensor},
    {"rpow", &mlp_rpow},
    {"neg", &mlp_neg},
    {"reciprocal", &mlp_reciprocal},
    {"exp", &mlp_exp},
    {"log", &mlp_log},
    {"sqrt", &mlp_sqrt},
    {"abs", &mlp_abs},
    {"sin", &mlp_sin},
    {"cos", &mlp_cos},
    {"log1p", &mlp_log1p},
    {"log10", &mlp_log10},
    {"log2", &mlp_log2},
    {"expm1", &mlp_expm1},
    {"erf", &mlp_erf},
    {"erfinv", &mlp_erfinv},
    {"rsqrt", &mlp_rsqrt},
    {"sign", &mlp_sign},
    {"floor", &mlp_floor},
    {"ceil", &mlp_ceil},
    {"round", &mlp_round},
    {"round_decimals", &mlp_round_decimals},
    {"bitwise_and", &mlp_bitwise_and},
    {"bitwise_or", &mlp_bitwise_or},
    {"bitwise_xor", &mlp_bitwise_xor},
    {"isnan", &mlp_isnan},
    {"isinf", &mlp_isinf},
    {"isfinite", &mlp_isfinite},
    {"isclose", &mlp_isclose},
    {"silu", &mlp_silu},
    {"mish", &mlp_mish},
    {"softplus", &mlp_softplus},
    {"logsigmoid", &mlp_logsigmoid},
    {"gelu", &mlp_gelu},
    {"hardtanh", &mlp_hardtanh},
    {"relu6", &mlp_relu6},
    {"hardsigmoid", &mlp_hardsigmoid},
    {"hardswish", &mlp_hardswish},
    {"softshrink", &mlp_softshrink},
    {"hardshrink", &mlp_hardshrink},
    {"glu", &mlp_glu},
    {"threshold", &mlp_threshold},
    {"clamp_min", &mlp_clamp_min},
    {"clamp_max", &mlp_clamp_max},
    {"clamp", &mlp_clamp},
    {"maximum", &mlp_maximum},
    {"minimum", &mlp_minimum},
    {"to", &mlp_to},
    {"eq", &mlp_eq},
    {"ne", &mlp_ne},
    {"lt", &mlp_lt},
    {"le", &mlp_le},
    {"gt", &mlp_gt},
    {"ge", &mlp_ge},
    {"sum", &mlp_sum},
    {"mean", &mlp_mean},
    {"mean beside var", &mlp_mean_beside},
    {"var", &mlp_var},
    {"std", &mlp_std},
    {"norm", &mlp_norm},
    {"logsumexp", &mlp_logsumexp},
    {"max", &mlp_max},
    {"min", &mlp_min},
    {"max_dim", &mlp_max_dim},
    {"min_dim", &mlp_min_dim},
    {"argmax", &mlp_argmax},
    {"prod", &mlp_prod},
    {"cumsum", &mlp_cumsum},
    {"cumprod", &mlp_cumprod},
    {"sort", &mlp_sort},
    {"argsort", &mlp_argsort},
    {"topk", &mlp_topk},
    {"median_dim", &mlp_median_dim},
    {"median", &mlp_median},
    {"kthvalue", &mlp_kthvalue},
    {"mode", &mlp_mode},
    {"cummax", &mlp_cummax},
    {"cummin", &mlp_cummin},
    {"argmin", &mlp_argmin},
    {"matmul", &mlp_matmul},
    {"reshape", &mlp_view},
    {"identity", &mlp_identity},
    {"expand", &mlp_expand},
    {"permute", &mlp_permute},
    {"transpose", &mlp_transpose},
    {"t", &mlp_t},
    {"select", &mlp_select},
    {"slice", &mlp_slice},
    {"index", &mlp_index},
    {"gather", &mlp_gather},
    {"index_select", &mlp_index_select},
    {"scatter", &mlp_scatter},
    {"scatter_add", &mlp_scatter_add},
    {"index_add", &mlp_index_add},
    {"where", &mlp_where},
    {"masked_fill", &mlp_masked_fill},
    {"flip", &mlp_flip},
    {"roll", &mlp_roll},
    {"diagonal", &mlp_diagonal},
    {"diag", &mlp_diag},
    {"tril", &mlp_tril},
    {"triu", &mlp_triu},
    {"bmm", &mlp_bmm},
    {"cat", &mlp_cat},
    {"binary_cross_entropy", &mlp_binary_cross_entropy},
    {"binary_cross_entropy_with_logits", &mlp_binary_cross_entropy_with_logits},
};

static const mlp_operation *row(const char *name) {
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        if (strcmp(ROWS[i].name, name) == 0)
            return ROWS[i].operation;
    fail_msg("no operation is called %s", name);
    return NULL;
}

/* A case on its way through an operation. */
typedef struct {
    fixture *f;
    const mlp_operation *operation;
    mlp_call call;
    mlp_tensor in[MLP_MAX_INPUTS], out[MLP_MAX_OUTPUTS], dout, din[MLP_MAX_INPUTS];
} run;

static mlp_dtype dtype_called(const char *name) {
    for (mlp_dtype dtype = MLP_FLOAT32; dtype <= MLP_BOOL; dtype++) {
        const char *known = mlp_dtype_name(dtype);
        if (strncmp(name, known, strlen(known)) == 0)
            return dtype;
    }
    fail_msg("no dtype is called %s", name);
    return MLP_FLOAT32;
}

/* The type of input i: the i-th, or the last, of the list `types`. */
static mlp_dtype type_of_input(const fixture *f, size_t i) {
    const char *type = fixture_text(f, "types");
    for (const char *comma; i > 0 && (comma = strchr(type, ',')); i--)
        type = comma + 1;
    return dtype_called(type);
}

static void *values(fixture *f, const char *name, mlp_dtype dtype) {
    if (dtype == MLP_FLOAT32)
        return (void *)fixture_f32(f, name);
    if (dtype == MLP_FLOAT64)
        return (void *)fixture_f64(f, name);
    int64_t *whole = (int64_t *)fixture_i64(f, name);
    if (dtype == MLP_BOOL) {
        bool *truth = (bool *)whole;
        for (size_t i = 0; i < fixture_numel(f, name); i++)
            truth[i] = whole[i] != 0;
    }
    return whole;
}

static mlp_tensor tensor(fixture *f, const char *name, mlp_dtype dtype) {
    mlp_tensor t = {.dtype = dtype, .ndim = fixture_ndim(f, name), .numel = fixture_numel(f, name)};
    for (size_t d = 0; d < t.ndim; d++)
        t.shape[d] = fixture_size(f, name, d);
    t.data = values(f, name, dtype);
    return t;
}

/* The same shape, filled with what no operation should leave. */
static mlp_tensor unwritten(fixture *f, const char *name, mlp_dtype dtype) {
    mlp_tensor t = tensor(f, name, dtype);
    t.data = fixture_out_f64(f, name);
    for (size_t i = 0; i < t.numel; i++)
        mlp_tensor_set(&t, i, 77);
    return t;
}

/* A whole number to its last digit. */
static mlp_number number_in(const char *text, char **end) {
    const int64_t integer = strtoll(text, end, 10);
    return **end == '.' || **end == 'e' ? mlp_real(strtod(text, end)) : mlp_integer(integer);
}

/* One number of an option, the i-th of a list. */
static void set_option(mlp_options *options, const char *name, size_t i, mlp_number number) {
    assert_true(i < MLP_MAX_DIMS);
    if (strcmp(name, "number") == 0) {
        options->number = number;
    } else if (strcmp(name, "dims") == 0) {
        options->has_dims = options->dims[number.integer] = true;
    } else if (strcmp(name, "sizes") == 0) {
        options->sizes.size[i] = (size_t)number.integer;
        options->sizes.count = i + 1;
    } else if (strcmp(name, "order") == 0) {
        options->order.dim[i] = number.integer;
        options->order.count = i + 1;
    } else if (strcmp(name, "dtype") == 0) {
        options->dtype = (mlp_dtype)number.integer;
    } else if (strcmp(name, "reduction") == 0) {
        options->reduction = (mlp_reduction)number.integer;
    } else if (strcmp(name, "approximate_by_tanh") == 0) {
        options->approximate_by_tanh = number.integer != 0;
    } else if (strcmp(name, "transposed") == 0) {
        options->transposed = number.integer != 0;
    } else if (strcmp(name, "transposed_b") == 0) {
        options->transposed_b = number.integer != 0;
    } else if (!mlp_options_set(options, name, &number, 1)) {
        fail_msg("no option is called %s", name);
    }
}

/* dims:0+2,keepdim:1 */
static void read_options(run *r) {
    char text[64], *name = text;
    snprintf(text, sizeof text, "%s", fixture_text(r->f, "options"));
    while (strcmp(name, "none") != 0) {
        char *end = strchr(name, ':');
        assert_non_null(end);
        *end = '\0';
        for (size_t i = 0; i == 0 || *end == '+'; i++) {
            const mlp_number number = number_in(end + 1, &end);
            set_option(&r->call.options, name, i, number);
        }
        if (*end == '\0')
            return;
        name = end + 1;
    }
}

static void expect_values(fixture *f, const char *name, const mlp_tensor *got) {
    if (got->dtype == MLP_FLOAT32) {
        fixture_expect_f32(f, name, got->data);
    } else if (got->dtype == MLP_FLOAT64) {
        fixture_expect_f64(f, name, got->data);
    } else {
        const int64_t *want = fixture_i64(f, name);
        for (size_t i = 0; i < got->numel; i++)
            if (mlp_tensor_get_int(got, i) != want[i])
                fail_msg("%s: %s[%zu] is %lld, PyTorch has %lld", fixture_name(f), name, i,
                         (long long)mlp_tensor_get_int(got, i), (long long)want[i]);
    }
}

/* The tensor in the fixture that has the shape of output i. PyTorch shows not all: those that are
 * only kept for backward have at most the elements of the input. */
static const char *shown(const fixture *f, size_t i) {
    return i == 0 ? "out0" : i == 1 && fixture_has(f, "out1") ? "out1" : "in0";
}

static void check(run *r) {
    static const char *const names[MLP_MAX_INPUTS] = {"in0", "in1", "in2", "in3", "in4"};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    mlp_diagnostic error = {0};
    for (size_t i = 0, given = 0; i < MLP_MAX_INPUTS; i++)
        if (fixture_has(r->f, names[i])) {
            r->in[i] = tensor(r->f, names[i], type_of_input(r->f, given++));
            r->call.in[i] = &r->in[i];
        }
    read_options(r);
    if (!r->operation->check(&r->call, shape, &error))
        fail_msg("%s: %s", fixture_name(r->f), error.message);
    assert_int_equal(shape[0].dtype, dtype_called(fixture_text(r->f, "out")));
    assert_int_equal(shape[0].ndim, fixture_ndim(r->f, "out0"));
    for (size_t d = 0; d < shape[0].ndim; d++)
        assert_int_equal(shape[0].shape[d], fixture_size(r->f, "out0", d));
    for (size_t i = 0; i < r->operation->outputs; i++) {
        r->out[i] = unwritten(r->f, shown(r->f, i), shape[i].dtype);
        r->call.out[i] = &r->out[i];
    }
}

static void forward(run *r) {
    r->operation->forward(&r->call);
    expect_values(r->f, "out0", &r->out[0]);
    if (fixture_has(r->f, "out1"))
        expect_values(r->f, "out1", &r->out[1]);
}

static double loss(void *context) {
    run *r = context;
    double sum = 0;
    r->operation->forward(&r->call);
    for (size_t i = 0; i < r->out[0].numel; i++)
        sum += mlp_tensor_get(&r->dout, i) * mlp_tensor_get(&r->out[0], i);
    return sum;
}

static void backward(run *r) {
    static const char *const names[MLP_MAX_INPUTS] = {"din0", "din1", "din2", "din3", "din4"};
    r->dout = tensor(r->f, "dy", r->out[0].dtype);
    r->call.dout = &r->dout;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        const bool has_gradient = r->operation->gradients >> i & 1 && r->call.in[i];
        assert_int_equal(has_gradient, fixture_has(r->f, names[i]));
        if (has_gradient) {
            r->din[i] = unwritten(r->f, names[i], r->in[i].dtype);
            r->call.din[i] = &r->din[i];
        }
    }
    r->operation->backward(&r->call);
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++)
        if (r->call.din[i])
            expect_values(r->f, names[i], &r->din[i]);
    for (size_t i = 0; i < MLP_MAX_INPUTS && fixture_number(r->f, "smooth") != 0; i++)
        if (r->call.din[i])
            expect_gradient(fixture_name(r->f), loss, r, r->in[i].data, r->din[i].data,
                            r->in[i].numel);
    r->operation->forward(&r->call); /* finite differences left another result */
}

/* Each gradient alone: the other one is not wanted. */
static void backward_alone(run *r) {
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        mlp_call call = r->call;
        if (!call.din[i])
            continue;
        char name[] = "din0";
        name[3] = (char)('0' + i);
        mlp_tensor alone = unwritten(r->f, name, r->in[i].dtype);
        memset(call.din, 0, sizeof call.din);
        call.din[i] = &alone;
        r->operation->backward(&call);
        expect_values(r->f, name, &alone);
    }
}

static const char *node_of(const mlp_operation *operation, const mlp_call *call) {
    if (operation->later_grad_fn && mlp_release_has(&call->release, MLP_RENAMES_NODES))
        return operation->later_grad_fn;
    return operation->grad_fn ? operation->grad_fn : operation->grad_fn_of(call);
}

static void expect_family(const char *name, mlp_release release) {
    fixture *f = fixture_open(name);
    while (fixture_next(f)) {
        run r = {.f = f, .operation = row(fixture_name(f)), .call.release = release};
        const char *node = fixture_text(f, "grad_fn");
        check(&r);
        forward(&r);
        if (strcmp(node, "None") == 0)
            continue;
        assert_string_equal(node, node_of(r.operation, &r.call));
        backward(&r);
        backward_alone(&r);
    }
    fixture_close(f);
}

static const mlp_release DEBIAN_1_13 = {1, 13, MLP_NATIVE}, WHEEL_2_11 = {2, 11, MLP_WHEEL};

static void pointwise(void **state) {
    (void)state;
    expect_family("pointwise.txt", DEBIAN_1_13);
}

static void functions(void **state) {
    (void)state;
    expect_family("functions.txt", DEBIAN_1_13);
}

static void logic(void **state) {
    (void)state;
    expect_family("logic.txt", DEBIAN_1_13);
}

static void activations(void **state) {
    (void)state;
    expect_family("activations.txt", DEBIAN_1_13);
}

static void compare(void **state) {
    (void)state;
    expect_family("compare.txt", DEBIAN_1_13);
}

static void reduce(void **state) {
    (void)state;
    expect_family("reduce.txt", DEBIAN_1_13);
}

static void cumulate(void **state) {
    (void)state;
    expect_family("cumulate.txt", DEBIAN_1_13);
}

static void logsumexp(void **state) {
    (void)state;
    expect_family("logsumexp.txt", DEBIAN_1_13);
}

static void order(void **state) {
    (void)state;
    expect_family("order.txt", DEBIAN_1_13);
}

static void products(void **state) {
    (void)state;
    expect_family("products.txt", DEBIAN_1_13);
}

static void shape(void **state) {
    (void)state;
    expect_family("shape.txt", DEBIAN_1_13);
}

static void cat(void **state) {
    (void)state;
    expect_family("cat.txt", DEBIAN_1_13);
}

static void choose(void **state) {
    (void)state;
    expect_family("choose.txt", DEBIAN_1_13);
}

static void arrange(void **state) {
    (void)state;
    expect_family("arrange.txt", DEBIAN_1_13);
}

static void binary_loss(void **state) {
    (void)state;
    expect_family("binary_loss.txt", DEBIAN_1_13);
}

static void norm(void **state) {
    (void)state;
    expect_family("norm.txt", DEBIAN_1_13);
}

static void losses_and_norm_of_2_11(void **state) {
    (void)state;
    expect_family("torch-2.11/binary_loss.txt", WHEEL_2_11);
    expect_family("torch-2.11/norm.txt", WHEEL_2_11);
}

/* --- refusals --- */

static float NUMBERS[24];
static int64_t INDICES[2] = {0, 3};

static mlp_tensor zeros(mlp_dtype dtype, size_t ndim, size_t a, size_t b) {
    mlp_tensor t = {.dtype = dtype, .ndim = ndim, .shape = {a, b}, .data = NUMBERS};
    t.numel = (ndim > 0 ? a : 1) * (ndim > 1 ? b : 1);
    return t;
}

static void refuses(const mlp_operation *operation, mlp_tensor a, const mlp_tensor *b,
                    mlp_options options, const char *message) {
    mlp_call call = {.operation = operation, .in = {&a, b}, .options = options};
    mlp_shape shape[MLP_MAX_OUTPUTS] = {0};
    mlp_diagnostic error = {0};
    assert_false(operation->check(&call, shape, &error));
    if (!strstr(error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", error.message, message);
}

static void misfits_are_refused(void **state) {
    (void)state;
    const mlp_tensor two = zeros(MLP_FLOAT32, 1, 2, 0), three = zeros(MLP_FLOAT32, 1, 3, 0);
    const mlp_tensor matrix = zeros(MLP_FLOAT32, 2, 2, 3), scalar = zeros(MLP_FLOAT32, 0, 0, 0);
    const mlp_tensor whole = zeros(MLP_INT64, 1, 2, 0), truth = zeros(MLP_BOOL, 1, 2, 0);
    const mlp_tensor doubles = zeros(MLP_FLOAT64, 1, 2, 0), empty = zeros(MLP_FLOAT32, 1, 0, 0);
    const mlp_options none = {0}, dim_1 = {.dim = 1, .has_dim = true};
    mlp_tensor index = zeros(MLP_INT64, 1, 2, 0);
    index.data = INDICES;
    refuses(&mlp_add, two, &three, none, "has shape [2], the other [3]");
    refuses(&mlp_add, two, &doubles, none, "float64");
    refuses(&mlp_add, truth, &truth, none, "bools");
    refuses(&mlp_div, whole, &whole, none, "floating-point");
    refuses(&mlp_add_scaled, two, NULL, (mlp_options){.alpha = 2}, "alpha");
    refuses(&mlp_exp, whole, NULL, none, "floating-point");
    refuses(&mlp_clamp, two, NULL, none, "min=");
    refuses(&mlp_mean, whole, NULL, none, "floating-point");
    refuses(&mlp_max, empty, NULL, none, "without elements");
    refuses(&mlp_max_dim, two, NULL, dim_1, "not a dimension");
    refuses(&mlp_argmax, truth, NULL, none, "bools");
    refuses(&mlp_matmul, matrix, &two, none, "do not fit");
    refuses(&mlp_matmul, matrix, &scalar, none, "write *");
    refuses(&mlp_expand, two, NULL, (mlp_options){.sizes = {1, {3}}}, "cannot be expanded to [3]");
    refuses(&mlp_permute, matrix, NULL, (mlp_options){.order.count = 2}, "once");
    refuses(&mlp_permute, matrix, NULL, (mlp_options){.order.count = 1}, "once");
    refuses(&mlp_transpose, two, NULL, (mlp_options){.dim1 = 1}, "not a dimension");
    refuses(&mlp_select, two, NULL, (mlp_options){.index = 2}, "out of range");
    refuses(&mlp_select, scalar, NULL, none, ".item()");
    refuses(&mlp_slice, scalar, NULL, none, "sliced");
    refuses(&mlp_index, three, &index, none, "index 3 is out of range");
    refuses(&mlp_index, two, &two, none, "int64");
    refuses(&mlp_gather, three, &index, none, "index 3 is out of range");
    refuses(&mlp_gather, matrix, &index, dim_1, "gather");
    refuses(&mlp_index_select, three, &index, none, "index 3 is out of range");
    refuses(&mlp_index_select, scalar, &index, none, "index 3 is out of range");
    refuses(&mlp_index_select, two, &two, none, "int64");
    refuses(&mlp_scatter, three, &index, none, "index 3 is out of range");
    refuses(&mlp_scatter, matrix, &index, none, "as many dimensions");
    refuses(&mlp_masked_fill, two, &two, none, "a mask of bools");
    refuses(&mlp_masked_fill, three, &truth, none, "needs a mask of that shape");
    refuses(&mlp_slice, two, NULL, (mlp_options){.step = -1}, "1 or more");
    refuses(&mlp_diagonal, two, NULL, none, "two dimensions");
    refuses(&mlp_diagonal, matrix, NULL, none, "two dimensions");
    refuses(&mlp_diag, scalar, NULL, none, "a vector or a matrix");
    refuses(&mlp_diag, two, NULL, (mlp_options){.index = INT64_MIN}, "does not fit");
    refuses(&mlp_tril, two, NULL, none, "two dimensions");
    refuses(&mlp_bmm, matrix, &matrix, none, "three dimensions");
    refuses(&mlp_cat, scalar, NULL, none, "torch.stack");
    refuses(&mlp_cat, two, NULL, dim_1, "not a dimension");
    refuses(&mlp_cat, two, &matrix, none, "cannot be put together");
    refuses(&mlp_cat, two, &doubles, none, "float64");
    refuses(&mlp_binary_cross_entropy, two, &three, none, "the target has shape [3]");
    refuses(&mlp_binary_cross_entropy, two, &whole, none, "int64");
    refuses(&mlp_binary_cross_entropy_with_logits, two, &doubles, none, "float64");
}

/* --- options --- */

static void options_are_set_by_name(void **state) {
    (void)state;
    mlp_options options = {0};
    const mlp_number beyond_double = mlp_integer(((int64_t)1 << 53) + 1), one = mlp_integer(1);
    mlp_number number[MLP_MAX_NUMBERS];
    assert_true(mlp_options_set(&options, "ignore_index", &beyond_double, 1));
    assert_true(options.ignore_index == beyond_double.integer);
    assert_true(mlp_options_set(&options, "inplace", &one, 1) && options.inplace);
    assert_int_equal(mlp_options_get(&options, "dim", number), 0);
    assert_true(mlp_options_set(&options, "dim", &one, 1) && options.has_dim && options.dim == 1);
    assert_true(mlp_options_get(&options, "dim", number) == 1 && number[0].integer == 1);
    assert_true(mlp_options_set(&options, "dim", NULL, 0) && !options.has_dim);
    assert_false(mlp_options_set(&options, "negative_slope", NULL, 0));
    assert_false(mlp_options_set(&options, "slope", &one, 1));
}

/* Options that are no numbers. */
static bool is_word(const char *name) {
    return strcmp(name, "approximate") == 0 || strcmp(name, "reduction") == 0 ||
           strcmp(name, "size_average") == 0 || strcmp(name, "reduce") == 0;
}

/* Every other option that a row declares for scripts has a line in the table. */
static void expect_known(const char *declared) {
    const mlp_number ones[MLP_MAX_NUMBERS] = {mlp_integer(1), mlp_integer(1)};
    while (*declared) {
        char name[64];
        mlp_options options = {0};
        snprintf(name, sizeof name, "%.*s", (int)strcspn(declared, "/: "), declared);
        if (!is_word(name) && !mlp_options_set(&options, name, ones, 1) &&
            !mlp_options_set(&options, name, ones, 2))
            fail_msg("no option is called %s: give it a line in src/operations/options.c", name);
        for (int depth = 0; *declared && (depth || *declared != ','); declared++)
            depth += (*declared == '(') - (*declared == ')');
        declared += strspn(declared, ", *");
    }
}

static void declared_options_are_known(void **state) {
    (void)state;
    for (const mlp_operation *const *row = mlp_spelled; *row; row++) {
        expect_known((*row)->options ? (*row)->options : "");
        expect_known((*row)->method_options ? (*row)->method_options : "");
    }
    for (const mlp_operation *const *row = mlp_optimizers; *row; row++)
        expect_known((*row)->optimizer->options);
}

static void shapes_broadcast(void **state) {
    (void)state;
    const mlp_tensor two = zeros(MLP_FLOAT32, 1, 2, 0), three = zeros(MLP_FLOAT32, 1, 3, 0);
    const mlp_tensor column = zeros(MLP_FLOAT32, 2, 2, 1);
    mlp_shape shape = {0};
    mlp_diagnostic error = {0};
    assert_true(mlp_broadcast(&shape, &three, &column, &error));
    assert_true(shape.ndim == 2 && shape.shape[0] == 2 && shape.shape[1] == 3);
    assert_false(mlp_broadcast(&shape, &two, &three, &error));
    assert_non_null(strstr(error.message, "2 meets 3"));
}

/* --- bounds --- */

/* What is computed has its bounds, see mlpstep/bound.h; of the numbers that are moved, others know. */
static void expect_bounds_of(const mlp_operation *operation) {
    if (operation->numbers != MLP_COMPUTED)
        return;
    if (!operation->bound || (operation->backward && !operation->bound_backward))
        fail_msg("%s has no bounds", operation->name);
}

static void rows_have_bounds(void **state) {
    (void)state;
    static const mlp_operation *const others[] = {&mlp_linear,
                                                  &mlp_dropout,
                                                  &mlp_nll_loss,
                                                  &mlp_argmax,
                                                  &mlp_sub_scaled,
                                                  &mlp_cross_entropy_smoothed,
                                                  &mlp_index_put,
                                                  &mlp_cross_entropy_probabilities,
                                                  &mlp_masked_select,
                                                  &mlp_split,
                                                  &mlp_split_with_sizes,
                                                  &mlp_repeat,
                                                  &mlp_addmm,
                                                  &mlp_shift_left,
                                                  &mlp_shift_right,
                                                  &mlp_atan2,
                                                  &mlp_hypot,
                                                  &mlp_remainder,
                                                  &mlp_fmod,
                                                  &mlp_floor_divide,
                                                  &mlp_div_floor,
                                                  &mlp_div_trunc,
                                                  &mlp_logaddexp,
                                                  &mlp_copysign,
                                                  &mlp_fmax,
                                                  &mlp_fmin,
                                                  &mlp_heaviside,
                                                  &mlp_addcmul,
                                                  &mlp_addcdiv,
                                                  &mlp_lerp,
                                                  &mlp_clamp_between,
                                                  &mlp_logit,
                                                  &mlp_nan_to_num,
                                                  &mlp_amax,
                                                  &mlp_amin,
                                                  &mlp_cdist,
                                                  &mlp_solve,
                                                  &mlp_det,
                                                  &mlp_cholesky_of,
                                                  &mlp_trace_of};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        expect_bounds_of(ROWS[i].operation);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        expect_bounds_of(others[i]);
    for (size_t i = 0; mlp_spelled[i]; i++)
        expect_bounds_of(mlp_spelled[i]);
    for (size_t i = 0; mlp_optimizers[i]; i++)
        expect_bounds_of(mlp_optimizers[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pointwise),
        cmocka_unit_test(functions),
        cmocka_unit_test(logic),
        cmocka_unit_test(activations),
        cmocka_unit_test(compare),
        cmocka_unit_test(reduce),
        cmocka_unit_test(cumulate),
        cmocka_unit_test(order),
        cmocka_unit_test(logsumexp),
        cmocka_unit_test(products),
        cmocka_unit_test(shape),
        cmocka_unit_test(cat),
        cmocka_unit_test(choose),
        cmocka_unit_test(arrange),
        cmocka_unit_test(binary_loss),
        cmocka_unit_test(norm),
        cmocka_unit_test(losses_and_norm_of_2_11),
        cmocka_unit_test(misfits_are_refused),
        cmocka_unit_test(options_are_set_by_name),
        cmocka_unit_test(declared_options_are_known),
        cmocka_unit_test(shapes_broadcast),
        cmocka_unit_test(rows_have_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
