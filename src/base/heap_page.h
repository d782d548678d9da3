/* The pages of a heap, for its files alone. */
#ifndef MLPSTEP_BASE_HEAP_PAGE_H
#define MLPSTEP_BASE_HEAP_PAGE_H

#include "heap.h"

#include <stdint.h>

enum {
    PAGE = 1 << 15,       /* bytes, and what a page's address is a multiple of */
    GRAIN = 16,           /* bytes; cells are multiples */
    SPAN = 32,            /* pages that are taken from the system at once */
    CLASSES = 48,         /* sizes of cells, at most */
    LEAST_TURN = 8 << 20, /* bytes allocated between two collections */
    PLAIN = 32, /* a byte of plain cells counts as so small a part of one that is looked through */
    WORD_BITS = 64,
    WORDS = PAGE / GRAIN / WORD_BITS
};

/* Memory that is divided into cells of one size; or a single one, which may be larger. */
typedef struct page page;
struct page {
    page *next;      /* of those of its kind and size */
    page *next_room; /* of those which have free cells, too */
    char *start;
    size_t size, count; /* bytes of a cell, cells */
    size_t at;          /* the first that may be free */
    bool plain;
    uint64_t used[WORDS], marked[WORDS]; /* a bit for each cell */
};

typedef struct span span;
struct span {
    span *next;
    char *memory;
    size_t count; /* pages */
    page pages[SPAN];
};

typedef struct {
    page *all, *room;
} pages;

/* Where a page lies that may be one of several which a cell takes. */
typedef struct {
    uintptr_t number; /* its address / PAGE */
    page *page;       /* NULL: free */
} place;

/* What is marked, but has not been looked through. */
typedef struct {
    const char *from;
    size_t bytes;
} reach;

struct heap {
    quota *quota;
    const void *base;
    size_t sizes[CLASSES], classes;
    unsigned char class_of[PAGE / 2 / GRAIN + 1]; /* by the number of grains */
    pages of[2][CLASSES];                         /* by whether they are plain */
    page *large, *empty;
    page *spare; /* large ones that were found free, the latest first: the next turn of a loop asks
                    for the same sizes, and what comes from the system has to be cleared by it */
    span *spans;
    size_t fresh, turn; /* bytes allocated since the last collection, and to be until the next */
    size_t taken, most; /* bytes of the quota, and the most that these were: spare ones and they are
                           never more */
    size_t least_turn;  /* bytes between two collections, at least */

    /* Of a collection. */
    place *places; /* by the number */
    size_t capacity;
    uintptr_t first, last; /* numbers */
    reach *reached;        /* the last is looked through next */
    size_t count, room;
    bool failed; /* no memory for it */
};

/* When the next collection is due, where so many bytes are in use, and the last one had to look
 * through so many. */
void heap_wait(heap *h, size_t used, size_t looked_through);
/* Gives spare pages back to the system, those that have waited longest, until at most so many bytes
 * are left. */
void heap_trim_spare(heap *h, size_t most);
/* From the system: `bytes`, whole pages, at a multiple of PAGE, which come in as large pages as it
 * has; NULL where it has none. */
char *heap_take_pages(size_t bytes);
void heap_give_back(char *memory);
/* Bytes that a page takes, of one that may be large. */
size_t heap_page_bytes(const page *p);

#endif
