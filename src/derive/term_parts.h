/* What terms are made of. All of these give NULL without memory, and where a part is NULL. */
#ifndef MLPSTEP_DERIVE_TERM_PARTS_H
#define MLPSTEP_DERIVE_TERM_PARTS_H

#include "terms.h"

const term *term_words(const binding *b, const char *text);
/* symbol: as which letter it is written; NULL: in digits. */
const term *term_number(const binding *b, double number, const char *symbol);
const term *term_tensor(const binding *b, const mlp_tensor *tensor, const math *symbol, bool given);
/* Of what works element by element: parts are broadcast. A product with the digit 1 is the other
 * factor. */
const term *term_with_parts(const binding *b, term_kind kind, const char *text, size_t count,
                            const term *const *parts);
const term *term_transposed(const binding *b, const term *of);
const term *term_inverse(const binding *b, const term *of);
/* The same in the shape of the binding's result, where both have as many numbers. */
const term *term_reshaped(const binding *b, const term *of);
/* PyTorch's x W^T of a vector is W x here, its dy^T x of two an outer product. */
const term *term_product(const binding *b, const term *a, const term *c);
/* sum, mean, prod, max or min over whatever makes one element of the binding's result. */
const term *term_over(const binding *b, const char *function, const term *of);
/* Of a logarithm, that of the one that was picked. */
const term *term_pick(const binding *b, const term *from, const term *target);
const term *term_one_hot(const binding *b, const term *target);

/* A softmax that derivations speak of, along the same lines of the same numbers as this step, which
 * takes a log_softmax; NULL: there is none. */
const mlp_value *term_softmax_beside(const mlp_trace *trace, const mlp_step *step);
/* Of a backward step: the loss over classes whose gradient comes, in one link, to what the softmax was
 * taken of; NULL: it is something else. */
const mlp_step *term_loss_behind(const binding *b, const mlp_step *step);
bool term_has_shape_of(const term *t, const mlp_tensor *tensor);
/* y, or l: what a formula calls its result. */
bool term_is_result(const char *name);
mlp_call term_call_of(const mlp_step *step);
/* y, or dy in a gradient, in a formula of the binding's step: the sizes that a reduction took away
 * are 1 in a gradient. */
const term *term_of_result(const binding *b, const mlp_value *value);

#endif
