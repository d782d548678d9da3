#include "pages.h"

#include <stdint.h>

#ifdef MLP_LARGE_PAGES
#include <sys/mman.h>

enum {
    LARGE_PAGE = 1 << 21
};

void prefer_large_pages(void *memory, size_t bytes) {
    const size_t before = (LARGE_PAGE - (uintptr_t)memory % LARGE_PAGE) % LARGE_PAGE;
    if (bytes < before + LARGE_PAGE)
        return;
    const size_t pages = (bytes - before) / LARGE_PAGE;
    (void)madvise((char *)memory + before, pages * LARGE_PAGE, MADV_HUGEPAGE);
}
#else
void prefer_large_pages(void *memory, size_t bytes) {
    (void)memory;
    (void)bytes;
}
#endif
