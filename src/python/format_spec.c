/* Python's format specification mini-language:
 *
 *   [[fill]align][sign][#][0][width][grouping][.precision][type] */
#include "arithmetic.h"
#include "builtins.h"
#include "format.h"
#include "format_number.h"
#include "format_write.h"
#include "large.h"
#include "note.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include <ctype.h>
#include <math.h>
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

_Noreturn static void refuse(call *c, const char *spec, const char *reason) {
    call_fail(c, "the format specification '%s' %s", spec, reason);
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

static int read_number(call *c, const char **at, const specification *f) {
    int number = 0;
    for (; isdigit((unsigned char)**at); ++*at) {
        number = number * 10 + (**at - '0');
        if (number > MAX_FORMAT_WIDTH)
            call_fail(c, "the format specification '%s' asks for more than %d characters", f->text,
                      MAX_FORMAT_WIDTH);
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

static void read_grouping(call *c, const char **at, specification *f) {
    if (!take(at, ",_"))
        return;
    f->grouping = (*at)[-1];
    if (**at == ',' || **at == '_')
        refuse(c, f->text, "has more than one of ', ' and '_'");
}

/* Numbers stand at the right of their field, texts at the left. */
static specification read_specification(call *c, const char *text, bool number) {
    specification f = {.text = text, .fill = " ", .fill_length = 1, .precision = -1};
    const char *at = read_alignment(&f, text);
    const bool filled = at - text > 1;
    if (take(&at, "+- "))
        f.sign = at[-1];
    if (*at == 'z')
        refuse(c, text, "has a z, which only Python 3.11 and later know: leave it out");
    f.alternate = take(&at, "#");
    if (!filled && take(&at, "0")) {
        f.fill = "0";
        f.align = f.align ? f.align : number ? '=' : '<';
    }
    f.align = f.align ? f.align : number ? '>' : '<';
    f.width = (size_t)read_number(c, &at, &f);
    read_grouping(c, &at, &f);
    if (take(&at, ".")) {
        if (!isdigit((unsigned char)*at))
            refuse(call_raises(c, VALUE_ERROR, "Format specifier missing precision"), text,
                   "lacks the number after its point");
        f.precision = read_number(c, &at, &f);
    }
    f.type = *at;
    if (*at && at[1])
        refuse(c, text, "is not one that Python knows");
    return f;
}

static void check_type(call *c, const specification *f, const object *v, const char *types) {
    if (f->type && !strchr(types, f->type))
        call_fail(call_raises(c, VALUE_ERROR, "Unknown format code '%c' for object of type '%s'",
                              f->type, object_class_name(v)),
                  "the format specification '%s' does not fit a value of type %s", f->text,
                  object_type(v));
    const bool groups = f->type == 0 || strchr("deEfFgG%", f->type) ||
                        (f->grouping == '_' && strchr("boxX", f->type));
    if (f->grouping && !groups)
        refuse(c, f->text, "has a grouping that does not go with its type");
}

/* --- laying out --- */

static void write_fill(call *c, const specification *f, size_t count) {
    for (size_t i = 0; i < count && !c->script->text.failed; i++)
        buffer_add(&c->script->text, f->fill, f->fill_length);
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

static void write_digits(call *c, const char *digits, size_t count, size_t filled, size_t group,
                         char separator) {
    for (size_t left = filled; left; left--) {
        if (group && left < filled && left % group == 0)
            buffer_add(&c->script->text, &separator, 1);
        buffer_add(&c->script->text, left > count ? "0" : &digits[count - left], 1);
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

static void write_number(call *c, const specification *f, const number *n) {
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
    write_fill(c, f, before);
    buffer_text(&c->script->text, sign);
    buffer_text(&c->script->text, n->prefix);
    write_fill(c, f, f->align == '=' ? pad : 0);
    write_digits(c, n->body, n->digits, filled, group, f->grouping);
    buffer_text(&c->script->text, rest);
    write_fill(c, f, f->align == '<' || f->align == '^' ? pad - before : 0);
}

static void write_string(call *c, const object *v, const char *spec) {
    const char *text = v->as.string;
    const specification f = read_specification(c, spec, false);
    check_type(c, &f, v, "s");
    if (f.sign || f.alternate || f.align == '=' || f.grouping)
        refuse(c, spec, "has a part that only goes with numbers");
    const size_t all = count_characters(text);
    const size_t shown = f.precision >= 0 && (size_t)f.precision < all ? (size_t)f.precision : all;
    const size_t pad = f.width > shown ? f.width - shown : 0;
    const size_t before = f.align == '>' ? pad : f.align == '^' ? pad / 2 : 0;
    write_fill(c, &f, before);
    buffer_add(&c->script->text, text, bytes_of_characters(text, shown));
    write_fill(c, &f, pad - before);
}

/* Of 12,345.6 the 345.6: a comma may also stand between two numbers. */
static void note(call *c, const specification *f, const number *n, estimate e) {
    enum {
        GROUP = 3
    };
    const size_t cut = f->grouping && n->digits > GROUP ? n->digits - GROUP : 0;
    if (cut)
        e.number = fmod(fabs(e.number), 1000);
    note_float(c->script, n->body + cut, strcspn(n->body, "%") - cut, e);
}

static void write_float(call *c, const specification *f, estimate e) {
    const double scale = f->type == '%' ? 100 : 1, real = e.number * scale;
    const size_t start = c->script->text.length;
    const char type = f->type == '%' ? 'f' : f->type == 'n' ? 'g' : f->type;
    if (type == 0 && f->precision < 0)
        write_float_repr(&c->script->text, real, f->alternate);
    else
        write_float_as(&c->script->text, real, type, f->precision < 0 ? 6 : f->precision,
                       f->alternate);
    if (f->type == '%')
        buffer_text(&c->script->text, "%");
    const char *body = take_text(c, start);
    number n = {.negative = *body == '-', .prefix = ""};
    n.body = body + n.negative;
    n.digits = strspn(n.body, "0123456789");
    note(c, f, &n, (estimate){real, e.off * scale});
    write_number(c, f, &n);
}

/* Type c: the character of that number. */
static void write_character(call *c, const specification *f, int64_t code) {
    if (f->sign || f->alternate)
        refuse(c, f->text, "has a part that does not go with type c");
    number n = {.prefix = "", .body = text_of_character(c, code)};
    write_number(c, f, &n);
}

static void write_integer(call *c, const specification *f, const object *v) {
    static const struct {
        char type;
        unsigned base;
        const char *prefix;
    } bases[] = {{'b', 2, "0b"}, {'o', 8, "0o"}, {'x', 16, "0x"}, {'X', 16, "0X"}};
    number n = {.prefix = ""};
    unsigned base = 10;
    if (f->precision >= 0)
        refuse(c, f->text, "has a precision, which a whole number cannot have: add an f");
    if (f->type == 'c') {
        write_character(c, f, v->kind == OBJECT_LARGE ? -1 : number_integer(v));
        return;
    }
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (bases[i].type == f->type) {
            base = bases[i].base;
            n.prefix = f->alternate ? bases[i].prefix : "";
        }
    const size_t start = c->script->text.length;
    n.negative = whole_write_size(c->script, c->where, &c->script->text, v, base, f->type == 'X');
    n.body = take_text(c, start);
    n.digits = strlen(n.body);
    write_number(c, f, &n);
}

/* An array of numpy says it under another name. */
static call *raises_unformatted(call *c, const object *v) {
    const bool is_known = !v->type || v->type->class;
    return is_known
               ? call_raises(c, TYPE_ERROR, "unsupported format string passed to %s.__format__",
                             object_class_name(v))
               : c;
}

static void write_formatted(call *c, object *v, const char *spec) {
    const char *own = special_member(v, "__format__")
                          ? special_text(c, v, "__format__", object_string(c->script, spec))
                          : NULL;
    if (own) {
        buffer_text(&c->script->text, own);
        return;
    }
    if (v->type && v->type->formatted)
        v = v->type->formatted(c, v);
    if (*spec == '\0') {
        write_str(c, v);
        return;
    }
    if (v->kind == OBJECT_STRING) {
        write_string(c, v, spec);
        return;
    }
    if (!object_is_real(v))
        call_fail(raises_unformatted(c, v),
                  "a value of type %s takes no format specification, such as '%s': Python "
                  "refuses it too",
                  object_type(v), spec);
    const specification f = read_specification(c, spec, true);
    check_type(c, &f, v, v->kind == OBJECT_FLOAT ? "eEfFgGn%" : "bcdoxXneEfFgG%");
    if (v->kind == OBJECT_FLOAT || (f.type && strchr("eEfFgG%", f.type)))
        write_float(c, &f, python_float(c, v, "float"));
    else
        write_integer(c, &f, v);
}

const char *format_spec(call *c, object *v, const char *spec) {
    const size_t start = c->script->text.length;
    write_formatted(c, v, spec);
    return take_text(c, start);
}
