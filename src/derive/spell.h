/* One element of a term, with its numbers, as it is put together kind by kind of terms. */
#ifndef MLPSTEP_DERIVE_SPELL_H
#define MLPSTEP_DERIVE_SPELL_H

#include "terms.h"

/* How tightly a line holds together, and so which brackets it needs within another one. */
enum {
    LOOSE,
    SUM,
    FACTORS,
    WHOLE
};

typedef struct {
    const math *m;
    int tightness;
} line;

/* What became of a part: with all numbers put in, and with functions and inner sums computed. */
typedef struct {
    line full, collapsed;
    double value;
} spelled;

typedef struct {
    const term_style *style;
    const math *because; /* the comparison that decided */
    double scale;        /* the largest number on the way */
    size_t visits, depth;
    size_t way; /* which of several ways it came about, as a number: cases and the like */
    bool known, out_of_memory; /* known: it can be spelled out, so far */
    bool unordered;            /* a comparison was of a nan: it says nothing */
    bool brief;                /* of long sums the first and the last term */
    bool collapses;            /* the collapsed line is another one than the full one */
} spelling;

/* Element `index`, in the term's own shape; the value alone, unless `show`. */
void spell(spelling *s, const term *t, const size_t *index, bool show, spelled *to);
/* Of part i, which is broadcast to the shape of t. */
void spell_part(spelling *s, const term *t, size_t i, const size_t *index, bool show, spelled *to);

/* By the kinds of terms. */
typedef void spell_term(spelling *s, const term *t, const size_t *index, bool show, spelled *to);
spell_term spell_tensor, spell_number, spell_two, spell_negative, spell_absolute, spell_call;
spell_term spell_product, spell_outer, spell_transposed, spell_reshaped, spell_over;
spell_term spell_pick, spell_one_hot, spell_compare, spell_and, spell_cases;

mlp_arena *spelling_arena(const spelling *s);
/* Notes that there was no memory for it. */
const math *spelling_kept(spelling *s, const math *m);
void spelling_note(spelling *s, double value);
/* Notes which of several ways was taken. */
void spelling_take(spelling *s, size_t which);

line line_joined(spelling *s, line a, math_sign sign, line b);
line line_fraction(spelling *s, line a, line b);
const math *line_in_brackets(spelling *s, line l, int least);
const math *line_applied(spelling *s, const char *name, const math *argument);
/* One that is computed is left out of an exercise. */
line line_of_number(spelling *s, double value, bool computed);
void spelled_as(spelled *to, line l);
/* A number that is computed on the way is shown as such in the collapsed line. */
void spelled_collapse(spelling *s, spelled *to);

size_t term_place(const term *t, const size_t *index);
/* From an index of the whole to one of a part that is broadcast to it. */
void term_align(const term *part, size_t ndim, const size_t *index, size_t *to);

#endif
