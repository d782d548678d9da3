#include "literal.h"

#include "written.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    reader *in;
    const token *at;
    mlp_answer *answer;
    size_t capacity;    /* of answer->numbers */
    size_t first_depth; /* at which the numbers stand, once has_number */
    bool has_number;
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

static void read_decimal(value_reader *r, mlp_written *number) {
    const token *t = r->at;
    if (t->length > LONGEST_NUMBER)
        reader_fail(r->in, t->where, "a number of more than %d digits", LONGEST_NUMBER);
    if (!written_decimal(t->start, t->length, number))
        reader_fail(r->in, t->where, "expected a plain decimal number, such as 12, 0.5 or 1e-3");
}

static _Noreturn void fail_number(value_reader *r) {
    if (token_is(r->at, "..."))
        reader_fail(r->in, r->at->where,
                    "this tensor was printed with ... in place of most numbers: print it under "
                    "torch.set_printoptions(threshold=math.inf)");
    if (r->at->kind == TOKEN_END)
        reader_fail(r->in, r->at->where, "expected a number, a list of numbers, or ? for none");
    reader_fail(r->in, r->at->where,
                "expected a number, a list of numbers, or ? for none, not '%.*s'",
                (int)(r->at->length < 40 ? r->at->length : 40), r->at->start);
}

static void read_number(value_reader *r, size_t depth) {
    mlp_written number;
    if (accept(r, "?")) {
        *add_number(r) = (mlp_written){0};
    } else {
        const bool negative = token_is(r->at, "-");
        r->at += negative || token_is(r->at, "+");
        if (r->at->kind == TOKEN_INTEGER || r->at->kind == TOKEN_FLOAT)
            read_decimal(r, &number);
        else if (!written_word(r->at->start, r->at->length, &number))
            fail_number(r);
        r->at++;
        number.value = negative ? -number.value : number.value;
        *add_number(r) = number;
    }
    if (!r->has_number)
        r->first_depth = depth;
    r->has_number = true;
}

/* --- lists --- */

static void read_items(value_reader *r, size_t depth);

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
    if (token_is(first, "("))
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

static void read_items(value_reader *r, size_t depth) {
    const mlp_span where = r->at->where;
    size_t count = 0;
    r->at++;
    while (!accept(r, "]")) {
        read_item(r, depth + 1);
        count++;
        if (!token_is(r->at, "]") && !accept(r, ","))
            reader_fail(r->in, r->at->where, "expected , or ] behind an item of a list");
    }
    close_list(r, depth, count, where);
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
    return number->given;
}

enum {
    REPORTED = 6 /* decimals in a report, by which a number is 0 */
};

/* In [0.27, 0.49, 1] the 1 is as exact as its neighbours: nobody writes 1.00 for it. A 0 is one. */
static void share_decimals(mlp_answer *a) {
    int most = 0;
    for (size_t i = 0; i < a->numel; i++)
        if (a->numbers[i].given && a->numbers[i].decimals > most)
            most = a->numbers[i].decimals;
    for (size_t i = 0; i < a->numel; i++) {
        mlp_written *w = &a->numbers[i];
        if (is_bare(w))
            w->decimals = w->value == 0 ? REPORTED : most;
    }
}

void literal_read(reader *in, const token *tokens, mlp_answer *answer) {
    value_reader r = {.in = in, .at = tokens, .answer = answer};
    for (size_t i = 0; i < MLP_MAX_DIMS; i++)
        answer->shape[i] = SIZE_MAX; /* not known yet */
    if (token_is(r.at, "torch") && token_is(r.at + 1, "."))
        r.at += 2;
    if (token_is(r.at, "tensor") && token_is(r.at + 1, "(")) {
        r.at += 2;
        read_tensor(&r);
    } else {
        read_item(&r, 0);
    }
    if (r.has_number && answer->ndim != r.first_depth)
        reader_fail(in, tokens->where, "a number stands among lists");
    if (r.at->kind != TOKEN_END)
        reader_fail(in, r.at->where,
                    "expected the end of the line behind the value: decimals stand behind a point, "
                    "and several numbers in [ ]");
    share_decimals(answer);
}
