/* numpy's arrays: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, and the
 * archives of them that numpy.savez writes, which are zip files (PKWARE's APPNOTE.TXT). */
#include "dump_npy.h"

#include "element.h"

#include "base/crc32.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const mlp_span nowhere = {0};

/* The little-endian number of so many bytes. */
static uint64_t number_at(const char *bytes, size_t count) {
    uint64_t number = 0;
    while (count-- > 0)
        number = number << 8 | (unsigned char)bytes[count];
    return number;
}

/* --- .npy --- */

typedef struct {
    const char *label;
    char descr[8];
    bool is_fortran;
} header;

/* What stands behind the key in the header, {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3),
 * }, of `length` bytes; NULL where it is not there. */
static const char *find_member(const char *text, size_t length, const char *key) {
    const size_t bytes = strlen(key);
    for (size_t i = 0; i + bytes < length; i++)
        if (memcmp(text + i, key, bytes) == 0) {
            i += bytes;
            while (i < length && text[i] == ' ')
                i++;
            return i < length ? text + i : NULL;
        }
    return NULL;
}

_Noreturn static void fail_header(const dump *d, const char *label) {
    reader_fail(d->in, nowhere, "%sthis is no .npy file as numpy.save writes it", label);
}

static void read_shape(dump *d, const char *label, mlp_answer *a, const char *at, const char *end) {
    if (!at || *at++ != '(')
        fail_header(d, label);
    for (;;) {
        while (at < end && (*at == ' ' || *at == ','))
            at++;
        if (at == end || *at == ')')
            break;
        if (a->ndim == MLP_MAX_DIMS)
            reader_fail(d->in, nowhere, "%sa tensor of more than %d dimensions", label,
                        MLP_MAX_DIMS);
        size_t size = 0, digits = 0;
        for (; at < end && *at >= '0' && *at <= '9' && size <= SIZE_MAX / 10 - 1; at++, digits++)
            size = 10 * size + (size_t)(*at - '0');
        if (digits == 0 || (at < end && *at >= '0' && *at <= '9'))
            fail_header(d, label);
        a->shape[a->ndim++] = size;
    }
    if (at == end)
        fail_header(d, label);
}

static void read_descr(dump *d, header *h, const char *at, const char *end) {
    size_t n = 0;
    if (!at || (*at != '\'' && *at != '"'))
        reader_fail(d->in, nowhere, "%san array of records is not read: save its fields", h->label);
    for (at++; at < end && *at != '\'' && *at != '"' && n + 1 < sizeof h->descr; at++)
        h->descr[n++] = *at;
    h->descr[n] = '\0';
}

/* Returns the numbers behind it; *end becomes the end of the header. */
static const char *read_header(dump *d, mlp_answer *a, header *h, const char *bytes,
                               size_t length) {
    enum {
        BEFORE = 8
    };
    const size_t width = length > BEFORE && bytes[6] == 1 ? 2 : 4;
    if (length < BEFORE + width || bytes[6] < 1 || bytes[6] > 3)
        fail_header(d, h->label);
    const uint64_t size = number_at(bytes + BEFORE, width);
    const char *text = bytes + BEFORE + width;
    if (size > length - BEFORE - width)
        fail_header(d, h->label);
    const char *end = text + size;
    const char *order = find_member(text, (size_t)size, "'fortran_order':");
    read_shape(d, h->label, a, find_member(text, (size_t)size, "'shape':"), end);
    read_descr(d, h, find_member(text, (size_t)size, "'descr':"), end);
    h->is_fortran = order && *order == 'T';
    return end;
}

static void count_elements(dump *d, const char *label, mlp_answer *a) {
    bool is_empty = false;
    for (size_t i = 0; i < a->ndim; i++)
        is_empty |= a->shape[i] == 0;
    a->numel = !is_empty;
    for (size_t i = 0; i < a->ndim && !is_empty; i++) {
        if (a->numel > SIZE_MAX / a->shape[i])
            fail_header(d, label);
        a->numel *= a->shape[i];
    }
}

/* Where element i, last dimension fastest, lies in an array whose first one is. */
static size_t fortran_place(const mlp_answer *a, size_t i) {
    size_t place = 0;
    size_t stride = a->numel;
    for (size_t dim = a->ndim; dim-- > 0;) {
        stride /= a->shape[dim];
        place += i % a->shape[dim] * stride;
        i /= a->shape[dim];
    }
    return place;
}

void dump_read_npy(dump *d, mlp_answer *a, const char *label, const char *bytes, size_t length) {
    header h = {.label = label};
    element_type type;
    if (length < 6 || memcmp(bytes, "\x93NUMPY", 6) != 0)
        fail_header(d, label);
    const char *data = read_header(d, a, &h, bytes, length);
    const size_t left = length - (size_t)(data - bytes);
    count_elements(d, label, a);
    if (!element_type_read(&type, h.descr))
        reader_fail(d->in, nowhere,
                    "%snumbers of type %s are not read: floats, integers and bools are", label,
                    h.descr);
    if (a->numel > left / type.size)
        reader_fail(d->in, nowhere, "%sthe file ends before its numbers do", label);
    a->numbers = reader_alloc(d->in, a->numel, sizeof *a->numbers);
    for (size_t i = 0; i < a->numel; i++) {
        const size_t at = h.is_fortran ? fortran_place(a, i) : i;
        a->numbers[i] = dump_number(d->in, element_read(&type, data + at * type.size), type.dtype);
    }
}

/* --- .npz --- */

typedef struct {
    const char *bytes;
    size_t length;
} archive;

/* The central directory's end, which is the last thing but for a comment. */
static const char *find_end(const archive *z) {
    enum {
        END = 22,
        LONGEST_COMMENT = 0xFFFF
    };
    for (size_t back = END; back <= z->length && back <= END + LONGEST_COMMENT; back++) {
        const char *at = z->bytes + z->length - back;
        if (memcmp(at, "PK\5\6", 4) == 0)
            return at;
    }
    return NULL;
}

_Noreturn static void fail_archive(const dump *d) {
    reader_fail(d->in, nowhere, "this is no .npz file as numpy.savez writes it, or a part of one");
}

enum {
    ENTRY = 46, /* bytes before its name */
    LOCAL = 30
};

static bool fits(const archive *z, uint64_t at, uint64_t length) {
    return at <= z->length && length <= z->length - at;
}

/* The file that the entry of the directory, which has its name and all else, tells of. */
static const char *find_file(const dump *d, const archive *z, const char *entry, const char *label,
                             size_t *length) {
    const uint64_t at = number_at(entry + 42, 4), bytes = number_at(entry + 20, 4);
    if (!fits(z, at, LOCAL) || memcmp(z->bytes + at, "PK\3\4", 4) != 0)
        fail_archive(d);
    const char *local = z->bytes + at;
    const uint64_t data = at + LOCAL + number_at(local + 26, 2) + number_at(local + 28, 2);
    if (!fits(z, data, bytes))
        fail_archive(d);
    *length = (size_t)bytes;
    if (crc32_extend(0, z->bytes + data, *length) != number_at(entry + 16, 4))
        reader_fail(d->in, nowhere,
                    "%sit is damaged: its bytes have another sum than stands in the archive",
                    label);
    return z->bytes + data;
}

/* arr_0, which numpy.savez makes up. */
static bool is_made_up(const char *name) {
    return strncmp(name, "arr_", 4) == 0 && name[4 + strspn(name + 4, "0123456789")] == '\0';
}

static void read_entry(dump *d, const archive *z, const char *entry) {
    const size_t bytes = (size_t)number_at(entry + 28, 2);
    const bool has_suffix = bytes > 4 && memcmp(entry + ENTRY + bytes - 4, ".npy", 4) == 0;
    const char *name = reader_copy(d->in, entry + ENTRY, bytes - (has_suffix ? 4 : 0));
    const char *label = reader_printf(d->in, "%.100s: ", name);
    if (number_at(entry + 10, 2) != 0 || number_at(entry + 8, 2) & 1)
        reader_fail(d->in, nowhere,
                    "%sit is compressed: write it with numpy.savez, not numpy.savez_compressed",
                    label);
    size_t length;
    const char *file = find_file(d, z, entry, label, &length);
    mlp_answer *a = dump_add(d, name);
    a->by_order = is_made_up(name);
    dump_place_by_name(a);
    dump_read_npy(d, a, label, file, length);
}

void dump_read_npz(dump *d) {
    const archive z = {d->in->source, d->in->length};
    const char *end = find_end(&z);
    if (!end)
        fail_archive(d);
    uint64_t at = number_at(end + 16, 4);
    for (uint64_t left = number_at(end + 10, 2); left > 0; left--) {
        if (!fits(&z, at, ENTRY) || memcmp(z.bytes + at, "PK\1\2", 4) != 0)
            fail_archive(d);
        const char *entry = z.bytes + at;
        const uint64_t names = number_at(entry + 28, 2);
        const uint64_t length = ENTRY + names + number_at(entry + 30, 2) + number_at(entry + 32, 2);
        if (!fits(&z, at, length))
            fail_archive(d);
        read_entry(d, &z, entry);
        at += length;
    }
}
