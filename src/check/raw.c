#include "mlpstep/raw.h"

#include "dump.h"
#include "element.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum {
    NUMBER = 4 /* bytes */
};

typedef struct {
    reader in;
    const char *line, *end; /* without its newline */
    size_t number;
} list;

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

static const char *skip_blanks(const list *l, const char *at) {
    while (at < l->end && is_blank(*at))
        at++;
    return at;
}

/* Behind what stands there up to a blank outside brackets. */
static const char *skip_word(const list *l, const char *at) {
    size_t depth = 0;
    for (; at < l->end && (depth > 0 || !is_blank(*at)); at++)
        depth = text_depth(depth, *at);
    return at;
}

static mlp_span span_of(const list *l, const char *from, const char *to) {
    return (mlp_span){l->number, text_count_characters(l->line, from) + 1,
                      text_count_characters(from, to)};
}

static _Noreturn void fail_shape(list *l, const char *from, const char *to) {
    reader_fail(&l->in, span_of(l, from, to), "expected a shape, as 3x2, of up to %d sizes",
                MLP_MAX_DIMS);
}

/* 3x2, [3, 2], (3,), [] or (). */
static void read_shape(list *l, mlp_raw *raw, const char *from, const char *to) {
    const char *at = from;
    const bool in_brackets = *at == '[' || *at == '(';
    const char *separators = in_brackets ? ", " : "x";
    const char *end = in_brackets ? to - 1 : to;
    raw->numel = 1;
    if (in_brackets && (end == from || *end != (*at == '[' ? ']' : ')')))
        fail_shape(l, from, to);
    at += in_brackets;
    while (at < end) {
        size_t size = 0, digits = 0;
        for (; at < end && *at >= '0' && *at <= '9' && size <= SIZE_MAX / 10 - 1; at++, digits++)
            size = 10 * size + (size_t)(*at - '0');
        if (digits == 0 || raw->ndim == MLP_MAX_DIMS || (size && raw->numel > SIZE_MAX / size) ||
            (at < end && !strchr(separators, *at)))
            fail_shape(l, from, to);
        raw->shape[raw->ndim++] = size;
        raw->numel *= size;
        while (at < end && strchr(separators, *at))
            at++;
    }
    if (raw->ndim == 0 && !in_brackets)
        fail_shape(l, from, to);
}

static mlp_raw *read_line(list *l) {
    const char *name = skip_blanks(l, l->line), *name_end = skip_word(l, name);
    const char *shape = skip_blanks(l, name_end), *shape_end = skip_word(l, shape);
    const char *file = skip_blanks(l, shape_end), *file_end = l->end;
    if (name == l->end || *name == '#')
        return NULL;
    while (file_end > file && is_blank(file_end[-1]))
        file_end--;
    if (file == file_end || memchr(l->line, '\0', (size_t)(l->end - l->line)))
        reader_fail(&l->in, span_of(l, name, l->end),
                    "expected NAME SHAPE FILE, as in w1.weight 3x2 w1.bin");
    mlp_raw *raw = reader_alloc(&l->in, 1, sizeof *raw);
    read_shape(l, raw, shape, shape_end);
    if (!(name_end - name == 1 && *name == '?'))
        raw->name = reader_copy(&l->in, name, (size_t)(name_end - name));
    raw->file = reader_copy(&l->in, file, (size_t)(file_end - file));
    raw->where = span_of(l, name, name_end);
    raw->where_file = span_of(l, file, file_end);
    return raw;
}

static void read_all(list *l, mlp_raw **next) {
    const char *const end = l->in.source + l->in.length;
    for (l->line = l->in.source + text_mark_length(l->in.source, l->in.length); l->line < end;
         l->line = l->end + (l->end < end)) {
        const char *feed = memchr(l->line, '\n', (size_t)(end - l->line));
        l->end = feed ? feed : end;
        l->number++;
        *next = read_line(l);
        if (*next)
            next = &(*next)->next;
    }
}

bool mlp_raw_read(mlp_arena *arena, const char *text, size_t length, mlp_raw **first,
                  mlp_diagnostic *error) {
    list l = {.in = {.arena = arena,
                     .source = text ? text : "",
                     .length = length,
                     .needs = "the answers need",
                     .error = error}};
    *first = NULL;
    *error = (mlp_diagnostic){0};
    if (setjmp(l.in.failed) != 0)
        return false;
    read_all(&l, first);
    return *first || mlp_error(error, "there are no tensors in it: write lines such as w1.weight "
                                      "3x2 w1.bin");
}

static void add(reader *in, const mlp_raw *raw, const char *bytes, mlp_answers *answers) {
    dump d = {.in = in, .answers = answers, .next = &answers->first};
    element_type type;
    while (*d.next)
        d.next = &(*d.next)->next;
    answers->by_program = true;
    mlp_answer *a = dump_add(&d, raw->name);
    a->by_order = !raw->name;
    a->where = a->value = raw->where;
    a->ndim = raw->ndim;
    memcpy(a->shape, raw->shape, sizeof a->shape);
    a->numel = raw->numel;
    a->numbers = reader_alloc(in, a->numel, sizeof *a->numbers);
    element_type_read(&type, "<f4");
    for (size_t i = 0; i < a->numel; i++)
        a->numbers[i] = dump_number(in, element_read(&type, bytes + NUMBER * i), type.dtype);
}

bool mlp_raw_add(mlp_arena *arena, const mlp_raw *raw, const char *bytes, size_t length,
                 mlp_answers *answers, mlp_diagnostic *error) {
    reader in = {.arena = arena, .needs = "the answers need", .error = error};
    *error = (mlp_diagnostic){.where = raw->where_file};
    if (length % NUMBER != 0 || length / NUMBER != raw->numel)
        return mlp_error(error, "%.100s has %zu bytes, but %zu float32 are expected", raw->file,
                         length, raw->numel);
    if (setjmp(in.failed) != 0)
        return false;
    add(&in, raw, bytes, answers);
    return true;
}
