/* Letters, names and words as LaTeX. */
#ifndef MLPSTEP_DERIVE_LATEX_NAMES_H
#define MLPSTEP_DERIVE_LATEX_NAMES_H

#include "math_latex.h"

void latex_write_symbol(latex *l, const math *m);
void latex_write_code(latex *l, const char *text);
/* Within mathematics. */
void latex_write_words(latex *l, const char *text);
void latex_write_function(latex *l, const char *name);
void latex_write_break(latex *l);

#endif
