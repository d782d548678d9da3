/* Python's format specification mini-language:
 *
 *   [[fill]align][sign][#][0][width][grouping][.precision][type] */
#include "format.h"

#include "format_number.h"
#include "format_write.h"
#include "torch/tensor.h"

#include <ctype.h>
#include <string.h>

typedef struct {
    const char *text; /* the whole specification, for messages */
    const char *fill; /* one character */
    size_t fill_length;
    char align;     /* < > ^ = */
    char sign;      /* + - or a space; 0 where none is given, which is - for numbers */
    bool alternate; /* # */
    size_t width;
    char grouping; /* , or _ or 0 */
    int precision; /* -1: none */
    char type;     /* 0: none */
} specification;

_Noreturn static void refuse(script *s, const char *spec, mlp_span where, const char *reason) {
    script_fail(s, where, "the format specification '%s' %s", spec, reason);
}

/* --- reading --- */

static bool is_align(char c) {
    return c && strchr("<>^=", c);
}

static bool take(const char **at, const char *among) {
    if (!**at || !strchr(among, **at))
        return false;
    ++*at;
    return true;
}

static int read_number(script *s, const char **at, const specification *f, mlp_span where) {
    int number = 0;
    for (; isdigit((unsigned char)**at); ++*at) {
        number = number * 10 + (**at - '0');
        if (number > MAX_FORMAT_WIDTH)
            script_fail(s, where, "the format specification '%s' asks for more than %d characters",
                        f->text, MAX_FORMAT_WIDTH);
    }
    return number;
}

static const char *read_alignment(specification *f, const char *at) {
    const size_t first = *at ? bytes_of_characters(at, 1) : 0;
    if (first && is_align(at[first])) {
        f->fill = at;
        f->fill_length = first;
        f->align = at[first];
        return at + first + 1;
    }
    if (is_align(*at))
        f->align = *at++;
    return at;
}

static void read_grouping(script *s, const char **at, specification *f, mlp_span where) {
    if (!take(at, ",_"))
        return;
    f->grouping = (*at)[-1];
    if (**at == ',' || **at == '_')
        refuse(s, f->text, where, "has more than one of ',' and '_'");
}

/* Numbers stand at the right of their field, texts at the left. */
static specification read_specification(script *s, const char *text, bool number, mlp_span where) {
    specification f = {.text = text, .fill = " ", .fill_length = 1, .precision = -1};
    const char *at = read_alignment(&f, text);
    const bool filled = at - text > 1;
    if (take(&at, "+- "))
        f.sign = at[-1];
    if (*at == 'z')
        refuse(s, text, where, "has a z, which only Python 3.11 and later know: leave it out");
    f.alternate = take(&at, "#");
    if (!filled && take(&at, "0")) {
        f.fill = "0";
        f.align = f.align ? f.align : number ? '=' : '<';
    }
    f.align = f.align ? f.align : number ? '>' : '<';
    f.width = (size_t)read_number(s, &at, &f, where);
    read_grouping(s, &at, &f, where);
    if (take(&at, ".")) {
        if (!isdigit((unsigned char)*at))
            refuse(s, text, where, "lacks the number after its point");
        f.precision = read_number(s, &at, &f, where);
    }
    f.type = *at;
    if (*at && at[1])
        refuse(s, text, where, "is not one that Python knows");
    return f;
}

static void check_type(script *s, const specification *f, const object *v, const char *types,
                       mlp_span where) {
    if (f->type && !strchr(types, f->type))
        script_fail(s, where, "the format specification '%s' does not fit a value of type %s",
                    f->text, object_type(v));
    const bool groups = f->type == 0 || strchr("deEfFgG%", f->type) ||
                        (f->grouping == '_' && strchr("boxX", f->type));
    if (f->grouping && !groups)
        refuse(s, f->text, where, "has a grouping that does not go with its type");
}

/* --- laying out --- */

static void write_fill(script *s, const specification *f, size_t count) {
    for (size_t i = 0; i < count && !s->text.failed; i++)
        buffer_add(&s->text, f->fill, f->fill_length);
}

/* How many digits there are with the zeros that fill the width: commas take their place too. */
static size_t count_digits(size_t digits, size_t width, size_t group) {
    size_t filled = digits, separators = 0;
    if (group == 0)
        return digits > width ? digits : width;
    for (;;) {
        separators = (filled - 1) / group;
        if (filled + separators >= width)
            return filled;
        filled++;
    }
}

static void write_digits(script *s, const char *digits, size_t count, size_t filled, size_t group,
                         char separator) {
    for (size_t left = filled; left; left--) {
        if (group && left < filled && left % group == 0)
            buffer_add(&s->text, &separator, 1);
        buffer_add(&s->text, left > count ? "0" : &digits[count - left], 1);
    }
}

/* A number in parts: the body's first `digits` characters are those that grouping and zeros
 * concern. */
typedef struct {
    bool negative;
    const char *prefix; /* 0x */
    const char *body;
    size_t digits;
} number;

static void write_number(script *s, const specification *f, const number *n) {
    const char sign[] = {n->negative ? '-' : f->sign == '-' ? '\0' : f->sign, '\0'};
    const char *rest = n->body + n->digits;
    const size_t around = strlen(sign) + strlen(n->prefix) + count_characters(rest);
    const size_t group = !f->grouping ? 0 : f->type && strchr("boxX", f->type) ? 4 : 3;
    const bool zeros = *f->fill == '0' && f->align == '=';
    const size_t wanted = zeros && f->width > around ? f->width - around : 0;
    const size_t filled = n->digits ? count_digits(n->digits, wanted, group) : 0;
    const size_t total = around + filled + (group && filled ? (filled - 1) / group : 0);
    const size_t pad = f->width > total ? f->width - total : 0;
    const size_t before = f->align == '>' ? pad : f->align == '^' ? pad / 2 : 0;
    write_fill(s, f, before);
    buffer_text(&s->text, sign);
    buffer_text(&s->text, n->prefix);
    write_fill(s, f, f->align == '=' ? pad : 0);
    write_digits(s, n->body, n->digits, filled, group, f->grouping);
    buffer_text(&s->text, rest);
    write_fill(s, f, f->align == '<' || f->align == '^' ? pad - before : 0);
}

static void write_string(script *s, const object *v, const char *spec, mlp_span where) {
    const char *text = v->as.string;
    const specification f = read_specification(s, spec, false, where);
    check_type(s, &f, v, "s", where);
    if (f.sign || f.alternate || f.align == '=' || f.grouping)
        refuse(s, spec, where, "has a part that only goes with numbers");
    const size_t all = count_characters(text);
    const size_t shown = f.precision >= 0 && (size_t)f.precision < all ? (size_t)f.precision : all;
    const size_t pad = f.width > shown ? f.width - shown : 0;
    const size_t before = f.align == '>' ? pad : f.align == '^' ? pad / 2 : 0;
    write_fill(s, &f, before);
    buffer_add(&s->text, text, bytes_of_characters(text, shown));
    write_fill(s, &f, pad - before);
}

static void write_float(script *s, const specification *f, double real) {
    const size_t start = s->text.length;
    const char type = f->type == '%' ? 'f' : f->type == 'n' ? 'g' : f->type;
    if (type == 0 && f->precision < 0)
        write_float_repr(&s->text, real, f->alternate);
    else
        write_float_as(&s->text, f->type == '%' ? real * 100 : real, type,
                       f->precision < 0 ? 6 : f->precision, f->alternate);
    if (f->type == '%')
        buffer_text(&s->text, "%");
    const char *body = take_text(s, start);
    number n = {.negative = *body == '-', .prefix = ""};
    n.body = body + n.negative;
    n.digits = strspn(n.body, "0123456789");
    write_number(s, f, &n);
}

/* Type c: the character of that number. */
static void write_character(script *s, const specification *f, int64_t code, mlp_span where) {
    if (f->sign || f->alternate)
        refuse(s, f->text, where, "has a part that does not go with type c");
    number n = {.prefix = "", .body = text_of_character(s, code, where)};
    write_number(s, f, &n);
}

static void write_integer(script *s, const specification *f, int64_t integer, mlp_span where) {
    static const struct {
        char type;
        unsigned base;
        const char *prefix;
    } bases[] = {{'b', 2, "0b"}, {'o', 8, "0o"}, {'x', 16, "0x"}, {'X', 16, "0X"}};
    number n = {.negative = integer < 0, .prefix = ""};
    unsigned base = 10;
    if (f->precision >= 0)
        refuse(s, f->text, where, "has a precision, which a whole number cannot have: add an f");
    if (f->type == 'c') {
        write_character(s, f, integer, where);
        return;
    }
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (bases[i].type == f->type) {
            base = bases[i].base;
            n.prefix = f->alternate ? bases[i].prefix : "";
        }
    const size_t start = s->text.length;
    write_magnitude(&s->text, integer, base, f->type == 'X');
    n.body = take_text(s, start);
    n.digits = strlen(n.body);
    write_number(s, f, &n);
}

static void write_formatted(script *s, const object *v, const char *spec, mlp_span where) {
    if (v->kind == OBJECT_TENSOR && v->as.tensor->value->tensor.ndim == 0 && !is_parameter(v))
        v = tensor_item(s, v);
    if (*spec == '\0') {
        write_str(s, v);
        return;
    }
    if (v->kind == OBJECT_STRING) {
        write_string(s, v, spec, where);
        return;
    }
    if (!object_is_number(v))
        script_fail(s, where,
                    "a value of type %s takes no format specification, such as '%s': Python "
                    "refuses it too",
                    object_type(v), spec);
    const specification f = read_specification(s, spec, true, where);
    check_type(s, &f, v, v->kind == OBJECT_FLOAT ? "eEfFgGn%" : "bcdoxXneEfFgG%", where);
    if (v->kind == OBJECT_FLOAT || (f.type && strchr("eEfFgG%", f.type)))
        write_float(s, &f, object_as_number(v));
    else
        write_integer(s, &f, v->kind == OBJECT_BOOL ? v->as.boolean : v->as.integer, where);
}

const char *format_spec(script *s, const object *v, const char *spec, mlp_span where) {
    const size_t start = s->text.length;
    s->here = where;
    write_formatted(s, v, spec, where);
    return take_text(s, start);
}
