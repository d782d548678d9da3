#include "dump_json.h"

#include "written.h"

#include "base/buffer.h"
#include "base/text.h"
#include "syntax/json.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_NESTED = 8 /* objects in objects */
};

typedef struct {
    dump *d;
    const char *mark; /* a place whose line and column are known */
    size_t line, column;
    mlp_answer *answer; /* whose numbers are read ... */
    size_t capacity;    /* ... and so many there is room for */
    size_t first_depth; /* at which they stand, once it has some */
} json_reader;

/* Not before the last one that was asked for. */
static mlp_span span_at(json_reader *j, const char *at) {
    for (const char *c = j->mark; c < at; c++) {
        j->column += text_begins_character(*c);
        if (*c == '\n') {
            j->line++;
            j->column = 1;
        }
    }
    j->mark = at > j->mark ? at : j->mark;
    return (mlp_span){j->line, j->column, 1};
}

static const char *string_of(json_reader *j, const char *value) {
    buffer text = {.arena = j->d->in->arena};
    char character[JSON_CHARACTER];
    const char *at = value + 1;
    for (size_t n; (n = json_character(&at, character)) > 0;)
        buffer_add(&text, character, n);
    if (text.failed)
        reader_out_of_memory(j->d->in);
    return text.bytes ? text.bytes : "";
}

/* --- numbers --- */

static mlp_written *add_number(json_reader *j) {
    mlp_answer *a = j->answer;
    if (a->numel == j->capacity) {
        j->capacity = j->capacity ? 2 * j->capacity : 16;
        mlp_written *more = reader_alloc(j->d->in, j->capacity, sizeof *more);
        if (a->numel)
            memcpy(more, a->numbers, a->numel * sizeof *more);
        a->numbers = more;
    }
    return &a->numbers[a->numel++];
}

static bool is_word(const char *text, size_t length, const char *word) {
    return length == strlen(word) && memcmp(text, word, length) == 0;
}

/* The words of Python and C, and, in a string, any number. */
static bool read_text(const char *text, size_t length, mlp_written *number) {
    const bool negative = length > 0 && *text == '-';
    text += negative;
    length -= negative;
    while (length > 0 && text[length - 1] == ' ')
        length--; /* as behind what printf_words_replace leaves in a string */
    if (is_word(text, length, "true"))
        written_word("True", strlen("True"), number);
    else if (is_word(text, length, "false"))
        written_word("False", strlen("False"), number);
    else if (!written_word(text, length, number) && !written_decimal(text, length, number))
        return false;
    if (negative)
        number->value = -number->value;
    return true;
}

static void read_number(json_reader *j, const char *value, size_t depth) {
    mlp_written number = {0};
    const bool is_string = *value == '"';
    const char *from = value + is_string;
    const size_t length = (size_t)(json_end(value) - from) - is_string;
    const bool is_null = is_word(value, length, "null");
    if (is_null)
        number = (mlp_written){.text = value, .length = length};
    else if (*value == '{' || !read_text(from, length, &number))
        json_fail(j->d->in, value, "expected a number, or nested lists of them");
    if (j->answer->numel && j->first_depth != depth)
        json_fail(j->d->in, value, "a number stands among lists");
    j->first_depth = depth;
    *add_number(j) = number;
}

static void read_values(json_reader *j, const char *value, size_t depth) {
    mlp_answer *a = j->answer;
    size_t count = 0;
    if (*value != '[') {
        read_number(j, value, depth);
        return;
    }
    if (depth == MLP_MAX_DIMS)
        json_fail(j->d->in, value, "lists are nested too deep for a tensor");
    if (a->numel && j->first_depth == depth)
        json_fail(j->d->in, value, "a list stands among numbers");
    for (const char *item = json_first(value); item; item = json_next(item), count++)
        read_values(j, item, depth + 1);
    if (a->shape[depth] != SIZE_MAX && a->shape[depth] != count)
        json_fail(j->d->in, value, "this list is not as long as the one before it");
    a->shape[depth] = count;
    a->ndim = depth + 1 > a->ndim ? depth + 1 : a->ndim;
}

/* The numbers may stand one behind the other, and their shape beside them. */
static void take_shape(json_reader *j, const char *shape) {
    mlp_answer *a = j->answer;
    size_t sizes[MLP_MAX_DIMS] = {0}, count = 0, numel = 1;
    for (const char *item = json_first(shape); item; item = json_next(item), count++) {
        char *end;
        const unsigned long long size = strtoull(item, &end, 10);
        if (count == MLP_MAX_DIMS || end != json_end(item) || *item == '-' || size > SIZE_MAX ||
            (size && numel > SIZE_MAX / size))
            json_fail(j->d->in, item, "expected the sizes of a tensor, as in [2, 3]");
        sizes[count] = (size_t)size;
        numel *= (size_t)size;
    }
    if (numel != a->numel)
        json_fail(j->d->in, shape,
                  "this shape has another number of elements than there are values");
    memcpy(a->shape, sizes, sizeof a->shape);
    a->ndim = count;
}

static void read_tensor(json_reader *j, mlp_answer *a, const char *value, const char *shape) {
    j->answer = a;
    j->capacity = j->first_depth = 0;
    for (size_t i = 0; i < MLP_MAX_DIMS; i++)
        a->shape[i] = SIZE_MAX; /* not known yet */
    read_values(j, value, 0);
    if (a->numel && a->ndim != j->first_depth)
        json_fail(j->d->in, value, "a number stands among lists");
    if (shape && *shape == '[')
        take_shape(j, shape);
}

/* --- objects --- */

static const char *values_of(const char *object) {
    static const char *const names[] = {"values", "data", "value"};
    const char *values = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !values; i++)
        values = json_member(object, names[i]);
    return values;
}

/* From 1 on; 1 where it is not there. */
static uint64_t read_step(json_reader *j, const char *step) {
    char *end;
    if (!step)
        return 1;
    const unsigned long long number = strtoull(step, &end, 10);
    if (*step < '1' || *step > '9' || end != json_end(step))
        json_fail(j->d->in, step, "expected the number of a step of the training, from 1 on");
    return number;
}

static const char unknown_section[] =
    "no section is called so: expected \"forward\", \"backward\" or \"step\"";

static void read_place(json_reader *j, mlp_answer *a, const char *section, const char *step) {
    const uint64_t number = read_step(j, step);
    if (section && (*section != '"' || !dump_place(a, string_of(j, section), number)))
        json_fail(j->d->in, section, unknown_section);
    if (!section && step)
        json_fail(j->d->in, step, "a step stands here without a section: \"section\": \"forward\"");
}

/* {"name": ..., "section": ..., "step": ..., "shape": ..., "values": ...} */
static void read_entry(json_reader *j, const char *entry) {
    const char *name = json_member(entry, "name"), *values = values_of(entry);
    if (!values)
        json_fail(j->d->in, entry, "expected an object with \"name\" and \"values\"");
    mlp_answer *a = dump_add(j->d, NULL);
    a->where = a->value = span_at(j, entry);
    a->by_order = !name || *name != '"';
    if (!a->by_order)
        a->name = string_of(j, name);
    read_place(j, a, json_member(entry, "section"), json_member(entry, "step"));
    read_tensor(j, a, values, json_member(entry, "shape"));
}

static bool is_object(const char *value) {
    return value && *value == '{';
}

/* Names and their numbers, or objects of such: sections, where they are called so. */
static void read_object(json_reader *j, const char *object, const char *section, size_t depth) {
    if (depth == MOST_NESTED)
        json_fail(j->d->in, object, "expected numbers, not one more object");
    for (const char *key = json_first_key(object); key; key = json_next_key(key)) {
        const char *value = json_value_of(key),
                   *values = is_object(value) ? values_of(value) : NULL;
        const char *name = string_of(j, key);
        if (is_object(value) && !values) {
            if (!dump_place(&(mlp_answer){0}, name, 1))
                json_fail(j->d->in, key, unknown_section);
            read_object(j, value, name, depth + 1);
            continue;
        }
        mlp_answer *a = dump_add(j->d, name);
        a->where = a->value = span_at(j, key);
        dump_place(a, section, 1);
        dump_place_by_name(a);
        read_tensor(j, a, values ? values : value, values ? json_member(value, "shape") : NULL);
    }
}

void dump_read_json(dump *d) {
    json_reader j = {.d = d, .mark = d->in->source, .line = 1, .column = 1};
    const char *object = json_object(d->in, "this"), *tensors = json_member(object, "tensors");
    const char *entry = tensors && *tensors == '[' ? json_first(tensors) : NULL;
    const bool is_empty =
        tensors && *tensors == '[' && !entry && !json_next_key(json_first_key(object));
    if (!is_empty && !is_object(entry))
        read_object(&j, object, "", 0);
    for (; is_object(entry); entry = json_next(entry))
        read_entry(&j, entry);
}
