#include "lines.h"

#include "written.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* In a skeleton, for a number, and for bytes that no text has. */
enum {
    NUMBER_MARK = 1,
    BINARY_MARK = 2
};

typedef struct {
    reader *in;
    map *skeletons;
    const char *at, *end;
    size_t line_number;
    printed_lines lines;
    size_t line_room, number_room, tensor_room;
    char *skeleton; /* of the present line, as long as the text at most */
    size_t skeleton_length;
    bool blank;           /* blanks stand before what comes next */
    const char *unclosed; /* up to there no tensor( is closed that has not been */
} splitter;

/* Room for one more; doubling keeps the copying in proportion. */
static void *grow(splitter *s, void *items, size_t count, size_t *room, size_t size) {
    if (count < *room)
        return items;
    *room = *room ? 2 * *room : 16;
    void *more = reader_alloc(s->in, *room, size);
    if (count)
        memcpy(more, items, count * size);
    return more;
}

/* There is always room for one more of each, so that there is a place behind the last. */
static void make_room(splitter *s) {
    printed_lines *l = &s->lines;
    l->line = grow(s, l->line, l->count, &s->line_room, sizeof *l->line);
    l->number = grow(s, l->number, l->numbers, &s->number_room, sizeof *l->number);
    l->tensor = grow(s, l->tensor, l->tensors, &s->tensor_room, sizeof *l->tensor);
}

/* --- skeletons --- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\r';
}

/* One blank stands for many, and none at a number. */
static void put(splitter *s, char c) {
    const size_t n = s->skeleton_length;
    if (s->blank && n && c != NUMBER_MARK && s->skeleton[n - 1] != NUMBER_MARK)
        s->skeleton[s->skeleton_length++] = ' ';
    s->blank = false;
    s->skeleton[s->skeleton_length++] = c;
}

static void put_text(splitter *s, char c) {
    if (is_blank(c))
        s->blank = true;
    else
        put(s, (unsigned char)c <= BINARY_MARK ? BINARY_MARK : c);
}

static const char *shared_skeleton(splitter *s) {
    s->skeleton[s->skeleton_length] = '\0';
    char *known = map_find(s->skeletons, s->skeleton);
    if (known)
        return known;
    known = reader_copy(s->in, s->skeleton, s->skeleton_length);
    if (!map_put(s->skeletons, s->in->arena, known, known))
        reader_out_of_memory(s->in);
    return known;
}

/* --- numbers --- */

static bool is_of_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static const char *skip_digits(const char *at, const char *end) {
    while (at < end && isdigit((unsigned char)*at))
        at++;
    return at;
}

static const char *skip_exponent(const char *at, const char *end) {
    if (at == end || (*at != 'e' && *at != 'E'))
        return at;
    const char *digits = at + 1;
    if (digits < end && (*digits == '-' || *digits == '+'))
        digits++;
    const char *past = skip_digits(digits, end);
    return past > digits ? past : at;
}

static const char *skip_decimal(const char *at, const char *end) {
    const char *whole = skip_digits(at, end), *past = whole;
    if (whole < end && *whole == '.')
        past = skip_digits(whole + 1, end);
    if (past - at == (past > whole))
        return at; /* no digit */
    return skip_exponent(past, end);
}

static const char *skip_word(const char *at, const char *end) {
    while (at < end && is_of_word(*at))
        at++;
    return at;
}

/* Whether a number could stand beside the character: at a letter, or an underscore between groups of
 * digits, one that is a part of no name. */
static bool may_touch(char c, bool has_decimals) {
    return isalpha((unsigned char)c) || c == '_' ? has_decimals : !is_of_word(c);
}

/* The number there, from x2, 1.13.0 and the like, which are text. */
static bool stands_alone(const splitter *s, const char *start, const char *at, const char *past) {
    const char *point = memchr(at, '.', (size_t)(past - at));
    const bool has_decimals = point && point + 1 < past && isdigit((unsigned char)point[1]);
    if (at > start && !may_touch(at[-1], has_decimals))
        return false;
    if (past == s->end)
        return true;
    const bool goes_on = *past == '.' && past + 1 < s->end && isdigit((unsigned char)past[1]);
    return !goes_on && may_touch(*past, has_decimals);
}

/* Behind the number, without a sign, that begins there; `at` where none does. */
static const char *number_end(const splitter *s, const char *start, const char *at, bool in_tensor,
                              mlp_written *w) {
    if (at > start && (at[-1] == '.' || !may_touch(at[-1], true)))
        return at; /* in the middle of one: a long one is looked at once */
    const char *past = skip_decimal(at, s->end);
    if (past > at)
        return stands_alone(s, start, at, past) && written_decimal(at, (size_t)(past - at), w)
                   ? past
                   : at;
    past = at > start && is_of_word(at[-1]) ? at : skip_word(at, s->end);
    const bool is_word = past > at && written_word(at, (size_t)(past - at), w);
    return is_word && (in_tensor || w->value > 1 || w->value != w->value) ? past : at;
}

/* Reads a number, if one begins here, with its sign. */
static bool read_number(splitter *s, const char *start, bool in_tensor) {
    mlp_written w;
    const bool is_signed = (*s->at == '-' || *s->at == '+') && s->at + 1 < s->end &&
                           (s->at == start || !is_of_word(s->at[-1]));
    const char *digits = s->at + is_signed;
    const char *past = number_end(s, start, digits, in_tensor, &w);
    if (past == digits)
        return false;
    w.value = *s->at == '-' ? -w.value : w.value;
    printed_lines *l = &s->lines;
    l->number[l->numbers++] = (printed_number){.written = w, .in_tensor = in_tensor};
    make_room(s);
    put(s, NUMBER_MARK);
    s->at = past;
    return true;
}

/* --- tensors --- */

static const char tensor[] = "tensor(";

static bool at_tensor(const splitter *s, const char *start) {
    const size_t length = strlen(tensor);
    return (size_t)(s->end - s->at) >= length && memcmp(s->at, tensor, length) == 0 &&
           (s->at == start || !is_of_word(s->at[-1]));
}

/* Whether the tensor goes on in the line after the newline, or after the blank lines between its
 * matrices. */
static bool is_continued(const char *at, const char *end) {
    for (size_t i = 0; i < MLP_MAX_DIMS && at < end && *at == '\n'; i++)
        at++;
    return at < end && is_blank(*at);
}

/* Behind the bracket that closes the one of tensor(; NULL where none does. */
static const char *tensor_end(splitter *s) {
    size_t depth = 0;
    const char *at = s->at;
    if (at < s->unclosed)
        return NULL;
    for (; at < s->end && (*at != '\n' || is_continued(at, s->end)); at++) {
        depth = text_depth(depth, *at);
        if (*at == ')' && depth == 0)
            return at + 1;
    }
    s->unclosed = at;
    return NULL;
}

/* The numbers of a tensor stand in its first brackets, or before its first comma; what is behind,
 * as in size=(2, 0), is text. */
static void read_tensor(splitter *s, const char *past) {
    const char *start = s->at;
    printed_lines *l = &s->lines;
    printed_tensor t = {.text = start, .length = (size_t)(past - start), .first = l->numbers};
    size_t depth = 0;
    bool in_numbers = true;
    while (s->at < past) {
        const char c = *s->at;
        s->line_number += c == '\n';
        if (in_numbers && depth > 0 && read_number(s, start, true))
            continue;
        depth = text_depth(depth, c);
        in_numbers &= depth != 1 || (c != ',' && c != ']');
        if (c != '\n' && !is_blank(c))
            put_text(s, c);
        s->at++;
    }
    t.count = l->numbers - t.first;
    l->tensor[l->tensors++] = t;
    make_room(s);
}

/* --- lines --- */

static void read_piece(splitter *s, const char *start) {
    const char *past = at_tensor(s, start) ? tensor_end(s) : NULL;
    if (past)
        read_tensor(s, past);
    else if (!read_number(s, start, false))
        put_text(s, *s->at++);
}

static void read_line(splitter *s) {
    printed_lines *l = &s->lines;
    printed_line line = {
        .text = s->at, .number = ++s->line_number, .first = l->numbers, .first_tensor = l->tensors};
    s->skeleton_length = 0;
    s->blank = false;
    while (s->at < s->end && *s->at != '\n')
        read_piece(s, line.text);
    line.end = s->at;
    line.count = s->line_number - line.number + 1;
    line.skeleton = shared_skeleton(s);
    line.numbers = l->numbers - line.first;
    line.tensors = l->tensors - line.first_tensor;
    l->line[l->count++] = line;
    make_room(s);
    s->at += s->at < s->end;
}

printed_lines lines_split(reader *in, map *skeletons, const char *text, size_t length) {
    splitter s = {.in = in, .skeletons = skeletons, .at = text, .end = text + length};
    s.unclosed = text;
    make_room(&s);
    s.skeleton = reader_alloc(in, 2 * length + 1, 1);
    while (s.at < s.end)
        read_line(&s);
    while (s.lines.count && *s.lines.line[s.lines.count - 1].skeleton == '\0')
        s.lines.count--;
    return s.lines;
}

bool lines_are_alike(const printed_line *a, const printed_line *b) {
    return a->skeleton == b->skeleton && a->numbers == b->numbers && a->tensors == b->tensors;
}
