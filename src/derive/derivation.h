/* A trace as a document. */
#ifndef MLPSTEP_DERIVE_DERIVATION_H
#define MLPSTEP_DERIVE_DERIVATION_H

#include "document.h"
#include "terms.h"

#include "mlpstep/derive.h"

typedef struct {
    document *d;
    const mlp_trace *trace;
    const mlp_derive_options *options;
    symbols names;
    bool *needed; /* by the values' numbers; NULL: all are */
} derivation;

/* False with a message. */
bool derivation_make(document *d, const mlp_trace *trace, const mlp_derive_options *options,
                     mlp_diagnostic *error);

/* Its parts, which set d->d->failed without memory. */
bool derivation_speaks_of(const derivation *d, const mlp_value *value);
binding derivation_binding(const derivation *d);
const math *derivation_shape(const derivation *d, const mlp_tensor *tensor);
/* All numbers of a tensor, or the corner of a large one. */
const math *derivation_numbers(const derivation *d, const mlp_tensor *tensor, bool given);
block *derivation_words(const derivation *d, block_kind kind, const char *text);

/* The names and formulas of the whole, and the numbers that are given. */
void derive_network(const derivation *d);
/* What the numbers of a value came from. */
void derive_value(const derivation *d, const mlp_value *value);
/* The chain rule from the loss to a parameter, in its links: a side of an equation; NULL where there
 * are too many ways, or where there is only one link. */
const math *derive_chain(const derivation *d, const mlp_value *value);
/* The same in one formula, every link being written out; NULL where that is long, or the same as the
 * value's own. */
const math *derive_in_one(const derivation *d, const mlp_value *value);
/* Says, below the gradient of what a softmax was taken of, which links it is made of. */
void derive_class_link(const derivation *d, const mlp_value *value);
/* What is worth saying of a value: a dropped element, a row that does not move. */
void derive_remarks(const derivation *d, const mlp_value *value);

#endif
