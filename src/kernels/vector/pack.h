/* What a strip of a and the panels of b need, in the order of use. Private to src/kernels/vector. */
#ifndef MLPSTEP_KERNELS_VECTOR_PACK_H
#define MLPSTEP_KERNELS_VECTOR_PACK_H

#include "../product_order.h"
#include "vec.h"

enum {
    PANEL = 64 / sizeof(real), /* columns */
    VECS = PANEL / LANES,
    PART = VECS > 1 ? VECS / 2 : 1, /* vectors, of which registers hold two sums each */
    PART_COLUMNS = PART * LANES,
    STRIP = HALF /* rows */
};

/* Where the work stands: rows and columns of c, and terms. */
typedef struct {
    size_t row, rows;       /* of the strip */
    size_t column, columns; /* of the block */
    size_t term, terms;     /* of the block */
} part;

typedef struct {
    real *a; /* [term][row], of a strip */
    real *b; /* [panel][term][column], of a block */
} packed;

/* For products of n columns and k terms; false without memory. */
bool KERNEL(packed_init)(packed *in, size_t n, size_t k);
void KERNEL(packed_free)(packed *in);

/* Beyond the last row, or column, stand zeros. */
void KERNEL(pack_strip)(real *to, const real *a, mlp_matrix matrix, const part *at);
void KERNEL(pack_panels)(real *to, const real *b, mlp_matrix matrix, const part *at);

#define packed_init KERNEL(packed_init)
#define packed_free KERNEL(packed_free)
#define pack_strip KERNEL(pack_strip)
#define pack_panels KERNEL(pack_panels)

#endif
