/* The literals of a script that are its data, see mlpstep/variant.h. */
#ifndef MLPSTEP_VARIANT_LITERALS_H
#define MLPSTEP_VARIANT_LITERALS_H

#include "base/reader.h"

typedef struct data_literal data_literal;
struct data_literal {
    size_t at, length; /* in the source, in bytes */
    data_literal *next;
};

/* In the order of the source, or nearly so. Does not return where the source is no script. */
data_literal *literals_find(reader *r);

#endif
