/* One element as the text of it that a format has. */
#ifndef MLPSTEP_FORMATS_NUMBER_H
#define MLPSTEP_FORMATS_NUMBER_H

#include "mlpstep/tensor.h"

enum {
    NUMBER_TEXT = 48 /* more than any takes */
};

typedef struct spelling {
    const char *nan, *infinity; /* without its sign */
    const char *yes, *no;
    const char *least_int64; /* NULL: its digits */
    const char *float32;     /* stands behind one */
    int digits;              /* significant ones; 0: as few as read back to the same bits */
    bool hex;
} spelling;

/* Returns the length. A finite floating-point number has a point or an exponent. */
int number_print(char text[NUMBER_TEXT], const mlp_tensor *tensor, size_t i,
                 const spelling *spelling);

#endif
