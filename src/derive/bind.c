/* Names become what they stand for. */
#include "term_parts.h"

#include <math.h>
#include <string.h>

bool term_is_result(const char *name) {
    return strcmp(name, "y") == 0 || strcmp(name, "l") == 0;
}

/* --- names --- */

/* A state that an update has just changed counts as its new one. */
static const mlp_value *input_named(const binding *b, const char *name) {
    const size_t i = mlp_formula_input(b->step->operation, name);
    const bool is_state = b->step->phase == MLP_UPDATE && b->step->operation->optimizer && i >= 2;
    if (i >= MLP_MAX_INPUTS)
        return NULL;
    if (!is_state ||
        (b->here && b->here->left->kind == FORMULA_NAME && strcmp(b->here->left->text, name) == 0))
        return b->step->in[i];
    return b->step->out[i - 1];
}

/* How options are written that have a letter in the literature. */
static const char *letter_of(const char *option) {
    static const char *const letters[][2] = {{"lr", "\xCE\xB7"},
                                             {"momentum", "\xCE\xBC"},
                                             {"dampening", "\xCF\x84"},
                                             {"weight_decay", "\xCE\xBB"},
                                             {"betas0", "\xCE\xB2\xE2\x82\x81"},
                                             {"betas1", "\xCE\xB2\xE2\x82\x82"},
                                             {"eps", "\xCE\xB5"},
                                             {"alpha", "\xCE\xB1"},
                                             {"p", "p"},
                                             {"n", "n"},
                                             {"step", "t"},
                                             {"pi", "\xCF\x80"}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strcmp(option, letters[i][0]) == 0)
            return letters[i][1];
    return NULL;
}

/* How many numbers of x one of the result is made of. */
static double terms_of(const mlp_step *step) {
    const size_t results = step->out[0] ? step->out[0]->tensor.numel : 0;
    const size_t i = mlp_formula_input(step->operation, "x");
    const mlp_value *x = step->in[i < MLP_MAX_INPUTS ? i : 0];
    return results && x ? (double)x->tensor.numel / (double)results : 0;
}

static bool option_named(const binding *b, const char *name, double *number) {
    mlp_number numbers[MLP_MAX_NUMBERS];
    const mlp_operation *operation = b->step->operation;
    const bool is_second = strcmp(name, "betas1") == 0;
    if (strcmp(name, "pi") == 0)
        return *number = acos(-1.0), true;
    if (strcmp(name, "classes") == 0) {
        const mlp_tensor *x = &b->step->in[0]->tensor;
        return *number = x->ndim ? (double)x->shape[x->ndim > 1 ? 1 : 0] : 1, true;
    }
    if (strcmp(name, "n") == 0) {
        const mlp_call call = term_call_of(b->step);
        return *number = operation->terms ? operation->terms(&call) : terms_of(b->step), true;
    }
    if (strcmp(name, "number") == 0)
        return *number = b->step->options->number.real, true;
    if (strncmp(name, "betas", 5) == 0)
        name = "betas";
    if (mlp_options_get(b->step->options, name, numbers) <= is_second)
        return false;
    return *number = numbers[is_second].real, true;
}

/* The name of an equation further up, which stands for its right side. */
static const equation *definition_of(const binding *b, const char *name) {
    for (const equation *e = b->equations; e && e != b->here; e = e->next)
        if (e->left->kind == FORMULA_NAME && strcmp(e->left->text, name) == 0 &&
            !term_is_result(name) && mlp_formula_input(b->step->operation, name) >= MLP_MAX_INPUTS)
            return e;
    return NULL;
}

static const term *definition_term(const binding *b, const equation *e) {
    binding within = *b;
    within.here = e;
    return term_bind(&within, e->right);
}

/* A letter that is a name of the script stands for nothing else. */
static const char *free_letter(const binding *b, const char *letter) {
    for (size_t i = 0; letter && i < b->symbols->count; i++) {
        const math *symbol = b->symbols->rows[i].symbol;
        if (symbol->kind == MATH_SYMBOL && strcmp(symbol->text, letter) == 0)
            return NULL;
    }
    return letter;
}

static const term *bind_name(const binding *b, const char *name) {
    double number;
    const equation *definition = definition_of(b, name);
    if (definition)
        return definition_term(b, definition);
    if (b->gradient && (strcmp(name, "dy") == 0 || strcmp(name, "dl") == 0))
        return term_of_result(b, b->gradient);
    if (b->step->phase == MLP_UPDATE && strcmp(name, "dp") == 0)
        return term_of_value(b, b->step->in[1]);
    if (term_is_result(name) && b->step->out[0])
        return term_of_result(b, b->step->out[0]);
    const mlp_value *input = input_named(b, name);
    if (input)
        return term_of_value(b, input);
    if (option_named(b, name, &number))
        return term_number(b, number, free_letter(b, letter_of(name)));
    return term_words(b, name);
}

/* --- formulas --- */

/* Words of a formula name inputs, results and dimensions, too. "a" is mostly an article. */
static const math *symbol_within_words(const binding *b, const char *word, bool in_index,
                                       bool first) {
    static const char *const options[] = {"start", "stop", "step"};
    bool is_option = false;
    double number;
    if (strcmp(word, "dim") == 0)
        return math_option(b->arena, (double)b->step->options->dim);
    for (size_t i = 0; in_index && i < sizeof options / sizeof *options; i++)
        is_option |= strcmp(word, options[i]) == 0;
    if (is_option)
        return option_named(b, word, &number) ? math_option(b->arena, number)
                                              : math_text(b->arena, MATH_WORDS, "");
    const bool is_gradient = b->gradient && strcmp(word, "dy") == 0;
    const mlp_value *value = is_gradient            ? b->gradient
                             : term_is_result(word) ? b->step->out[0]
                             : (first || strcmp(word, "a") != 0) && word[1] == 0
                                 ? input_named(b, word)
                                 : NULL;
    const term *t = value ? term_of_value(b, value) : NULL;
    return t ? term_math(t, b->arena) : math_text(b->arena, MATH_WORDS, word);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static const term *words_with_symbols(const binding *b, const char *text) {
    math_row row = {.arena = b->arena};
    term *t = mlp_arena_alloc(b->arena, 1, sizeof *t);
    bool in_index = false;
    for (size_t n; *text; text += n) {
        for (n = 0; is_letter(text[n]) == is_letter(*text) && text[n]; n++)
            in_index = text[n] == '[' || (in_index && text[n] != ']');
        const char *piece = mlp_arena_copy(b->arena, text, n);
        math_add(&row, !piece             ? NULL
                       : is_letter(*text) ? symbol_within_words(b, piece, in_index, row.count == 0)
                                          : math_text(b->arena, MATH_WORDS, piece));
    }
    if (!t)
        return NULL;
    *t = (term){.kind = TERM_WORDS, .text = text, .symbol = math_row_end(&row)};
    return t->symbol ? t : NULL;
}

static term_kind elementwise_kind(formula_kind kind) {
    static const term_kind kinds[] = {
        [FORMULA_ADD] = TERM_ADD,           [FORMULA_SUBTRACT] = TERM_SUBTRACT,
        [FORMULA_NEGATE] = TERM_NEGATE,     [FORMULA_MULTIPLY] = TERM_MULTIPLY,
        [FORMULA_DIVIDE] = TERM_DIVIDE,     [FORMULA_POWER] = TERM_POWER,
        [FORMULA_ABSOLUTE] = TERM_ABSOLUTE, [FORMULA_CASES] = TERM_CASES,
        [FORMULA_COMPARE] = TERM_COMPARE,   [FORMULA_AND] = TERM_AND};
    return kinds[kind];
}

static bool is_over(const formula *f) {
    static const char *const names[] = {"sum", "mean", "prod", "max", "min"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(f->text, names[i]) == 0)
            return f->count == 1;
    return false;
}

static const term *bind_call(const binding *b, const formula *f, const term *const *parts) {
    if (is_over(f))
        return term_over(b, f->text, parts[0]);
    if (strcmp(f->text, "onehot") == 0 && f->count == 1)
        return term_one_hot(b, parts[0]);
    return term_with_parts(b, TERM_CALL, f->text, f->count, parts);
}

static const term *bind_parts(const binding *b, const formula *f, const term *const *parts) {
    switch (f->kind) {
    case FORMULA_PRODUCT:
        return term_product(b, parts[0], parts[1]);
    case FORMULA_TRANSPOSE:
        return term_transposed(b, parts[0]);
    case FORMULA_INVERSE:
        return term_inverse(b, parts[0]);
    case FORMULA_CALL:
        return bind_call(b, f, parts);
    case FORMULA_INDEX:
        return f->count == 2 ? term_pick(b, parts[0], parts[1]) : term_words(b, "...");
    default:
        return term_with_parts(b, elementwise_kind(f->kind), f->text, f->count, parts);
    }
}

const term *term_bind(const binding *b, const formula *f) {
    const term *parts[FORMULA_PARTS] = {NULL};
    binding within = *b;
    switch (f->kind) {
    case FORMULA_NUMBER:
        return term_number(b, f->number, NULL);
    case FORMULA_NAME:
        return bind_name(b, f->text);
    case FORMULA_WORDS:
        return words_with_symbols(b, f->text);
    default:
        break;
    }
    within.within_sum |= f->kind == FORMULA_CALL && is_over(f);
    for (size_t i = 0; i < f->count; i++) {
        parts[i] = term_bind(&within, f->part[i]);
        if (!parts[i])
            return NULL;
    }
    return bind_parts(b, f, parts);
}
