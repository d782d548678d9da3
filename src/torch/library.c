/* torch as a library of the language: what it registers, and a run of a script with it. */
#include "mlpstep/script.h"

#include "dtype.h"
#include "generator.h"
#include "module.h"
#include "tensor.h"

#include "base/out_of_memory.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <string.h>

torch *torch_of(const call *c) {
    return script_library_state(c->script);
}

mlp_trace *trace_of(const call *c) {
    return torch_of(c)->trace;
}

bool release_has(const call *c, mlp_behaviour behaviour) {
    return mlp_release_has(&trace_of(c)->release, behaviour);
}

mlp_rng rng_of(const call *c) {
    return release_has(c, MLP_DRAWS_WITHOUT_MKL) ? MLP_RNG_NATIVE : MLP_RNG_MKL;
}

/* --- functions and classes --- */

/* torch.sum(x) for x.sum(). */
static object *call_method(call *c) {
    const native *method = c->native->data;
    call inner = *c;
    inner.native = method;
    inner.self = c->arguments[0];
    inner.arguments = c->arguments + 1;
    return method->call(&inner);
}

static const native *held(call *c, native row) {
    return memcpy(script_alloc(c->script, 1, sizeof row), &row, sizeof row);
}

/* In each of the ways to call it. */
static const char *behind(call *c, const char *input, const char *options) {
    script *s = c->script;
    const char *bar = strchr(options, '|');
    const size_t length = bar ? (size_t)(bar - options) : strlen(options);
    const bool alone = strspn(options, " ") >= length;
    const char *first = script_join(s, input, alone ? "" : ", ");
    first = script_join(s, first, bar ? script_copy(s, options, length) : options);
    return bar ? script_join(s, script_join(s, first, "| "), behind(c, input, bar + 1)) : first;
}

static const char *behind_input(call *c, const char *options) {
    return behind(c, "input: Tensor", options);
}

static const native *make_function(call *c, const char *path, const void *method) {
    const native *row = method;
    return held(c, (native){.path = path,
                            .signature = behind(c, row->takes_number ? "input" : "input: Tensor",
                                                row->signature),
                            .call = call_method,
                            .data = row});
}

/* The methods that are functions, too. */
static void add_table(call *c, const native *table) {
    native_add_table(c->script, table);
    for (const native *row = table; row->path; row++)
        if (row->is_function)
            native_defer(c->script, "torch", strchr(row->path, '.') + 1, make_function, row);
}

/* A module of torch.nn that is one operation. A loss is a function by the same row. */
static const char *options_of(call *c, const mlp_operation *operation) {
    const bool later = operation->later_options && release_has(c, MLP_TAKES_FLOATS);
    return later ? operation->later_options : operation->options;
}

/* Those that its module takes beside them. */
static const char *with_former(call *c, const mlp_operation *operation) {
    const char *options = options_of(c, operation);
    for (size_t i = 0; i < 2 && operation->former_options[i].name; i++)
        options = script_printf(c->script, "%s, %s: Optional[float] = None", options,
                                operation->former_options[i].name);
    return options;
}

static void add_module(call *c, const mlp_operation *operation) {
    nn_class *class = script_alloc(c->script, 1, sizeof *class);
    *class = (nn_class){.name = operation->module,
                        .file = operation->module_file,
                        .options = with_former(c, operation),
                        .init = check_options,
                        .apply = apply_operation,
                        .inputs = operation->inputs ? operation->inputs : "input: Tensor",
                        .function = operation->inputs ? operation->name : NULL,
                        .operation = operation};
    memcpy(class->shown, operation->shown, sizeof class->shown);
    module_add_class(c, class);
}

/* A method of Tensor takes the input before it. */
static const char *signature_in(call *c, const char *path, const char *options) {
    return strncmp(path, "Tensor.", strlen("Tensor.")) == 0 ? options : behind_input(c, options);
}

static bool is_functional(const char *path) {
    static const char space[] = "torch.nn.functional.";
    return strncmp(path, space, sizeof space - 1) == 0;
}

/* What a module computes, too, has its formula in the report. */
static const spelled_operation *spelled(call *c, const mlp_operation *operation) {
    spelled_operation *s = script_alloc(c->script, 1, sizeof *s);
    s->operation = operation;
    s->origin.name = operation->module ? operation->name : NULL;
    return s;
}

static const native *make_spelling(call *c, const char *path, const void *of) {
    const mlp_operation *operation = of;
    const char *options = operation->method_options;
    if (is_functional(path))
        options = operation->options;
    if (operation->casts)
        options = script_printf(c->script, "%s%s, dtype = None", options,
                                is_functional(path) ? ", _stacklevel: int = 3" : "");
    return held(c, (native){.path = path,
                            .signature = signature_in(c, path, options),
                            .call = call_operation,
                            .data = spelled(c, operation)});
}

static const char *options_in_place(const mlp_operation *operation) {
    return operation->method_options ? operation->method_options
           : operation->options      ? operation->options
                                     : "";
}

/* The functions in place have no option for it. */
static const native *make_in_place(call *c, const char *path, const void *of) {
    const mlp_operation *operation = of;
    const char *options = options_in_place(operation), *flag = strstr(options, "inplace");
    if (flag)
        options = script_copy(c->script, options, (size_t)(flag - options));
    return held(c, (native){.path = path,
                            .signature = signature_in(c, path, options),
                            .call = call_operation_in_place,
                            .data = spelled(c, operation)});
}

static void add_in_place(call *c, const mlp_operation *operation) {
    static const char *const spaces[] = {"Tensor", "torch", "torch.nn.functional"};
    script *s = c->script;
    const char *name = script_join(s, operation->name, "_");
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (operation->in_place >> i & 1)
            native_defer(s, spaces[i], name, make_in_place, operation);
    if (operation->alias)
        native_defer(s, "Tensor", script_join(s, operation->alias, "_"), make_in_place, operation);
}

/* What an operation's row says that scripts call it: a module, and functions and a method that
 * compute the same. */
static void add_operation(call *c, const mlp_operation *operation) {
    const char *options = operation->method_options, *name = operation->name;
    if (operation->module)
        add_module(c, operation);
    if (operation->options && !operation->inputs)
        native_defer(c->script, "torch.nn.functional", name, make_spelling, operation);
    for (; options && name; name = name == operation->alias ? NULL : operation->alias) {
        native_defer(c->script, "torch", name, make_spelling, operation);
        native_defer(c->script, "Tensor", name, make_spelling, operation);
    }
    if (operation->in_place)
        add_in_place(c, operation);
}

static void add_constants(call *c) {
    static const struct {
        const char *path;
        double number;
    } constants[] = {{"torch.pi", 3.14159265358979323846},
                     {"torch.e", 2.71828182845904523536},
                     {"torch.inf", (double)INFINITY},
                     {"torch.nan", (double)NAN}};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        native_constant(c->script, constants[i].path, object_float(c->script, constants[i].number));
    add_version(c);
    add_dtypes(c);
    add_default_generator(c);
    add_settings(c);
}

/* What draws numbers by numpy is refused, and so are pictures: that one is seeded, and the others
 * chosen where to, changes nothing. */
static const native native_numpy[] = {
    {.path = "numpy.random.seed", .signature = "seed = None"},
    {.path = "matplotlib.use", .signature = "backend, *, force = True"},
    {0}};

/* clang-format off */
static const native *const tables[] = {
    native_module,
    native_embedding,
    native_distances,
    native_keyed,
    native_norms,
    native_module_parts,
    native_module_hooks,
    native_creation,
    native_dtype,
    native_random,
    native_generator,
    native_distributions,
    native_tensor,
    native_operators,
    native_functions,
    native_linalg,
    native_spectral,
    native_probability,
    native_statistics,
    native_counts,
    native_number_info,
    native_layout_queries,
    native_clamp,
    native_logic,
    native_reduce,
    native_vector_norm,
    native_missing,
    native_cat,
    native_pad,
    native_arrange,
    native_products,
    native_contractions,
    native_pairs,
    native_parts,
    native_einsum,
    native_choose,
    native_masked,
    native_put,
    native_queries,
    native_testing,
    native_nn,
    native_containers,
    native_init,
    native_init_shaped,
    native_optimizer,
    native_optimizer_state,
    native_clip,
    native_plateau,
    native_schedulers,
    native_grad_mode,
    native_settings,
    native_autograd,
    native_function,
    native_derivatives,
    native_vector_products,
    native_array,
    native_array_computed,
    native_version,
};
/* clang-format on */

static void add_all(call *c) {
    static const nn_class *const classes[] = {nn_layers,    nn_embeddings, nn_norms,
                                              nn_losses,    nn_containers, nn_keyed,
                                              nn_distances, nn_activations};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        add_table(c, tables[i]);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        for (const nn_class *class = classes[i]; class->name; class ++)
            module_add_class(c, class);
    for (const mlp_operation *const *o = mlp_spelled; *o; o++)
        add_operation(c, *o);
    for (const mlp_operation *const *o = mlp_optimizers; *o; o++)
        add_optimizer(c, *o);
    add_optimizer_file(c);
    add_schedulers(c);
    add_aliases(c);
    add_table(c, native_numpy);
    add_constants(c);
    add_empty_namespaces(c);
    for (const written_module *m = torch_written; m->name; m++)
        written_defer(c->script, m);
}

/* --- the run --- */

/* What is computed from here on has no bound. */
static void doubt(script *s) {
    trace_of(&(call){.script = s})->lost = true;
}

static void settle(call *c) {
    mlp_trace_settle(trace_of(c));
}

static void finish(call *c) {
    if (trace_of(c)->quiet) /* nobody asks for a name */
        return;
    modules_name_all(c);
    if (!mlp_trace_finish(trace_of(c)))
        script_out_of_memory(c->script);
}

static const char *const roots[] = {"torch", NULL};
static const char others[] =
    "numpy matplotlib mpl_toolkits pandas sklearn scipy seaborn plotly torchvision torchaudio torchtext "
    "tqdm PIL cv2 skimage imageio tensorboard tensorboardX wandb torchsummary torchinfo torchviz "
    "torchmetrics einops pytorch_lightning lightning graphviz networkx sympy numba h5py joblib yaml "
    "requests IPython ipywidgets tensorflow keras jax";
static const char *const instances[] = {"torch.backends.cuda.matmul", NULL};

const library torch_library = {
    .add = add_all,
    .doubt = doubt,
    .finish = finish,
    .roots = roots,
    .others = others,
    .instances = instances,
    .settle = settle,
    .instead = torch_instead,
    .has = torch_has,
    .lacks = torch_lacks,
    .instead_of_import = torch_instead_of_import,
    .misfit = torch_misfit,
    .errors = {"torch.autograd.gradcheck", "torch._C"},
    .imports =
        "only torch, Python's own modules and those of others that scripts often name can be "
        "imported: write what the script needs of it into the script",
    .base = "nn.Module",
    .signed_ones = "numbers and tensors"};

static bool check_run(const mlp_script_options *options, mlp_diagnostic *error) {
    *error = (mlp_diagnostic){0};
    if (strcmp(localeconv()->decimal_point, ".") != 0)
        mlp_error(error, "numbers are read in the C locale only: setlocale(LC_NUMERIC, \"C\")");
    else if (!mlp_release_is_known(&options->release))
        mlp_error(error, "the releases of PyTorch that a run can follow are " MLP_RELEASES);
    return !error->message[0];
}

static bool has_steps(const mlp_trace *trace, const mlp_steps *steps, mlp_diagnostic *error) {
    const uint64_t there = mlp_trace_steps(trace);
    for (size_t i = 0; steps && i < steps->count; i++) {
        const uint64_t last = steps->range[i].last;
        if (last > there)
            return mlp_error(error,
                             "the script has no step %" PRIu64 ": it takes %" PRIu64
                             " (each ends with an update; what is behind the last one is one more)",
                             last, there);
    }
    return true;
}

/* The run itself, all of whose pointers lie in this frame and below, and in the trace's arena. */
__attribute__((noinline)) static bool run_script(mlp_trace *trace, const char *source,
                                                 size_t length, const mlp_script_options *options,
                                                 mlp_warning **warnings, mlp_diagnostic *error) {
    mlp_warning *list = NULL;
    torch state = {.trace = trace,
                   .dtype = options->dtype,
                   .print = mlp_print_default,
                   .array = array_default};
    state.array.has_precision_limit = mlp_release_has(&trace->release, MLP_RUNS_ON_NUMPY_2_3);
    const script_options run = {.arena = trace->arena,
                                .source = source,
                                .length = length,
                                .cells = options->cells,
                                .stack = options->stack ? options->stack : MLP_SCRIPT_STACK,
                                .name = options->name,
                                .out = options->print,
                                .errors = options->print_errors,
                                .printed = options->steps ? NULL : options->printed,
                                .library = &torch_library,
                                .state = &state,
                                .is_python_3_12 =
                                    mlp_release_has(&options->release, MLP_RUNS_ON_PYTHON_3_12),
                                .budget = trace->budget,
                                .warnings = &list,
                                .error = error};
    stream_seed(&state.random, UNSEEDED);
    state.next_module = &state.modules;
    const bool well = script_run(&run);
    *warnings = list;
    return well;
}

mlp_trace *mlp_script_run(mlp_arena *arena, const char *source, size_t length,
                          const mlp_script_options *options, mlp_warning **warnings,
                          mlp_diagnostic *error) {
    mlp_warning *ignored = NULL, **list = warnings ? warnings : &ignored;
    const double limit = options->budget > 0 ? options->budget : MLP_BUDGET;
    mlp_budget budget = {.limit = limit, .left = limit, .watch = options->watch};
    *list = NULL;
    if (!check_run(options, error))
        return NULL;
    mlp_trace *trace = mlp_trace_new(arena);
    const bool collects = options->steps || (options->quiet && !options->printed);
    if (!trace || (collects && !mlp_arena_begin_collecting(arena, __builtin_frame_address(0)))) {
        out_of_memory(error, arena, "the script needs");
        return NULL;
    }
    trace->release = options->release;
    trace->budget = &budget;
    trace->bounded = options->bounds;
    trace->quiet = options->quiet;
    trace->settles = collects;
    if (options->steps && !mlp_trace_keep(trace, options->steps)) {
        out_of_memory(error, arena, "the script needs");
        return NULL;
    }
    const bool well = run_script(trace, source, length, options, list, error) &&
                      has_steps(trace, options->steps, error);
    trace->budget = NULL;
    return well ? trace : NULL;
}
