/* What the heap asks of the system beyond C: nothing that it could not do without. */
#include "heap_page.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

enum {
    WORTH = 4 << 20 /* bytes, which hold a huge page wherever they begin */
};

void heap_use_huge_pages(char *memory, size_t bytes) {
#if defined(MADV_HUGEPAGE)
    if (bytes >= WORTH)
        madvise(memory, bytes, MADV_HUGEPAGE);
#else
    (void)memory;
    (void)bytes;
#endif
}
