/* torch.einsum, as at::einsum does it (aten/src/ATen/native/Linear.cpp): every operand gets one
 * dimension for each letter, in one order, and two at a time are multiplied as batches of matrices. */
#include "operators.h"
#include "tensor.h"

#include <string.h>

enum {
    LETTERS = 52,
    ELLIPSIS = LETTERS, /* stands for all dimensions of a `...` */
    NONE = -1
};

/* The letters of one operand, or of the result. */
typedef struct {
    int label[MLP_MAX_DIMS];
    size_t count;
    bool has_ellipsis;
} subscripts;

typedef struct {
    object *operand[MLP_MAX_DIMS];
    subscripts of[MLP_MAX_DIMS];
    size_t operands;
    int place[LETTERS + 1];       /* which dimension a letter has; of the first of a `...` */
    size_t times[LETTERS];        /* in how many places it stands on the left */
    size_t rest;                  /* how many dimensions a `...` has at most */
    size_t shown, dims;           /* how many dimensions the result has, and all together */
    size_t present[MLP_MAX_DIMS]; /* in how many operands a dimension is not of size 1 */
} equation;

/* --- the text --- */

static int label_of(char letter) {
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    return letter >= 'a' && letter <= 'z' ? letter - 'a' + LETTERS / 2 : NONE;
}

/* Reads letters up to a comma, an arrow or the end. */
static const char *read_subscripts(call *c, const char *text, subscripts *s) {
    *s = (subscripts){0};
    for (; *text && *text != ',' && *text != '-'; text++) {
        const int label = strncmp(text, "...", 3) == 0 ? ELLIPSIS : label_of(*text);
        if (*text == ' ')
            continue;
        if (label == NONE || (label == ELLIPSIS && s->has_ellipsis))
            call_fail(c,
                      "einsum() takes letters, commas, one '...' for an operand and '->', but "
                      "'%c' stands there",
                      *text);
        if (s->count == MLP_MAX_DIMS)
            call_fail(c, "einsum() takes at most %d letters for one tensor", MLP_MAX_DIMS);
        s->has_ellipsis = s->has_ellipsis || label == ELLIPSIS;
        s->label[s->count++] = label;
        text += label == ELLIPSIS ? 2 : 0;
    }
    return text;
}

/* Counts the letters of an operand, and the dimensions of its `...`. */
static void count_labels(call *c, equation *e, size_t i) {
    const subscripts *s = &e->of[i];
    const size_t ndim = tensor_value(c, e->operand[i])->tensor.ndim;
    const size_t letters = s->count - s->has_ellipsis;
    if (s->has_ellipsis ? ndim < letters : ndim != letters)
        call_fail(
            call_raises(
                c, RUNTIME_ERROR,
                "einsum(): the number of subscripts in the equation (%zu) does not match the number of dimensions (%zu) for operand %zu and no ellipsis was given",
                letters, ndim, i),
            "einsum() has %zu letters for an operand of %zu dimensions", letters, ndim);
    if (s->has_ellipsis && ndim - letters > e->rest)
        e->rest = ndim - letters;
    for (size_t k = 0; k < s->count; k++)
        if (s->label[k] != ELLIPSIS)
            e->times[s->label[k]]++;
}

static void place(call *c, equation *e, int label) {
    const size_t count = label == ELLIPSIS ? e->rest : 1;
    if (e->dims + count > MLP_MAX_DIMS)
        call_fail(c, "einsum() takes at most %d different letters here", MLP_MAX_DIMS);
    e->place[label] = (int)e->dims;
    e->dims += count;
}

/* The result's letters come first, in its order; without '->' those that stand once, in the order of
 * the alphabet. */
static void place_all(call *c, equation *e, const char *result) {
    subscripts s;
    for (int label = 0; label <= ELLIPSIS; label++)
        e->place[label] = NONE;
    if (result) {
        if (*read_subscripts(c, result, &s))
            call_fail(c, "einsum() takes one '->', and behind it the letters of one result");
        for (size_t k = 0; k < s.count; k++) {
            if (s.label[k] != ELLIPSIS &&
                (e->times[s.label[k]] == 0 || e->place[s.label[k]] != NONE))
                call_fail(c, "einsum() needs each letter of the result once there, and in some "
                             "operand");
            place(c, e, s.label[k]);
        }
    } else {
        place(c, e, ELLIPSIS);
        for (int label = 0; label < LETTERS; label++)
            if (e->times[label] == 1)
                place(c, e, label);
    }
    e->shown = e->dims;
    if (e->place[ELLIPSIS] == NONE)
        place(c, e, ELLIPSIS);
    for (int label = 0; label < LETTERS; label++)
        if (e->times[label] && e->place[label] == NONE)
            place(c, e, label);
}

static void read_equation(call *c, equation *e, const char *text) {
    const char *arrow = strstr(text, "->");
    for (size_t i = 0; i < e->operands; i++) {
        text = read_subscripts(c, text, &e->of[i]);
        const bool is_last = i + 1 == e->operands;
        if (is_last ? *text != '\0' && text != arrow : *text != ',')
            call_fail(call_raises(c, RUNTIME_ERROR,
                                  "einsum(): %s operands were provided than specified in the "
                                  "equation",
                                  is_last ? "fewer" : "more"),
                      "einsum() has letters for another number of operands than the %zu given",
                      e->operands);
        count_labels(c, e, i);
        text += *text == ',';
    }
    place_all(c, e, arrow ? arrow + 2 : NULL);
}

/* --- steps --- */

static object *computed(call *c, mlp_request request) {
    request.hidden = true;
    return variable_object(c, tensor_computed(c, &request));
}

static mlp_sizes shape_of(call *c, const object *o) {
    const mlp_tensor *t = &tensor_value(c, o)->tensor;
    return tensor_sizes(t->ndim, t->shape);
}

static object *permuted(call *c, const object *o, const mlp_order *order) {
    return tensor_hidden_view(c, o, &mlp_permute, &(mlp_options){.order = *order});
}

/* A new dimension of size 1. */
static object *unsqueezed(call *c, const object *o, size_t dim) {
    mlp_options options = {.sizes = shape_of(c, o)};
    mlp_sizes *sizes = &options.sizes;
    if (sizes->count == MLP_MAX_DIMS)
        call_fail(c, "einsum() takes at most %d different letters here", MLP_MAX_DIMS);
    for (size_t d = sizes->count++; d > dim; d--)
        sizes->size[d] = sizes->size[d - 1];
    sizes->size[dim] = 1;
    return tensor_hidden_view(c, o, &mlp_unsqueeze, &options);
}

static object *reshaped(call *c, const object *o, mlp_sizes sizes) {
    mlp_value *v = tensor_value(c, o);
    if (mlp_value_can_be_viewed(v, &sizes))
        return tensor_hidden_view(c, o, &mlp_reshape, &(mlp_options){.sizes = sizes});
    return computed(
        c, (mlp_request){.operation = &mlp_reshape_copy, .in = {v}, .options.sizes = sizes});
}

static object *summed(call *c, const object *o, const bool dims[MLP_MAX_DIMS], bool keepdim) {
    mlp_request request = {.operation = &mlp_sum, .in = {tensor_value(c, o)}};
    request.options.has_dims = true;
    request.options.keepdim = keepdim;
    memcpy(request.options.dims, dims, sizeof request.options.dims);
    return computed(c, request);
}

/* Two dimensions as their diagonal, which takes the place of the first. */
static object *diagonal(call *c, const object *o, size_t dim, size_t other) {
    const mlp_tensor *t = &tensor_value(c, o)->tensor;
    if (t->shape[dim] != t->shape[other])
        call_fail(c, "einsum() has one letter for dimensions of sizes %zu and %zu", t->shape[dim],
                  t->shape[other]);
    const object *view = tensor_hidden_view(
        c, o, &mlp_diagonal, &(mlp_options){.dim0 = (int64_t)dim, .dim1 = (int64_t)other});
    mlp_order order = {.count = t->ndim - 1};
    for (size_t d = 0; d < order.count; d++)
        order.dim[d] = (int64_t)(d < dim ? d : d == dim ? order.count - 1 : d - 1);
    return permuted(c, view, &order);
}

/* --- one order of dimensions for all --- */

static object *arranged(call *c, const equation *e, size_t i) {
    const subscripts *s = &e->of[i];
    object *o = e->operand[i];
    mlp_order order = {.count = e->dims};
    size_t at = 0, present = tensor_value(c, o)->tensor.ndim + s->has_ellipsis - s->count;
    for (size_t d = 0; d < e->dims; d++)
        order.dim[d] = NONE;
    for (size_t k = 0; k < s->count; k++) {
        const size_t first = (size_t)e->place[s->label[k]];
        if (s->label[k] == ELLIPSIS) {
            for (; present < e->rest; present++)
                o = unsqueezed(c, o, at);
            for (size_t d = 0; d < e->rest; d++)
                order.dim[first + d] = (int64_t)at++;
        } else if (order.dim[first] == NONE) {
            order.dim[first] = (int64_t)at++;
        } else {
            o = diagonal(c, o, (size_t)order.dim[first], at);
        }
    }
    for (size_t d = 0; d < e->dims; d++)
        if (order.dim[d] == NONE) {
            o = unsqueezed(c, o, at);
            order.dim[d] = (int64_t)at++;
        }
    return permuted(c, o, &order);
}

static void check_sizes(call *c, equation *e) {
    for (size_t d = 0; d < e->dims; d++) {
        size_t size = 1;
        for (size_t i = 0; i < e->operands; i++) {
            const size_t own = tensor_value(c, e->operand[i])->tensor.shape[d];
            if (own != 1 && size != 1 && own != size)
                call_fail(c, "einsum() has one letter for dimensions of sizes %zu and %zu", size,
                          own);
            size = own != 1 ? own : size;
            e->present[d] += own != 1;
        }
    }
}

/* --- two operands as batches of matrices --- */

/* The dimensions in groups: of both and the result, of the left and the result, of both and summed,
 * of the right and the result. */
typedef struct {
    size_t dim[MLP_MAX_DIMS], count, size;
} group;

static void put(group *g, size_t dim, size_t size) {
    g->dim[g->count++] = dim;
    g->size *= size;
}

static void append(mlp_order *order, const group *g) {
    for (size_t i = 0; i < g->count; i++)
        order->dim[order->count++] = (int64_t)g->dim[i];
}

/* Its dimensions in this order of groups, as a batch of matrices. */
static object *as_matrices(call *c, const object *o, const group *const groups[4]) {
    mlp_order order = {0};
    for (size_t g = 0; g < 4; g++)
        append(&order, groups[g]);
    return reshaped(c, permuted(c, o, &order),
                    (mlp_sizes){3, {groups[0]->size, groups[1]->size, groups[2]->size}});
}

/* The product with its dimensions back in their order; those that were summed have size 1. */
static object *restored(call *c, const object *product, const mlp_sizes *left,
                        const mlp_sizes *right, const group *const groups[4]) {
    mlp_order order = {.count = left->count}, place = {0};
    mlp_sizes sizes = {.count = left->count};
    for (size_t g = 0; g < 4; g++)
        append(&place, groups[g]);
    for (size_t i = 0; i < place.count; i++) {
        const size_t d = (size_t)place.dim[i];
        order.dim[d] = (int64_t)i;
        sizes.size[i] = left->size[d] != 1 ? left->size[d] : right->size[d];
    }
    for (size_t i = 0, at = groups[0]->count + groups[1]->count; i < groups[2]->count; i++)
        sizes.size[at + i] = 1;
    return permuted(c, tensor_hidden_view(c, product, &mlp_view, &(mlp_options){.sizes = sizes}),
                    &order);
}

static object *multiplied(call *c, const object *a, const object *b) {
    mlp_value *x = tensor_value(c, a), *y = tensor_value(c, b);
    tensor_broadcast_pair(c, &x, &y);
    return computed(c, (mlp_request){.operation = &mlp_mul, .in = {x, y}});
}

static object *contracted(call *c, const object *a, const object *b,
                          const bool sums[MLP_MAX_DIMS]) {
    const mlp_sizes left = shape_of(c, a), right = shape_of(c, b);
    group both = {.size = 1}, of_left = {.size = 1}, summed_up = {.size = 1},
          of_right = {.size = 1};
    for (size_t d = 0; d < left.count; d++) {
        const size_t l = left.size[d], r = right.size[d];
        if (sums[d])
            put(&summed_up, d, l);
        else if (l != 1 && r != 1)
            put(&both, d, l);
        else if (l != 1)
            put(&of_left, d, l);
        else
            put(&of_right, d, r);
    }
    if (summed_up.count == 0)
        return multiplied(c, a, b);
    const object *x = as_matrices(c, a, (const group *[]){&both, &of_left, &summed_up, &of_right});
    const object *y = as_matrices(c, b, (const group *[]){&both, &summed_up, &of_right, &of_left});
    const object *product = computed(
        c, (mlp_request){.operation = &mlp_bmm, .in = {tensor_value(c, x), tensor_value(c, y)}});
    return restored(c, product, &left, &right,
                    (const group *[]){&both, &of_left, &summed_up, &of_right});
}

/* What need not wait for a later operand is summed first. */
static object *joined(call *c, equation *e, object *a, object *b) {
    bool sums[MLP_MAX_DIMS] = {false}, of_a[MLP_MAX_DIMS] = {false}, of_b[MLP_MAX_DIMS] = {false};
    bool any_a = false, any_b = false;
    const mlp_sizes left = shape_of(c, a), right = shape_of(c, b);
    for (size_t d = e->shown; d < e->dims; d++) {
        const bool in_a = left.size[d] != 1, in_b = right.size[d] != 1;
        if (in_a && in_b) {
            sums[d] = --e->present[d] == 1;
        } else if (e->present[d] == 1 && (in_a || in_b)) {
            of_a[d] = in_a;
            of_b[d] = in_b;
            any_a = any_a || in_a;
            any_b = any_b || in_b;
        } else {
            continue;
        }
        e->present[d] = e->present[d] == 1 ? 0 : e->present[d];
    }
    a = any_a ? summed(c, a, of_a, true) : a;
    b = any_b ? summed(c, b, of_b, true) : b;
    return contracted(c, a, b, sums);
}

/* The sum of one operand whose letters are in the result's order already: PyTorch adds up a view in
 * the order of its memory, which is that of the operand. NULL where they are not. */
static object *sum_as_it_stands(call *c, const equation *e) {
    const subscripts *s = &e->of[0];
    bool sums[MLP_MAX_DIMS] = {false};
    int last = NONE;
    if (e->operands > 1 || e->dims == e->shown || s->has_ellipsis || s->count != e->dims)
        return NULL;
    for (size_t k = 0; k < s->count; k++) {
        const int to = e->place[s->label[k]];
        sums[k] = (size_t)to >= e->shown;
        if (!sums[k] && to < last)
            return NULL;
        last = sums[k] ? last : to;
    }
    return summed(c, e->operand[0], sums, false);
}

static object *contract_all(call *c, equation *e) {
    object *sum = sum_as_it_stands(c, e);
    if (sum)
        return sum;
    for (size_t i = 0; i < e->operands; i++)
        e->operand[i] = arranged(c, e, i);
    check_sizes(c, e);
    object *result = e->operand[0];
    for (size_t i = 1; i < e->operands; i++)
        result = joined(c, e, result, e->operand[i]);
    if (e->dims == e->shown)
        return result;
    bool sums[MLP_MAX_DIMS] = {false};
    for (size_t d = e->shown; d < e->dims; d++)
        sums[d] = true;
    if (e->operands == 1)
        return summed(c, result, sums, false);
    mlp_options options = {.sizes = shape_of(c, result)};
    options.sizes.count = e->shown;
    return tensor_hidden_view(c, result, &mlp_view, &options);
}

static void take_operands(call *c, equation *e, const object *given) {
    if (given->as.sequence.count == 1 && object_is_sequence(given->as.sequence.items[0]))
        given = given->as.sequence.items[0];
    e->operands = given->as.sequence.count;
    if (e->operands == 0 || e->operands > MLP_MAX_DIMS)
        call_fail(c, "einsum() takes 1 to %d tensors", MLP_MAX_DIMS);
    for (size_t i = 0; i < e->operands; i++) {
        e->operand[i] = given->as.sequence.items[i];
        if (!is_tensor(e->operand[i]))
            call_fail(c,
                      "einsum() takes its equation as a text, and then Tensors, not a value of "
                      "type %s",
                      object_type(e->operand[i]));
    }
}

/* The letters of a list of numbers, and "..." of Ellipsis. */
static void write_letters(call *c, buffer *out, const object *list) {
    if (!object_is_sequence(list))
        call_fail(c, "einsum() takes behind each Tensor the list of its dimensions' numbers");
    for (size_t i = 0; i < list->as.sequence.count; i++) {
        const object *item = list->as.sequence.items[i];
        const int64_t number = item->kind == OBJECT_INTEGER ? item->as.integer : -1;
        if (item->kind == OBJECT_ELLIPSIS)
            buffer_text(out, "...");
        else if (number < 0 || number >= LETTERS)
            script_raise(c->script, c->where, VALUE_ERROR,
                         "einsum(): subscript in subscript list is not within the valid range [0, "
                         "52)");
        else
            buffer_printf(out, "%c", (int)(number < 26 ? 'A' + number : 'a' + number - 26));
    }
}

/* einsum(a, [0, 1], b, [1, 2], [0, 2]): as an equation. */
static object *from_lists(call *c, object *first, const object *rest) {
    buffer text = {.arena = script_arena(c->script)};
    const size_t count = rest->as.sequence.count + 1, operands = count / 2;
    object *given = object_sequence(c->script, OBJECT_LIST, operands);
    for (size_t i = 0; i < operands; i++) {
        given->as.sequence.items[i] = i ? rest->as.sequence.items[2 * i - 1] : first;
        buffer_text(&text, i ? "," : "");
        write_letters(c, &text, rest->as.sequence.items[2 * i]);
    }
    if (count % 2 == 1) {
        buffer_text(&text, "->");
        write_letters(c, &text, rest->as.sequence.items[count - 2]);
    }
    if (text.failed)
        script_out_of_memory(c->script);
    c->arguments[0] = object_string(c->script, text.bytes ? text.bytes : "");
    return given;
}

static object *torch_einsum(call *c) {
    equation e = {0};
    const object *operands = c->arguments[1];
    if (is_tensor(c->arguments[0]) && operands->as.sequence.count > 0)
        operands = from_lists(c, c->arguments[0], operands);
    if (c->arguments[0]->kind != OBJECT_STRING)
        call_fail(
            c,
            "einsum() takes its equation as a text, not a value of type %s: write the letters "
            "first, as in torch.einsum('ij,jk->ik', a, b)",
            object_type(c->arguments[0]));
    take_operands(c, &e, operands);
    read_equation(c, &e, c->arguments[0]->as.string);
    object *result = contract_all(c, &e);
    mlp_value *v = tensor_value(c, result);
    v->label.hidden = false;
    v->producer->slices = -1;
    if (!mlp_trace_show(trace_of(c), v->producer->phase, v))
        script_out_of_memory(c->script);
    return result;
}

const native native_einsum[] = {
    {.path = "torch.einsum", .signature = "equation, *operands", .call = torch_einsum},
    {0}};
