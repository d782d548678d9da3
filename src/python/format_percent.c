/* template % arguments, as Python's str does it:
 *
 *   %[flags][width][.precision]type */
#include "arithmetic.h"
#include "builtins.h"
#include "format.h"
#include "format_number.h"
#include "format_write.h"
#include "iterate.h"
#include "large.h"
#include "note.h"
#include "run.h"
#include "type.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

typedef struct {
    call *call;
    buffer *out;
    const object *arguments;
    size_t used;
    const object *named; /* of %(name)s: what the dict has for it; else NULL */
} percent;

typedef struct {
    bool left, plus, blank, zero, alternate;
    size_t width;
    int precision; /* -1: none */
    char type;
} conversion;

/* --- arguments --- */

static bool is_tuple(const object *v) {
    return v->kind == OBJECT_TUPLE;
}

static const object *next_argument(percent *p) {
    const object *v = p->arguments;
    const size_t count = is_tuple(v) ? v->as.sequence.count : 1;
    if (p->named)
        return p->named;
    if (p->used == count)
        call_fail(call_raises(p->call, TYPE_ERROR, "not enough arguments for format string"),
                  "the text before %% asks for more values than the %zu that it gets", count);
    return is_tuple(v) ? v->as.sequence.items[p->used++] : (p->used++, v);
}

/* Python takes whatever can be indexed for a dictionary, of which not all need be used. */
static bool may_be_left(const object *v) {
    return v->kind == OBJECT_LIST || v->kind == OBJECT_DICT ||
           (v->type && v->type->subscript &&
            (!v->type->has_all_elements || object_has_elements(v)));
}

static void check_all_used(const percent *p) {
    const object *v = p->arguments;
    if (may_be_left(v) || p->used == (is_tuple(v) ? v->as.sequence.count : 1))
        return;
    call_fail(
        call_raises(p->call, TYPE_ERROR, "not all arguments converted during string formatting"),
        "the text before %% does not use all the values that it gets");
}

/* In Python's words. */
static call *raises_value(const percent *p, char type, const object *v) {
    const char *given = object_class_name(v);
    if (strchr("eEfFgG", type))
        return call_raises(p->call, TYPE_ERROR, "must be real number, not %s", given);
    if (type == 'c' || type == '*')
        return call_raises(p->call, TYPE_ERROR,
                           type == 'c' ? "%%c requires int or char" : "* wants int");
    return call_raises(p->call, TYPE_ERROR, "%%%c format: %s is required, not %s", type,
                       strchr("oxX", type) ? "an integer" : "a real number", given);
}

_Noreturn static void refuse(const percent *p, char type, const object *v, const char *wanted) {
    call_fail(raises_value(p, type, v), "%%%c takes %s, not a value of type %s", type, wanted,
              object_type(v));
}

/* The number of a value, or of an object that is one. */
static const object *number_argument(percent *p, char type, const char *wanted) {
    const object *v = next_argument(p);
    const char asker[] = {'%', type, '\0'};
    if (v->type && v->type->number)
        return v->type->number(p->call, v, asker);
    if (!object_is_real(v))
        refuse(p, type, v, wanted);
    return v;
}

/* --- reading --- */

static int limited(const percent *p, int64_t number) {
    if (number > MAX_FORMAT_WIDTH)
        call_fail(p->call, "the text before %% asks for more than %d characters", MAX_FORMAT_WIDTH);
    return (int)number;
}

/* Digits, or * for the next argument; -1 of a precision that is not there is up to the caller. */
static int64_t read_count(percent *p, const char **at) {
    int64_t count = 0;
    if (**at == '*') {
        const object *v = next_argument(p);
        ++*at;
        if (v->kind != OBJECT_INTEGER && v->kind != OBJECT_BOOL)
            refuse(p, '*', v, "a whole number");
        return v->kind == OBJECT_BOOL ? v->as.boolean : v->as.integer;
    }
    for (; isdigit((unsigned char)**at); ++*at)
        count = limited(p, count * 10 + (**at - '0'));
    return count;
}

static void read_flags(conversion *c, const char **at) {
    for (;; ++*at) {
        switch (**at) {
        case '-':
            c->left = true;
            break;
        case '+':
            c->plus = true;
            break;
        case ' ':
            c->blank = true;
            break;
        case '0':
            c->zero = true;
            break;
        case '#':
            c->alternate = true;
            break;
        default:
            return;
        }
    }
}

/* (name), of a dict; moves behind it. */
static const object *named_argument(percent *p, const char **at) {
    const char *end = strchr(*at, ')');
    if (!end)
        call_fail(call_raises(p->call, VALUE_ERROR, "incomplete format key"),
                  "the text before %% has a %%( without its )");
    if (p->arguments->kind != OBJECT_DICT)
        call_fail(call_raises(p->call, TYPE_ERROR, "format requires a mapping"),
                  "%%(name) takes a dict behind the %%, not a value of type %s",
                  object_type(p->arguments));
    const char *name = script_copy(p->call->script, *at + 1, (size_t)(end - *at) - 1);
    const object *v = dict_find(p->arguments, name);
    if (!v)
        script_fail(
            script_raises_object(p->call->script, KEY_ERROR, object_string(p->call->script, name)),
            p->call->where, "KeyError: '%s'", name);
    *at = end + 1;
    return v;
}

static conversion read_conversion(percent *p, const char **at) {
    conversion c = {.precision = -1};
    p->named = **at == '(' ? named_argument(p, at) : NULL;
    read_flags(&c, at);
    const int64_t width = read_count(p, at);
    c.left |= width < 0;
    c.width =
        (size_t)limited(p, width < 0 ? (width < -MAX_FORMAT_WIDTH ? INT64_MAX : -width) : width);
    if (**at == '.') {
        ++*at;
        const int64_t precision = read_count(p, at);
        c.precision = precision < 0 ? 0 : limited(p, precision);
    }
    if (**at && strchr("hlL", **at))
        ++*at;
    c.type = **at;
    if (c.type == '\0')
        call_fail(call_raises(p->call, VALUE_ERROR, "incomplete format"),
                  "the text before %% ends in the middle of a %%");
    ++*at;
    return c;
}

/* --- writing --- */

static void write_text(percent *p, const conversion *c, const char *text, int precision) {
    const size_t all = count_characters(text);
    const size_t shown = precision >= 0 && (size_t)precision < all ? (size_t)precision : all;
    const size_t pad = c->width > shown ? c->width - shown : 0;
    buffer_fill(p->out, ' ', c->left ? 0 : pad);
    buffer_add(p->out, text, bytes_of_characters(text, shown));
    buffer_fill(p->out, ' ', c->left ? pad : 0);
}

/* body is a number without its sign. */
static void write_number(percent *p, const conversion *c, bool negative, const char *prefix,
                         const char *body) {
    const char *sign = negative ? "-" : c->plus ? "+" : c->blank ? " " : "";
    const size_t length = strlen(sign) + strlen(prefix) + strlen(body);
    const size_t pad = c->width > length ? c->width - length : 0;
    buffer_fill(p->out, ' ', c->left || c->zero ? 0 : pad);
    buffer_text(p->out, sign);
    buffer_text(p->out, prefix);
    buffer_fill(p->out, '0', c->zero && !c->left ? pad : 0);
    buffer_text(p->out, body);
    buffer_fill(p->out, ' ', c->left ? pad : 0);
}

/* A precision is the least number of digits. */
static void write_padded_digits(percent *p, const conversion *c, bool negative, const char *prefix,
                                const char *digits) {
    const size_t length = strlen(digits), least = c->precision < 0 ? 0 : (size_t)c->precision;
    const size_t start = p->out->length;
    buffer_fill(p->out, '0', least > length ? least - length : 0);
    buffer_text(p->out, digits);
    write_number(p, c, negative, prefix, take_text(p->call, start));
}

/* %d of a float cuts its decimals off. */
static void write_decimal(percent *p, const conversion *c) {
    const object *v = number_argument(p, c->type, "a number");
    const size_t start = p->out->length;
    bool negative;
    if (v->kind == OBJECT_FLOAT) {
        const double whole = python_whole(p->call, trunc, object_estimate(v));
        if (!isfinite(whole))
            call_fail(isnan(whole)
                          ? call_raises(p->call, VALUE_ERROR, "cannot convert float NaN to integer")
                          : call_raises(p->call, OVERFLOW_ERROR,
                                        "cannot convert float infinity to integer"),
                      "%%%c cannot print nan or inf", c->type);
        negative = whole < 0;
        buffer_printf(p->out, "%.0f", fabs(whole));
    } else {
        negative = whole_write_size(p->call->script, p->call->where, p->out, v, 10, false);
    }
    write_padded_digits(p, c, negative, "", take_text(p->call, start));
}

static void write_other_base(percent *p, const conversion *c) {
    const object *v = number_argument(p, c->type, "a whole number");
    const size_t start = p->out->length;
    if (v->kind == OBJECT_FLOAT)
        refuse(p, c->type, v, "a whole number");
    const char *prefix = c->type == 'o' ? "0o" : c->type == 'x' ? "0x" : "0X";
    const bool negative = whole_write_size(p->call->script, p->call->where, p->out, v,
                                           c->type == 'o' ? 8 : 16, c->type == 'X');
    write_padded_digits(p, c, negative, c->alternate ? prefix : "", take_text(p->call, start));
}

static void write_float(percent *p, const conversion *c) {
    const object *v = number_argument(p, c->type, "a number");
    const size_t start = p->out->length;
    const estimate e = python_float(p->call, v, "float");
    write_float_as(p->out, e.number, c->type, c->precision < 0 ? 6 : c->precision, c->alternate);
    const char *text = take_text(p->call, start);
    const bool negative = *text == '-';
    note_float(p->call->script, text, strlen(text), e);
    write_number(p, c, negative, "", text + negative);
}

static void write_character(percent *p, const conversion *c) {
    const object *v = next_argument(p);
    const object *number = v->type && v->type->number ? v->type->number(p->call, v, NULL) : NULL;
    v = number ? number : v;
    if (v->kind == OBJECT_STRING && count_characters(v->as.string) == 1)
        write_text(p, c, v->as.string, -1);
    else if (v->kind == OBJECT_INTEGER || v->kind == OBJECT_BOOL)
        write_text(
            p, c,
            text_of_character(p->call, v->kind == OBJECT_BOOL ? v->as.boolean : v->as.integer), -1);
    else
        refuse(p, 'c', v, "one character or its number");
}

static void write_any(percent *p, const conversion *c) {
    const object *v = next_argument(p);
    const size_t start = p->out->length;
    if (c->type == 's')
        write_str(p->call, v);
    else
        write_repr(p->call, v);
    write_text(p, c, take_text(p->call, start), c->precision);
}

static void write_conversion(percent *p, const conversion *c) {
    switch (c->type) {
    case 's':
    case 'r':
        write_any(p, c);
        return;
    case 'c':
        write_character(p, c);
        return;
    case 'd':
    case 'i':
    case 'u':
        write_decimal(p, c);
        return;
    case 'o':
    case 'x':
    case 'X':
        write_other_base(p, c);
        return;
    default: /* e f g, as refuse_type leaves them */
        write_float(p, c);
    }
}

_Noreturn static void refuse_type(const percent *p, char type, const char *template,
                                  const char *at) {
    const bool is_known = type > ' ' && type < 127 && type != 'a';
    call_fail(is_known ? call_raises(p->call, VALUE_ERROR,
                                     "unsupported format character '%c' (0x%x) at index %zu", type,
                                     (unsigned)type, text_count_characters(template, at))
                       : p->call,
              "the text before %% has a %%%.1s, which is not supported: it is one of "
              "d i s r f F e E g G x X o c, and %%%% for a percent sign",
              &type);
}

const char *format_percent(call *c, const char *template, const object *values) {
    percent p = {.call = c, .out = &c->script->text, .arguments = values};
    const size_t start = c->script->text.length;
    for (const char *at = template; *at;) {
        const size_t plain = strcspn(at, "%");
        buffer_add(&c->script->text, at, plain);
        at += plain;
        if (at[0] == '%' && at[1] == '%') {
            buffer_text(&c->script->text, "%");
            at += 2;
        } else if (*at == '%') {
            at++;
            const conversion next = read_conversion(&p, &at);
            if (!strchr("srcdiuoxXeEfFgG", next.type))
                refuse_type(&p, next.type, template, at - 1);
            write_conversion(&p, &next);
        }
    }
    check_all_used(&p);
    return take_text(c, start);
}
