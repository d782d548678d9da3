/* torch.nn.Embedding: rows of a weight, chosen by an index. */
#include "generator.h"
#include "module.h"
#include "options.h"
#include "tensor.h"

static bool is_given(const object *o) {
    return o && o->kind != OBJECT_NONE && !(o->kind == OBJECT_BOOL && !o->as.boolean);
}

static void refuse_options(call *c, const nn_module *m) {
    static const char *const names[] = {"max_norm", "scale_grad_by_freq", "sparse"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_given(module_option(m, names[i])))
            call_fail(c, "%s of an embedding is outside the subset: leave it out", names[i]);
}

static size_t size_option(call *c, const nn_module *m, const char *name) {
    const int64_t size = module_option(m, name)->as.integer;
    if (size < 0)
        call_fail(c, "%s must not be negative", name);
    return tensor_size_of(c, size);
}

/* The row whose gradient stays 0, counted from the start; -1: none. */
static int64_t padding_row(call *c, const object *padding, size_t rows) {
    if (!padding || padding->kind == OBJECT_NONE)
        return -1;
    const int64_t given = padding->as.integer, count = (int64_t)rows;
    if (given >= count || given < -count)
        call_fail(call_raises(c, ASSERTION_ERROR, "Padding_idx must be within num_embeddings"),
                  "padding_idx is a row of the embedding, which has %zu", rows);
    return given < 0 ? given + count : given;
}

static void pad(call *c, nn_module *m, mlp_tensor *weight) {
    const int64_t row = padding_row(c, module_option(m, "padding_idx"), weight->shape[0]);
    if (row < 0)
        return;
    scope_bind(c->script, &m->options, "padding_idx", object_integer(c->script, row));
    const size_t size = weight->shape[1];
    for (size_t i = (size_t)row * size; i < ((size_t)row + 1) * size; i++)
        mlp_tensor_set(weight, i, 0);
}

static void embedding_init(call *c, nn_module *m) {
    const size_t shape[] = {size_option(c, m, "num_embeddings"),
                            size_option(c, m, "embedding_dim")};
    refuse_options(c, m);
    check_device(c, module_option(m, "device"));
    mlp_variable *weight =
        tensor_new(c, dtype_argument(c, module_option(m, "dtype")), 2, shape, true);
    weight->is_parameter = true;
    tensor_set_bound(weight->value, fill_normal(c, &weight->value->tensor, 0, 1));
    pad(c, m, &weight->value->tensor);
    weight->value->unseeded = !torch_of(c)->random.seeded;
    scope_bind(c->script, &m->attributes, "weight", variable_object(c, weight));
}

static void check_index(call *c, const mlp_value *index, const mlp_value *weight) {
    const mlp_tensor *t = &index->tensor;
    char shape[MLP_SHAPE_TEXT];
    if (weight->tensor.ndim != 2)
        call_fail(c, "an embedding needs a weight of two dimensions, not of shape %s",
                  mlp_shape_text(shape, &weight->tensor));
    if (t->dtype != MLP_INT64)
        call_fail(c, "the index of an embedding is int64, not %s: write .long() behind it",
                  mlp_dtype_name(t->dtype));
    for (size_t i = 0; i < t->numel; i++) {
        const int64_t at = ((const int64_t *)t->data)[i];
        if (at < 0 || (uint64_t)at >= weight->tensor.shape[0])
            call_fail(call_raises(c, INDEX_ERROR, "index out of range in self"),
                      "index %lld is out of range: the embedding has %zu rows", (long long)at,
                      weight->tensor.shape[0]);
    }
}

/* The weight with a row that has no gradient, by a step that has no entry. */
static mlp_value *padded(call *c, mlp_value *weight, int64_t row) {
    const mlp_tensor *w = &weight->tensor;
    mlp_variable *mask = tensor_new(c, MLP_BOOL, w->ndim, w->shape, false);
    for (size_t i = 0; i < w->shape[1]; i++)
        mlp_tensor_set(&mask->value->tensor, (size_t)row * w->shape[1] + i, 1);
    return tensor_step(
        c, &(mlp_request){.operation = &mlp_where,
                          .in = {mask->value, tensor_copied(c, weight, w->dtype), weight},
                          .hidden = true});
}

static mlp_variable *embed(call *c, const nn_module *m, mlp_value *index, mlp_value *weight,
                           const object *padding) {
    check_index(c, index, weight);
    const int64_t row = padding_row(c, padding, weight->tensor.shape[0]);
    mlp_value *from = row < 0 ? weight : padded(c, weight, row);
    const mlp_request request = {
        .operation = &mlp_index, .origin = &m->origin, .in = {from, index}};
    mlp_variable *rows = tensor_computed(c, &request);
    rows->value->producer->grad_fn = "EmbeddingBackward0";
    return rows;
}

static mlp_variable *embedding_apply(call *c, nn_module *m, object **inputs) {
    mlp_value *weight = module_tensor(c, m, "weight");
    if (!weight)
        call_fail(c, "the weight of %s is None", m->origin.description);
    return embed(c, m, tensor_value(c, inputs[0]), weight, module_option(m, "padding_idx"));
}

/* Arguments: input, weight, and the options that are refused. */
static object *functional_embedding(call *c) {
    static const char *const names[] = {"max_norm", "scale_grad_by_freq", "sparse"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_given(call_argument(c, names[i])))
            call_fail(c, "%s of an embedding is outside the subset: leave it out", names[i]);
    const nn_module *m = module_for_call(c, NULL, "embedding");
    return variable_object(c, embed(c, m, tensor_value(c, c->arguments[0]),
                                    tensor_value(c, c->arguments[1]), c->arguments[2]));
}

const nn_class nn_embeddings[] = {
    {.name = "Embedding",
     .file = "sparse",
     .options = "num_embeddings: int, embedding_dim: int, padding_idx: Optional[int] = None, "
                "max_norm = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, "
                "sparse: bool = False, *, device = None, dtype = None",
     .init = embedding_init,
     .apply = embedding_apply,
     .inputs = "input: Tensor",
     .shown = {"=num_embeddings", "=embedding_dim", "?padding_idx"}},
    {0}};

const native native_embedding[] = {
    {.path = "torch.nn.functional.embedding",
     .signature = "input: Tensor, weight: Tensor, padding_idx: Optional[int] = None, "
                  "max_norm = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, "
                  "sparse: bool = False",
     .call = functional_embedding},
    {0}};
