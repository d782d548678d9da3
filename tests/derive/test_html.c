/* Mathematics as MathML. With an argument, `page` or `fragment`, a document that has every kind of
 * block and node, and names that want to be markup, is written instead, for page.py to read. */
#include "derive/document.h"
#include "derive/math_mathml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static mlp_arena *arena;

static const char hostile[] =
    "<script>alert(\"1\")</script>&amp;'\x1b[31m\n\xE2\x80\xAE\xFF\xEF\xBF\xBE-->]]>";

static const math *number(const char *text) {
    return math_text(arena, MATH_NUMBER, text);
}

static const math *symbol(const char *text) {
    return math_text(arena, MATH_SYMBOL, text);
}

static const math *words(const char *text) {
    return math_text(arena, MATH_WORDS, text);
}

static const math *code(const char *text) {
    return math_text(arena, MATH_CODE, text);
}

static const math *two(math_kind kind, const math *a, const math *b) {
    return math_of(arena, kind, 2, (const math *[]){a, b});
}

static const math *one(math_kind kind, const math *a) {
    return math_of(arena, kind, 1, &a);
}

static const math *binary(const math *a, math_sign sign, const math *b) {
    return math_of(arena, MATH_ROW, 3, (const math *[]){a, math_sign_of(arena, sign), b});
}

static const math *layer(const char *letter, const char *digits) {
    return two(MATH_POWER, symbol(letter), one(MATH_FENCED, number(digits)));
}

static const math *matrix(bool is_vector) {
    const math *parts[] = {number("0.15"), number("-2"), math_blank(arena),
                           math_sign_of(arena, MATH_DOTS)};
    return is_vector ? math_matrix(arena, 1, 4, true, parts)
                     : math_matrix(arena, 2, 2, false, parts);
}

/* --- MathML --- */

static void expect(const math *m, const char *mathml) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_non_null(m);
    mathml_write(out, m);
    fclose(out);
    assert_string_equal(text, mathml);
    free(text);
}

static void numbers_and_names(void **state) {
    (void)state;
    expect(number("0.15"), "<mn>0.15</mn>");
    expect(number("-3"), "<mn>\u22123</mn>");
    expect(number("-inf"), "<mn>\u2212\u221E</mn>");
    expect(number("nan"), "<mn>nan</mn>");
    expect(number("1e-05"), "<mrow><msup><mn>10</mn><mn>\u22125</mn></msup></mrow>");
    expect(number("-2.5e+10"),
           "<mrow><mn>\u22122.5</mn><mo>\u00D7</mo><msup><mn>10</mn><mn>10</mn></msup></mrow>");
    expect(symbol("\u03B7"), "<mi>\u03B7</mi>");
    expect(symbol("loss"), "<mi class=\"name\">loss</mi>");
    expect(math_hat(arena, "y"),
           "<mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover>");
    expect(words(" where "), "<mtext>\u00A0where\u00A0</mtext>");
    expect(code("a<b>\n"), "<mtext class=\"code\">a&lt;b&gt;\\n</mtext>");
    expect(symbol("\"&"), "<mi class=\"name\">&quot;&amp;</mi>");
}

static void signs_and_brackets(void **state) {
    (void)state;
    expect(
        binary(number("0.6"), MATH_TIMES, number("-0.5")),
        "<mrow><mn>0.6</mn><mo>\u00B7</mo><mrow><mo stretchy=\"false\">(</mo><mn>\u22120.5</mn><mo stretchy=\"false\">)</mo></mrow></mrow>");
    expect(
        math_of(arena, MATH_ROW, 2, (const math *[]){math_sign_of(arena, MATH_MINUS), symbol("x")}),
        "<mrow><mo form=\"prefix\">\u2212</mo><mi>x</mi></mrow>");
    expect(binary(symbol("a"), MATH_MINUS, symbol("b")),
           "<mrow><mi>a</mi><mo>\u2212</mo><mi>b</mi></mrow>");
    expect(binary(symbol("a"), MATH_LESS, number("0")),
           "<mrow><mi>a</mi><mo>&lt;</mo><mn>0</mn></mrow>");
    expect(one(MATH_FENCED, symbol("x")),
           "<mrow><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow>");
    expect(one(MATH_ABSOLUTE, symbol("x")),
           "<mrow><mo stretchy=\"false\">|</mo><mi>x</mi><mo stretchy=\"false\">|</mo></mrow>");
    expect(one(MATH_FENCED, two(MATH_FRACTION, symbol("x"), number("2"))),
           "<mrow><mo>(</mo><mfrac><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></mfrac><mo>)</mo>"
           "</mrow>");
    expect(one(MATH_ROOT, symbol("x")), "<msqrt><mi>x</mi></msqrt>");
    expect(
        math_function(arena, "exp", symbol("x")),
        "<mrow><mi>exp</mi><mo>&#x2061;</mo><mrow><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow></mrow>");
    expect(
        math_function(arena, "sum", symbol("x")),
        "<mrow><mo>\u2211</mo><mrow><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow></mrow>");
}

static void above_and_below(void **state) {
    (void)state;
    expect(two(MATH_POWER, symbol("x"), number("2")), "<msup><mi>x</mi><mn>2</mn></msup>");
    expect(
        two(MATH_POWER, number("-3"), number("2")),
        "<msup><mrow><mo stretchy=\"false\">(</mo><mn>\u22123</mn><mo stretchy=\"false\">)</mo></mrow><mn>2</mn></msup>");
    expect(two(MATH_POWER, layer("W", "1"), symbol("T")),
           "<msup><mi>W</mi><mrow><mrow><mo stretchy=\"false\">(</mo><mn>1</mn>"
           "<mo stretchy=\"false\">)</mo></mrow><mspace width=\"0.1em\"/>"
           "<mi mathvariant=\"normal\">T</mi></mrow></msup>");
    expect(two(MATH_INDEX, symbol("z"), number("0")),
           "<msub><mi>z</mi><mrow><mn>0</mn></mrow></msub>");
    expect(math_of(arena, MATH_INDEX, 3, (const math *[]){symbol("z"), number("0"), number("1")}),
           "<msub><mi>z</mi><mrow><mn>0</mn><mo separator=\"true\">,</mo><mn>1</mn></mrow></msub>");
    expect(two(MATH_FRACTION, symbol("a"), symbol("b")),
           "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>");
    expect(
        two(MATH_PARTIAL, symbol("\u2113"), symbol("z")),
        "<mfrac><mrow><mo>\u2202</mo><mi>\u2113</mi></mrow><mrow><mo>\u2202</mo><mi>z</mi></mrow>"
        "</mfrac>");
}

static void several(void **state) {
    (void)state;
    expect(
        math_matrix(arena, 1, 2, true, (const math *[]){number("1"), number("2")}),
        "<mrow><mo stretchy=\"false\">[</mo><mn>1</mn><mo separator=\"true\">,</mo><mn>2</mn><mo stretchy=\"false\">]</mo></mrow>");
    expect(math_matrix(arena, 2, 1, false, (const math *[]){number("1"), number("2")}),
           "<mrow><mo>[</mo><mtable class=\"matrix\"><mtr><mtd><mn>1</mn></mtd></mtr>"
           "<mtr><mtd><mn>2</mn></mtd></mtr></mtable><mo>]</mo></mrow>");
    expect(math_of(arena, MATH_LIST, 0, NULL),
           "<mrow><mo stretchy=\"false\">[</mo><mo stretchy=\"false\">]</mo></mrow>");
    const math *cases[] = {symbol("x"), binary(symbol("x"), MATH_GREATER, number("0")),
                           number("0")};
    expect(math_of(arena, MATH_CASES, 3, cases),
           "<mrow><mo>{</mo><mtable class=\"cases\"><mtr><mtd><mi>x</mi></mtd><mtd>"
           "<mtext>where\u00A0</mtext><mrow><mi>x</mi><mo>&gt;</mo><mn>0</mn></mrow></mtd></mtr>"
           "<mtr><mtd><mn>0</mn></mtd><mtd><mtext>elsewhere</mtext></mtd></mtr></mtable></mrow>");
}

/* --- a document --- */

static const math *everything(void) {
    math_row row = {.arena = arena};
    for (math_sign sign = 0; sign < MATH_SIGNS; sign++) {
        math_add(&row, symbol("s"));
        math_add_sign(&row, sign);
    }
    math_add(&row, math_hat(arena, "y"));
    math_add(&row, one(MATH_ROOT, two(MATH_FRACTION, symbol("a"), number("1e-05"))));
    math_add(&row, one(MATH_ABSOLUTE, two(MATH_PARTIAL, symbol("\u2113"), layer("W", "12"))));
    math_add(&row, math_function(arena, hostile, one(MATH_LIST, matrix(false))));
    math_add(&row, two(MATH_POWER, layer("W", "1"), symbol("T")));
    math_add(&row, two(MATH_INDEX, code(hostile), number("0")));
    math_add(&row, math_of(arena, MATH_CASES, 3,
                           (const math *[]){matrix(true), words("it is so"), number("0")}));
    return math_row_end(&row);
}

/* Longer than any line. */
static const math *long_sum(size_t terms) {
    math_row row = {.arena = arena};
    for (size_t i = 0; i < terms; i++) {
        if (i)
            math_add_sign(&row, i % 3 ? MATH_PLUS : MATH_MINUS);
        math_add(&row, binary(number("0.123456"), MATH_TIMES, number(i % 2 ? "-7.5" : "7.5")));
    }
    return math_row_end(&row);
}

static void add_words(document *d, block_kind kind, const char *before, const char *name) {
    document_add(d, kind, 3, (const math *[]){words(before), code(name), words(" & so on.")});
}

static block *add_sides(document *d, block_kind kind, const math *a, const math *b, const math *c) {
    return document_add(d, kind, 3, (const math *[]){a, b, c});
}

static void add_table(document *d) {
    const math *cells[] = {words("symbol"), words("in the script"), layer("W", "1"), code(hostile)};
    block *table = document_add(d, BLOCK_TABLE, 4, cells);
    assert_non_null(table);
    table->columns = 2;
}

static document build(void) {
    document d = {.arena = arena, .precision = 6};
    static char name[400];
    memset(name, 'x', sizeof name - 1);
    add_words(&d, BLOCK_TITLE, "The derivation of ", hostile);
    add_words(&d, BLOCK_HEADING, "The network ", hostile);
    add_table(&d);
    add_words(&d, BLOCK_TOPIC, "A topic ", hostile);
    add_words(&d, BLOCK_WORDS, "A long name: ", name);
    document_add(&d, BLOCK_WORDS, 1, (const math *[]){everything()});
    document_add(&d, BLOCK_PICTURE, 0, NULL);
    document_add(&d, BLOCK_EQUATION, 1, (const math *[]){everything()});
    block *b = add_sides(&d, BLOCK_EQUATION, symbol(name), matrix(false), matrix(true));
    b->remark = words(hostile);
    b->becomes = true;
    add_sides(&d, BLOCK_EQUATION, symbol("z"), long_sum(40), number("1"));
    for (size_t i = 0; i < 3; i++)
        add_sides(&d, BLOCK_ELEMENT, two(MATH_INDEX, symbol("z"), number("0")), long_sum(i + 1),
                  math_blank(arena))
            ->remark = i ? words("because") : NULL;
    add_sides(&d, BLOCK_EQUATION, symbol("a"), symbol("b"), symbol("c"));
    add_sides(&d, BLOCK_ELEMENT, symbol("a"), long_sum(9), symbol("c"));
    assert_false(d.failed);
    return d;
}

static int write_document(const char *form) {
    const document d = build();
    mlp_diagnostic error;
    const form_options options = {.fragment = strcmp(form, "fragment") == 0};
    return write_html(stdout, &d, &options, &error) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv) {
    arena = mlp_arena_new(MLP_ARENA_LIMIT);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_names),
        cmocka_unit_test(signs_and_brackets),
        cmocka_unit_test(above_and_below),
        cmocka_unit_test(several),
    };
    const int status =
        argc > 1 ? write_document(argv[1]) : cmocka_run_group_tests(tests, NULL, NULL);
    mlp_arena_free(arena);
    return status;
}
