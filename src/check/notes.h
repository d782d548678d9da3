/* What the numbers were that a script printed. */
#ifndef MLPSTEP_CHECK_NOTES_H
#define MLPSTEP_CHECK_NOTES_H

#include "lines.h"

/* Gives the numbers and tensors of the lines of printed->text their notes. Texts say nothing of
 * where they come from, so each has the next note of this text that was taken before it was
 * printed; what is printed once more has the one it had. */
void notes_attach(reader *in, const mlp_printed *printed, printed_lines *lines);

/* The element that each number of a tensor is the text of, where it was printed with ... too.
 * False where they are not the elements of a tensor of this shape. */
bool notes_places(const printed_tensor *printed, const printed_number *number, const mlp_tensor *t,
                  size_t *places);

#endif
