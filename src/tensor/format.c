/* How PyTorch lays a tensor out: torch/_tensor_str.py. */
#include "mlpstep/tensor.h"

#include <math.h>
#include <string.h>

enum {
    LINE_WIDTH = 80,
    PREFIX = 7,  /* "tensor(" */
    NUMBER = 400 /* the longest double has 309 digits before the point */
};

typedef struct {
    FILE *out;
    const mlp_tensor *tensor;
    int precision, width;
    size_t shift;
} layout;

static int print_element(char *text, const layout *l, size_t i) {
    const mlp_tensor *t = l->tensor;
    if (!mlp_dtype_is_floating(t->dtype))
        return snprintf(text, NUMBER, "%lld", (long long)mlp_tensor_get_int(t, i));
    const double value = mlp_tensor_get(t, i);
    if (isnan(value))
        return snprintf(text, NUMBER, "nan"); /* printf may give a nan a sign */
    return snprintf(text, NUMBER, "%.*f", l->precision, value);
}

/* PyTorch measures columns before it asks whether scientific notation was switched off: numbers
 * that differ much, or are large or small, are as wide as that notation would make them. */
static bool measures_scientific(const mlp_tensor *t) {
    double least = INFINITY, most = 0;
    for (size_t i = 0; i < t->numel; i++) {
        const double size = fabs(mlp_tensor_get(t, i));
        if (!isfinite(size) || size == 0)
            continue;
        least = fmin(least, size);
        most = fmax(most, size);
    }
    return most > 0 && (most / least > 1000 || most > 1e8 || least < 1e-4);
}

/* The width of a column: that of the widest element, but zeros, infinities and nans do not count
 * among floating-point ones. */
static int column_width(const layout *l) {
    const mlp_tensor *t = l->tensor;
    const bool floating = mlp_dtype_is_floating(t->dtype);
    const bool scientific = floating && measures_scientific(t);
    char text[NUMBER];
    int width = 1;
    for (size_t i = 0; i < t->numel; i++) {
        const double value = mlp_tensor_get(t, i);
        if (floating && (!isfinite(value) || value == 0))
            continue;
        const int length = scientific ? snprintf(text, NUMBER, "%.*e", l->precision, value)
                                      : print_element(text, l, i);
        width = length > width ? length : width;
    }
    return width;
}

static void break_line(const layout *l, size_t lines, size_t indent) {
    for (size_t i = 0; i < lines; i++)
        fputc('\n', l->out);
    fprintf(l->out, "%*s", (int)(l->shift + indent), "");
}

static void write_element(const layout *l, size_t i) {
    char text[NUMBER];
    const int length = print_element(text, l, i);
    fprintf(l->out, "%*s%s", length < l->width ? l->width - length : 0, "", text);
}

static void write_row(const layout *l, size_t first, size_t count, size_t indent) {
    const size_t element = (size_t)l->width + 2;
    size_t per_line = indent < LINE_WIDTH ? (LINE_WIDTH - indent) / element : 0;
    per_line = per_line ? per_line : 1;
    fputc('[', l->out);
    for (size_t i = 0; i < count; i++) {
        if (i && i % per_line == 0) {
            fputc(',', l->out);
            break_line(l, 1, indent + 1);
        } else if (i) {
            fputs(", ", l->out);
        }
        write_element(l, first + i);
    }
    fputc(']', l->out);
}

static void write_slice(const layout *l, size_t dim, size_t first, size_t numel, size_t indent) {
    const mlp_tensor *t = l->tensor;
    if (dim == t->ndim) {
        write_element(l, first);
        return;
    }
    if (dim + 1 == t->ndim) {
        write_row(l, first, numel, indent);
        return;
    }
    const size_t slice = numel / t->shape[dim];
    fputc('[', l->out);
    for (size_t i = 0; i < t->shape[dim]; i++) {
        if (i) {
            fputc(',', l->out);
            break_line(l, t->ndim - dim - 1, indent + 1);
        }
        write_slice(l, dim + 1, first + i * slice, slice, indent + 1);
    }
    fputc(']', l->out);
}

static void write_empty(const layout *l) {
    const mlp_tensor *t = l->tensor;
    fputs("[]", l->out);
    if (t->ndim == 1)
        return;
    fputs(", size=(", l->out);
    for (size_t i = 0; i < t->ndim; i++)
        fprintf(l->out, "%s%zu", i ? ", " : "", t->shape[i]);
    fputc(')', l->out);
}

void mlp_tensor_write(FILE *out, const mlp_tensor *tensor, int precision, size_t shift) {
    layout l = {.out = out, .tensor = tensor, .precision = precision, .shift = shift};
    l.width = column_width(&l);
    fputs("tensor(", out);
    if (tensor->numel == 0)
        write_empty(&l);
    else
        write_slice(&l, 0, 0, tensor->numel, PREFIX);
    fputc(')', out);
}
