/* Numbers, brackets and signs of a line. */
#include "spell.h"

#include <math.h>
#include <string.h>

mlp_arena *spelling_arena(const spelling *s) {
    return s->style->arena;
}

const math *spelling_kept(spelling *s, const math *m) {
    s->out_of_memory |= !m;
    return m;
}

const math *line_in_brackets(spelling *s, line l, int least) {
    if (l.tightness >= least || !l.m)
        return l.m;
    return spelling_kept(s, math_of(spelling_arena(s), MATH_FENCED, 1, &l.m));
}

line line_joined(spelling *s, line a, math_sign sign, line b) {
    const int least = sign == MATH_PLUS || sign == MATH_MINUS ? SUM : FACTORS;
    math_row row = {.arena = spelling_arena(s)};
    math_add(&row, line_in_brackets(s, a, least));
    math_add_sign(&row, sign);
    math_add(&row, line_in_brackets(s, b, sign == MATH_MINUS ? FACTORS : least));
    return (line){spelling_kept(s, math_row_end(&row)), least};
}

/* Where decimals would leave a digit or none of a number that counts, as below a root, it has an
 * exponent. */
static const math *put_in(const term_style *style, double value) {
    if (value == 0 || fabs(value) >= pow(10, 1 - style->precision))
        return math_number(style->arena, value, style->precision);
    return math_text(
        style->arena, MATH_NUMBER,
        mlp_arena_printf(style->arena, "%.*g", style->precision > 1 ? style->precision : 1, value));
}

line line_of_number(spelling *s, double value, bool computed) {
    const term_style *style = s->style;
    const math *m = computed && style->blank ? math_blank(style->arena) : put_in(style, value);
    return (line){spelling_kept(s, m), WHOLE};
}

void spelled_as(spelled *to, line l) {
    to->full = to->collapsed = l;
}

void spelling_note(spelling *s, double value) {
    if (isfinite(value) && fabs(value) > s->scale)
        s->scale = fabs(value);
}

void spelling_take(spelling *s, size_t which) {
    s->way = s->way * 31 + which + 1;
}

/* A number that is computed on the way is shown as such in the collapsed line. */
void spelled_collapse(spelling *s, spelled *to) {
    if (s->style->blank)
        return;
    to->collapsed = line_of_number(s, to->value, true);
    s->collapses = true;
}

line line_fraction(spelling *s, line a, line b) {
    return (line){
        spelling_kept(s, math_of(spelling_arena(s), MATH_FRACTION, 2, (const math *[]){a.m, b.m})),
        FACTORS};
}

const math *line_applied(spelling *s, const char *name, const math *argument) {
    if (strcmp(name, "sqrt") == 0)
        return spelling_kept(s, math_of(spelling_arena(s), MATH_ROOT, 1, &argument));
    return spelling_kept(
        s, math_function(spelling_arena(s), strcmp(name, "log") == 0 ? "ln" : name, argument));
}
