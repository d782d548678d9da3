/* How PyTorch lays a tensor out: torch/_tensor_str.py. */
#include "format.h"

#include "base/decimal.h"
#include "base/hexadecimal.h"

#include <math.h>
#include <string.h>

enum {
    PREFIX = 7,  /* "tensor(" */
    NUMBER = 400 /* the longest double has 309 digits before the point */
};

const mlp_print_options mlp_print_default = {.precision = 4,
                                             .threshold = 1000,
                                             .edgeitems = 3,
                                             .linewidth = 80};
const mlp_print_options mlp_print_short = {.precision = 2,
                                           .threshold = 1000,
                                           .edgeitems = 2,
                                           .linewidth = 80};
const mlp_print_options mlp_print_full = {.precision = 4,
                                          .threshold = INFINITY,
                                          .edgeitems = 3,
                                          .linewidth = 80};

typedef enum {
    FIXED,
    WHOLE, /* 1. */
    SCIENTIFIC,
    HEXADECIMAL
} notation;

typedef struct {
    buffer *out;
    const mlp_tensor *tensor;
    const mlp_print_options *options;
    size_t shift;    /* of the lines after the first */
    bool steady;     /* never WHOLE */
    bool blank;      /* a ? for every number */
    notation always; /* SCIENTIFIC or HEXADECIMAL; FIXED: as the numbers ask for it */
    bool summarized;
    notation notation;
    size_t width; /* of a column */
} layout;

/* --- which elements are shown --- */

static bool is_cut(const layout *l, size_t dim) {
    return l->summarized && l->tensor->shape[dim] > 2 * l->options->edgeitems;
}

static size_t count_shown(const layout *l, size_t dim) {
    return is_cut(l, dim) ? 2 * l->options->edgeitems : l->tensor->shape[dim];
}

/* The index of the kth of them. */
static size_t shown_index(const layout *l, size_t dim, size_t k) {
    return k < l->options->edgeitems ? k : l->tensor->shape[dim] - count_shown(l, dim) + k;
}

typedef void visit_element(const layout *l, size_t i, void *context);

static void each_shown(const layout *l, size_t dim, size_t first, size_t numel,
                       visit_element *visit, void *context) {
    if (dim == l->tensor->ndim) {
        visit(l, first, context);
        return;
    }
    const size_t slice = numel / l->tensor->shape[dim];
    for (size_t k = 0; k < count_shown(l, dim); k++)
        each_shown(l, dim + 1, first + shown_index(l, dim, k) * slice, slice, visit, context);
}

/* --- one element --- */

static size_t print_float(char *text, double value, notation as, int precision) {
    if (isnan(value))
        return (size_t)snprintf(text, NUMBER, "nan"); /* printf may give a nan a sign */
    if (as == HEXADECIMAL && isfinite(value))
        return (size_t)hexadecimal_print(text, value);
    if (as == SCIENTIFIC)
        return (size_t)snprintf(text, NUMBER, "%.*e", precision, value);
    if (as == FIXED)
        return decimal_print(text, NUMBER, value, precision);
    return (size_t)snprintf(text, NUMBER, isinf(value) ? "%.0f" : "%.0f.", value);
}

static size_t print_element(char *text, const layout *l, size_t i) {
    const mlp_tensor *t = l->tensor;
    if (l->blank)
        return (size_t)snprintf(text, NUMBER, "?");
    if (t->dtype == MLP_BOOL)
        return (size_t)snprintf(text, NUMBER, "%s", mlp_tensor_get(t, i) != 0 ? "True" : "False");
    if (mlp_dtype_is_integer(t->dtype))
        return (size_t)snprintf(text, NUMBER, "%lld", (long long)mlp_tensor_get_int(t, i));
    return print_float(text, mlp_tensor_get(t, i), l->notation, l->options->precision);
}

/* --- the width of a column --- */

typedef struct {
    double least, most; /* sizes of the finite numbers other than 0; most is 0 without any */
    bool whole;         /* all of them are whole numbers */
} range;

static void extend_range(const layout *l, size_t i, void *context) {
    range *r = context;
    const double value = mlp_tensor_get(l->tensor, i), size = fabs(value);
    if (!isfinite(size) || size == 0)
        return;
    r->least = fmin(r->least, size);
    r->most = fmax(r->most, size);
    r->whole = r->whole && value == ceil(value);
}

/* Zeros, infinities and nans do not count among floating-point numbers. */
static void extend_width(const layout *l, size_t i, void *context) {
    size_t *width = context;
    const double value = mlp_tensor_get(l->tensor, i);
    char text[NUMBER];
    if (mlp_dtype_is_floating(l->tensor->dtype) && (!isfinite(value) || value == 0))
        return;
    const size_t length = print_element(text, l, i);
    *width = length > *width ? length : *width;
}

static size_t measure_width(const layout *l) {
    size_t width = 1;
    each_shown(l, 0, 0, l->tensor->numel, extend_width, &width);
    return width;
}

/* Without any number it stays plain. */
static void ask_sci_mode(layout *l, const range *r, notation plain) {
    if (r->most == 0 || l->options->sci_mode == MLP_SCI_OFF)
        l->notation = plain;
    else if (l->options->sci_mode == MLP_SCI_ON)
        l->notation = SCIENTIFIC;
}

static void choose_notation(layout *l) {
    if (!mlp_dtype_is_floating(l->tensor->dtype)) {
        l->width = measure_width(l);
        return;
    }
    if (l->always != FIXED) {
        l->notation = l->always;
        l->width = measure_width(l);
        return;
    }
    range r = {.least = INFINITY, .whole = true};
    each_shown(l, 0, 0, l->tensor->numel, extend_range, &r);
    const notation plain = r.whole && !l->steady ? WHOLE : FIXED;
    const bool scientific = r.most / r.least > 1000 || r.most > 1e8 || r.least < 1e-4;
    l->notation = scientific ? SCIENTIFIC : plain;
    if (l->options->measures_as_asked)
        ask_sci_mode(l, &r, plain);
    l->width = measure_width(l);
    ask_sci_mode(l, &r, plain);
}

/* --- writing --- */

static void break_line(const layout *l, size_t lines, size_t indent) {
    buffer_fill(l->out, '\n', lines);
    buffer_fill(l->out, ' ', l->shift + indent);
}

static void write_element(const layout *l, size_t i) {
    char text[NUMBER];
    const size_t length = print_element(text, l, i);
    buffer_fill(l->out, ' ', length < l->width ? l->width - length : 0);
    buffer_add(l->out, text, length);
}

/* What stands before item `position` of a row. */
static void separate(const layout *l, size_t position, size_t per_line, size_t indent) {
    if (position && position % per_line == 0) {
        buffer_text(l->out, ",");
        break_line(l, 1, indent + 1);
    } else if (position) {
        buffer_text(l->out, ", ");
    }
}

static void write_row(const layout *l, size_t first, size_t indent) {
    const size_t dim = l->tensor->ndim - 1, line = l->options->linewidth;
    const size_t fitting = indent < line ? (line - indent) / (l->width + 2) : 0;
    const size_t per_line = fitting ? fitting : 1;
    size_t position = 0;
    buffer_text(l->out, "[");
    for (size_t k = 0; k < count_shown(l, dim); k++) {
        if (is_cut(l, dim) && k == l->options->edgeitems) {
            separate(l, position++, per_line, indent);
            buffer_text(l->out, " ...");
        }
        separate(l, position++, per_line, indent);
        write_element(l, first + shown_index(l, dim, k));
    }
    buffer_text(l->out, "]");
}

static void write_slice(const layout *l, size_t dim, size_t first, size_t numel, size_t indent) {
    const mlp_tensor *t = l->tensor;
    if (dim == t->ndim) {
        write_element(l, first);
        return;
    }
    if (dim + 1 == t->ndim) {
        write_row(l, first, indent);
        return;
    }
    const size_t slice = numel / t->shape[dim], lines = t->ndim - dim - 1;
    buffer_text(l->out, "[");
    for (size_t k = 0; k < count_shown(l, dim); k++) {
        if (is_cut(l, dim) && k == l->options->edgeitems) {
            buffer_text(l->out, ",");
            break_line(l, lines, indent + 1);
            buffer_text(l->out, "...");
        }
        if (k) {
            buffer_text(l->out, ",");
            break_line(l, lines, indent + 1);
        }
        write_slice(l, dim + 1, first + shown_index(l, dim, k) * slice, slice, indent + 1);
    }
    buffer_text(l->out, "]");
}

static void write_numbers(layout *l) {
    buffer_text(l->out, "tensor(");
    if (l->tensor->numel == 0) {
        buffer_text(l->out, "[]");
        return;
    }
    l->summarized = (double)l->tensor->numel > l->options->threshold;
    choose_notation(l);
    write_slice(l, 0, 0, l->tensor->numel, PREFIX);
}

/* Where the brackets do not tell it. */
static bool needs_size(const mlp_tensor *tensor) {
    return tensor->numel == 0 && tensor->ndim != 1;
}

enum {
    SIZE_TEXT = MLP_SHAPE_TEXT + 5
};

static const char *size_text(char *text, const mlp_tensor *tensor) {
    size_t used = (size_t)snprintf(text, SIZE_TEXT, "size=(");
    for (size_t i = 0; i < tensor->ndim; i++)
        used += (size_t)snprintf(text + used, SIZE_TEXT - used, "%s%zu", i ? ", " : "",
                                 tensor->shape[i]);
    snprintf(text + used, SIZE_TEXT - used, ")");
    return text;
}

static void write_steady(FILE *out, layout l, int precision) {
    mlp_print_options options = mlp_print_full;
    options.precision = precision;
    options.sci_mode = MLP_SCI_OFF;
    buffer file = {.out = out};
    l.out = &file;
    l.options = &options;
    l.steady = true;
    write_numbers(&l);
    char size[SIZE_TEXT];
    if (needs_size(l.tensor))
        buffer_printf(&file, ", %s", size_text(size, l.tensor));
    buffer_text(&file, ")");
}

void mlp_tensor_write(FILE *out, const mlp_tensor *tensor, int precision, size_t shift) {
    write_steady(out, (layout){.tensor = tensor, .shift = shift}, precision);
}

void mlp_tensor_write_blank(FILE *out, const mlp_tensor *tensor, size_t shift) {
    write_steady(out, (layout){.tensor = tensor, .shift = shift, .blank = true}, 0);
}

void mlp_tensor_write_exponents(FILE *out, const mlp_tensor *tensor, int precision, size_t shift) {
    write_steady(out, (layout){.tensor = tensor, .shift = shift, .always = SCIENTIFIC}, precision);
}

void mlp_tensor_write_hexadecimal(FILE *out, const mlp_tensor *tensor, size_t shift) {
    write_steady(out, (layout){.tensor = tensor, .shift = shift, .always = HEXADECIMAL}, 0);
}

/* --- suffixes --- */

/* A suffix goes to a line of its own where it does not fit. `last_line` is the length of the line
 * so far; PyTorch counts the first one as two longer than it is. */
static void add_suffix(buffer *out, const char *suffix, size_t *last_line, size_t linewidth) {
    const size_t length = strlen(suffix);
    if (*last_line + length + 2 > linewidth) {
        buffer_text(out, ",\n");
        buffer_fill(out, ' ', PREFIX);
        *last_line = PREFIX + length;
    } else {
        buffer_text(out, ", ");
        *last_line += length + 2;
    }
    buffer_text(out, suffix);
}

static size_t length_of_last_line(const buffer *text, size_t start) {
    size_t at = text->length;
    while (at > start && text->bytes[at - 1] != '\n')
        at--;
    return text->length - at;
}

static bool needs_dtype(const mlp_tensor *tensor, mlp_dtype default_dtype) {
    const bool is_told = tensor->dtype == MLP_INT64 || tensor->dtype == MLP_BOOL; /* by numbers */
    return tensor->dtype != default_dtype && (tensor->numel == 0 || !is_told);
}

void tensor_print(buffer *out, const mlp_tensor *tensor, const mlp_print_options *options,
                  mlp_dtype default_dtype, const char *suffix) {
    char dtype[32], size[SIZE_TEXT];
    const size_t start = out->length;
    layout l = {.out = out, .tensor = tensor, .options = options};
    write_numbers(&l);
    size_t last_line = length_of_last_line(out, start) + 2;
    if (needs_size(tensor))
        add_suffix(out, size_text(size, tensor), &last_line, options->linewidth);
    if (needs_dtype(tensor, default_dtype)) {
        snprintf(dtype, sizeof dtype, "dtype=torch.%s", mlp_dtype_name(tensor->dtype));
        add_suffix(out, dtype, &last_line, options->linewidth);
    }
    if (suffix)
        add_suffix(out, suffix, &last_line, options->linewidth);
    buffer_text(out, ")");
}

char *mlp_tensor_text(mlp_arena *arena, const mlp_tensor *tensor, const mlp_print_options *options,
                      mlp_dtype default_dtype, const char *suffix) {
    buffer text = {.arena = arena};
    tensor_print(&text, tensor, options, default_dtype, suffix);
    return text.failed ? NULL : text.bytes;
}
