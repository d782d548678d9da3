/* A derivation made by hand, with every kind of mathematics and block, in all the forms that are
 * plain text. Usage: no argument: holds them against the files document.*; text, markdown, latex or
 * fragment: prints that form. */
#include "derive/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static mlp_arena *arena;

/* --- short names for what a document is made of --- */

static const math *number(const char *text) {
    return math_text(arena, MATH_NUMBER, text);
}
static const math *symbol(const char *text) {
    return math_text(arena, MATH_SYMBOL, text);
}
static const math *code(const char *text) {
    return math_text(arena, MATH_CODE, text);
}
static const math *words(const char *text) {
    return math_text(arena, MATH_WORDS, text);
}
static const math *sign(math_sign s) {
    return math_sign_of(arena, s);
}
static const math *two(math_kind kind, const math *a, const math *b) {
    const math *parts[] = {a, b};
    return math_of(arena, kind, 2, parts);
}
static const math *one(math_kind kind, const math *a) {
    return math_of(arena, kind, 1, &a);
}
static const math *between(const math *a, math_sign s, const math *b) {
    const math *parts[] = {a, sign(s), b};
    return math_of(arena, MATH_ROW, 3, parts);
}
/* W^(1), the parameter of the first layer. */
static const math *layer(const char *name, const char *n) {
    return two(MATH_POWER, symbol(name), one(MATH_FENCED, number(n)));
}
static const math *transposed(const math *m) {
    return two(MATH_POWER, m, symbol("T"));
}
static const math *partial(const math *m) {
    return two(MATH_PARTIAL, symbol("ℓ"), m);
}
static const math *element(const math *m, const char *i) {
    return two(MATH_INDEX, m, number(i));
}
static const math *numbers(size_t rows, size_t columns, bool is_vector, const char *const *texts) {
    const math *parts[64];
    for (size_t i = 0; i < rows * columns; i++)
        parts[i] = number(texts[i]);
    return math_matrix(arena, rows, columns, is_vector, parts);
}
static const math *negative(const math *m) {
    return two(MATH_ROW, sign(MATH_MINUS), m);
}

/* Without memory, a block that is in no document. */
static block *add_sides(document *d, block_kind kind, size_t count, const math *const *sides) {
    static block none;
    block *b = document_add(d, kind, count, sides);
    return b ? b : &none;
}
static block *add(document *d, block_kind kind, const math *a, const math *b, const math *c) {
    const math *sides[] = {a, b, c};
    const size_t count = c ? 3 : b ? 2 : 1;
    return add_sides(d, kind, count, sides);
}

/* --- the document --- */

static void add_network(document *d) {
    add(d, BLOCK_TITLE, words("The derivation of dropout.py"), NULL, NULL);
    add(d, BLOCK_HEADING, words("The network"), NULL, NULL);
    const math *inner = between(layer("W", "1"), MATH_BESIDE, symbol("x"));
    add(d, BLOCK_EQUATION, symbol("z"), between(inner, MATH_PLUS, layer("b", "1")), NULL)->remark =
        one(MATH_FENCED, number("3"));
    const math *drop =
        two(MATH_FRACTION, symbol("m"), between(number("1"), MATH_MINUS, symbol("p")));
    add(d, BLOCK_EQUATION, symbol("d"), between(symbol("h"), MATH_EACH_TIMES, drop), NULL);
    add(d, BLOCK_EQUATION, math_hat(arena, "y"), math_function(arena, "softmax", symbol("o")),
        NULL);
    const math *log = math_function(arena, "ln", element(math_hat(arena, "y"), "1"));
    add(d, BLOCK_EQUATION, symbol("ℓ"), negative(log), NULL)->remark = words("class 1, from 0");
    const math *cells[] = {words("symbol"),      words("name"),       words("shape"),
                           layer("W", "1"),      code("w1.weight"),   words("3 × 2"),
                           math_hat(arena, "y"), code("y_pred"),      words("2"),
                           symbol("loss_a"),     code("a|b`c<i>*$%"), words("1 | 2")};
    add_sides(d, BLOCK_TABLE, 12, cells)->columns = 3;
}

static void add_forward(document *d) {
    add(d, BLOCK_HEADING, words("Forward"), NULL, NULL);
    add(d, BLOCK_TOPIC, code("w1"), NULL, NULL);
    const math *a = between(number("0.15"), MATH_TIMES, number("0.05"));
    const math *b = between(number("-0.2"), MATH_TIMES, number("-0.1"));
    add(d, BLOCK_ELEMENT, element(symbol("z"), "0"), between(a, MATH_PLUS, b), number("0.0275"));
    add(d, BLOCK_ELEMENT, element(symbol("z"), "1"),
        between(number("0.5"), MATH_MINUS, number("-0.25")), number("0.75"));
    add(d, BLOCK_ELEMENT, element(symbol("z"), "2"), math_blank(arena), NULL);
    const math *slope[] = {symbol("x"), between(symbol("x"), MATH_GREATER, number("0")),
                           between(number("0.1"), MATH_TIMES, symbol("x"))};
    add(d, BLOCK_EQUATION, symbol("h"), math_of(arena, MATH_CASES, 3, slope), NULL);
    add(d, BLOCK_EQUATION, symbol("h"), symbol("z"), NULL)->remark =
        two(MATH_ROW, words("since "), between(symbol("z"), MATH_GREATER, number("0")));
    const math *e = two(MATH_POWER, symbol("e"), number("0.5265"));
    add(d, BLOCK_EQUATION, e, number("1.692996"), NULL);
    const math *row[] = {words("The mask "),
                         symbol("m"),
                         words(" of "),
                         code("self.dropout(h)"),
                         words(" is drawn: with p = 0.75 a unit is kept where "),
                         symbol("m"),
                         sign(MATH_EQUAL),
                         number("1"),
                         words(", and is multiplied there, so that the mean stays what it was & "
                               "nothing_else *happens* <b>here</b>.")};
    const math *paragraph = math_of(arena, MATH_ROW, 9, row);
    add(d, BLOCK_WORDS, paragraph, NULL, NULL);
}

static void add_backward(document *d) {
    static const char *const grad[] = {"0.124626", "0.226172", "0", "-0.124626", "-0.226172", "0"};
    static const char *const error[] = {"0.461576", "-0.461576"};
    static const char *const wide[] = {"-0.123456", "-0.234567", "-0.345678", "-0.456789",
                                       "-0.567891", "-0.678912", "-0.789123", "-0.891234",
                                       "-0.912345", "-0.101112", "-0.121314", "-0.141516"};
    add(d, BLOCK_HEADING, words("Backward"), NULL, NULL);
    const math *link = partial(symbol("o"));
    const math *dw = partial(layer("W", "2"));
    add(d, BLOCK_EQUATION, dw, between(link, MATH_BESIDE, transposed(symbol("d"))),
        numbers(2, 3, false, grad));
    add(d, BLOCK_EQUATION, partial(symbol("d")),
        between(transposed(layer("W", "2")), MATH_BESIDE, link), numbers(1, 2, true, error));
    add(d, BLOCK_EQUATION, symbol("A"), numbers(1, 12, false, wide), numbers(6, 2, false, wide));
    math_row sum = {.arena = arena};
    for (size_t i = 0; i < 8; i++) {
        if (i)
            math_add_sign(&sum, MATH_PLUS);
        math_add(&sum, between(number(wide[i]), MATH_TIMES, number(wide[i + 1])));
    }
    add(d, BLOCK_ELEMENT, two(MATH_INDEX, code("net.2.weight.grad"), number("0")),
        math_row_end(&sum), number("1.5e-05"))
        ->remark = words("a sum that is too long for one line, with what there is to say of it, "
                         "which is long itself");
    const math *list[] = {numbers(2, 2, false, grad), numbers(2, 2, false, grad)};
    add(d, BLOCK_EQUATION, symbol("B"), math_of(arena, MATH_LIST, 2, list),
        math_of(arena, MATH_LIST, 0, NULL));
}

/* What means something somewhere, what cannot be shown, and a character without a letter in LaTeX. */
static const char hostile[] =
    "- !\"#$%&'()*+,-./0:;<=>?@[\\]^_`{|}~ --\x1b[31m \xE2\x80\xAE \xFF 中 </p>";

static void add_step(document *d) {
    add(d, BLOCK_HEADING, words("Step"), NULL, NULL);
    const math *move = between(symbol("η"), MATH_BESIDE, partial(layer("W", "1")));
    add(d, BLOCK_EQUATION, layer("W", "1"), between(layer("W", "1"), MATH_MINUS, move), NULL)
        ->becomes = true;
    const math *root = one(MATH_ROOT, math_hat(arena, "v"));
    const math *below = between(root, MATH_PLUS, symbol("ε"));
    const math *adam = two(MATH_FRACTION, math_hat(arena, "m"), below);
    add(d, BLOCK_EQUATION, symbol("θ"),
        between(symbol("θ"), MATH_MINUS, between(symbol("η"), MATH_TIMES, adam)), NULL);
    const math *indices[] = {symbol("x"), number("0"), symbol("k")};
    const math *power =
        two(MATH_POWER, one(MATH_ABSOLUTE, math_of(arena, MATH_INDEX, 3, indices)), number("2"));
    const math *dots[] = {power, sign(MATH_PLUS), sign(MATH_DOTS), sign(MATH_PLUS),
                          two(MATH_POWER, symbol("A"), number("-1"))};
    add(d, BLOCK_EQUATION, code("dict['a_b'] \\ #&%~^{}é中α\n"), math_of(arena, MATH_ROW, 5, dots),
        NULL);
    const math *fraction = two(MATH_FRACTION, number("-1"), number("4"));
    const math *limit =
        math_function(arena, "LeakyReLU′", between(fraction, MATH_TIMES, number("inf")));
    const math *both = between(between(limit, MATH_AT_MOST, number("nan")), MATH_AND,
                               between(symbol("a_b"), MATH_UNEQUAL, negative(number("1e-05"))));
    add(d, BLOCK_EQUATION, symbol("Größe"), both, NULL);
    const math *all[] = {words(hostile), code(hostile), words(" "), symbol("x")};
    add(d, BLOCK_WORDS, math_of(arena, MATH_ROW, 4, all), NULL, NULL);
    add(d, BLOCK_EQUATION, symbol("a"), symbol(hostile), code(hostile));
    add(d, BLOCK_EQUATION, symbol("b"), math_function(arena, hostile, symbol("x")), words(hostile));
    add(d, BLOCK_PICTURE, words(""), NULL, NULL);
}

static void make(document *d) {
    *d = (document){.arena = arena, .precision = 6};
    add_network(d);
    add_forward(d);
    add_backward(d);
    add_step(d);
}

/* --- the forms --- */

typedef struct {
    const char *name, *file;
    bool (*write)(FILE *out, const document *d, const form_options *options, mlp_diagnostic *error);
    form_options options;
} form;

static const form forms[] = {
    {.name = "text", .file = "document.txt", .write = write_text},
    {.name = "markdown", .file = "document.md", .write = write_markdown},
    {.name = "latex", .file = "document.tex", .write = write_latex},
    {.name = "fragment", .file = "fragment.tex", .write = write_latex, .options = {true}},
};

enum {
    FORMS = sizeof forms / sizeof *forms
};

static char *written(const form *f) {
    char *text = NULL;
    size_t length = 0;
    document d;
    mlp_diagnostic error;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    make(&d);
    assert_false(d.failed);
    assert_true(f->write(out, &d, &f->options, &error));
    fclose(out);
    return text;
}

static void writes_every_form(void **state) {
    static char golden[1 << 16];
    (void)state;
    for (size_t i = 0; i < FORMS; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", DOCUMENTS, forms[i].file);
        FILE *in = fopen(path, "rb");
        assert_non_null(in);
        golden[fread(golden, 1, sizeof golden - 1, in)] = '\0';
        fclose(in);
        char *text = written(&forms[i]);
        assert_string_equal(text, golden);
        free(text);
    }
}

/* Whether there was memory for a document and all its forms. */
static bool write_all_into(FILE *out) {
    document d;
    mlp_diagnostic error = {.message = ""};
    make(&d);
    if (d.failed)
        return false;
    for (size_t i = 0; i < FORMS; i++)
        if (!forms[i].write(out, &d, &forms[i].options, &error)) {
            assert_non_null(strstr(error.message, "memory"));
            return false;
        }
    return true;
}

static void says_where_there_is_no_memory(void **state) {
    mlp_arena *whole = arena;
    FILE *out = fopen("/dev/null", "w");
    bool done = false;
    (void)state;
    assert_non_null(out);
    for (size_t limit = 4096; !done; limit += 97) {
        arena = mlp_arena_new(limit);
        assert_non_null(arena);
        done = write_all_into(out);
        mlp_arena_free(arena);
    }
    arena = whole;
    fclose(out);
}

int main(int argc, char **argv) {
    arena = mlp_arena_new(MLP_ARENA_LIMIT);
    for (size_t i = 0; i < FORMS && argc > 1; i++)
        if (strcmp(argv[1], forms[i].name) == 0) {
            char *text = written(&forms[i]);
            fputs(text, stdout);
            free(text);
        }
    const struct CMUnitTest tests[] = {cmocka_unit_test(writes_every_form),
                                       cmocka_unit_test(says_where_there_is_no_memory)};
    const int status = argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
    mlp_arena_free(arena);
    return status;
}
