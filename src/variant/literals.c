#include "literals.h"

#include "syntax/ast.h"

#include <math.h>
#include <string.h>

/* What a decimal number that stands here is. */
typedef enum {
    NEVER,  /* what results are compared with: neither it nor anything in it is data */
    BARRED, /* no data, and a list makes none of it */
    ALONE,  /* no data, but what stands in a list is */
    DATA
} meaning;

typedef struct {
    reader *r;
    const char *given; /* the source as it is; r->source has its newlines unified */
    size_t given_length;
    map looped; /* names that a `for` goes through */
    data_literal *first, **tail;
} search;

static void find(search *s, const node *n, meaning here);

static void find_all(search *s, const node *n, meaning here) {
    for (; n; n = n->next)
        find(s, n, here);
}

/* --- numbers --- */

/* Where the byte of r->source stands in the given text, of which each "\r\n" became one byte. */
static size_t given_place(const search *s, size_t at) {
    size_t given = 0;
    for (size_t i = 0; i <= at; i++, given++)
        if (given + 1 < s->given_length && s->given[given] == '\r' && s->given[given + 1] == '\n')
            given++;
    return given - 1;
}

static void add(search *s, const node *n) {
    const token *t = n->first;
    const double number = n->literal.number;
    if (!memchr(t->start, '.', t->length) || number == 0 || number == 1 || isinf(number))
        return;
    data_literal *l = reader_alloc(s->r, 1, sizeof *l);
    *l = (data_literal){given_place(s, (size_t)(t->start - s->r->source)), t->length, NULL};
    *s->tail = l;
    s->tail = &l->next;
}

/* --- calls --- */

static bool is_one_of(const char *name, const char *const *names) {
    for (; name && *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static const char *called_name(const node *call) {
    const bool has_name = call->left->kind == NODE_NAME || call->left->kind == NODE_ATTRIBUTE;
    return has_name ? call->left->name : NULL;
}

static void find_in_call(search *s, const node *call, meaning here) {
    static const char *const makers[] = {"tensor",      "as_tensor",    "Tensor",
                                         "FloatTensor", "DoubleTensor", "Parameter",
                                         "array",       "asarray",      NULL};
    static const char *const comparers[] = {"allclose", "isclose", "assert_close", "equal",
                                            "eq",       "ne",      "array_equal",  NULL};
    const char *name = called_name(call);
    const bool makes = is_one_of(name, makers);
    const meaning inside = here == NEVER || is_one_of(name, comparers) ? NEVER
                           : makes                                     ? DATA
                           : here == DATA                              ? ALONE
                                                                       : here;
    find(s, call->left, here == DATA ? ALONE : here);
    for (const node *item = call->items; item; item = item->next)
        if (item->kind != NODE_KEYWORD)
            find(s, item, inside);
        else
            find(s, item->left,
                 inside == NEVER || (makes && strcmp(item->name, "data") == 0) ? inside : BARRED);
}

/* --- expressions --- */

/* Numbers that are together 1, but for rounding. */
static bool are_probabilities(const node *list) {
    double sum = 0;
    for (const node *item = list->items; item; item = item->next) {
        if (item->kind != NODE_CONSTANT || item->literal.kind != LITERAL_FLOAT ||
            item->literal.number > 1)
            return false;
        sum += item->literal.number;
    }
    return list->count > 1 && fabs(sum - 1) < 1e-9;
}

static void find_in_parts(search *s, const node *n, meaning here) {
    if (n->test)
        find(s, n->test, here);
    if (n->left)
        find(s, n->left, here);
    if (n->right)
        find(s, n->right, here);
    find_all(s, n->items, here);
}

static void find_in_expression(search *s, const node *n, meaning here) {
    const meaning bare = here == DATA ? ALONE : here;
    switch (n->kind) {
    case NODE_CONSTANT:
        if (here == DATA && n->literal.kind == LITERAL_FLOAT)
            add(s, n);
        break;
    case NODE_JOINED: /* of its own texts, which are not in the source as they are */
        break;
    case NODE_LIST:
        if (!are_probabilities(n))
            find_all(s, n->items, here == ALONE ? DATA : here);
        break;
    case NODE_TUPLE:
        find_all(s, n->items, here);
        break;
    case NODE_NEGATE:
    case NODE_PLUS:
    case NODE_STAR:
        find(s, n->left, here);
        break;
    case NODE_CALL:
        find_in_call(s, n, here);
        break;
    case NODE_COMPARE:
        find_in_parts(s, n, NEVER);
        break;
    case NODE_ATTRIBUTE:
    case NODE_DICT:
    case NODE_PAIR:
    case NODE_DOUBLE_STAR:
    case NODE_BINARY:
    case NODE_NAMED:
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        find_in_parts(s, n, bare);
        break;
    default: /* conditions, comprehensions, subscripts and the like */
        find_in_parts(s, n, here == NEVER ? NEVER : BARRED);
    }
}

/* --- statements --- */

static bool is_element(const node *target) {
    return target->kind == NODE_SUBSCRIPT &&
           !(target->right->kind == NODE_CONSTANT && target->right->literal.kind == LITERAL_STRING);
}

static void find_in_assignment(search *s, const node *n) {
    const node *target = n->items;
    const bool is_looped = target->kind == NODE_NAME && map_find(&s->looped, target->name);
    find(s, n->left, target->next ? ALONE : is_looped ? BARRED : is_element(target) ? DATA : ALONE);
}

static void find_in_body(search *s, const node *n) {
    find_all(s, n->body, ALONE);
    find_all(s, n->otherwise, ALONE);
    find_all(s, n->final, ALONE);
}

static void find(search *s, const node *n, meaning here) {
    reader_check_stack(s->r, n->where, "expressions and blocks");
    switch (n->kind) {
    case NODE_ASSIGN:
        find_in_assignment(s, n);
        break;
    case NODE_EXPRESSION:
    case NODE_SHOWN:
    case NODE_RETURN:
        if (n->left)
            find(s, n->left, ALONE);
        break;
    case NODE_ANNOTATED:
        if (n->test)
            find(s, n->test, ALONE);
        break;
    case NODE_AUGMENT:
        find(s, n->right, ALONE);
        break;
    case NODE_FOR:
        find(s, n->right, BARRED);
        find_in_body(s, n);
        break;
    case NODE_IF:
    case NODE_TRY:
    case NODE_MATCH:
        find_all(s, n->items, ALONE);
        find_in_body(s, n);
        break;
    case NODE_BRANCH:
    case NODE_HANDLER:
    case NODE_CASE:
    case NODE_WHILE:
    case NODE_WITH:
    case NODE_DEFINE:
    case NODE_CLASS:
        find_in_body(s, n);
        break;
    case NODE_ASSERT:
    case NODE_RAISE:
    case NODE_DELETE:
    case NODE_IMPORT:
    case NODE_FROM:
        break;
    default:
        find_in_expression(s, n, here);
    }
}

/* --- names that are gone through --- */

static void note_loops(search *s, const node *n) {
    for (; n; n = n->next) {
        if (n->kind == NODE_FOR && n->right->kind == NODE_NAME &&
            !map_put(&s->looped, s->r->arena, n->right->name, s))
            reader_out_of_memory(s->r);
        if (n->kind == NODE_IF || n->kind == NODE_TRY || n->kind == NODE_MATCH)
            note_loops(s, n->items);
        note_loops(s, n->body);
        note_loops(s, n->otherwise);
        note_loops(s, n->final);
    }
}

data_literal *literals_find(reader *r) {
    search s = {.r = r, .given = r->source, .given_length = r->length};
    s.tail = &s.first;
    reader_unify_newlines(r);
    const mlp_cell whole = {.text = r->source, .length = r->length, .line = 1};
    const node *statements = parse_cell(r, &whole);
    note_loops(&s, statements);
    find_all(&s, statements, ALONE);
    return s.first;
}
