#include "spread.h"

#include <stdint.h>

/* In millionths: (sqrt(5) - 1) / 2. */
static const uint64_t whole = 1000000, golden = 618034;

/* Where the part of so many equal parts of the length begins. */
static size_t begin_of(size_t part, size_t parts, size_t length) {
    return (size_t)((uint64_t)part * length / parts);
}

static void spread_in_row(size_t *at, size_t count, size_t first, size_t row, uint64_t phase) {
    for (size_t i = 0; i < count; i++) {
        const size_t begin = begin_of(i, count, row), end = begin_of(i + 1, count, row);
        at[i] = first + begin + (size_t)((end - begin) * phase / whole);
    }
}

void spread(size_t *at, size_t count, size_t all, size_t row) {
    const size_t rows = all / row;
    uint64_t phase = 0;
    for (size_t i = 0, same; i < count; i += same) {
        const size_t here = begin_of(i, count, rows);
        for (same = 1; i + same < count && begin_of(i + same, count, rows) == here;)
            same++;
        spread_in_row(at + i, same, here * row, row, phase);
        phase = (phase + golden) % whole;
    }
}
