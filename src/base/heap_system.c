/* What the heap takes from the system, and asks of it beyond C. */
#include "heap_page.h"

#include <stdlib.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif
#if defined(_WIN32)
#include <malloc.h>
#endif

enum {
    WORTH = 4 << 20 /* bytes, which hold a huge page wherever they begin */
};

char *heap_take_pages(size_t bytes) {
#if defined(_WIN32)
    return _aligned_malloc(bytes, PAGE); /* its C library lacks aligned_alloc() */
#else
    char *memory = aligned_alloc(PAGE, bytes);
#if defined(MADV_HUGEPAGE)
    if (memory && bytes >= WORTH)
        madvise(memory, bytes, MADV_HUGEPAGE); /* it can do without */
#endif
    return memory;
#endif
}

void heap_give_back(char *memory) {
#if defined(_WIN32)
    _aligned_free(memory);
#else
    free(memory);
#endif
}
