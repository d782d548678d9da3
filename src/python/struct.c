/* The module struct: numbers as the bytes that a machine keeps them in. */
#include "arithmetic.h"
#include "builtins.h"
#include "bytes.h"
#include "iterate.h"
#include "large.h"
#include "native.h"
#include "run.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* A format that is gone through. */
typedef struct {
    const char *at;
    bool is_big;     /* the first byte counts most */
    bool is_aligned; /* each number begins where its size divides: the machine's own way */
    size_t offset;   /* of the next byte */
    char code;       /* of the present item */
    size_t size;
} layout;

static layout begin(call *c) {
    const char *format = c->arguments[0]->as.string;
    const char first = *format;
    const bool says = first && strchr("@=<>!", first);
    return (layout){.at = format + says,
                    .is_big = first == '>' || first == '!',
                    .is_aligned = !says || first == '@'};
}

static size_t size_of(call *c, const layout *l, char code) {
    static const char codes[] = "xcbB?hHiIlLqQfd";
    static const unsigned char sizes[] = {1, 1, 1, 1, 1, 2, 2, 4, 4, 4, 4, 8, 8, 4, 8};
    const char *at = code ? strchr(codes, code) : NULL;
    if (!code)
        call_fail(c, "struct.error: repeat count given without format specifier");
    if (!at)
        call_fail(c, "the format '%c' of struct is outside the subset: write one of %s", code,
                  codes);
    return l->is_aligned && (code == 'l' || code == 'L') ? 8 : sizes[at - codes];
}

/* How many items of a kind come next; 0 at the end, *l tells which. */
static size_t next(call *c, layout *l) {
    size_t count = 0;
    l->at += strspn(l->at, " \t\n");
    const bool is_counted = isdigit((unsigned char)*l->at);
    for (; isdigit((unsigned char)*l->at) && count < 100000; l->at++)
        count = 10 * count + (size_t)(*l->at - '0');
    if (!*l->at && !is_counted)
        return 0;
    l->code = *l->at;
    l->size = size_of(c, l, l->code);
    l->at++;
    if (l->is_aligned)
        l->offset = (l->offset + l->size - 1) / l->size * l->size;
    return is_counted && count == 0 ? next(c, l) : count + !is_counted;
}

static size_t total(call *c) {
    layout l = begin(c);
    for (size_t count; (count = next(c, &l));) {
        script_work(c->script, c->where, count);
        l.offset += count * l.size;
    }
    return l.offset;
}

static object *calcsize(call *c) {
    return object_integer(c->script, (int64_t)total(c));
}

/* --- packing --- */

static void put(const layout *l, unsigned char *to, uint64_t bits) {
    for (size_t i = 0; i < l->size; i++)
        to[l->is_big ? l->size - 1 - i : i] = (unsigned char)(bits >> 8 * i);
}

static uint64_t single_bits(float number) {
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* A number that another build may compute otherwise has other bits there. */
static uint64_t float_bits(call *c, const layout *l, const object *o) {
    const estimate e = python_float(c, o, "struct.pack");
    uint64_t bits;
    if (l->code == 'd') {
        if (e.off > 0)
            script_doubt(c->script);
        memcpy(&bits, &e.number, sizeof bits);
        return bits;
    }
    const float number = (float)e.number;
    if (isinf(number) && !isinf(e.number))
        call_fail(call_raises(c, OVERFLOW_ERROR, "float too large to pack with f format"),
                  "the number is too large to pack with the format f");
    if ((float)(e.number - e.off) < number || (float)(e.number + e.off) > number)
        script_doubt(c->script);
    return single_bits(number);
}

static uint64_t integer_bits(call *c, const layout *l, const object *o) {
    uint64_t bits;
    if (o->kind == OBJECT_LARGE && l->code == 'Q' && whole_is_unsigned(o, &bits))
        return bits;
    if (l->code == '?')
        return python_truth(c->script, o, c->where);
    if (o->kind != OBJECT_INTEGER && o->kind != OBJECT_BOOL)
        call_fail(c, "struct.error: required argument is not an integer");
    const int64_t i = number_integer(o);
    const bool is_unsigned = isupper((unsigned char)l->code);
    int64_t most = l->size == 1   ? INT8_MAX
                   : l->size == 2 ? INT16_MAX
                   : l->size == 4 ? INT32_MAX
                                  : INT64_MAX;
    if (is_unsigned && l->size < 8)
        most = 2 * most + 1;
    if (i > most || i < (is_unsigned ? 0 : -most - 1))
        call_fail(c, "struct.error: %lld is no number that the format '%c' can hold", (long long)i,
                  l->code);
    return (uint64_t)i;
}

static uint64_t bits_of(call *c, const layout *l, const object *o) {
    if (l->code == 'f' || l->code == 'd')
        return float_bits(c, l, o);
    if (l->code != 'c')
        return integer_bits(c, l, o);
    const bytes *b = bytes_of(o);
    if (!b || b->count != 1)
        call_fail(c, "struct.error: char format requires a bytes object of length 1");
    return b->at[0];
}

static object *pack(call *c) {
    const object *values = c->arguments[1];
    const size_t size = total(c), given = values->as.sequence.count;
    unsigned char *to = script_alloc(c->script, size, 1);
    size_t used = 0;
    layout l = begin(c);
    for (size_t count; (count = next(c, &l));)
        for (; count; count--, l.offset += l.size) {
            if (l.code != 'x' && used == given)
                call_fail(c, "struct.error: pack expected more items for packing than %zu", given);
            if (l.code != 'x')
                put(&l, to + l.offset, bits_of(c, &l, values->as.sequence.items[used++]));
        }
    if (used < given)
        call_fail(c, "struct.error: pack expected %zu items for packing (got %zu)", used, given);
    return bytes_new(c->script, to, size);
}

/* --- unpacking --- */

static uint64_t get(const layout *l, const unsigned char *from) {
    uint64_t bits = 0;
    for (size_t i = 0; i < l->size; i++)
        bits |= (uint64_t)from[l->is_big ? l->size - 1 - i : i] << 8 * i;
    return bits;
}

static object *number_of(call *c, const layout *l, uint64_t bits) {
    script *s = c->script;
    if (l->code == 'f') {
        const uint32_t half = (uint32_t)bits;
        float number;
        memcpy(&number, &half, sizeof number);
        return object_float(s, (double)number);
    }
    if (l->code == 'd') {
        double number;
        memcpy(&number, &bits, sizeof number);
        return object_float(s, number);
    }
    if (l->code == '?')
        return object_bool(s, bits != 0);
    if (isupper((unsigned char)l->code))
        return whole_of_unsigned(s, bits);
    const uint64_t sign = (uint64_t)1 << (8 * l->size - 1);
    return object_integer(s, (int64_t)((bits ^ sign) - sign));
}

static object *unpack(call *c) {
    const bytes *b = bytes_of(c->arguments[1]);
    const size_t size = total(c);
    object *list = object_sequence(c->script, OBJECT_LIST, 0);
    if (!b)
        call_fail(call_raises(c, TYPE_ERROR, "a bytes-like object is required, not '%s'",
                              object_class_name(c->arguments[1])),
                  "unpack() takes bytes");
    if (b->count != size)
        call_fail(c, "struct.error: unpack requires a buffer of %zu bytes", size);
    layout l = begin(c);
    for (size_t count; (count = next(c, &l));)
        for (; count; count--, l.offset += l.size)
            if (l.code == 'c')
                list_append(c->script, list, bytes_new(c->script, b->at + l.offset, 1));
            else if (l.code != 'x')
                list_append(c->script, list, number_of(c, &l, get(&l, b->at + l.offset)));
    list->kind = OBJECT_TUPLE;
    return list;
}

const native native_struct[] = {
    {.path = "struct.calcsize", .signature = "format: str, /", .call = calcsize},
    {.path = "struct.pack", .signature = "format: str, /, *v", .call = pack},
    {.path = "struct.unpack", .signature = "format: str, buffer, /", .call = unpack},
    {0}};
