/* The characters of what was written by hand, as plain ones. */
#ifndef MLPSTEP_CHECK_PLAIN_H
#define MLPSTEP_CHECK_PLAIN_H

#include "base/reader.h"

/* The value of `length` bytes, which begins at `where`, in plain characters, where that is another
 * text: one for one, so that columns stay. Signs, digits and blanks of other kinds become
 * those of ASCII, quotes blanks, a power of ten behind a number its exponent, and a comma that can
 * only be a decimal point becomes one. The text itself where it is plain. *changed is set if
 * anything but a comment changed. Does not return where the meaning is not certain. */
const char *plain_value(reader *in, const char *text, size_t *length, mlp_span where,
                        bool *changed);

/* How many bytes the marker of a list has, with the blank behind it, that stands there in front of a
 * name: - or 1. and the like; 0: none does. */
size_t plain_marker(const char *at, const char *end);

/* The name in plain characters, without quotes around it, and without the marker of a list: - h. */
const char *plain_name(mlp_arena *arena, const char *name);

/* How many bytes the sign has that stands between name and value in place of =; 0: none is there. */
size_t plain_equals(const char *at, const char *end);

#endif
