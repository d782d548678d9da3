#include "array_text.h"

#include "base/reread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ARRAY_SCALAR = 400 /* bytes for the text of one number */
};

const array_options array_default = {.precision = 8,
                                     .threshold = 1000,
                                     .edgeitems = 3,
                                     .linewidth = 75};

typedef struct {
    buffer *out;
    const mlp_tensor *array;
    const array_options *options;
    const char *separator;
    size_t indent;                        /* of the lines after the first, without their brackets */
    bool cut;                             /* more than options->threshold elements */
    bool exponents;                       /* 1.5e-05 */
    size_t left, right, digits, exponent; /* columns before and behind the point ... */
    array_number *number;
    void *context;
} array_layout;

/* --- numbers --- */

static double element(const mlp_tensor *t, size_t i) {
    return mlp_tensor_get(t, i);
}

static bool reads_back(const char *text, const mlp_tensor *t, double x) {
    return t->dtype == MLP_FLOAT32 ? reread_float(text) == (float)x : reread_double(text) == x;
}

/* d.ddde+xx with as few digits as read back to x. */
static void shortest(char text[ARRAY_SCALAR], const mlp_tensor *t, double x) {
    for (int digits = 0; digits <= 17; digits++) {
        snprintf(text, ARRAY_SCALAR, "%.*e", digits, x);
        if (reads_back(text, t, x))
            return;
    }
}

/* How many digits the shortest text has behind the point, in positional notation. */
static int decimals(const mlp_tensor *t, double x) {
    char text[ARRAY_SCALAR];
    shortest(text, t, x);
    const char *e = strchr(text, 'e'), *point = strchr(text, '.');
    const int behind = (point ? (int)(e - point) - 1 : 0) - atoi(e + 1);
    return behind > 0 ? behind : 0;
}

/* 0.1, 12., 0.12345679: at most `precision` digits behind the point, and no zeros at the end. */
static void positional(char text[ARRAY_SCALAR], const mlp_tensor *t, double x, int precision) {
    const int behind = decimals(t, x);
    snprintf(text, ARRAY_SCALAR, "%.*f", behind < precision ? behind : precision, x);
    size_t n = strlen(text);
    if (!strchr(text, '.')) {
        memcpy(text + n, ".", 2);
        return;
    }
    while (text[n - 1] == '0')
        text[--n] = '\0';
}

/* 1.5e-05 with so many digits behind the point; -1: those of the shortest, at most `precision`. */
static void scientific(char text[ARRAY_SCALAR], const mlp_tensor *t, double x, int digits,
                       int precision) {
    shortest(text, t, x);
    const char *e = strchr(text, 'e'), *point = strchr(text, '.');
    const int behind = point ? (int)(e - point) - 1 : 0;
    if (digits < 0)
        digits = behind < precision ? behind : precision;
    snprintf(text, ARRAY_SCALAR, digits ? "%.*e" : "%#.*e", digits, x);
}

static void special(char text[ARRAY_SCALAR], double x) {
    snprintf(text, ARRAY_SCALAR, "%s", isnan(x) ? "nan" : x < 0 ? "-inf" : "inf");
}

/* Of a float32 numpy 2.3 shows no more digits than it has. */
static double exponent_limit(const mlp_tensor *t, const array_options *options, double otherwise) {
    return t->dtype == MLP_FLOAT32 && options->has_precision_limit ? 1e6 : otherwise;
}

/* The shortest decimal number that reads back to element i, as a number of numpy prints. */
static void number_text(char text[ARRAY_SCALAR], const mlp_tensor *t, size_t i,
                        const array_options *options) {
    const double x = element(t, i);
    if (t->dtype == MLP_BOOL) {
        snprintf(text, ARRAY_SCALAR, "%s", x != 0 ? "True" : "False");
    } else if (mlp_dtype_is_integer(t->dtype)) {
        snprintf(text, ARRAY_SCALAR, "%lld", (long long)mlp_tensor_get_int(t, i));
    } else if (!isfinite(x)) {
        special(text, x);
    } else if (x != 0 && (fabs(x) < 1e-4 || fabs(x) >= exponent_limit(t, options, 1e16))) {
        shortest(text, t, x);
    } else {
        char digits[ARRAY_SCALAR]; /* and zeros behind them, other than in an array */
        const int behind = decimals(t, x);
        shortest(digits, t, x);
        snprintf(text, ARRAY_SCALAR, "%.*f", behind ? behind : 1, reread_double(digits));
    }
}

/* --- columns --- */

static bool is_shown(const array_layout *l, size_t i) {
    const mlp_tensor *t = l->array;
    const size_t edge = l->options->edgeitems;
    for (size_t dim = t->ndim; l->cut && dim-- > 0; i /= t->shape[dim]) {
        const size_t at = i % t->shape[dim];
        if (t->shape[dim] / 2 >= edge && t->shape[dim] > 2 * edge && at >= edge &&
            at < t->shape[dim] - edge)
            return false;
    }
    return true;
}

static void widen(size_t *width, size_t by) {
    if (*width < by)
        *width = by;
}

static void choose_notation(array_layout *l) {
    const mlp_tensor *t = l->array;
    double largest = 0, smallest = INFINITY;
    for (size_t i = 0; i < t->numel; i++) {
        const double x = fabs(element(t, i));
        if (!is_shown(l, i) || !isfinite(x) || x == 0)
            continue;
        largest = fmax(largest, x);
        smallest = fmin(smallest, x);
    }
    const double ratio =
        t->dtype == MLP_FLOAT32 ? (double)((float)largest / (float)smallest) : largest / smallest;
    l->exponents = largest > 0 && (largest >= exponent_limit(t, l->options, 1e8) ||
                                   (!l->options->suppress && (smallest < 0.0001 || ratio > 1000)));
}

static void measure(array_layout *l) {
    const mlp_tensor *t = l->array;
    char text[ARRAY_SCALAR];
    size_t special_width = 0;
    for (size_t i = 0; i < t->numel; i++) {
        const double x = element(t, i);
        if (!is_shown(l, i))
            continue;
        if (!isfinite(x)) {
            special(text, x);
            widen(&special_width, strlen(text));
            continue;
        }
        if (l->exponents)
            scientific(text, t, x, -1, l->options->precision);
        else
            positional(text, t, x, l->options->precision);
        const char *point = strchr(text, '.'), *e = strchr(text, 'e');
        widen(&l->left, (size_t)(point - text));
        widen(&l->digits, e ? (size_t)(e - point) - 1 : strlen(point) - 1);
        widen(&l->exponent, e ? strlen(e) : 0);
    }
    l->right = l->digits + l->exponent;
    if (special_width > l->right + 1)
        widen(&l->left, special_width - l->right - 1);
}

static void measure_whole(array_layout *l) {
    char text[ARRAY_SCALAR];
    l->left = l->array->dtype == MLP_BOOL ? strlen("False") : 0;
    for (size_t i = 0; i < l->array->numel; i++) {
        if (!is_shown(l, i))
            continue;
        number_text(text, l->array, i, l->options);
        widen(&l->left, strlen(text));
    }
}

/* Element i, as wide as its column; *start and *length tell where the number stands in it. */
static void word_of(const array_layout *l, size_t i, char word[ARRAY_SCALAR], size_t *start,
                    size_t *length) {
    const double x = element(l->array, i);
    char text[ARRAY_SCALAR];
    size_t before, width = l->left;
    if (!mlp_dtype_is_floating(l->array->dtype)) {
        number_text(text, l->array, i, l->options);
        before = strlen(text);
    } else if (!isfinite(x)) {
        special(text, x);
        width += l->right + 1;
        before = strlen(text);
    } else {
        if (l->exponents)
            scientific(text, l->array, x, (int)l->digits, l->options->precision);
        else
            positional(text, l->array, x, l->options->precision);
        before = (size_t)(strchr(text, '.') - text);
    }
    *start = width - before;
    *length = strlen(text);
    const size_t whole =
        width + (isfinite(x) && mlp_dtype_is_floating(l->array->dtype) ? l->right + 1 : 0);
    memset(word, ' ', whole);
    memcpy(word + *start, text, *length);
    word[whole] = '\0';
}

/* --- layout --- */

typedef struct {
    size_t line; /* where the line begins in the text */
    size_t hanging, width;
} row;

/* Breaks the line where the word does not fit, if that helps. */
static void make_room(const array_layout *l, row *r, size_t length) {
    buffer *out = l->out;
    const size_t written = out->length - r->line;
    if (out->failed || written + length <= r->width || written <= r->hanging)
        return;
    while (out->length > r->line && out->bytes[out->length - 1] == ' ')
        out->length--;
    buffer_text(out, "\n");
    r->line = out->length;
    buffer_fill(out, ' ', r->hanging);
}

static void write_word(const array_layout *l, row *r, size_t i) {
    char word[ARRAY_SCALAR];
    size_t start, length;
    word_of(l, i, word, &start, &length);
    make_room(l, r, strlen(word));
    const size_t at = l->out->length;
    buffer_text(l->out, word);
    if (l->number && !l->out->failed)
        l->number(l->context, i, at + start, length);
}

static bool is_cut(const array_layout *l, size_t dim) {
    return l->cut && l->array->shape[dim] / 2 >= l->options->edgeitems &&
           l->array->shape[dim] > 2 * l->options->edgeitems;
}

/* The elements of the last dimension, in lines. `from` is the first. */
static void write_row(const array_layout *l, size_t from, size_t hanging) {
    const size_t last = l->array->ndim - 1, count = l->array->shape[last];
    const size_t edge = l->options->edgeitems, columns = l->options->linewidth;
    const size_t closing = (l->indent ? 1 : 0) + last + 1;
    /* the brackets stand where a line is indented; those that close must fit, too */
    row r = {.line = l->out->length - hanging,
             .hanging = hanging,
             .width = columns > closing ? columns - closing : 0};
    for (size_t k = 0; k < count; k++) {
        if (is_cut(l, last) && k == edge) {
            make_room(l, &r, strlen("..."));
            buffer_text(l->out, "...");
            buffer_text(l->out, l->separator);
            k = count - edge;
        }
        write_word(l, &r, from + k);
        if (k + 1 < count)
            buffer_text(l->out, l->separator);
    }
}

static void write_dimension(const array_layout *l, size_t dim, size_t from, size_t stride,
                            size_t hanging) {
    const size_t count = l->array->shape[dim];
    buffer_text(l->out, "[");
    if (dim + 1 == l->array->ndim) {
        write_row(l, from, hanging);
        buffer_text(l->out, "]");
        return;
    }
    stride /= l->array->shape[dim + 1];
    for (size_t k = 0; k < count; k++) {
        if (k > 0) {
            buffer_text(l->out, l->separator[0] == ',' ? "," : "");
            buffer_fill(l->out, '\n', l->array->ndim - dim - 1);
            buffer_fill(l->out, ' ', hanging);
        }
        if (is_cut(l, dim) && k == l->options->edgeitems) {
            buffer_text(l->out, l->separator[0] == ',' ? "...," : "...");
            buffer_fill(l->out, '\n', l->array->ndim - dim - 1);
            buffer_fill(l->out, ' ', hanging);
            k = count - l->options->edgeitems;
        }
        write_dimension(l, dim + 1, from + k * stride * l->array->shape[dim + 1], stride,
                        hanging + 1);
    }
    buffer_text(l->out, "]");
}

/* Of no dimension. */
static void write_number(const array_layout *l) {
    char text[ARRAY_SCALAR];
    number_text(text, l->array, 0, l->options);
    const size_t start = l->out->length;
    buffer_text(l->out, text);
    if (l->number && !l->out->failed)
        l->number(l->context, 0, start, strlen(text));
}

static void write_array(array_layout *l) {
    const mlp_tensor *t = l->array;
    if (t->numel == 0) {
        buffer_text(l->out, "[]");
        return;
    }
    l->cut = t->numel > l->options->threshold;
    if (mlp_dtype_is_floating(t->dtype)) {
        choose_notation(l);
        measure(l);
    } else {
        measure_whole(l);
    }
    write_dimension(l, 0, 0, t->numel / t->shape[0], l->indent + 1);
}

void array_print(buffer *out, const mlp_tensor *array, const array_options *options, bool is_repr,
                 array_number *number, void *context) {
    static const char prefix[] = "array(";
    array_layout l = {.out = out,
                      .array = array,
                      .options = options,
                      .separator = is_repr ? ", " : " ",
                      .indent = is_repr ? sizeof prefix - 1 : 0,
                      .number = number,
                      .context = context};
    buffer_text(out, is_repr ? prefix : "");
    const size_t begin = out->length;
    if (array->ndim == 0)
        write_number(&l);
    else
        write_array(&l);
    if (!is_repr)
        return;
    const bool tells_dtype = array->dtype == MLP_FLOAT64 || array->dtype == MLP_INT64 ||
                             array->dtype == MLP_BOOL; /* by its numbers */
    if (!tells_dtype || array->numel == 0) {
        const char *dtype = mlp_dtype_name(array->dtype);
        size_t line = out->length;
        while (!out->failed && line > begin && out->bytes[line - 1] != '\n')
            line--;
        const size_t used = out->length - line + (line == begin ? sizeof prefix - 1 : 0);
        const bool wraps = used + 1 + strlen("dtype=") + strlen(dtype) + 2 > options->linewidth;
        buffer_text(out, wraps ? ",\n      " : ", ");
        buffer_printf(out, "dtype=%s", dtype);
    }
    buffer_text(out, ")");
}
