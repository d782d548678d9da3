#include "slips_sum.h"

#include "slips_forward.h"

/* The numbers of a column, or a row, of a matrix of so many columns. */
typedef struct {
    size_t first, step, count;
} line;

static size_t columns_of(const mlp_tensor *t) {
    return t->ndim ? t->shape[t->ndim - 1] : 1;
}

static line column_of(const mlp_tensor *t, size_t k) {
    const size_t columns = columns_of(t);
    return (line){k, columns, t->numel / columns};
}

static line row_of(const mlp_tensor *t, size_t k) {
    return (line){k * columns_of(t), 1, columns_of(t)};
}

static void put(mlp_tensor *t, line l, const double *numbers) {
    for (size_t i = 0; i < l.count; i++)
        mlp_tensor_set(t, l.first + i * l.step, numbers ? numbers[i] : 0);
}

/* The step again with zeros there. */
static void do_without(slip_case *c, const mlp_value *of, line l) {
    mlp_tensor *t = slip_tensor(c, of);
    double kept[MOST_NUMBERS] = {0};
    for (size_t i = 0; i < l.count; i++)
        kept[i] = mlp_tensor_get(t, l.first + i * l.step);
    put(t, l, NULL);
    slip_do_again(c);
    put(t, l, kept);
}

/* Of a backward, the gradient of in[0], which adds up columns of dy; or the others, of rows. */
static bool keep_results(slip_case *c, bool first) {
    bool any = false;
    for (size_t i = 0; i < MLP_MAX_INPUTS; i++) {
        if ((i == 0) != first)
            c->call.din[i] = NULL;
        any |= c->call.din[i] != NULL;
    }
    return any;
}

/* dx = dy W without one row of W; dW = dy^T x without one sample, of more than two */
static bool forget_backward(slip_case *c) {
    const mlp_value *dy = c->step->in[0];
    const mlp_tensor *t = &dy->tensor;
    const mlp_call call = c->call;
    const size_t columns = columns_of(t), rows = columns ? t->numel / columns : 0;
    bool any = false;
    if (columns > 1 && c->variant < columns && rows <= MOST_NUMBERS && keep_results(c, true)) {
        do_without(c, dy, column_of(t, c->variant));
        any = true;
    }
    c->call = call;
    if (rows > 2 && c->variant < rows && columns <= MOST_NUMBERS && keep_results(c, false)) {
        do_without(c, dy, row_of(t, c->variant));
        any = true;
    }
    return any;
}

/* y = x W^T + b without one column of x */
bool slip_term_forgotten(slip_case *c) {
    c->number = (double)c->variant;
    if (c->step->forward)
        return forget_backward(c);
    const mlp_value *x = c->step->in[0];
    const size_t columns = columns_of(&x->tensor);
    if (columns < 2 || c->variant >= columns || x->tensor.numel / columns > MOST_NUMBERS)
        return false;
    do_without(c, x, column_of(&x->tensor, c->variant));
    return true;
}

/* y = x W^T - b */
bool slip_bias_subtracted(slip_case *c) {
    const mlp_value *bias = slip_bias_of(c);
    return bias && slip_do_changed(c, slip_tensor(c, bias), -1, 0);
}
