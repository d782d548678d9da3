/* Numbers as text with decimal places, which is most of what a report consists of. */
#ifndef MLPSTEP_BASE_DECIMAL_H
#define MLPSTEP_BASE_DECIMAL_H

#include <stddef.h>

/* The text that printf's "%.*f" has for value, of a program whose locale is C and that rounds to
 * nearest; cut off, as by snprintf, where it takes more than size. Returns its length, without the 0
 * behind it. */
size_t decimal_print(char *text, size_t size, double value, int precision);

#endif
