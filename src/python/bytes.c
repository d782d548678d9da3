#include "bytes.h"

#include "arithmetic.h"
#include "format.h"
#include "iterate.h"
#include "native.h"
#include "run.h"
#include "special.h"
#include "type.h"

#include "base/text.h"

#include <string.h>

static const struct type bytes_type;

const bytes *bytes_of(const object *o) {
    return object_is(o, &bytes_type) ? o->as.data : NULL;
}

object *bytes_new(script *s, const unsigned char *at, size_t count) {
    bytes *b = script_alloc(s, 1, sizeof *b);
    *b = (bytes){(const unsigned char *)script_copy(s, (const char *)at, count), count};
    return object_extension(s, &bytes_type, b);
}

object *bytes_of_literal(script *s, const char *text) {
    unsigned char *to = script_alloc(s, strlen(text) + 1, 1);
    size_t count = 0;
    for (; *text; text += 1 + ((unsigned char)*text >= 0x80))
        to[count++] = (unsigned char)text_code(text);
    return bytes_new(s, to, count);
}

bool bytes_are_in(const bytes *a, const bytes *b) {
    for (size_t i = 0; i + a->count <= b->count; i++)
        if (!a->count || memcmp(b->at + i, a->at, a->count) == 0)
            return true;
    return false;
}

/* --- what the language asks --- */

static object *class_of(call *c, const object *self) {
    (void)self;
    return native_object(c->script, "bytes", NULL);
}

static object *attribute(call *c, object *self, const char *name) {
    return native_member(c->script, "bytes", name, self);
}

static size_t length(call *c, const object *self) {
    (void)c;
    return bytes_of(self)->count;
}

static bool truth(call *c, const object *self) {
    return length(c, self) > 0;
}

static object *element(call *c, object *self, size_t index) {
    return object_integer(c->script, bytes_of(self)->at[index]);
}

static object *slice(call *c, object *self, size_t start, size_t stop) {
    return bytes_new(c->script, bytes_of(self)->at + start, stop - start);
}

static object *joined(call *c, const bytes *a, const bytes *b) {
    unsigned char *to = script_alloc(c->script, a->count + b->count, 1);
    if (a->count)
        memcpy(to, a->at, a->count);
    if (b->count)
        memcpy(to + a->count, b->at, b->count);
    return bytes_new(c->script, to, a->count + b->count);
}

static object *binary(call *c, operator op, object *left, object *right) {
    const bytes *a = bytes_of(left), *b = bytes_of(right);
    if (op == OPERATOR_ADD && a && b)
        return joined(c, a, b);
    if (op != OPERATOR_EQ && op != OPERATOR_NE)
        return NULL;
    const bool equal =
        a && b && a->count == b->count && (!a->count || memcmp(a->at, b->at, a->count) == 0);
    return object_bool(c->script, equal == (op == OPERATOR_EQ));
}

static void write_byte(buffer *out, unsigned char byte, char quote) {
    static const char named[] = "\t\n\r", names[] = "tnr";
    const char *at = byte ? strchr(named, byte) : NULL;
    if (at)
        buffer_printf(out, "\\%c", names[at - named]);
    else if (byte < ' ' || byte > '~')
        buffer_printf(out, "\\x%02x", byte);
    else
        buffer_printf(out, byte == '\\' || byte == (unsigned char)quote ? "\\%c" : "%c", byte);
}

static void write(call *c, const object *self, buffer *out) {
    const bytes *b = bytes_of(self);
    const bool has_single = b->count && memchr(b->at, '\'', b->count);
    const bool has_double = b->count && memchr(b->at, '"', b->count);
    const char quote = has_single && !has_double ? '"' : '\'';
    script_work(c->script, c->where, b->count);
    buffer_printf(out, "b%c", quote);
    for (size_t i = 0; i < b->count; i++)
        write_byte(out, b->at[i], quote);
    buffer_printf(out, "%c", quote);
}

static const struct type bytes_type = {.name = "bytes",
                                       .class = class_of,
                                       .attribute = attribute,
                                       .binary = binary,
                                       .truth = truth,
                                       .length = length,
                                       .tells_index = true,
                                       .element = element,
                                       .slice = slice,
                                       .write = write};

/* --- bytes() and its methods --- */

static object *of_numbers(call *c, object *source) {
    const object *list = iterate_all(c->script, source, OBJECT_LIST, c->where);
    unsigned char *to = script_alloc(c->script, list->as.sequence.count, 1);
    for (size_t i = 0; i < list->as.sequence.count; i++) {
        const object *o = special_index(c, list->as.sequence.items[i]);
        if (o->kind != OBJECT_INTEGER || o->as.integer < 0 || o->as.integer > 255)
            call_fail(call_raises(c, VALUE_ERROR, "bytes must be in range(0, 256)"),
                      "bytes() takes whole numbers from 0 to 255");
        to[i] = (unsigned char)o->as.integer;
    }
    return bytes_new(c->script, to, list->as.sequence.count);
}

static object *make(call *c) {
    object *source = c->arguments[0];
    if (bytes_of(source))
        return source;
    if (source->kind == OBJECT_STRING && c->arguments[1]->kind == OBJECT_NONE)
        call_fail(call_raises(c, TYPE_ERROR, "string argument without an encoding"),
                  "bytes() of a string takes an encoding: write text.encode()");
    if (source->kind == OBJECT_STRING)
        return bytes_new(c->script, (const unsigned char *)source->as.string, source->as.bytes);
    if (source->kind != OBJECT_INTEGER)
        return of_numbers(c, source);
    if (source->as.integer < 0)
        call_fail(call_raises(c, VALUE_ERROR, "negative count"), "bytes() takes no negative count");
    script_work(c->script, c->where, (uint64_t)source->as.integer);
    return bytes_new(c->script, script_alloc(c->script, (size_t)source->as.integer, 1),
                     (size_t)source->as.integer);
}

static int digit_of(char digit) {
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)((at - digits) % 16) : -1;
}

static object *from_hex(call *c) {
    const char *text = c->arguments[0]->as.string;
    unsigned char *to = script_alloc(c->script, strlen(text) / 2 + 1, 1);
    size_t count = 0;
    for (const char *at = text; *(at += strspn(at, " \t\n\r\f\v")); at += 2) {
        const int high = digit_of(at[0]), low = high < 0 ? -1 : digit_of(at[1]);
        if (low < 0)
            call_fail(call_raises(c, VALUE_ERROR,
                                  "non-hexadecimal number found in fromhex() arg at position %zu",
                                  (size_t)(at - text) + (high >= 0)),
                      "fromhex() takes two hexadecimal digits for each byte");
        to[count++] = (unsigned char)(16 * high + low);
    }
    return bytes_new(c->script, to, count);
}

static object *hex(call *c) {
    const bytes *b = bytes_of(c->self);
    char *text = script_alloc(c->script, 2 * b->count + 1, 1);
    for (size_t i = 0; i < b->count; i++) {
        text[2 * i] = "0123456789abcdef"[b->at[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[b->at[i] & 15];
    }
    return object_string(c->script, text);
}

/* Whether it is UTF-8, or else ASCII. */
static bool takes_utf8(call *c) {
    static const char *const known[] = {"utf-8", "utf8", "UTF-8", "ascii", "us-ascii"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(c->arguments[0]->as.string, known[i]) == 0)
            return i < 3;
    call_fail(c, "this encoding is outside the subset: write 'utf-8'");
}

static object *encode(call *c) {
    const object *self = c->self;
    if (!takes_utf8(c) && self->as.bytes > self->as.characters)
        call_fail(c, "only ASCII can be encoded as that: write 'utf-8'");
    return bytes_new(c->script, (const unsigned char *)self->as.string, self->as.bytes);
}

static object *decode(call *c) {
    const bytes *b = bytes_of(c->self);
    takes_utf8(c);
    for (size_t i = 0; i < b->count; i++)
        if (b->at[i] == 0 || b->at[i] >= 0x80)
            call_fail(c, "decode() of bytes that are no ASCII is outside the subset: print .hex()");
    return object_string(c->script, script_copy(c->script, (const char *)b->at, b->count));
}

const native native_bytes[] = {
    {.path = "bytes",
     .class_name = "bytes",
     .is_type = true,
     .instances = &bytes_type,
     .signature = "source = (), encoding: Optional[str] = None, /",
     .call = make},
    {.path = "bytes.fromhex",
     .signature = "string: str, /",
     .call = from_hex,
     .is_class_method = true},
    {.path = "bytes.hex", .signature = "", .call = hex},
    {.path = "bytes.decode", .signature = "encoding: str = 'utf-8'", .call = decode},
    {.path = "str.encode", .signature = "encoding: str = 'utf-8'", .call = encode},
    {0}};
