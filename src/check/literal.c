#include "literal.h"

#include "written.h"

#include "arithmetic.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    reader *in;
    const token *at;
    mlp_answer *answer;
    size_t capacity;    /* of answer->numbers */
    size_t first_depth; /* at which the numbers stand, once has_number */
    bool has_number;
    bool is_sheet; /* so that people may have written it */
} value_reader;

static bool accept(value_reader *r, const char *text) {
    const bool is = token_is(r->at, text);
    r->at += is;
    return is;
}

static mlp_written *add_number(value_reader *r) {
    mlp_answer *a = r->answer;
    if (a->numel == r->capacity) {
        const size_t capacity = r->capacity ? 2 * r->capacity : 16;
        mlp_written *more = reader_alloc(r->in, capacity, sizeof *more);
        if (a->numel)
            memcpy(more, a->numbers, a->numel * sizeof *more);
        a->numbers = more;
        r->capacity = capacity;
    }
    return &a->numbers[a->numel++];
}

/* --- one number --- */

static void read_number(value_reader *r, size_t depth) {
    const number_place place = {.is_sheet = r->is_sheet, .in_list = depth > 0};
    mlp_written number = {0};
    if (!accept(r, "?"))
        r->answer->by_hand |= arithmetic_read(r->in, &r->at, place, &number);
    *add_number(r) = number;
    if (!r->has_number)
        r->first_depth = depth;
    r->has_number = true;
}

/* --- lists --- */

static void read_items(value_reader *r, size_t depth);

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\n';
}

/* A list at `depth` of them is as long as its neighbours. */
static void close_list(value_reader *r, size_t depth, size_t count, mlp_span where) {
    mlp_answer *a = r->answer;
    if (depth >= a->ndim)
        a->ndim = depth + 1;
    if (a->shape[depth] == SIZE_MAX)
        a->shape[depth] = count;
    else if (a->shape[depth] != count)
        reader_fail(r->in, where, "this list has %zu item%s, but the one before it has %zu", count,
                    count == 1 ? "" : "s", a->shape[depth]);
}

static void read_item(value_reader *r, size_t depth) {
    const token *first = r->at;
    const bool is_list = token_is(first, "[");
    if (token_is(first, "(") && !r->is_sheet)
        reader_fail(r->in, first->where, "write lists in [ ] and numbers without brackets");
    if (is_list && depth == MLP_MAX_DIMS)
        reader_fail(r->in, first->where, "lists are nested more than %d deep", MLP_MAX_DIMS);
    if (r->has_number && is_list == (depth == r->first_depth))
        reader_fail(r->in, first->where,
                    is_list ? "a list stands among numbers" : "a number stands among lists");
    if (is_list)
        read_items(r, depth);
    else
        read_number(r, depth);
}

/* What stands between two items. */
typedef enum {
    NOTHING = 0,
    A_COMMA = 1 << 0,
    A_BLANK = 1 << 1, /* and no more */
    A_ROW = 1 << 2    /* a ; or the end of the line: items behind it are of the next row */
} separator;

static separator read_separator(value_reader *r) {
    if (accept(r, ","))
        return A_COMMA;
    if (!r->is_sheet)
        return NOTHING;
    r->answer->by_hand = true;
    if (accept(r, ";"))
        return A_ROW;
    const token *t = r->at;
    const bool begins = t->kind == TOKEN_INTEGER || t->kind == TOKEN_FLOAT ||
                        t->kind == TOKEN_NAME || token_is(t, "-") || token_is(t, "[") ||
                        token_is(t, "?") || token_is(t, "(");
    if (!begins || t->start[-1] == '?' || !is_space(t->start[-1]))
        return NOTHING;
    return t->where.line != t[-1].where.line ? A_ROW : A_BLANK;
}

/* The items of a list, or of several numbers without brackets, and the rows that they are in. */
typedef struct {
    size_t count, rows, in_row; /* in_row: in the present one */
    size_t length;              /* of the rows before that */
    unsigned separators;
} items;

static void end_row(value_reader *r, items *it, mlp_span where) {
    if (it->rows && it->in_row != it->length)
        reader_fail(r->in, where, "this row has %zu number%s, but the one before it has %zu",
                    it->in_row, it->in_row == 1 ? "" : "s", it->length);
    it->length = it->in_row;
    it->rows++;
    it->in_row = 0;
}

/* Reads the separator; false where none is there. */
static bool go_on(value_reader *r, items *it) {
    const mlp_span where = r->at->where;
    const separator s = read_separator(r);
    it->separators |= s;
    if ((it->separators & A_COMMA) && (it->separators & A_BLANK))
        reader_fail(r->in, where,
                    "some numbers here have a , between them and some only a blank: write a , "
                    "between all");
    if (s == A_ROW)
        end_row(r, it, where);
    return s != NOTHING;
}

static bool is_closed(const value_reader *r, bool in_brackets) {
    return in_brackets ? token_is(r->at, "]") : r->at->kind == TOKEN_END;
}

static _Noreturn void fail_behind(const value_reader *r) {
    reader_fail(r->in, r->at->where,
                "expected the end of the line behind the value: decimals stand behind a point, "
                "and several numbers in [ ]");
}

static _Noreturn void fail_separator(const value_reader *r, bool in_brackets) {
    if (r->is_sheet && token_is(r->at, "...") && r->at[-1].kind != TOKEN_OPERATOR)
        reader_fail(r->in, r->at->where, "write the number without ..., its last digit rounded");
    if (!in_brackets)
        fail_behind(r);
    reader_fail(r->in, r->at->where, "expected , or ] behind an item of a list");
}

static void read_all(value_reader *r, size_t depth, bool in_brackets, items *it) {
    while (!is_closed(r, in_brackets)) {
        read_item(r, depth + 1);
        it->count++;
        it->in_row++;
        if (!is_closed(r, in_brackets) && !go_on(r, it))
            fail_separator(r, in_brackets);
    }
}

/* Rows of several numbers are lists of a list: [1, 2; 3, 4]. Single ones are its items. */
static void close_rows(value_reader *r, size_t depth, items *it, mlp_span where) {
    if (it->in_row)
        end_row(r, it, where);
    if (it->length == 1 || r->first_depth != depth + 1 || !r->has_number)
        return;
    if (depth > 0 || r->answer->ndim > depth + 1)
        reader_fail(r->in, where, "rows stand in a list of lists: write [ ] around each row");
    close_list(r, depth + 1, it->length, where);
    it->count = it->rows;
    r->first_depth++;
}

static void read_items(value_reader *r, size_t depth) {
    const mlp_span where = r->at->where;
    items it = {0};
    r->at++;
    read_all(r, depth, true, &it);
    r->at++;
    if (it.separators & A_ROW)
        close_rows(r, depth, &it, where);
    close_list(r, depth, it.count, where);
}

/* --- tensor(...) --- */

/* One of the sizes of an empty tensor. */
static size_t read_one_size(value_reader *r) {
    char *end;
    const unsigned long long size = strtoull(r->at->start, &end, 10);
    if (r->at->kind != TOKEN_INTEGER || end != r->at->start + r->at->length || r->at->length > 18 ||
        size > SIZE_MAX)
        reader_fail(r->in, r->at->where, "expected a size, as in size=(2, 0)");
    r->at++;
    return (size_t)size;
}

/* size=(2, 0), which an empty tensor has where its brackets do not tell it. Ends at its bracket. */
static void read_size(value_reader *r) {
    mlp_answer *a = r->answer;
    const mlp_span where = r->at->where;
    bool is_empty = false;
    a->ndim = 0;
    r->at += 2; /* size = */
    if (!accept(r, "("))
        reader_fail(r->in, r->at->where, "expected ( behind size=");
    while (!token_is(r->at, ")")) {
        if (a->ndim == MLP_MAX_DIMS)
            reader_fail(r->in, r->at->where, "a tensor of more than %d dimensions", MLP_MAX_DIMS);
        a->shape[a->ndim++] = read_one_size(r);
        is_empty |= a->shape[a->ndim - 1] == 0;
        if (!token_is(r->at, ")") && !accept(r, ","))
            reader_fail(r->in, r->at->where, "expected , or ) behind a size");
    }
    if (!is_empty)
        reader_fail(r->in, where, "a tensor without numbers must have a size of 0");
}

/* requires_grad, grad_fn and the like say nothing that is compared. Brackets are balanced. */
static void skip_arguments(value_reader *r) {
    for (size_t depth = 1; depth; r->at++) {
        if (token_is(r->at, "size") && token_is(r->at + 1, "=") && r->answer->numel == 0) {
            read_size(r);
            continue; /* behind its own brackets */
        }
        depth += token_is(r->at, "(") || token_is(r->at, "[") || token_is(r->at, "{");
        depth -= token_is(r->at, ")") || token_is(r->at, "]") || token_is(r->at, "}");
    }
}

static void read_tensor(value_reader *r) {
    read_item(r, 0);
    if (!token_is(r->at, ",") && !token_is(r->at, ")"))
        reader_fail(r->in, r->at->where, "expected ) behind the numbers of a tensor");
    skip_arguments(r);
}

static bool is_bare(const mlp_written *number) {
    for (size_t i = 0; i < number->length; i++)
        if (number->text[i] < '0' || number->text[i] > '9')
            return false;
    return number->given && !number->computed;
}

/* In [0.27, 0.49, 1] the 1 is as exact as its neighbours: nobody writes 1.00 for it. A 0 is one. */
static void share_decimals(mlp_answer *a) {
    int most = 0;
    for (size_t i = 0; i < a->numel; i++)
        if (a->numbers[i].given && !a->numbers[i].computed && a->numbers[i].decimals > most)
            most = a->numbers[i].decimals;
    for (size_t i = 0; i < a->numel; i++) {
        mlp_written *w = &a->numbers[i];
        if (is_bare(w))
            w->decimals = w->value == 0 ? REPORTED_DECIMALS : most;
    }
}

/* Numbers beside each other, or with ; between them, need no brackets. */
static void read_value(value_reader *r) {
    const token *first = r->at;
    read_item(r, 0);
    if (r->at->kind == TOKEN_END || token_is(first, "[") || token_is(r->at, ","))
        return;
    *r = (value_reader){.in = r->in, .at = first, .answer = r->answer, .is_sheet = r->is_sheet};
    r->answer->numel = 0;
    items it = {0};
    read_all(r, 0, false, &it);
    if (it.separators & A_ROW)
        close_rows(r, 0, &it, first->where);
    close_list(r, 0, it.count, first->where);
}

/* Of torch.tensor, and, by hand, of np.array. */
static void skip_module(value_reader *r) {
    const bool is_module = token_is(r->at, "torch") ||
                           (r->is_sheet && (token_is(r->at, "np") || token_is(r->at, "numpy")));
    if (is_module && token_is(r->at + 1, "."))
        r->at += 2;
}

static bool is_tensor(const value_reader *r) {
    return token_is(r->at, "tensor") ||
           (r->is_sheet && (token_is(r->at, "Tensor") || token_is(r->at, "array")));
}

void literal_read(reader *in, const token *tokens, bool is_sheet, mlp_answer *answer) {
    value_reader r = {.in = in, .at = tokens, .answer = answer, .is_sheet = is_sheet};
    for (size_t i = 0; i < MLP_MAX_DIMS; i++)
        answer->shape[i] = SIZE_MAX; /* not known yet */
    skip_module(&r);
    if (is_tensor(&r) && token_is(r.at + 1, "(")) {
        r.at += 2;
        read_tensor(&r);
    } else {
        read_value(&r);
    }
    if (r.has_number && answer->ndim != r.first_depth)
        reader_fail(in, tokens->where, "a number stands among lists");
    if (r.at->kind != TOKEN_END)
        fail_behind(&r);
    share_decimals(answer);
}
