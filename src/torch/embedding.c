/* torch.nn.Embedding: rows of a weight, chosen by an index. */
#include "generator.h"
#include "module.h"
#include "operators.h"
#include "options.h"
#include "tensor.h"

static bool is_given(const object *o) {
    return o && o->kind != OBJECT_NONE && !(o->kind == OBJECT_BOOL && !o->as.boolean);
}

static void refuse_sparse(call *c, const object *sparse) {
    if (is_given(sparse))
        call_fail(c, "sparse gradients are outside the subset: leave out sparse=True, and the "
                     "gradient has the same numbers");
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

static void pad(mlp_tensor *weight, int64_t row) {
    const size_t size = weight->shape[1];
    for (size_t i = 0; i < size && row >= 0; i++)
        mlp_tensor_set(weight, (size_t)row * size + i, 0);
}

static object *drawn_weight(call *c, const nn_module *m, const size_t *shape, int64_t padding) {
    mlp_variable *weight =
        tensor_new(c, dtype_argument(c, module_option(m, "dtype")), 2, shape, true);
    weight->is_parameter = true;
    tensor_set_bound(weight->value, fill_normal(c, &weight->value->tensor, 0, 1));
    mlp_value_changed_again(weight->value); /* as it was empty before */
    if (padding >= 0)
        mlp_value_changed_again(weight->value);
    pad(&weight->value->tensor, padding);
    weight->value->unseeded = !torch_of(c)->random.seeded;
    return variable_object(c, weight);
}

static object *given_weight(call *c, const object *given, const size_t *shape) {
    const mlp_tensor *t = &tensor_value(c, given)->tensor;
    char text[MLP_SHAPE_TEXT];
    if (t->ndim != 2 || t->shape[0] != shape[0] || t->shape[1] != shape[1])
        call_fail(call_raises(c, ASSERTION_ERROR,
                              "Shape of weight does not match num_embeddings and embedding_dim"),
                  "the weight of this embedding has shape [%zu, %zu], not %s", shape[0], shape[1],
                  mlp_shape_text(text, t));
    return new_parameter(c, given, true);
}

static void embedding_init(call *c, nn_module *m) {
    const size_t shape[] = {size_option(c, m, "num_embeddings"),
                            size_option(c, m, "embedding_dim")};
    const int64_t padding = padding_row(c, module_option(m, "padding_idx"), shape[0]);
    const object *given = module_option(m, "_weight");
    refuse_sparse(c, module_option(m, "sparse"));
    check_device(c, module_option(m, "device"));
    if (padding >= 0)
        scope_bind(c->script, &m->options, "padding_idx", object_integer(c->script, padding));
    scope_bind(c->script, &m->attributes, "weight",
               given->kind == OBJECT_NONE ? drawn_weight(c, m, shape, padding)
                                          : given_weight(c, given, shape));
    scope_bind(c->script, &m->options, "_weight", object_none(c->script));
}

/* Arguments: none. New numbers in place, as the first were drawn. */
static object *embedding_reset(call *c) {
    const nn_module *m = module_of(c->self);
    mlp_variable *weight = variable_of(module_option(m, "weight"));
    fresh_numbers drawn = tensor_normal(c, weight, 0, 1);
    pad(&drawn.tensor, padding_row(c, module_option(m, "padding_idx"), drawn.tensor.shape[0]));
    tensor_reset(c, weight, drawn);
    return object_none(c->script);
}

/* Arguments: embeddings, freeze, and options of the class, on which it is called. */
static object *from_pretrained(call *c) {
    static const char *const names[] = {"_weight",   "padding_idx",        "max_norm",
                                        "norm_type", "scale_grad_by_freq", "sparse"};
    const mlp_tensor *t = &tensor_value(c, c->arguments[0])->tensor;
    if (t->ndim != 2)
        call_fail(
            call_raises(c, ASSERTION_ERROR, "Embeddings parameter is expected to be 2-dimensional"),
            "the numbers of an embedding have two dimensions");
    argument given[8] = {{.object = object_integer(c->script, (int64_t)t->shape[0])},
                         {.object = object_integer(c->script, (int64_t)t->shape[1])}};
    for (size_t i = 0; i < 6; i++) {
        given[i + 2].keyword = names[i];
        given[i + 2].object = i ? call_argument(c, names[i]) : c->arguments[0];
    }
    for (size_t i = 0; i < 8; i++)
        given[i].where = given[i].given = c->where;
    object *made = call_object(c, c->self, &(arguments){given, 8});
    if (is_module(made) && c->arguments[1]->as.boolean)
        tensor_require_grad(c, variable_of(module_option(module_of(made), "weight")), false);
    return made;
}

static void check_index(call *c, const mlp_tensor *index, const mlp_tensor *weight) {
    if (index->dtype != MLP_INT64 && index->dtype != MLP_INT32)
        call_fail(call_raises(c, RUNTIME_ERROR,
                              "Expected tensor for argument #1 'indices' to have one of the "
                              "following scalar types: Long, Int; but got %s instead (while "
                              "checking arguments for embedding)",
                              tensor_type_name(index->dtype)),
                  "the index of an embedding is int64, not %s: write .long() behind it",
                  mlp_dtype_name(index->dtype));
    for (size_t i = 0; i < index->numel && weight->ndim == 2; i++) {
        const int64_t at = mlp_tensor_get_int(index, i);
        if (at < 0 || (uint64_t)at >= weight->shape[0])
            call_fail(call_raises(c, INDEX_ERROR, "index out of range in self"),
                      "index %lld is out of range: the embedding has %zu rows", (long long)at,
                      weight->shape[0]);
    }
}

/* What an embedding is told, and in which weight it looks up what. */
typedef struct {
    const nn_module *m;
    object *index, *weight;
    const object *padding, *by_frequency;
    object *max_norm, *norm_type;
} lookup;

/* The rows that are read are changed in place before, so that none is too long. */
static void renormalise(call *c, const lookup *l) {
    object *given[] = {l->weight, l->index, l->max_norm, l->norm_type};
    if (l->max_norm->kind != OBJECT_NONE)
        call_positional(c, native_member(c->script, "torch", "embedding_renorm_", NULL), given, 4);
}

static mlp_variable *embed(call *c, const lookup *l) {
    mlp_value *index = tensor_value(c, l->index);
    check_index(c, &index->tensor, &tensor_value(c, l->weight)->tensor);
    renormalise(c, l);
    mlp_value *weight = tensor_value(c, l->weight);
    index = tensor_in_dtype(c, index, MLP_INT64);
    const size_t rows = weight->tensor.ndim ? weight->tensor.shape[0] : 0;
    mlp_request request = {
        .operation = &mlp_embedding, .origin = &l->m->origin, .in = {weight, index}};
    request.options.ignore_index = padding_row(c, l->padding, rows);
    request.options.by_frequency = is_given(l->by_frequency);
    return tensor_computed(c, &request);
}

static mlp_variable *embedding_apply(call *c, nn_module *m, object **inputs) {
    if (!module_tensor(c, m, "weight"))
        call_fail(c, "the weight of %s is None", m->origin.description);
    return embed(c, &(lookup){.m = m,
                              .index = inputs[0],
                              .weight = module_option(m, "weight"),
                              .padding = module_option(m, "padding_idx"),
                              .by_frequency = module_option(m, "scale_grad_by_freq"),
                              .max_norm = module_option(m, "max_norm"),
                              .norm_type = module_option(m, "norm_type")});
}

/* Arguments: input, weight, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse. */
static object *functional_embedding(call *c) {
    object *const *a = c->arguments;
    refuse_sparse(c, a[6]);
    return variable_object(c, embed(c, &(lookup){.m = module_for_call(c, NULL, "embedding"),
                                                 .index = a[0],
                                                 .weight = a[1],
                                                 .padding = a[2],
                                                 .by_frequency = a[5],
                                                 .max_norm = a[3],
                                                 .norm_type = a[4]}));
}

const nn_class nn_embeddings[] = {
    {.name = "Embedding",
     .file = "sparse",
     .options =
         "num_embeddings: int, embedding_dim: int, padding_idx: Optional[int] = None, "
         "max_norm: Optional[float] = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, "
         "sparse: bool = False, _weight: Optional[Tensor] = None, device = None, dtype = None",
     .init = embedding_init,
     .apply = embedding_apply,
     .inputs = "input: Tensor",
     .shown = {"=num_embeddings", "=embedding_dim", "?padding_idx", "?max_norm", "?norm_type",
               "?scale_grad_by_freq"}},
    {0}};

const native native_embedding[] = {
    {.path = "Embedding.reset_parameters", .signature = "", .call = embedding_reset},
    {.path = "Embedding.from_pretrained",
     .signature =
         "embeddings: Tensor, freeze: bool = True, padding_idx: Optional[int] = None, "
         "max_norm: Optional[float] = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, "
         "sparse: bool = False",
     .call = from_pretrained,
     .is_class_method = true},
    {.path = "torch.nn.functional.embedding",
     .signature =
         "input: Tensor, weight: Tensor, padding_idx: Optional[int] = None, "
         "max_norm: Optional[float] = None, norm_type: float = 2.0, scale_grad_by_freq: bool = False, "
         "sparse: bool = False",
     .call = functional_embedding},
    {0}};
