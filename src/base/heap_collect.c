/* What is kept, and where the rest goes. */
#include "heap_page.h"

#include "closed.h"

#include <stdlib.h>
#include <string.h>

/* --- which cell a word points to --- */

/* Numbers that follow one another are sent far apart (D. Knuth, The Art of Computer Programming,
 * 6.4): side by side they would be a run that each search for what is no page goes along. */
static size_t first_place(const heap *h, uintptr_t number) {
    const uint64_t golden = 0x9e3779b97f4a7c15U; /* 2^64 / 1.618... */
    return (size_t)((uint64_t)number * golden >> 32) & (h->capacity - 1);
}

static place *place_of(const heap *h, uintptr_t number) {
    size_t i = first_place(h, number);
    while (h->places[i].page && h->places[i].number != number)
        i = (i + 1) & (h->capacity - 1);
    return &h->places[i];
}

static void add_places(heap *h, page *p) {
    const uintptr_t number = (uintptr_t)p->start / PAGE;
    const size_t count = heap_page_bytes(p) / PAGE;
    for (size_t i = 0; i < count; i++)
        *place_of(h, number + i) = (place){number + i, p};
    h->first = number < h->first ? number : h->first;
    h->last = number + count - 1 > h->last ? number + count - 1 : h->last;
}

bool heap_begin(heap *h) {
    const size_t count = h->quota->used / PAGE + 1; /* at most: the permanent blocks count, too */
    h->capacity = 64;
    while (h->capacity < 2 * count)
        h->capacity *= 2;
    h->places = calloc(h->capacity, sizeof *h->places);
    if (!h->places)
        return false;
    h->first = UINTPTR_MAX;
    h->last = 0;
    h->failed = false;
    for (int plain = 0; plain < 2; plain++)
        for (size_t k = 0; k < h->classes; k++)
            for (page *p = h->of[plain][k].all; p; p = p->next)
                add_places(h, p);
    for (page *p = h->large; p; p = p->next)
        add_places(h, p);
    return true;
}

/* --- marking --- */

static void push(heap *h, const char *from, size_t bytes) {
    if (h->count == h->room) {
        const size_t room = h->room ? 2 * h->room : 1024;
        reach *more = realloc(h->reached, room * sizeof *more);
        h->failed |= !more;
        if (!more)
            return;
        h->reached = more;
        h->room = room;
    }
    h->reached[h->count++] = (reach){from, bytes};
}

/* Marks the cell that the word points into, if it does. */
static void mark_word(heap *h, uintptr_t word) {
    const uintptr_t number = word / PAGE;
    if (number < h->first || number > h->last)
        return;
    page *p = place_of(h, number)->page;
    const size_t i = p ? (size_t)(word - (uintptr_t)p->start) / p->size : 0;
    if (!p || i >= p->count)
        return;
    const uint64_t bit = UINT64_C(1) << i % WORD_BITS;
    if (!(p->used[i / WORD_BITS] & ~p->marked[i / WORD_BITS] & bit))
        return;
    p->marked[i / WORD_BITS] |= bit;
    if (!p->plain)
        push(h, p->start + i * p->size, p->size);
}

/* Not checked by AddressSanitizer: the stack has bytes that belong to no variable. */
__attribute__((no_sanitize_address)) static void mark_words(heap *h, const char *from,
                                                            size_t bytes) {
    const uintptr_t start = (uintptr_t)from, aligned = sizeof(void *) - 1;
    const uintptr_t *word = (const uintptr_t *)((start + aligned) & ~aligned);
    const uintptr_t *end = (const uintptr_t *)((start + bytes) & ~aligned);
    for (; word < end; word++)
        mark_word(h, *word);
}

void heap_mark(heap *h, const void *from, size_t bytes) {
    mark_words(h, from, bytes);
    while (h->count > 0) {
        const reach next = h->reached[--h->count];
        mark_words(h, next.from, next.bytes);
    }
}

/* From the frame of this function on, which stands below all others: stacks grow down. */
__attribute__((noinline)) static void mark_stack(heap *h) {
    const char *here = __builtin_frame_address(0);
    heap_mark(h, here, (size_t)((const char *)h->base - here));
}

/* --- sweeping --- */

/* Whether anything of the page is kept. */
static bool keep(page *p, size_t *kept) {
    size_t count = 0;
    for (size_t w = 0; w * WORD_BITS < p->count; w++) {
        for (uint64_t gone = p->used[w] & ~p->marked[w]; gone; gone &= gone - 1)
            CLOSE(p->start + (w * WORD_BITS + (size_t)__builtin_ctzll(gone)) * p->size, p->size);
        p->used[w] = p->marked[w];
        p->marked[w] = 0;
        count += (size_t)__builtin_popcountll(p->used[w]);
    }
    p->at = 0;
    *kept += count * p->size;
    return count > 0;
}

static void sweep_pages(heap *h, pages *of, size_t *kept) {
    page *p = of->all;
    *of = (pages){0};
    for (page *next; p; p = next) {
        next = p->next;
        if (!keep(p, kept)) {
            p->next = h->empty;
            h->empty = p;
            continue;
        }
        p->next = of->all;
        p->next_room = of->room;
        of->all = of->room = p;
    }
}

static void sweep_large(heap *h, size_t kept[2]) {
    for (page **at = &h->large; *at;) {
        page *p = *at;
        if (keep(p, &kept[p->plain])) {
            at = &p->next;
            continue;
        }
        *at = p->next;
        h->quota->used -= heap_page_bytes(p);
        h->taken -= heap_page_bytes(p);
        CLOSE(p->start, heap_page_bytes(p));
        p->next = h->spare;
        h->spare = p;
    }
}

static void forget_marks(heap *h) {
    for (int plain = 0; plain < 2; plain++)
        for (size_t k = 0; k < h->classes; k++)
            for (page *p = h->of[plain][k].all; p; p = p->next)
                memset(p->marked, 0, sizeof p->marked);
    for (page *p = h->large; p; p = p->next)
        memset(p->marked, 0, sizeof p->marked);
}

/* The registers that a function keeps for its caller may hold a pointer that is nowhere else:
 * __builtin_unwind_init() has them written into the frame of this one. */
void heap_sweep(heap *h) {
    size_t kept[2] = {0}; /* bytes, by whether they are plain */
    __builtin_unwind_init();
    mark_stack(h);
    free(h->places);
    h->places = NULL;
    h->count = 0;
    if (h->failed) {
        forget_marks(h);
        heap_wait(h, h->taken, h->taken);
        return;
    }
    for (int plain = 0; plain < 2; plain++)
        for (size_t k = 0; k < h->classes; k++)
            sweep_pages(h, &h->of[plain][k], &kept[plain]);
    sweep_large(h, kept);
    heap_wait(h, kept[0] + kept[1], kept[0] + kept[1] / PLAIN);
    heap_trim_spare(h, h->quota->limit - h->quota->used);
}
