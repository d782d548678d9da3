/* How cells are allocated. */
#include "heap.h"

#include "closed.h"
#include "heap_page.h"

#include <stdlib.h>
#include <string.h>

/* Sizes go up by a grain, and later by a fifth. */
static void divide_sizes(heap *h) {
    size_t grains = 1;
    for (size_t k = 0; k < CLASSES && grains <= PAGE / 2 / GRAIN; k++) {
        h->sizes[k] = grains * GRAIN;
        h->classes = k + 1;
        grains += grains < 8 ? 1 : grains / 5;
    }
    h->sizes[h->classes - 1] = PAGE / 2;
    size_t k = 0;
    for (size_t g = 0; g <= PAGE / 2 / GRAIN; g++) {
        k += g * GRAIN > h->sizes[k] ? 1 : 0;
        h->class_of[g] = (unsigned char)k;
    }
}

heap *heap_new(quota *of, const void *base) {
    heap *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->quota = of;
    h->base = base;
    const char *turn = getenv("MLPSTEP_COLLECT");
    h->least_turn = turn ? strtoul(turn, NULL, 10) : LEAST_TURN;
    divide_sizes(h);
    heap_wait(h, 0, 0);
    return h;
}

void heap_trim_spare(heap *h, size_t most) {
    page **at = &h->spare;
    for (size_t bytes = 0; *at && bytes + heap_page_bytes(*at) <= most; at = &(*at)->next)
        bytes += heap_page_bytes(*at);
    for (page *p = *at, *next; p; p = next) {
        next = p->next;
        OPEN(p->start, heap_page_bytes(p));
        heap_give_back(p->start);
        free(p);
    }
    *at = NULL;
}

void heap_free(heap *h) {
    if (!h)
        return;
    heap_trim_spare(h, 0);
    for (page *p = h->large, *next; p; p = next) {
        next = p->next;
        heap_give_back(p->start);
        free(p);
    }
    for (span *s = h->spans, *next; s; s = next) {
        next = s->next;
        OPEN(s->memory, s->count * PAGE);
        heap_give_back(s->memory);
        free(s);
    }
    free(h->reached);
    free(h);
}

size_t heap_page_bytes(const page *p) {
    return (p->size * p->count + PAGE - 1) / PAGE * PAGE;
}

/* Memory for whole pages; NULL where the quota or the system has none. */
static char *take(heap *h, size_t bytes) {
    if (bytes > h->quota->limit - h->quota->used)
        return NULL;
    const size_t taken = h->taken + bytes;
    h->most = taken > h->most ? taken : h->most;
    heap_trim_spare(h, h->most - taken);
    char *memory = heap_take_pages(bytes);
    h->quota->starved |= !memory;
    if (!memory)
        return NULL;
    h->quota->used += bytes;
    h->taken = taken;
    return memory;
}

/* --- large cells --- */

/* A spare page of that size, if there is one and the quota has room for it. */
static page *take_spare(heap *h, size_t bytes) {
    page **at = &h->spare;
    while (*at && (*at)->size != bytes)
        at = &(*at)->next;
    page *p = *at;
    if (!p || heap_page_bytes(p) > h->quota->limit - h->quota->used)
        return NULL;
    *at = p->next;
    h->quota->used += heap_page_bytes(p);
    h->taken += heap_page_bytes(p);
    OPEN(p->start, heap_page_bytes(p));
    return p;
}

/* What a new cell holds. */
static void *begin(char *cell, size_t bytes, cell_kind kind) {
    if (kind != CELL_UNSET)
        return memset(cell, 0, bytes);
    SPOIL(cell, bytes);
    return cell;
}

static void *use_spare(heap *h, page *p, cell_kind kind) {
    *p = (page){.start = p->start,
                .size = p->size,
                .count = 1,
                .plain = kind != CELL_OF_POINTERS,
                .used = {1},
                .next = h->large};
    h->large = p;
    return begin(p->start, p->size, kind);
}

static void *alloc_large(heap *h, size_t bytes, cell_kind kind) {
    page *spare = take_spare(h, bytes);
    if (spare)
        return use_spare(h, spare, kind);
    page *p = bytes <= SIZE_MAX - PAGE ? calloc(1, sizeof *p) : NULL;
    if (!p)
        return NULL;
    *p = (page){.size = bytes,
                .count = 1,
                .plain = kind != CELL_OF_POINTERS,
                .used = {1},
                .next = h->large};
    p->start = take(h, heap_page_bytes(p));
    if (!p->start) {
        free(p);
        return NULL;
    }
    h->large = p;
    return begin(p->start, bytes, kind);
}

/* --- small ones --- */

static bool take_span(heap *h) {
    const size_t left = (h->quota->limit - h->quota->used) / PAGE,
                 count = left < SPAN ? left : SPAN;
    span *s = calloc(1, sizeof *s);
    if (!s || count == 0 || !(s->memory = take(h, count * PAGE))) {
        free(s);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        s->pages[i].start = s->memory + i * PAGE;
        s->pages[i].next = h->empty;
        h->empty = &s->pages[i];
    }
    s->count = count;
    s->next = h->spans;
    h->spans = s;
    return true;
}

/* Another page with room for cells of class k; NULL without memory. */
static page *add_page(heap *h, size_t k, bool plain) {
    pages *of = &h->of[plain][k];
    if (!h->empty && !take_span(h))
        return NULL;
    page *p = h->empty;
    h->empty = p->next;
    *p = (page){.start = p->start,
                .size = h->sizes[k],
                .count = PAGE / h->sizes[k],
                .plain = plain,
                .next = of->all};
    of->all = of->room = p;
    return p;
}

/* The page's next free cell; NULL where there is none. */
static char *cell_of(page *p) {
    for (size_t w = p->at / WORD_BITS; w * WORD_BITS < p->count; w++) {
        if (p->used[w] == UINT64_MAX)
            continue;
        const size_t i = w * WORD_BITS + (size_t)__builtin_ctzll(~p->used[w]);
        if (i >= p->count)
            break;
        p->used[w] |= UINT64_C(1) << i % WORD_BITS;
        p->at = i;
        OPEN(p->start + i * p->size, p->size);
        return p->start + i * p->size;
    }
    return NULL;
}

void *heap_alloc(heap *h, size_t bytes, cell_kind kind) {
    const bool plain = kind != CELL_OF_POINTERS;
    h->fresh += bytes;
    if (bytes > PAGE / 2)
        return alloc_large(h, bytes, kind);
    const size_t k = h->class_of[(bytes + GRAIN - 1) / GRAIN];
    pages *of = &h->of[plain][k];
    for (;;) {
        page *p = of->room ? of->room : add_page(h, k, plain);
        char *cell = p ? cell_of(p) : NULL;
        if (!p || cell)
            return cell ? begin(cell, h->sizes[k], kind) : NULL;
        of->room = p->next_room;
    }
}

/* As many bytes again as were looked through, so that the work is in proportion; but not all that
 * there is room for, and where there is hardly room, not at each statement. */
void heap_wait(heap *h, size_t used, size_t looked_through) {
    const size_t room = h->quota->limit - h->quota->used + h->taken - used;
    const size_t turn = looked_through > h->least_turn ? looked_through : h->least_turn;
    const size_t soon = room / 2 > used / 32 ? room / 2 : used / 32;
    h->fresh = 0;
    h->turn = turn < soon ? turn : soon;
}

bool heap_is_due(const heap *h) {
    return h->fresh >= h->turn;
}
