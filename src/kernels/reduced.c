/* How TensorIterator goes over a reduction (aten/src/ATen/TensorIterator.cpp). */
#include "reduced.h"

/* The loops of a sum, the innermost first, as PyTorch's TensorIterator begins with them. */
static void make_loops(reduction_loop *loops, const mlp_reduced_dims *dims) {
    size_t in = 1, out = 1;
    for (size_t k = 0; k < dims->ndim; k++) {
        const size_t d = dims->ndim - 1 - k;
        const size_t there = dims->memory ? dims->memory->stride[d] : in;
        loops[k] = (reduction_loop){
            .size = dims->shape[d], .in = there, .out = dims->reduced[d] ? 0 : out};
        in *= dims->shape[d];
        out *= dims->reduced[d] ? 1 : dims->shape[d];
    }
}

/* Whether TensorIterator wants b further inside than a (1), outside (-1), or has no preference:
 * loops that add to the same place come first, then those with shorter steps. */
static int order(reduction_loop a, reduction_loop b) {
    if ((a.out == 0) != (b.out == 0))
        return b.out == 0 ? 1 : -1;
    if (a.out != b.out)
        return a.out > b.out ? 1 : -1;
    if (a.out != 0 && a.size > b.size)
        return 1;
    if (a.in == 0 || b.in == 0)
        return 0;
    if (a.in != b.in)
        return a.in > b.in ? 1 : -1;
    return a.size > b.size;
}

static void sort_loops(reduction_loop *loops, size_t count) {
    for (size_t i = 1; i < count; i++) {
        size_t moving = i;
        for (size_t k = i; k-- > 0;) {
            const int wanted = order(loops[k], loops[moving]);
            if (wanted < 0)
                break;
            if (wanted == 0)
                continue;
            const reduction_loop swapped = loops[k];
            loops[k] = loops[moving];
            loops[moving] = swapped;
            moving = k;
        }
    }
}

/* Joins neighbours that step through memory as one; returns how many loops are left. */
static size_t join_loops(reduction_loop *loops, size_t count) {
    size_t last = 0;
    for (size_t k = 1; k < count; k++) {
        reduction_loop *a = &loops[last];
        const reduction_loop b = loops[k];
        const bool joined =
            a->size == 1 || b.size == 1 || (a->size * a->in == b.in && a->size * a->out == b.out);
        if (joined)
            *a = a->size == 1
                     ? b
                     : (reduction_loop){.size = a->size * b.size, .in = a->in, .out = a->out};
        else
            loops[++last] = b;
    }
    return count ? last + 1 : 0;
}

reduction reduction_of(const mlp_reduced_dims *dims) {
    reduction r = {.memory = mlp_places_of(dims->memory)};
    make_loops(r.loop, dims);
    sort_loops(r.loop, dims->ndim);
    r.count = join_loops(r.loop, dims->ndim);
    while (r.count < 2)
        r.loop[r.count++] = (reduction_loop){.size = 1};
    for (size_t k = 0; k < r.count; k++)
        r.loop[k].end = r.loop[k].size;
    return r;
}

void reduction_select(reduction *r, size_t place) {
    for (size_t k = 0; k < r->count; k++) {
        reduction_loop *l = &r->loop[k];
        if (l->out == 0)
            continue;
        l->begin = place / l->out % l->size;
        l->end = l->begin + 1;
    }
}

size_t reduction_term(const reduction *r, size_t place, size_t term) {
    size_t at = 0;
    for (size_t k = 0; k < r->count; k++) {
        const reduction_loop l = r->loop[k];
        at += (l.out ? place / l.out : term) % l.size * l.in;
        term /= l.out ? 1 : l.size;
    }
    return mlp_place_here(&r->memory, at);
}

bool reduction_is_by_rows(const reduction *r) {
    size_t reduced = 0;
    for (size_t k = 0; k < r->count; k++)
        reduced += r->loop[k].out == 0 && r->loop[k].size != 1;
    return reduced == 0 || (reduced == 1 && r->loop[0].out == 0 && r->loop[0].in == 1);
}
